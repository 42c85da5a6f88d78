<?php
/**
 * The tab of accounts.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Admin\Accounts;

use Creators_Image_Refresh\Accounts\Account_Repository;
use Creators_Image_Refresh\Admin\Page;
use Creators_Image_Refresh\Connection\Connection_Tester;
use Creators_Image_Refresh\Messages\Account_Messages;
use Creators_Image_Refresh\Plugin;
use Creators_Image_Refresh\Settings\Settings;
use Creators_Image_Refresh\Settings\Settings_Screen;

defined( 'ABSPATH' ) || exit;

/**
 * The tab of accounts: their table, “Check connections”, and what can be done with one account. Everything on it works
 * without JavaScript.
 *
 * @phpstan-import-type Row from Connection_Tester
 */
final class Accounts_Tab {

	public const TAB = 'accounts';

	/**
	 * Takes the plugin, whose services it calls.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public function __construct( private Plugin $plugin ) {}

	/**
	 * The tab's address.
	 *
	 * @param array<string, string> $query What to show there.
	 */
	public static function url( array $query = array() ): string {
		return add_query_arg( array( 'tab' => self::TAB ) + array_filter( $query ), Settings_Screen::url() );
	}

	/**
	 * The address of what is done with one account.
	 *
	 * @param string $action  add, edit or delete.
	 * @param string $account Its id; for a new one, its marketplace.
	 */
	public static function edit_url( string $action, string $account ): string {
		return add_query_arg( 'do', $action, self::url( compact( 'account' ) ) );
	}

	/** Renders the tab. */
	public function render(): void {
		$account = Page::asked( 'account' );
		$is_one  = null !== $this->plugin->account_repository()->find( $account );
		$entered = Page::take( Account_Actions::ENTERED );
		$values  = '1' === Page::asked( 'again' ) ? $entered : array();
		$do      = Page::asked( 'do' );
		if ( 'add' === $do ) {
			$marketplace = (string) $this->plugin->settings()->accept( 'marketplace', $account );
			( new Account_Form( $this->plugin ) )->render( '', $values + compact( 'marketplace' ) );
		} elseif ( 'edit' === $do && $is_one ) {
			( new Account_Form( $this->plugin ) )->render( $account, $values );
		} elseif ( 'delete' === $do && $is_one ) {
			$this->render_deletion( $account );
		} else {
			$this->render_accounts();
			$this->render_connections();
		}
	}

	/** The table of accounts. */
	private function render_accounts(): void {
		$table = new Accounts_List_Table(
			$this->plugin->account_overview(),
			$this->plugin->marketplaces(),
			$this->plugin->account_service()->can_swap()
		);
		$table->prepare_items();
		?>
		<h2><?php esc_html_e( 'Accounts', 'creators-image-refresh' ); ?></h2>
		<p class="creators-image-refresh-intro">
			<?php
			esc_html_e(
				'One account is enough: it brings the pictures of other countries too. If you are an Associate in several Amazon countries, give each its own account here; then each is asked only for its own pictures.',
				'creators-image-refresh'
			);
			?>
		</p>
		<?php
		printf(
			'<p><a class="button" id="creators-image-refresh-add-account" href="%s">%s</a></p>'
				. '<div id="creators-image-refresh-accounts">',
			esc_url( self::edit_url( 'add', '' ) ),
			esc_html__( 'Add an account', 'creators-image-refresh' )
		);
		$table->display();
		echo '</div>';
	}

	/** “Check connections”. */
	private function render_connections(): void {
		$columns = array(
			__( 'Account', 'creators-image-refresh' ),
			__( 'Token', 'creators-image-refresh' ),
			__( 'Catalogue', 'creators-image-refresh' ),
			__( 'What it means', 'creators-image-refresh' ),
		);
		?>
		<section id="creators-image-refresh-connections" aria-labelledby="creators-image-refresh-connections-heading">
			<h2 id="creators-image-refresh-connections-heading"><?php esc_html_e( 'Connections', 'creators-image-refresh' ); ?></h2>
			<p class="creators-image-refresh-intro">
				<?php
				esc_html_e(
					'Asks Amazon once with each account: first for a token, which shows whether the credentials are right, then for one product, which shows whether the account is let in.',
					'creators-image-refresh'
				);
				?>
			</p>
			<?php
			// phpcs:ignore WordPress.Security.EscapeOutput -- escaped there.
			echo Page::form( Account_Actions::CHECK, array(), 'creators-image-refresh-check-form' );
			?>
				<button type="submit" class="button" id="creators-image-refresh-check">
					<?php esc_html_e( 'Check connections', 'creators-image-refresh' ); ?>
				</button>
			</form>
			<table class="widefat striped creators-image-refresh-checks">
				<caption class="screen-reader-text">
					<?php esc_html_e( 'What Amazon said to each account', 'creators-image-refresh' ); ?>
				</caption>
				<?php
				echo Page::table_head( $columns ); // phpcs:ignore WordPress.Security.EscapeOutput -- escaped there.
				?>
				<tbody>
					<?php
					$tester = $this->plugin->connection_tester();
					foreach ( $this->plugin->account_overview()->entries() as $entry ) {
						if ( '' !== $entry['id'] ) {
							$this->render_check( $tester->last( $entry['id'] ), $entry, $columns );
						}
					}
					?>
				</tbody>
			</table>
			<template id="creators-image-refresh-fix"><?php self::render_fix( '', '' ); ?></template>
		</section>
		<?php
	}

	/**
	 * One row of the checks.
	 *
	 * @param Row                  $row     What was said.
	 * @param array<string, mixed> $entry   Whose.
	 * @param list<string>         $columns What the columns are called.
	 */
	private function render_check( array $row, array $entry, array $columns ): void {
		printf(
			'<tr data-account="%s" data-status="%s"><th scope="row">%s',
			esc_attr( $row['account'] ),
			esc_attr( $row['status'] ),
			esc_html( $this->plugin->marketplaces()->name( $entry['marketplace'] ) )
		);
		if ( $entry['is_default'] ) {
			$word = __( 'Default', 'creators-image-refresh' );
			echo ' <span class="creators-image-refresh-small-print">' . esc_html( $word ) . '</span>';
		}
		echo '</th>';
		foreach ( array( 1 => 'token', 2 => 'catalog' ) as $column => $step ) {
			printf(
				'<td data-step="%s" data-state="%s" data-label="%s">%s</td>',
				esc_attr( $step ),
				esc_attr( $row[ $step ]['state'] ),
				esc_attr( $columns[ $column ] ),
				esc_html( $row[ $step ]['text'] )
			);
		}
		$said = '' === $row['amazon'] ? '' : Account_Messages::small_print( $row['amazon'] ) . ' ';
		printf(
			'<td data-step="meaning"><p>%s</p><p class="creators-image-refresh-small-print">%s</p>',
			esc_html( $row['sentence'] ),
			esc_html( trim( $said . $row['checked'] ) )
		);
		echo '<div class="creators-image-refresh-fix">';
		if ( '' !== $row['works_with'] ) {
			self::render_fix( $row['account'], $row['works_with'] );
		}
		echo '</div></td></tr>';
	}

	/**
	 * The button that sets the version which Amazon accepts.
	 *
	 * @param string $account An id.
	 * @param string $version The version.
	 */
	private static function render_fix( string $account, string $version ): void {
		// phpcs:ignore WordPress.Security.EscapeOutput -- escaped there.
		echo Page::form( Account_Actions::VERSION, compact( 'account', 'version' ) ) . '<button type="submit" class="button">';
		/* translators: %s: a credential version, for instance 3.2. */
		echo esc_html( sprintf( __( 'Set version %s', 'creators-image-refresh' ), $version ) ) . '</button></form>';
	}

	/**
	 * Asks once more before an account is deleted.
	 *
	 * @param string $account Its id.
	 */
	private function render_deletion( string $account ): void {
		$name = $this->plugin->marketplaces()->name( Account_Repository::marketplace_of( $account ) );
		/* translators: %s: a country. */
		echo '<h2>' . esc_html( sprintf( __( 'Delete the account for %s?', 'creators-image-refresh' ), $name ) ) . '</h2>';
		?>
		<p class="creators-image-refresh-intro">
			<?php
			esc_html_e(
				'Its Credential ID and secret are removed from this site; at Amazon nothing changes. Amazon shows a secret only once, so you may not be able to enter it again. Pictures of this country are then looked up with the default account, if there is one.',
				'creators-image-refresh'
			);
			?>
		</p>
		<?php
		// phpcs:ignore WordPress.Security.EscapeOutput -- escaped there.
		echo Page::form( Account_Actions::CHANGE, compact( 'account' ), '', 'creators-image-refresh-buttons' );
		printf(
			'<button type="submit" class="button button-primary" name="change" value="delete">%s</button>'
				. ' <a class="button" href="%s">%s</a></form>',
			esc_html__( 'Delete this account', 'creators-image-refresh' ),
			esc_url( self::url() ),
			esc_html__( 'Keep it', 'creators-image-refresh' )
		);
	}
}
