<?php
/**
 * What is done with a submitted form.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Sorts a submitted form: secrets go to their own encrypted options, the rest is sanitized field by field. A field that
 * cannot be meant keeps what was saved before, and a message says so.
 *
 * Registered for every request and not only for the settings page, so that a secret cannot come into the option in clear
 * by whichever way it is written.
 */
final class Settings_Form {

	private const SECRETS = array(
		'license_key'       => Secrets::LICENSE_KEY,
		'credential_secret' => Secrets::CREDENTIAL_SECRET,
	);

	/**
	 * Takes where values go.
	 *
	 * @param Settings $settings Everything but secrets.
	 * @param Secrets  $secrets  Secrets.
	 */
	public function __construct( private Settings $settings, private Secrets $secrets ) {}

	/**
	 * Registers the option.
	 */
	public function register(): void {
		register_setting(
			Settings::GROUP,
			Settings::OPTION,
			array(
				'type'              => 'object',
				'sanitize_callback' => array( $this, 'save' ),
				'show_in_rest'      => false,
			)
		);
	}

	/**
	 * The option's sanitizer. WordPress runs it twice where the option is new; the second time there is no secret left in it.
	 *
	 * @param mixed $input What was submitted.
	 * @return array<string, string|bool> What is to be saved.
	 */
	public function save( #[\SensitiveParameter] mixed $input ): array {
		$current = $this->settings->all();
		if ( ! is_array( $input ) ) {
			$this->say( 'form', __( 'The settings did not arrive in one piece, so nothing was changed. Please try again.', 'creators-image-refresh' ) );
			return $current;
		}

		foreach ( self::SECRETS as $field => $option ) {
			if ( null === Fixed_Values::get( $field ) ) {
				$this->save_secret( $field, $option, $input[ $field ] ?? '', Input::flag( $input[ 'remove_' . $field ] ?? false ) ?? false );
			}
		}

		foreach ( array_keys( $current ) as $field ) {
			if ( null !== Fixed_Values::get( $field ) ) {
				unset( $input[ $field ] );
			} elseif ( array_key_exists( $field, $input ) && null === $this->settings->accept( $field, $input[ $field ] ) ) {
				$this->refuse( $field );
			}
		}
		return $this->settings->sanitize( $input, $current );
	}

	/**
	 * Saves, keeps or removes one secret.
	 *
	 * @param string $field  Its field.
	 * @param string $option Its option.
	 * @param mixed  $value  What was submitted; empty keeps the saved one.
	 * @param bool   $remove Whether the box to remove it was ticked.
	 */
	private function save_secret( string $field, string $option, #[\SensitiveParameter] mixed $value, bool $remove ): void {
		$secret = Input::token( $value );
		if ( null === $secret ) {
			$this->refuse( $field );
			return;
		}
		if ( '' !== $secret ) {
			$error = $this->secrets->set( $option, $secret );
			if ( null !== $error ) {
				$this->say( $field, Status_Messages::for_error( $error ) );
			}
		} elseif ( $remove ) {
			$this->secrets->delete( $option );
		}
	}

	/**
	 * Says that a field was not taken over. The value is not repeated: it may be a secret, or half a megabyte.
	 *
	 * @param string $field Its name.
	 */
	private function refuse( string $field ): void {
		$this->say(
			$field,
			sprintf(
				/* translators: %s: a field of the form, for instance "Associate Tag". */
				__( '“%s” was not changed, because what was entered cannot be right. The earlier value stays, and everything else is saved.', 'creators-image-refresh' ),
				self::label( $field )
			)
		);
	}

	/**
	 * Shows a message on the settings page after saving.
	 *
	 * @param string $code    What it is about.
	 * @param string $message The message.
	 */
	private function say( string $code, string $message ): void {
		// Not there outside the administration.
		if ( function_exists( 'add_settings_error' ) ) {
			add_settings_error( Settings::OPTION, $code, esc_html( $message ) );
		}
	}

	/**
	 * A field's name for people.
	 *
	 * @param string $field A field.
	 * @return string
	 */
	public static function label( string $field ): string {
		$labels = array(
			'license_key'        => __( 'License key', 'creators-image-refresh' ),
			'credential_id'      => __( 'Credential ID', 'creators-image-refresh' ),
			'credential_secret'  => __( 'Secret', 'creators-image-refresh' ),
			'credential_version' => __( 'Version', 'creators-image-refresh' ),
			'partner_tag'        => __( 'Associate Tag', 'creators-image-refresh' ),
			'marketplace'        => __( 'Localization', 'creators-image-refresh' ),
			'api_provider'       => __( 'API Provider', 'creators-image-refresh' ),
			'refresh_images'     => __( 'Refresh Images', 'creators-image-refresh' ),
		);
		return $labels[ $field ] ?? $field;
	}
}
