<?php
/**
 * The form of one account besides the default one.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Admin\Accounts;

use Creators_Image_Refresh\Accounts\Account_Repository;
use Creators_Image_Refresh\Admin\Form_Fields;
use Creators_Image_Refresh\Admin\Page;
use Creators_Image_Refresh\Api\Marketplaces;
use Creators_Image_Refresh\Messages\Account_Messages;
use Creators_Image_Refresh\Plugin;

defined( 'ABSPATH' ) || exit;

/**
 * The form with which an account is added or edited, and what is asked where new credentials were not saved.
 */
final class Account_Form {

	/**
	 * Takes the plugin, whose services it calls.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public function __construct( private Plugin $plugin ) {}

	/**
	 * Renders the form.
	 *
	 * @param string                $account The account's id; empty for a new one.
	 * @param array<string, string> $values  What it begins with, where nothing is saved or something else was entered
	 *                                       before.
	 */
	public function render( string $account, array $values ): void {
		$accounts = $this->plugin->account_repository();
		$record   = $accounts->find( $account );
		$secret   = null === $record ? '' : $accounts->secret( $record );
		$values  += array( 'credential_secret' => $secret ) + ( $record ?? Account_Repository::blank( '' ) );
		$name     = $this->plugin->marketplaces()->name( Account_Repository::marketplace_of( $account ) );
		$is_free  = fn( string $marketplace ): bool => ! $this->plugin->account_service()->is_taken( $marketplace );
		$fields   = new Form_Fields( 'fields', 'account_' );
		$heading  = '' === $account
			? __( 'Add an account', 'creators-image-refresh' )
			/* translators: %s: a country. */
			: sprintf( __( 'Edit the account for %s', 'creators-image-refresh' ), $name );
		echo '<h2>' . esc_html( $heading ) . '</h2>';
		// phpcs:ignore WordPress.Security.EscapeOutput -- escaped there.
		echo Page::form( Account_Actions::SAVE, compact( 'account' ), 'creators-image-refresh-account-form' );
		echo '<table class="form-table" role="presentation">';
		$shops = '' === $account ? array_filter( $this->plugin->marketplaces()->names(), $is_free, ARRAY_FILTER_USE_KEY ) : array();
		foreach ( self::help() as $field => $help ) {
			$fields->row(
				$field,
				fn() => 'marketplace' === $field && '' !== $account
					? $fields->fixed_text(
						$field,
						$name,
						__( 'Credentials belong to a country: for another one, add another account.', 'creators-image-refresh' )
					)
					: $fields->account_field( $field, $values[ $field ], $help, $shops )
			);
		}
		echo '<tr><th scope="row">' . esc_html__( 'Enabled', 'creators-image-refresh' ) . '</th><td>';
		$fields->checkbox(
			'enabled',
			(bool) $values['enabled'],
			__( 'Ask Amazon in this country', 'creators-image-refresh' ),
			__(
				'Without the tick nothing is asked for this country, and its pictures stay as they are in your posts.',
				'creators-image-refresh'
			)
		);
		printf(
			'</td></tr></table><p class="submit creators-image-refresh-buttons">'
				. '<button type="submit" class="button button-primary">%s</button> <a class="button" href="%s">%s</a></p></form>',
			esc_html__( 'Test and save', 'creators-image-refresh' ),
			esc_url( Accounts_Tab::url() ),
			esc_html__( 'Back', 'creators-image-refresh' )
		);
	}

	/**
	 * What stands below each field, in the order of the form.
	 *
	 * @return array<string, string>
	 */
	private static function help(): array {
		return array(
			'marketplace'        => __(
				'The Amazon country in which you are an Associate with this account. Only this one is asked with it.',
				'creators-image-refresh'
			),
			'credential_id'      => __(
				'In Associates Central of this country, under Tools → Creators API. One that begins with amzn1.application-oa2-client is of “Login with Amazon” (3.x); a short one of letters and digits is of “Cognito” (2.x).',
				'creators-image-refresh'
			),
			'credential_secret'  => Account_Messages::about_secrets(),
			'credential_version' => __(
				'You can leave it as it is: the account is tested when you save, and the test says so if another is needed.',
				'creators-image-refresh'
			),
			'partner_tag'        => __(
				'Your tag in this country, at the top right in Associates Central; something like yourname-21.',
				'creators-image-refresh'
			),
		);
	}

	/** Renders the choice between the credentials that work and new ones that Amazon refuses, where some wait for it. */
	public function render_pending(): void {
		$waiting = $this->plugin->save_guard()->waiting();
		if ( null === $waiting ) {
			return;
		}
		$shop    = Marketplaces::short( $waiting['marketplace'] );
		$choices = array(
			/* translators: %s: a credential version, for instance 3.2. */
			$waiting['works_with'] => sprintf( __( 'Save with version %s', 'creators-image-refresh' ), $waiting['works_with'] ),
			'drop'                 => __( 'Keep the earlier ones', 'creators-image-refresh' ),
			'save'                 => __( 'Save anyway', 'creators-image-refresh' ),
		);
		?>
		<div class="notice notice-warning inline creators-image-refresh-pending" id="creators-image-refresh-pending" role="region"
			aria-labelledby="creators-image-refresh-pending-heading">
			<h2 id="creators-image-refresh-pending-heading">
				<?php
				/* translators: %s: a marketplace, for instance amazon.de. */
				echo esc_html( sprintf( __( 'New credentials for %s are waiting', 'creators-image-refresh' ), $shop ) );
				?>
			</h2>
			<p><?php echo esc_html( $waiting['sentence'] ); ?></p>
			<?php
			if ( '' !== $waiting['amazon'] ) {
				$small_print = Account_Messages::small_print( $waiting['amazon'] );
				echo '<p class="creators-image-refresh-small-print">' . esc_html( $small_print ) . '</p>';
			}
			echo '<p>';
			esc_html_e(
				'The credentials that work are untouched. What you entered is kept, encrypted, for a quarter of an hour.',
				'creators-image-refresh'
			);
			echo '</p>';
			// phpcs:ignore WordPress.Security.EscapeOutput -- escaped there.
			echo Page::form( Account_Actions::PENDING, array(), '', 'creators-image-refresh-buttons' );
			foreach ( $choices as $choice => $label ) {
				if ( '' !== $choice ) {
					printf(
						'<button type="submit" class="button%s" name="choice" value="%s">%s</button> ',
						in_array( $choice, array( 'drop', 'save' ), true ) ? '' : ' button-primary',
						esc_attr( (string) $choice ),
						esc_html( $label )
					);
				}
			}
			?>
			</form>
		</div>
		<?php
	}
}
