<?php
/**
 * Values that the site's owner has set outside the database.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Settings;

defined( 'ABSPATH' ) || exit;

/**
 * Reads the environment and wp-config.php. What stands there wins over the form and is never copied into the database.
 */
final class Config_Constants {

	private const NAMES = array(
		'credential_id'           => 'CREATORS_IMAGE_REFRESH_CREDENTIAL_ID',
		'credential_secret'       => 'CREATORS_IMAGE_REFRESH_CREDENTIAL_SECRET',
		'credential_version'      => 'CREATORS_IMAGE_REFRESH_CREDENTIAL_VERSION',
		'partner_tag'             => 'CREATORS_IMAGE_REFRESH_PARTNER_TAG',
		'marketplace'             => 'CREATORS_IMAGE_REFRESH_MARKETPLACE',
		'license_key'             => 'CREATORS_IMAGE_REFRESH_LICENSE_KEY',
		'encryption_key'          => 'CREATORS_IMAGE_REFRESH_ENCRYPTION_KEY',
		'encryption_key_previous' => 'CREATORS_IMAGE_REFRESH_ENCRYPTION_KEY_PREVIOUS',
		'license_store_url'       => 'CREATORS_IMAGE_REFRESH_LICENSE_STORE_URL',
		'license_item_id'         => 'CREATORS_IMAGE_REFRESH_LICENSE_ITEM_ID',
		'downloads_url'           => 'CREATORS_IMAGE_REFRESH_DOWNLOADS_URL',
	);

	/**
	 * The constant's and the environment variable's name for a field. Empty where the field cannot be fixed.
	 *
	 * @param string $field A field.
	 */
	public static function name( string $field ): string {
		return self::NAMES[ $field ] ?? '';
	}

	/**
	 * A field's value. Null where it is set nowhere.
	 *
	 * @param string $field A field.
	 */
	public static function get( string $field ): ?string {
		return self::from_environment( $field ) ?? self::from_constant( $field );
	}

	/**
	 * Where a field's value stands. 'environment', 'constant', or empty.
	 *
	 * @param string $field A field.
	 */
	public static function origin( string $field ): string {
		if ( null !== self::from_environment( $field ) ) {
			return 'environment';
		}
		return null !== self::from_constant( $field ) ? 'constant' : '';
	}

	/**
	 * Reads the environment.
	 *
	 * @param string $field A field.
	 */
	private static function from_environment( string $field ): ?string {
		$name = self::name( $field );
		return '' === $name ? null : self::meant( getenv( $name ) );
	}

	/**
	 * Reads wp-config.php.
	 *
	 * @param string $field A field.
	 */
	private static function from_constant( string $field ): ?string {
		$name = self::name( $field );
		return '' !== $name && defined( $name ) ? self::meant( constant( $name ) ) : null;
	}

	/**
	 * A value that is there and not blank.
	 *
	 * @param mixed $value Anything.
	 */
	private static function meant( #[\SensitiveParameter] mixed $value ): ?string {
		$text = Input::text( $value );
		return null === $text || '' === $text ? null : $text;
	}
}
