<?php
/**
 * The fields of the form.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Admin;

use Creators_Image_Refresh\Accounts\Account_Repository;
use Creators_Image_Refresh\Accounts\Account_Resolver;
use Creators_Image_Refresh\Api\Marketplaces;
use Creators_Image_Refresh\License\License;
use Creators_Image_Refresh\License\License_Field;
use Creators_Image_Refresh\Messages\Account_Messages;
use Creators_Image_Refresh\Messages\Status_Messages;
use Creators_Image_Refresh\Secrets\Secret_Vault;
use Creators_Image_Refresh\Settings\Config_Constants;
use Creators_Image_Refresh\Settings\Settings;
use Creators_Image_Refresh\Settings\Settings_Sanitizer;
use Creators_Image_Refresh\Settings\Settings_Screen;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Renders the fields. Secrets are never among what is rendered: their fields are always empty.
 */
final class Settings_Fields {

	private const SECTION = 'creators_image_refresh_account';
	private const CREATE  = 'https://affiliate-program.amazon.com/creatorsapi';

	/**
	 * Values that were entered but not saved, to be shown again after a test without JavaScript.
	 *
	 * @var array<string, string>
	 */
	private array $unsaved = array();

	/**
	 * Takes what it shows.
	 *
	 * @param Settings           $settings     Saved values.
	 * @param Account_Resolver   $accounts     Secrets, only to say how they end.
	 * @param Account_Repository $repository   The site's own default account.
	 * @param License            $license      The license key, likewise, and how it stands.
	 * @param Marketplaces       $marketplaces Names of countries.
	 */
	public function __construct(
		private Settings $settings,
		private Account_Resolver $accounts,
		private Account_Repository $repository,
		private License $license,
		private Marketplaces $marketplaces
	) {}

	/**
	 * Registers the fields, in the order of the page.
	 *
	 * @param callable(): void $render_test Renders the row with the test button.
	 */
	public function register( callable $render_test ): void {
		add_settings_section( self::SECTION, '', '__return_null', Settings_Screen::SLUG );
		foreach (
			array(
				'license_key',
				'credential_id',
				'credential_secret',
				'credential_version',
				'partner_tag',
				'marketplace',
			) as $field
		) {
			$this->add( $field, array( 'label_for' => Settings_Screen::id( $field ) ) );
		}
		add_settings_field(
			'test',
			__( 'Connection', 'creators-image-refresh' ),
			$render_test,
			Settings_Screen::SLUG,
			self::SECTION
		);
		$this->add( 'refresh_images', array() );
		$this->add( 'api_provider', array( 'label_for' => Settings_Screen::id( 'api_provider' ) ) );
	}

	/**
	 * Registers one field, which the method of its name renders.
	 *
	 * @param string                $field A field.
	 * @param array<string, string> $row   What WordPress needs to know about its row.
	 */
	private function add( string $field, array $row ): void {
		add_settings_field(
			$field,
			Settings_Sanitizer::label( $field ),
			array( $this, 'render_' . $field ),
			Settings_Screen::SLUG,
			self::SECTION,
			$row
		);
	}

	/**
	 * Shows these values instead of the saved ones.
	 *
	 * @param array<string, string> $values By field.
	 */
	public function show_unsaved( array $values ): void {
		$this->unsaved = $values;
	}

	/**
	 * License key.
	 */
	public function render_license_key(): void {
		( new License_Field( $this->license ) )->render(
			fn( string|\WP_Error $key, string $help ) => $this->secret_field( 'license_key', $key, $help )
		);
	}

	/**
	 * Credential ID.
	 */
	public function render_credential_id(): void {
		$this->text_field( 'credential_id' );
		$this->description(
			'credential_id',
			sprintf(
				/* translators: %s: a link to Amazon's Creators API page. */
				esc_html__( 'At Amazon: %s. There, choose “Create Application”, then “Add New Credential”. A new ID begins with amzn1.application-oa2-client.', 'creators-image-refresh' ),
				'<a href="'
					. esc_url( self::CREATE )
					. '" target="_blank" rel="noopener noreferrer">'
					. esc_html__( 'Associates Central → Tools → Creators API', 'creators-image-refresh' )
					. '<span class="screen-reader-text"> '
					. esc_html__( '(opens in a new tab)', 'creators-image-refresh' )
					. '</span></a>'
			)
		);
	}

	/**
	 * Secret.
	 */
	public function render_credential_secret(): void {
		$this->secret_field(
			'credential_secret',
			$this->accounts->own_secret(),
			__( 'Stands beside the Credential ID. Amazon shows it only once, when the credential is made; if it is lost, make a new credential. It is stored encrypted.', 'creators-image-refresh' )
		);
	}

	/**
	 * Version.
	 */
	public function render_credential_version(): void {
		$this->select_field( 'credential_version', Account_Messages::versions() );
		$this->description(
			'credential_version',
			esc_html__(
				'Amazon shows it beside the credential. You can leave it as it is: the test says so if another is needed.',
				'creators-image-refresh'
			)
		);
	}

	/**
	 * Associate Tag.
	 */
	public function render_partner_tag(): void {
		$this->text_field( 'partner_tag' );
		$this->description(
			'partner_tag',
			esc_html__(
				'In Associates Central at the top right, also called Store ID or Tracking ID; something like yourname-20.',
				'creators-image-refresh'
			)
		);
	}

	/**
	 * Localization.
	 */
	public function render_marketplace(): void {
		$this->select_field( 'marketplace', $this->marketplaces->names() );
		$this->description(
			'marketplace',
			esc_html__(
				'The Amazon country in which you are an Associate with this tag. With this account, only this one is ever asked.',
				'creators-image-refresh'
			)
		);
	}

	/**
	 * API Provider.
	 */
	public function render_api_provider(): void {
		$this->select_field(
			'api_provider',
			array(
				'auto'         => __( 'Auto-detect', 'creators-image-refresh' ),
				'creators_api' => __( 'Creators API', 'creators-image-refresh' ),
			)
		);
		$this->description(
			'api_provider',
			esc_html__(
				'Auto-detect is right for everyone today: the Creators API is the only one Amazon still runs.',
				'creators-image-refresh'
			)
		);
	}

	/**
	 * Refresh Images.
	 */
	public function render_refresh_images(): void {
		$id = Settings_Screen::id( 'refresh_images' );
		// The hidden field tells "not ticked" from "not sent".
		?>
		<input type="hidden" name="<?php echo esc_attr( self::name( 'refresh_images' ) ); ?>" value="0">
		<label for="<?php echo esc_attr( $id ); ?>">
			<input type="checkbox" id="<?php echo esc_attr( $id ); ?>" name="<?php echo esc_attr( self::name( 'refresh_images' ) ); ?>" value="1" aria-describedby="<?php echo esc_attr( $id ); ?>-help" <?php checked( $this->settings->is_on() ); ?>>
			<?php esc_html_e( 'Show fresh Amazon pictures in my posts', 'creators-image-refresh' ); ?>
		</label>
		<?php
		$this->description(
			'refresh_images',
			esc_html__(
				'Your posts themselves are never edited. Without the tick, every page is shown exactly as you wrote it.',
				'creators-image-refresh'
			)
		);
	}

	/**
	 * A text field.
	 *
	 * @param string $field Its name.
	 */
	private function text_field( string $field ): void {
		$fixed = Config_Constants::get( $field );
		printf(
			'<input type="text" id="%1$s" %2$s value="%3$s" class="regular-text code" autocomplete="off" autocapitalize="none" spellcheck="false" aria-describedby="%1$s-help">',
			esc_attr( Settings_Screen::id( $field ) ),
			null === $fixed ? 'name="' . esc_attr( self::name( $field ) ) . '"' : 'readonly',
			esc_attr( $fixed ?? $this->unsaved[ $field ] ?? $this->saved( $field ) )
		);
	}

	/**
	 * A field to choose from.
	 *
	 * @param string                $field   Its name.
	 * @param array<string, string> $choices Label by value.
	 */
	private function select_field( string $field, array $choices ): void {
		$fixed = Config_Constants::get( $field );
		$value = $fixed ?? $this->unsaved[ $field ] ?? $this->saved( $field );
		if ( null !== $fixed && ! isset( $choices[ $fixed ] ) ) {
			$choices[ $fixed ] = $fixed;
		}
		printf(
			'<select id="%1$s" %2$s aria-describedby="%1$s-help">',
			esc_attr( Settings_Screen::id( $field ) ),
			null === $fixed ? 'name="' . esc_attr( self::name( $field ) ) . '"' : 'disabled'
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
	}

	/**
	 * The saved value of a field.
	 *
	 * @param string $field Its name.
	 * @return string
	 */
	private function saved( string $field ): string {
		return (string) ( $this->settings->all()[ $field ] ?? $this->repository->default_record()[ $field ] );
	}

	/**
	 * A field for a secret: empty, with a word on what is saved.
	 *
	 * @param string           $field Its name.
	 * @param string|\WP_Error $saved The secret, or why it cannot be read; only its end is shown.
	 * @param string           $help  Where to find it.
	 */
	private function secret_field( string $field, #[\SensitiveParameter] string|\WP_Error $saved, string $help ): void {
		$id    = Settings_Screen::id( $field );
		$fixed = null !== Config_Constants::get( $field );
		printf(
			'<input type="password" id="%1$s" %2$s value="" class="regular-text code" autocomplete="new-password" spellcheck="false" aria-describedby="%1$s-saved %1$s-help">',
			esc_attr( $id ),
			$fixed ? 'disabled' : 'name="' . esc_attr( self::name( $field ) ) . '"'
		);
		printf(
			'<p id="%s-saved" class="creators-image-refresh-saved">%s</p>',
			esc_attr( $id ),
			esc_html( $this->what_is_saved( $field, $saved, $fixed ) )
		);
		if ( ! $fixed && '' !== $saved ) {
			printf(
				'<p><label for="%1$s"><input type="checkbox" id="%1$s" name="%2$s" value="1"> %3$s</label></p>',
				esc_attr( Settings_Screen::id( 'remove_' . $field ) ),
				esc_attr( self::name( 'remove_' . $field ) ),
				'license_key' === $field
					? esc_html__( 'Remove the saved license key', 'creators-image-refresh' )
					: esc_html__( 'Remove the saved secret', 'creators-image-refresh' )
			);
		}
		$this->description( $field, esc_html( $help ) );
	}

	/**
	 * A word on what is saved.
	 *
	 * @param string           $field Its field.
	 * @param string|\WP_Error $saved The secret, or why it cannot be read.
	 * @param bool             $fixed Whether it is set outside the database.
	 * @return string
	 */
	private function what_is_saved( string $field, #[\SensitiveParameter] string|\WP_Error $saved, bool $fixed ): string {
		if ( is_wp_error( $saved ) ) {
			if ( 'license_key' === $field && 'secret_unreadable' === $saved->get_error_code() ) {
				return __( 'The saved license key cannot be read any more. Enter it again and save.', 'creators-image-refresh' );
			}
			return Status_Messages::for_error( $saved );
		}
		if ( '' === $saved ) {
			return __( 'None saved yet.', 'creators-image-refresh' );
		}
		$ending = Secret_Vault::ending( $saved );
		if ( '' === $ending ) {
			return $fixed ? '' : __( 'Saved. Leave the field empty to keep it.', 'creators-image-refresh' );
		}
		return sprintf(
			$fixed
				/* translators: %s: the last four characters. */
				? __( 'Ends in …%s.', 'creators-image-refresh' )
				: __( 'Saved, ends in …%s. Leave the field empty to keep it.', 'creators-image-refresh' ),
			$ending
		);
	}

	/**
	 * The help text under a field; for a value that is set elsewhere, where.
	 *
	 * @param string $field Its name.
	 * @param string $html  Escaped.
	 */
	private function description( string $field, string $html ): void {
		$origin = Config_Constants::origin( $field );
		if ( '' !== $origin ) {
			$where = 'constant' === $origin
				/* translators: %s: a constant's name. */
				? esc_html__( 'Set in wp-config.php (%s), and can only be changed there.', 'creators-image-refresh' )
				/* translators: %s: an environment variable's name. */
				: esc_html__( 'Set in the server’s environment (%s), and can only be changed there.', 'creators-image-refresh' );
			$html = sprintf( $where, '<code>' . esc_html( Config_Constants::name( $field ) ) . '</code>' );
		}
		printf( '<p class="description" id="%s-help">%s</p>', esc_attr( Settings_Screen::id( $field ) ), wp_kses_post( $html ) );
	}

	/**
	 * A field's name in the form.
	 *
	 * @param string $field A field.
	 * @return string
	 */
	private static function name( string $field ): string {
		return Settings::OPTION . '[' . $field . ']';
	}
}
