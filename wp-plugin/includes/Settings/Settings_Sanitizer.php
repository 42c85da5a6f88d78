<?php
/**
 * What is done with a submitted form.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Settings;

use Creators_Image_Refresh\Accounts\Account_Service;
use Creators_Image_Refresh\Messages\Account_Messages;
use Creators_Image_Refresh\Messages\Status_Messages;
use Creators_Image_Refresh\Secrets\Secret_Vault;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Sorts a submitted form: the license key goes to its own encrypted option, the default account to its row, the rest is
 * sanitized field by field. A field that cannot be meant keeps what was saved before, and a message says so.
 *
 * Registered for every request and not only for the settings page, so that a secret cannot come into the option in clear
 * by whichever way it is written.
 */
final class Settings_Sanitizer {

	/**
	 * Takes where values go.
	 *
	 * @param Settings                    $settings Everything but secrets and accounts.
	 * @param Secret_Vault                $secrets  The license key.
	 * @param \Closure(): Account_Service $accounts Makes what keeps the default account; most requests need none of it.
	 */
	public function __construct( private Settings $settings, private Secret_Vault $secrets, private \Closure $accounts ) {}

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
	 * @return array<string, string|bool> What is to be saved in the option.
	 */
	public function save( #[\SensitiveParameter] mixed $input ): array {
		$current = $this->settings->all();
		if ( ! is_array( $input ) ) {
			$this->say(
				'form',
				__(
					'The settings did not arrive in one piece, so nothing was changed. Please try again.',
					'creators-image-refresh'
				)
			);
			return $current;
		}

		if ( null === Config_Constants::get( 'license_key' ) ) {
			$this->save_license_key( $input['license_key'] ?? '', Input::flag( $input['remove_license_key'] ?? false ) ?? false );
		}
		if (
			array() !== array_intersect( array( ...Account_Service::FIELDS, 'remove_credential_secret' ), array_keys( $input ) )
		) {
			$error = ( $this->accounts )()->store_default( $input );
			if ( null !== $error ) {
				$this->say( 'account', Status_Messages::for_error( $error ) );
			}
		}

		foreach ( array_keys( $current ) as $field ) {
			if ( array_key_exists( $field, $input ) && null === $this->settings->accept( $field, $input[ $field ] ) ) {
				$this->say( $field, Account_Messages::not_changed( $field ) );
			}
		}
		return $this->settings->sanitize( $input, $current );
	}

	/**
	 * Saves, keeps or removes the license key.
	 *
	 * @param mixed $value  What was submitted; empty keeps the saved one.
	 * @param bool  $remove Whether the box to remove it was ticked.
	 */
	private function save_license_key( #[\SensitiveParameter] mixed $value, bool $remove ): void {
		$key = Input::token( $value );
		if ( null === $key ) {
			$this->say( 'license_key', Account_Messages::not_changed( 'license_key' ) );
		} elseif ( '' !== $key ) {
			$error = $this->secrets->set( Secret_Vault::LICENSE_KEY, $key );
			if ( null !== $error ) {
				$this->say( 'license_key', Status_Messages::for_error( $error ) );
			}
		} elseif ( $remove ) {
			$this->secrets->delete( Secret_Vault::LICENSE_KEY );
		}
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
