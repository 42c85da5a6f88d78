<?php
/**
 * The form of the settings.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Accounts;

use Creators_Image_Refresh\Messages\Account_Messages;
use Creators_Image_Refresh\Messages\Advice;
use Creators_Image_Refresh\Secrets\Secret_Vault;
use Creators_Image_Refresh\Settings\Config_Constants;
use Creators_Image_Refresh\Settings\Input;
use Creators_Image_Refresh\Settings\Settings;

defined( 'ABSPATH' ) || exit;

/**
 * What is done with a submitted form: the license key goes to its own encrypted option, the default account to its row, the
 * rest is sanitized field by field. A field that cannot be meant keeps what was saved before, and a message says so.
 *
 * Hooked in for every request and not only for the settings page, so that a secret cannot come into the option in clear by
 * whichever way it is written.
 */
final class Settings_Form {

	/** What goes to the default account. */
	private const OF_ACCOUNT = array( ...Account_Service::FIELDS, 'remove_credential_secret', 'use_version' );

	/**
	 * Takes where values go.
	 *
	 * @param Settings                    $settings Everything but secrets and accounts.
	 * @param Secret_Vault                $secrets  The license key.
	 * @param \Closure(): Account_Service $accounts Makes what keeps the default account; most requests need none of it.
	 */
	public function __construct( private Settings $settings, private Secret_Vault $secrets, private \Closure $accounts ) {}

	/**
	 * Saves the default account, when options.php is about to save the settings: credentials that are others now are tested
	 * there, outside of any sanitizer, which finds nothing of them any more in what it is given.
	 */
	public function submit(): void {
		// phpcs:disable WordPress.Security.ValidatedSanitizedInput.InputNotSanitized -- compared, or read field by field.
		$page  = isset( $_POST['option_page'] ) ? wp_unslash( $_POST['option_page'] ) : '';
		$input = isset( $_POST[ Settings::OPTION ] ) ? wp_unslash( $_POST[ Settings::OPTION ] ) : null;
		// phpcs:enable
		if ( Settings::GROUP !== $page || ! is_array( $input ) || ! current_user_can( 'manage_options' ) ) {
			return;
		}
		check_admin_referer( Settings::GROUP . '-options' );
		( $this->accounts )()->submit_default( $input );
		$own  = array_flip( self::OF_ACCOUNT );
		$rest = static fn( mixed $input ): mixed => is_array( $input ) ? array_diff_key( $input, $own ) : $input;
		add_filter( 'sanitize_option_' . Settings::OPTION, $rest, 9 );
	}

	/**
	 * The option's sanitizer. WordPress runs it twice where the option is new; the second time there is no secret left in
	 * it.
	 *
	 * @param mixed $input What was submitted.
	 * @return array<string, string|bool> What is to be saved in the option.
	 */
	public function save( #[\SensitiveParameter] mixed $input ): array {
		$current = $this->settings->all();
		if ( ! is_array( $input ) ) {
			$sentence = __(
				'The settings did not arrive in one piece, so nothing was changed. Please try again.',
				'creators-image-refresh'
			);
			self::say( 'error', $sentence, code: 'form' );
			return $current;
		}
		if ( null === Config_Constants::get( 'license_key' ) ) {
			$this->save_license_key( $input['license_key'] ?? '', true === Input::flag( $input['remove_license_key'] ?? false ) );
		}
		if ( array() !== array_intersect( self::OF_ACCOUNT, array_keys( $input ) ) ) {
			$error = ( $this->accounts )()->store_default( $input );
			if ( null !== $error ) {
				self::say( 'error', Advice::for_error( $error ) );
			}
		}
		foreach ( array_keys( $current ) as $field ) {
			if ( array_key_exists( $field, $input ) && null === $this->settings->accept( $field, $input[ $field ] ) ) {
				self::say( 'error', Account_Messages::not_changed( $field ), code: $field );
			}
		}
		return $this->settings->sanitize( $input, $current );
	}

	/**
	 * Saves the license key; keeps the saved one where the field is empty, or removes it where that is wanted.
	 *
	 * @param mixed $value  What was submitted; empty keeps the saved one.
	 * @param bool  $remove Whether the box to remove it was ticked.
	 */
	private function save_license_key( #[\SensitiveParameter] mixed $value, bool $remove ): void {
		$key   = Input::token( $value );
		$error = null === $key || '' === $key ? null : $this->secrets->set( Secret_Vault::LICENSE_KEY, $key );
		if ( null === $key || null !== $error ) {
			$why = null === $key ? Account_Messages::not_changed( 'license_key' ) : Advice::for_error( $error );
			self::say( 'error', $why, code: 'license_key' );
		} elseif ( '' === $key && $remove ) {
			delete_option( Secret_Vault::LICENSE_KEY );
		}
	}

	/**
	 * Shows a message on the settings page after saving.
	 *
	 * @param string $type     success, info, warning or error.
	 * @param string $sentence For people.
	 * @param string $amazon   Amazon's own words.
	 * @param string $code     What it is about.
	 */
	public static function say( string $type, string $sentence, string $amazon = '', string $code = 'account' ): void {
		// Not there outside the administration.
		if ( function_exists( 'add_settings_error' ) ) {
			$html = esc_html( $sentence ) . Account_Messages::small_line( $amazon );
			add_settings_error( Settings::OPTION, "{$code}_{$type}", $html, $type );
		}
	}
}
