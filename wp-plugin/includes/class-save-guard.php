<?php
/**
 * The test of the form's account when it is saved.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Stands before the sanitizer of the settings, and only where a person has pressed "Save": tests credentials that have
 * changed, and takes refused ones out of what is saved where working ones are there.
 */
final class Save_Guard {

	private const FIELDS = array( 'credential_id', 'credential_secret', 'credential_version', 'partner_tag', 'marketplace' );

	/**
	 * Whether this request's form has been looked at. WordPress sanitizes a new option twice.
	 *
	 * @var bool
	 */
	private bool $done = false;

	/**
	 * Takes what it works with.
	 *
	 * @param Settings  $settings Reads fields.
	 * @param Accounts  $accounts What is saved or fixed.
	 * @param Save_Test $test     Asks Amazon.
	 */
	public function __construct( private Settings $settings, private Accounts $accounts, private Save_Test $test ) {}

	/**
	 * Filters what the form brings.
	 *
	 * @param mixed $input What was submitted.
	 * @return mixed The same, perhaps without the credentials.
	 */
	public function filter( #[\SensitiveParameter] mixed $input ): mixed {
		if ( $this->done || ! is_array( $input ) || ! did_action( 'load-options.php' ) ) {
			return $input;
		}
		$this->done = true;

		$version = Input::choice( $input['use_version'] ?? '', Settings::VERSIONS );
		if ( null !== $version && '' !== $version ) {
			$input['credential_version'] = $version;
		}
		$removed = Account_Messages::removed_spaces( Account_Messages::with_spaces( $input ) );
		if ( '' !== $removed ) {
			$this->say( 'info', $removed );
		}

		$saved = $this->accounts->default_account();
		$new   = $this->submitted( $input );
		if ( null === $new || $new === $saved ) {
			$this->say_saved();
			return $input;
		}
		$decision = $this->test->decide( Account_List::DEFAULT_ID, $new, $saved );
		if ( $decision['save'] && 'success' !== $decision['type'] ) {
			$this->say( 'success', __( 'Settings saved.', 'creators-image-refresh' ) );
		}
		$this->say( $decision['type'], $decision['sentence'], $decision['amazon'] );
		if ( $decision['save'] ) {
			return $input;
		}
		return array_diff_key( $input, array_flip( self::FIELDS ), array( 'remove_credential_secret' => true ) );
	}

	/**
	 * The account that would be saved.
	 *
	 * @param array<array-key, mixed> $input What was submitted.
	 * @return array<string, string>|null Null where it is not whole, so that there is nothing to test.
	 */
	private function submitted( #[\SensitiveParameter] array $input ): ?array {
		$form = array();
		foreach ( self::FIELDS as $field ) {
			$value = array_key_exists( $field, $input ) ? $this->settings->accept( $field, $input[ $field ] ) : null;
			if ( is_string( $value ) ) {
				$form[ $field ] = $value;
			}
		}
		$removes = '' === ( $form['credential_secret'] ?? '' ) && ( Input::flag( $input['remove_credential_secret'] ?? false ) ?? false );
		$account = $removes ? null : $this->accounts->from_form( $form );
		return is_array( $account ) ? $this->accounts->whole( $account ) : null;
	}

	/**
	 * WordPress leaves out its own word where there is any other.
	 */
	private function say_saved(): void {
		if ( array() !== get_settings_errors( Settings::OPTION ) ) {
			$this->say( 'success', __( 'Settings saved.', 'creators-image-refresh' ) );
		}
	}

	/**
	 * Shows a message on the settings page after saving.
	 *
	 * @param string $type     success, info, warning or error.
	 * @param string $sentence For people.
	 * @param string $amazon   Amazon's own words.
	 */
	private function say( string $type, string $sentence, string $amazon = '' ): void {
		$small = '' === $amazon ? '' : '<br><small>' . esc_html( Account_Messages::small_print( $amazon ) ) . '</small>';
		add_settings_error( Settings::OPTION, 'account_' . $type, esc_html( $sentence ) . $small, $type );
	}
}
