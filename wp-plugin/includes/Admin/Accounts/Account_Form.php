<?php
/**
 * The form of one account besides the default one.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Admin\Accounts;

use Creators_Image_Refresh\Accounts\Account_Repository;
use Creators_Image_Refresh\Accounts\Account_Service;
use Creators_Image_Refresh\Api\Marketplaces;
use Creators_Image_Refresh\Connection\Save_Guard;
use Creators_Image_Refresh\Messages\Account_Messages;
use Creators_Image_Refresh\Messages\Status_Messages;
use Creators_Image_Refresh\Secrets\Secret_Vault;
use Creators_Image_Refresh\Settings\Settings_Sanitizer;
use Creators_Image_Refresh\Settings\Settings_Screen;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Renders the form with which an account is added or edited, and what is asked where new credentials were not saved. A secret
 * is never among what is rendered.
 */
final class Account_Form {

	/**
	 * Takes what it shows.
	 *
	 * @param Account_Repository $repository   The accounts.
	 * @param Account_Service    $service      Which countries are taken.
	 * @param Save_Guard         $guard        What waits for a person's word.
	 * @param Marketplaces       $marketplaces Names of countries.
	 */
	public function __construct(
		private Account_Repository $repository,
		private Account_Service $service,
		private Save_Guard $guard,
		private Marketplaces $marketplaces
	) {}

	/**
	 * Whether there is such an account.
	 *
	 * @param string $id Its id.
	 * @return bool
	 */
	public function exists( string $id ): bool {
		return null !== $this->repository->find( $id );
	}

	/**
	 * Renders the form.
	 *
	 * @param string $account     The account's id; empty for a new one.
	 * @param string $marketplace The country to begin with.
	 * @param bool   $again       Whether what was entered before is to be shown.
	 */
	public function render( string $account, string $marketplace, bool $again ): void {
		$record  = $this->repository->find( $account );
		$entered = Account_Actions::take_entered();
		$values  = ( $again ? $entered : array() )
			+ array( 'enabled' => ( $record['enabled'] ?? true ) ? '1' : '' )
			+ array_filter( $record ?? array(), 'is_string' )
			+ array(
			'marketplace'        => $marketplace,
			'credential_id'      => '',
			'credential_version' => '',
			'partner_tag'        => '',
		);
		$name    = $this->marketplaces->names()[ Account_Repository::marketplace_of( $account ) ] ?? '';
		?>
		<h2>
			<?php
			echo esc_html(
				'' === $account
					? __( 'Add an account', 'creators-image-refresh' )
					/* translators: %s: a country. */
					: sprintf( __( 'Edit the account for %s', 'creators-image-refresh' ), $name )
			);
			?>
		</h2>
		<form method="post" action="<?php echo esc_url( admin_url( 'admin-post.php' ) ); ?>" id="creators-image-refresh-account-form">
			<?php echo Accounts_Tab::hidden( Account_Actions::SAVE, $account ); // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- escaped there. ?>
			<table class="form-table" role="presentation">
				<?php
				$this->row(
					'marketplace',
					fn() => '' === $account ? $this->countries( $values['marketplace'] ) : self::fixed_country( $name )
				);
				$this->row(
					'credential_id',
					fn() => self::text(
						'credential_id',
						$values['credential_id'],
						__( 'In Associates Central of this country, under Tools → Creators API. One that begins with amzn1.application-oa2-client is of “Login with Amazon” (3.x); a short one of letters and digits is of “Cognito” (2.x).', 'creators-image-refresh' )
					)
				);
				$this->row( 'credential_secret', fn() => $this->secret( $account ) );
				$this->row(
					'credential_version',
					fn() => self::select(
						'credential_version',
						Account_Messages::versions(),
						$values['credential_version'],
						__( 'You can leave it as it is: the account is tested when you save, and the test says so if another is needed.', 'creators-image-refresh' )
					)
				);
				$this->row(
					'partner_tag',
					fn() => self::text(
						'partner_tag',
						$values['partner_tag'],
						__(
							'Your tag in this country, at the top right in Associates Central; something like yourname-21.',
							'creators-image-refresh'
						)
					)
				);
				?>
				<tr>
					<th scope="row"><?php esc_html_e( 'Enabled', 'creators-image-refresh' ); ?></th>
					<td>
						<label for="<?php echo esc_attr( self::id( 'enabled' ) ); ?>">
							<input type="checkbox" id="<?php echo esc_attr( self::id( 'enabled' ) ); ?>" name="fields[enabled]" value="1" aria-describedby="<?php echo esc_attr( self::id( 'enabled' ) ); ?>-help" <?php checked( '1' === $values['enabled'] ); ?>>
							<?php esc_html_e( 'Ask Amazon in this country', 'creators-image-refresh' ); ?>
						</label>
						<?php self::help( 'enabled', __( 'Without the tick nothing is asked for this country, and its pictures stay as they are in your posts.', 'creators-image-refresh' ) ); ?>
					</td>
				</tr>
			</table>
			<p class="submit creators-image-refresh-buttons">
				<button type="submit" class="button button-primary"><?php esc_html_e( 'Test and save', 'creators-image-refresh' ); ?></button>
				<a class="button" href="<?php echo esc_url( Accounts_Tab::url() ); ?>"><?php esc_html_e( 'Back', 'creators-image-refresh' ); ?></a>
			</p>
		</form>
		<?php
	}

	/**
	 * Renders the choice between the credentials that work and new ones that Amazon refuses, where some wait for it.
	 */
	public function render_pending(): void {
		$waiting = $this->guard->waiting();
		if ( null === $waiting ) {
			return;
		}
		?>
		<div class="notice notice-warning inline creators-image-refresh-pending" id="creators-image-refresh-pending" role="region" aria-labelledby="creators-image-refresh-pending-heading">
			<h2 id="creators-image-refresh-pending-heading">
				<?php
				echo esc_html(
					sprintf(
						/* translators: %s: a marketplace, for instance amazon.de. */
						__( 'New credentials for %s are waiting', 'creators-image-refresh' ),
						Marketplaces::short( $waiting['marketplace'] )
					)
				);
				?>
			</h2>
			<p><?php echo esc_html( $waiting['sentence'] ); ?></p>
			<?php if ( '' !== $waiting['amazon'] ) : ?>
				<p class="creators-image-refresh-small-print"><?php echo esc_html( Account_Messages::small_print( $waiting['amazon'] ) ); ?></p>
			<?php endif; ?>
			<p><?php esc_html_e( 'The credentials that work are untouched. What you entered is kept, encrypted, for a quarter of an hour.', 'creators-image-refresh' ); ?></p>
			<form method="post" action="<?php echo esc_url( admin_url( 'admin-post.php' ) ); ?>" class="creators-image-refresh-buttons">
				<?php echo Accounts_Tab::hidden( Account_Actions::PENDING ); // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- escaped there. ?>
				<?php if ( '' !== $waiting['works_with'] ) : ?>
					<button type="submit" class="button button-primary" name="choice" value="<?php echo esc_attr( $waiting['works_with'] ); ?>">
						<?php
						echo esc_html(
							/* translators: %s: a credential version, for instance 3.2. */
							sprintf( __( 'Save with version %s', 'creators-image-refresh' ), $waiting['works_with'] )
						);
						?>
					</button>
				<?php endif; ?>
				<button type="submit" class="button" name="choice" value="drop"><?php esc_html_e( 'Keep the earlier ones', 'creators-image-refresh' ); ?></button>
				<button type="submit" class="button" name="choice" value="save"><?php esc_html_e( 'Save anyway', 'creators-image-refresh' ); ?></button>
			</form>
		</div>
		<?php
	}

	/**
	 * A row of the form.
	 *
	 * @param string          $field  Its name.
	 * @param callable(): void $render Renders the field.
	 */
	private function row( string $field, callable $render ): void {
		printf(
			'<tr><th scope="row"><label for="%s">%s</label></th><td>',
			esc_attr( self::id( $field ) ),
			esc_html( Settings_Sanitizer::label( $field ) )
		);
		$render();
		echo '</td></tr>';
	}

	/**
	 * The countries that have no account yet.
	 *
	 * @param string $value The one that is chosen.
	 */
	private function countries( string $value ): void {
		$free = $this->marketplaces->names();
		$free = array_diff_key( $free, array_flip( array_filter( array_keys( $free ), array( $this->service, 'is_taken' ) ) ) );
		self::select(
			'marketplace',
			$free,
			$value,
			__(
				'The Amazon country in which you are an Associate with this account. Only this one is asked with it.',
				'creators-image-refresh'
			)
		);
	}

	/**
	 * The country of an account that is there.
	 *
	 * @param string $name Its name.
	 */
	private static function fixed_country( string $name ): void {
		printf(
			'<input type="text" id="%1$s" class="regular-text" value="%2$s" readonly aria-describedby="%1$s-help">',
			esc_attr( self::id( 'marketplace' ) ),
			esc_attr( $name )
		);
		self::help(
			'marketplace',
			__( 'Credentials belong to a country: for another one, add another account.', 'creators-image-refresh' )
		);
	}

	/**
	 * The secret: an empty field, and a word on what is saved.
	 *
	 * @param string $account The account's id; empty for a new one.
	 */
	private function secret( string $account ): void {
		$record = $this->repository->find( $account );
		$saved  = null === $record ? '' : $this->repository->secret( $record );
		$id     = self::id( 'credential_secret' );
		printf(
			'<input type="password" id="%1$s" name="fields[credential_secret]" value="" class="regular-text code" autocomplete="new-password" spellcheck="false" aria-describedby="%1$s-saved %1$s-help">',
			esc_attr( $id )
		);
		if ( is_wp_error( $saved ) ) {
			$word = Status_Messages::for_error( $saved );
		} elseif ( '' === $saved ) {
			$word = __( 'None saved yet.', 'creators-image-refresh' );
		} else {
			$word = '' === Secret_Vault::ending( $saved )
				? __( 'Saved. Leave the field empty to keep it.', 'creators-image-refresh' )
				: sprintf(
					/* translators: %s: the last four characters. */
					__( 'Saved, ends in …%s. Leave the field empty to keep it.', 'creators-image-refresh' ),
					Secret_Vault::ending( $saved )
				);
		}
		printf( '<p id="%s-saved" class="creators-image-refresh-saved">%s</p>', esc_attr( $id ), esc_html( $word ) );
		if ( '' !== $saved ) {
			printf(
				'<p><label for="%1$s"><input type="checkbox" id="%1$s" name="fields[remove_credential_secret]" value="1"> %2$s</label></p>',
				esc_attr( self::id( 'remove_credential_secret' ) ),
				esc_html__( 'Remove the saved secret', 'creators-image-refresh' )
			);
		}
		self::help(
			'credential_secret',
			__( 'Stands beside the Credential ID. Amazon shows it only once, when the credential is made; if it is lost, make a new credential. It is stored encrypted.', 'creators-image-refresh' )
		);
	}

	/**
	 * A text field.
	 *
	 * @param string $field Its name.
	 * @param string $value Its value.
	 * @param string $help  Where to find it.
	 */
	private static function text( string $field, string $value, string $help ): void {
		printf(
			'<input type="text" id="%1$s" name="fields[%2$s]" value="%3$s" class="regular-text code" autocomplete="off" autocapitalize="none" spellcheck="false" aria-describedby="%1$s-help">',
			esc_attr( self::id( $field ) ),
			esc_attr( $field ),
			esc_attr( $value )
		);
		self::help( $field, $help );
	}

	/**
	 * A field to choose from.
	 *
	 * @param string                $field   Its name.
	 * @param array<string, string> $choices Label by value.
	 * @param string                $value   Its value.
	 * @param string                $help    What it is for.
	 */
	private static function select( string $field, array $choices, string $value, string $help ): void {
		printf(
			'<select id="%1$s" name="fields[%2$s]" aria-describedby="%1$s-help">',
			esc_attr( self::id( $field ) ),
			esc_attr( $field )
		);
		foreach ( $choices as $choice => $label ) {
			printf(
				'<option value="%s"%s>%s</option>',
				esc_attr( (string) $choice ),
				selected( $value, (string) $choice, false ),
				esc_html( $label )
			);
		}
		echo '</select>';
		self::help( $field, $help );
	}

	/**
	 * The help text under a field.
	 *
	 * @param string $field Its name.
	 * @param string $help  The text.
	 */
	private static function help( string $field, string $help ): void {
		printf( '<p class="description" id="%s-help">%s</p>', esc_attr( self::id( $field ) ), esc_html( $help ) );
	}

	/**
	 * A field's id on the page.
	 *
	 * @param string $field A field.
	 * @return string
	 */
	private static function id( string $field ): string {
		return Settings_Screen::id( 'account_' . $field );
	}
}
