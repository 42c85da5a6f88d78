<?php
/**
 * The fields of the form.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Admin;

use Creators_Image_Refresh\License\License_Messages;
use Creators_Image_Refresh\Messages\Account_Messages;
use Creators_Image_Refresh\Plugin;
use Creators_Image_Refresh\Secrets\Secret_Vault;
use Creators_Image_Refresh\Settings\Config_Constants;
use Creators_Image_Refresh\Settings\Fallback_Policy;
use Creators_Image_Refresh\Settings\Settings;
use Creators_Image_Refresh\Settings\Settings_Screen;

defined( 'ABSPATH' ) || exit;

/**
 * The fields of the settings.
 */
final class Settings_Fields {

	/** In the order of the page. What has several inputs has no label of its own. */
	private const FIELDS = array(
		'license_key'        => true,
		'credential_id'      => true,
		'credential_secret'  => true,
		'credential_version' => true,
		'partner_tag'        => true,
		'marketplace'        => true,
		'test'               => false,
		'refresh_images'     => false,
		'api_provider'       => true,
		'when_refused'       => false,
	);

	private const SECTION = 'creators_image_refresh_account';
	private const CREATE  = 'https://affiliate-program.amazon.com/creatorsapi';

	/**
	 * Renders each.
	 *
	 * @var Form_Fields
	 */
	private Form_Fields $fields;

	/**
	 * Takes the plugin, whose services it calls.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public function __construct( private Plugin $plugin ) {
		$this->fields = new Form_Fields( Settings::OPTION, '', true );
	}

	/**
	 * Registers the fields.
	 *
	 * @param callable(): void      $render_test Renders the row with the test button.
	 * @param array<string, string> $unsaved     Values to show instead of the saved ones, after a test without JavaScript.
	 */
	public function register( callable $render_test, array $unsaved ): void {
		add_settings_section( self::SECTION, '', '__return_null', Settings_Screen::SLUG );
		foreach ( self::FIELDS as $field => $has_label ) {
			add_settings_field(
				$field,
				Account_Messages::label( $field ),
				'test' === $field ? $render_test : fn() => $this->render( $field, $unsaved[ $field ] ?? null ),
				Settings_Screen::SLUG,
				self::SECTION,
				$has_label ? array( 'label_for' => Settings_Screen::id( $field ) ) : array()
			);
		}
	}

	/**
	 * Renders one.
	 *
	 * @param string      $field   A field.
	 * @param string|null $unsaved A value to show instead.
	 */
	private function render( string $field, ?string $unsaved ): void {
		$saved = $this->plugin->settings()->all() + $this->plugin->account_repository()->default_record();
		$help  = self::help()[ $field ] ?? '';
		switch ( $field ) {
			case 'license_key':
				$this->render_license();
				break;
			case 'api_provider':
				$providers = array(
					'auto'         => __( 'Auto-detect', 'creators-image-refresh' ),
					'creators_api' => __( 'Creators API', 'creators-image-refresh' ),
				);
				$this->fields->select( $field, $providers, $unsaved ?? $saved[ $field ], $help );
				break;
			case 'refresh_images':
				// The hidden field tells "not ticked" from "not sent".
				printf( '<input type="hidden" name="%s[refresh_images]" value="0">', esc_attr( Settings::OPTION ) );
				$label = __( 'Show fresh Amazon pictures in my posts', 'creators-image-refresh' );
				$this->fields->checkbox( $field, $this->plugin->settings()->is_on(), $label, $help );
				break;
			case 'when_refused':
				$this->render_when_refused( $help );
				break;
			default:
				$value = 'credential_secret' === $field ? $this->plugin->accounts()->own_secret() : $unsaved ?? $saved[ $field ];
				$this->fields->account_field( $field, $value, $help, $this->plugin->marketplaces()->names() );
		}
	}

	/** The license key, which another plugin may hand over, and how the license stands. */
	private function render_license(): void {
		$license  = $this->plugin->license();
		$provided = null === Config_Constants::get( 'license_key' ) ? $license->provided() : null;
		$status   = $license->status();
		if ( null === $provided ) {
			$help = 'no_store' === $status
				? __( 'It came by e-mail with your purchase. Nothing is locked without it.', 'creators-image-refresh' )
				: __( 'It came by e-mail with your purchase, and is checked when you save.', 'creators-image-refresh' );
			$this->fields->secret( 'license_key', $license->key(), $help );
		} else {
			$help = '' === $provided['by']
				? __( 'Provided by another plugin. There is nothing for you to enter.', 'creators-image-refresh' )
				/* translators: %s: a plugin's name. */
				: sprintf( __( 'Provided by %s. There is nothing for you to enter.', 'creators-image-refresh' ), $provided['by'] );
			$this->fields->fixed_text( 'license_key', str_repeat( '•', 12 ) . Secret_Vault::ending( $provided['key'] ), $help );
		}
		if ( ! in_array( $status, array( 'no_store', 'none', 'unreadable' ), true ) ) {
			printf(
				'<div class="notice inline notice-%s" id="creators-image-refresh-license" data-status="%s"><p>%s</p></div>',
				'valid' === $status ? 'success' : ( 'unchecked' === $status ? 'info' : 'warning' ),
				esc_attr( $status ),
				esc_html( License_Messages::for_status( $status, $license->state() ) )
			);
		}
	}

	/**
	 * What pages show when Amazon gives no fresh link: two choices.
	 *
	 * @param string $help What stands below it.
	 */
	private function render_when_refused( string $help ): void {
		$id = Settings_Screen::id( 'when_refused' );
		printf(
			'<fieldset aria-describedby="%s-help"><legend class="screen-reader-text">%s</legend>',
			esc_attr( $id ),
			esc_html( Account_Messages::label( 'when_refused' ) )
		);
		$choices = array(
			Fallback_Policy::LAST_PICTURE => __( 'Go on showing the last picture', 'creators-image-refresh' ),
			Fallback_Policy::WORDS        => __( 'After 24 hours, show the link in words instead', 'creators-image-refresh' ),
		);
		foreach ( $choices as $choice => $label ) {
			printf(
				'<p><label for="%1$s"><input type="radio" id="%1$s" name="%2$s" value="%3$s"%4$s> %5$s</label></p>',
				esc_attr( $id . '-' . str_replace( '_', '-', $choice ) ),
				esc_attr( Fallback_Policy::OPTION ),
				esc_attr( $choice ),
				checked( Fallback_Policy::choice(), $choice, false ),
				esc_html( $label )
			);
		}
		echo '</fieldset>';
		$this->fields->help( 'when_refused', $help );
	}

	/**
	 * What stands below each field: HTML that holds nothing but a link.
	 *
	 * @return array<string, string>
	 */
	private static function help(): array {
		$link = '<a href="' . self::CREATE . '" target="_blank" rel="noopener noreferrer">'
			. Page::words(
				__( 'Associates Central → Tools → Creators API', 'creators-image-refresh' ),
				__( '(opens in a new tab)', 'creators-image-refresh' )
			) . '</a>';
		return array(
			'credential_id'      => sprintf(
				/* translators: %s: a link to Amazon's Creators API page. */
				__(
					'At Amazon: %s. There, choose “Create Application”, then “Add New Credential”. A new ID begins with amzn1.application-oa2-client.',
					'creators-image-refresh'
				),
				$link
			),
			'credential_secret'  => Account_Messages::about_secrets(),
			'credential_version' => __(
				'Amazon shows it beside the credential. You can leave it as it is: the test says so if another is needed.',
				'creators-image-refresh'
			),
			'partner_tag'        => __(
				'In Associates Central at the top right, also called Store ID or Tracking ID; something like yourname-20.',
				'creators-image-refresh'
			),
			'marketplace'        => __(
				'The Amazon country in which you are an Associate with this tag. With this account, only this one is ever asked.',
				'creators-image-refresh'
			),
			'api_provider'       => __(
				'Auto-detect is right for everyone today: the Creators API is the only one Amazon still runs.',
				'creators-image-refresh'
			),
			'refresh_images'     => __(
				'Your posts themselves are never edited. Without the tick, every page is shown exactly as you wrote it.',
				'creators-image-refresh'
			),
			'when_refused'       => __(
				'For the days when your account is refused or Amazon cannot be reached. Amazon’s licence lets a picture’s link be kept for 24 hours: with the second choice no older link is kept or shown, and the links in your posts go on working as text. A product that Amazon no longer offers is left as you wrote it.',
				'creators-image-refresh'
			),
		);
	}
}
