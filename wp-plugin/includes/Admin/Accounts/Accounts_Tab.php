<?php
/**
 * The tab of accounts.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Admin\Accounts;

use Creators_Image_Refresh\Accounts\Account_Overview;
use Creators_Image_Refresh\Accounts\Account_Repository;
use Creators_Image_Refresh\Accounts\Account_Service;
use Creators_Image_Refresh\Admin\Images\Images_Tab;
use Creators_Image_Refresh\Api\Marketplaces;
use Creators_Image_Refresh\Connection\Connection_Tester;
use Creators_Image_Refresh\Messages\Account_Messages;
use Creators_Image_Refresh\Settings\Input;
use Creators_Image_Refresh\Settings\Settings;
use Creators_Image_Refresh\Settings\Settings_Screen;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Puts the tab together: the table of accounts, “Check connections”, and what can be done with one account. Everything on
 * it works without JavaScript.
 *
 * @phpstan-import-type Row from Connection_Tester
 */
final class Accounts_Tab {

	public const TAB = 'accounts';

	/**
	 * Takes what it is made of.
	 *
	 * @param Account_Overview  $list         The accounts.
	 * @param Account_Form      $form         The form of one account.
	 * @param Connection_Tester $tester       What Amazon said.
	 * @param Account_Service   $service      What may be changed.
	 * @param Marketplaces      $marketplaces Names of countries.
	 * @param Settings          $settings     Reads what stands in the address.
	 */
	public function __construct(
		private Account_Overview $list,
		private Account_Form $form,
		private Connection_Tester $tester,
		private Account_Service $service,
		private Marketplaces $marketplaces,
		private Settings $settings
	) {}

	/**
	 * The tab's address.
	 *
	 * @param array<string, string> $query What to show there.
	 * @return string
	 */
	public static function url( array $query = array() ): string {
		return add_query_arg( array( 'tab' => self::TAB ) + array_filter( $query ), Settings_Screen::url() );
	}

	/**
	 * The address of what is done with one account.
	 *
	 * @param string $what    add, edit or delete.
	 * @param string $account Its id; for a new one, its marketplace.
	 * @return string
	 */
	public static function edit_url( string $what, string $account ): string {
		return self::url(
			array(
				'do'      => $what,
				'account' => $account,
			)
		);
	}

	/**
	 * Whether the tab is the one that is shown.
	 *
	 * @return bool
	 */
	public static function is_shown(): bool {
		return self::TAB === self::asked( 'tab' );
	}

	/**
	 * The tabs.
	 */
	public static function render_tabs(): void {
		$tabs = array(
			''        => __( 'Settings', 'creators-image-refresh' ),
			self::TAB => __( 'Accounts', 'creators-image-refresh' ),

			Images_Tab::TAB => __( 'Images', 'creators-image-refresh' ),
		);
		$shown = array_key_exists( self::asked( 'tab' ), $tabs ) ? self::asked( 'tab' ) : '';
		echo '<nav class="nav-tab-wrapper" aria-label="' . esc_attr__( 'Parts of this page', 'creators-image-refresh' ) . '">';
		foreach ( $tabs as $tab => $label ) {
			$is_shown = $tab === $shown;
			printf(
				'<a href="%1$s" class="nav-tab%2$s"%3$s>%4$s</a>',
				esc_url( '' === $tab ? Settings_Screen::url() : add_query_arg( 'tab', $tab, Settings_Screen::url() ) ),
				$is_shown ? ' nav-tab-active' : '',
				$is_shown ? ' aria-current="page"' : '',
				esc_html( $label )
			);
		}
		echo '</nav>';
	}

	/**
	 * The hidden fields of a form that is posted for an account.
	 *
	 * @param string $action  One of the actions.
	 * @param string $account An id; may be empty.
	 * @return string HTML, escaped.
	 */
	public static function hidden( string $action, string $account = '' ): string {
		return '<input type="hidden" name="action" value="' . esc_attr( $action ) . '">'
			. '<input type="hidden" name="'
				. esc_attr( Account_Actions::NONCE )
				. '" value="'
				. esc_attr( wp_create_nonce( $action ) )
				. '">'
			. '<input type="hidden" name="account" value="' . esc_attr( $account ) . '">';
	}

	/**
	 * Renders the tab.
	 */
	public function render(): void {
		$account = self::asked( 'account' );
		switch ( self::asked( 'do' ) ) {
			case 'add':
				$this->form->render(
					'',
					(string) $this->settings->accept( 'marketplace', $account ),
					'1' === self::asked( 'again' )
				);
				return;
			case 'edit':
				if ( $this->form->exists( $account ) ) {
					$this->form->render(
						$account,
						Account_Repository::marketplace_of( $account ),
						'1' === self::asked( 'again' )
					);
					return;
				}
				break;
			case 'delete':
				if ( $this->form->exists( $account ) ) {
					$this->render_deletion( $account );
					return;
				}
		}
		$this->render_accounts();
		$this->render_connections();
	}

	/**
	 * The table of accounts.
	 */
	private function render_accounts(): void {
		?>
		<h2><?php esc_html_e( 'Accounts', 'creators-image-refresh' ); ?></h2>
		<p class="creators-image-refresh-intro"><?php esc_html_e( 'One account is enough: it brings the pictures of other countries too. If you are an Associate in several Amazon countries, give each its own account here; then each is asked only for its own pictures.', 'creators-image-refresh' ); ?></p>
		<p><a class="button" id="creators-image-refresh-add-account" href="<?php echo esc_url( self::url( array( 'do' => 'add' ) ) ); ?>"><?php esc_html_e( 'Add an account', 'creators-image-refresh' ); ?></a></p>
		<div id="creators-image-refresh-accounts">
			<?php
			$table = new Accounts_List_Table( $this->list, $this->marketplaces, $this->service->can_swap() );
			$table->prepare_items();
			$table->display();
			?>
		</div>
		<?php
	}

	/**
	 * “Check connections”.
	 */
	private function render_connections(): void {
		?>
		<section id="creators-image-refresh-connections" aria-labelledby="creators-image-refresh-connections-heading">
			<h2 id="creators-image-refresh-connections-heading"><?php esc_html_e( 'Connections', 'creators-image-refresh' ); ?></h2>
			<p class="creators-image-refresh-intro"><?php esc_html_e( 'Asks Amazon once with each account: first for a token, which shows whether the credentials are right, then for one product, which shows whether the account is let in.', 'creators-image-refresh' ); ?></p>
			<form method="post" action="<?php echo esc_url( admin_url( 'admin-post.php' ) ); ?>" id="creators-image-refresh-check-form">
				<?php echo self::hidden( Account_Actions::CHECK ); // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- escaped there. ?>
				<button type="submit" class="button" id="creators-image-refresh-check"><?php esc_html_e( 'Check connections', 'creators-image-refresh' ); ?></button>
			</form>
			<table class="widefat striped creators-image-refresh-checks">
				<caption class="screen-reader-text"><?php esc_html_e( 'What Amazon said to each account', 'creators-image-refresh' ); ?></caption>
				<thead>
					<tr>
						<th scope="col"><?php esc_html_e( 'Account', 'creators-image-refresh' ); ?></th>
						<th scope="col"><?php esc_html_e( 'Token', 'creators-image-refresh' ); ?></th>
						<th scope="col"><?php esc_html_e( 'Catalogue', 'creators-image-refresh' ); ?></th>
						<th scope="col"><?php esc_html_e( 'What it means', 'creators-image-refresh' ); ?></th>
					</tr>
				</thead>
				<tbody>
					<?php
					foreach ( $this->list->entries() as $entry ) {
						if ( '' !== $entry['id'] ) {
							$this->render_check( $this->tester->last( $entry['id'] ), $entry );
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
	 * @param Row                  $row   What was said.
	 * @param array<string, mixed> $entry Whose.
	 */
	private function render_check( array $row, array $entry ): void {
		$name = $this->marketplaces->names()[ $entry['marketplace'] ] ?? Marketplaces::short( $entry['marketplace'] );
		?>
		<tr data-account="<?php echo esc_attr( $row['account'] ); ?>" data-status="<?php echo esc_attr( $row['status'] ); ?>">
			<th scope="row">
				<?php echo esc_html( $name ); ?>
				<?php if ( $entry['is_default'] ) : ?>
					<span class="creators-image-refresh-small-print"><?php esc_html_e( 'Default', 'creators-image-refresh' ); ?></span>
				<?php endif; ?>
			</th>
			<?php foreach ( array( 'token' => __( 'Token', 'creators-image-refresh' ), 'catalog' => __( 'Catalogue', 'creators-image-refresh' ) ) as $step => $label ) : // phpcs:ignore WordPress.Arrays.ArrayDeclarationSpacing.AssociativeArrayFound -- one line says it. ?>
				<td data-step="<?php echo esc_attr( $step ); ?>" data-state="<?php echo esc_attr( $row[ $step ]['state'] ); ?>" data-label="<?php echo esc_attr( $label ); ?>"><?php echo esc_html( $row[ $step ]['text'] ); ?></td>
			<?php endforeach; ?>
			<td data-step="meaning">
				<p><?php echo esc_html( $row['sentence'] ); ?></p>
				<p class="creators-image-refresh-small-print"><?php echo esc_html( trim( ( '' === $row['amazon'] ? '' : Account_Messages::small_print( $row['amazon'] ) . ' ' ) . $row['checked'] ) ); ?></p>
				<div class="creators-image-refresh-fix">
					<?php
					if ( '' !== $row['works_with'] ) {
						self::render_fix( $row['account'], $row['works_with'] );
					}
					?>
				</div>
			</td>
		</tr>
		<?php
	}

	/**
	 * The button that sets the version which Amazon accepts.
	 *
	 * @param string $account An id.
	 * @param string $version The version.
	 */
	private static function render_fix( string $account, string $version ): void {
		?>
		<form method="post" action="<?php echo esc_url( admin_url( 'admin-post.php' ) ); ?>">
			<?php echo self::hidden( Account_Actions::VERSION, $account ); // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- escaped there. ?>
			<input type="hidden" name="version" value="<?php echo esc_attr( $version ); ?>">
			<button type="submit" class="button">
				<?php
				/* translators: %s: a credential version, for instance 3.2. */
				echo esc_html( sprintf( __( 'Set version %s', 'creators-image-refresh' ), $version ) );
				?>
			</button>
		</form>
		<?php
	}

	/**
	 * Asks once more before an account is deleted.
	 *
	 * @param string $account Its id.
	 */
	private function render_deletion( string $account ): void {
		$marketplace = Account_Repository::marketplace_of( $account );

		$name = $this->marketplaces->names()[ $marketplace ] ?? Marketplaces::short( $marketplace );
		?>
		<h2>
			<?php
			/* translators: %s: a country. */
			echo esc_html( sprintf( __( 'Delete the account for %s?', 'creators-image-refresh' ), $name ) );
			?>
		</h2>
		<p class="creators-image-refresh-intro"><?php esc_html_e( 'Its Credential ID and secret are removed from this site; at Amazon nothing changes. Amazon shows a secret only once, so you may not be able to enter it again. Pictures of this country are then looked up with the default account, if there is one.', 'creators-image-refresh' ); ?></p>
		<form method="post" action="<?php echo esc_url( admin_url( 'admin-post.php' ) ); ?>" class="creators-image-refresh-buttons">
			<?php echo self::hidden( Account_Actions::CHANGE, $account ); // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- escaped there. ?>
			<button type="submit" class="button button-primary" name="change" value="delete"><?php esc_html_e( 'Delete this account', 'creators-image-refresh' ); ?></button>
			<a class="button" href="<?php echo esc_url( self::url() ); ?>"><?php esc_html_e( 'Keep it', 'creators-image-refresh' ); ?></a>
		</form>
		<?php
	}

	/**
	 * What stands in the address.
	 *
	 * @param string $name A name.
	 * @return string
	 */
	private static function asked( string $name ): string {
		// phpcs:ignore WordPress.Security -- only chooses what is shown; Input reads it.
		return (string) Input::text( isset( $_GET[ $name ] ) ? wp_unslash( $_GET[ $name ] ) : '' );
	}
}
