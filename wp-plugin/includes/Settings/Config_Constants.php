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

	/** What can be set there. */
	private const FIELDS = array(
		'credential_id',
		'credential_secret',
		'credential_version',
		'partner_tag',
		'marketplace',
		'license_key',
		'encryption_key',
		'encryption_key_previous',
		'license_store_url',
		'license_item_id',
		'downloads_url',
	);

	/**
	 * What the constant and the environment variable of a field are called.
	 *
	 * @param string $field A field.
	 */
	public static function name( string $field ): string {
		return 'CREATORS_IMAGE_REFRESH_' . strtoupper( $field );
	}

	/**
	 * A field's value. Null where it is set nowhere.
	 *
	 * @param string $field A field.
	 */
	public static function get( string $field ): ?string {
		$values = self::values( $field );
		return array_shift( $values );
	}

	/**
	 * Where a field's value stands. 'environment', 'constant', or empty.
	 *
	 * @param string $field A field.
	 */
	public static function origin( string $field ): string {
		return (string) array_key_first( self::values( $field ) );
	}

	/**
	 * What is set and not blank, the one that counts first.
	 *
	 * @param string $field A field.
	 * @return array<string, string> By origin.
	 */
	private static function values( string $field ): array {
		$name = self::name( $field );
		if ( ! in_array( $field, self::FIELDS, true ) ) {
			return array();
		}
		$values = array(
			'environment' => Input::text( getenv( $name ) ),
			'constant'    => Input::text( defined( $name ) ? constant( $name ) : null ),
		);
		return array_diff( array_filter( $values, 'is_string' ), array( '' ) );
	}
}
