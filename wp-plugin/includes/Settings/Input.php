<?php
/**
 * What people paste into fields.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Settings;

defined( 'ABSPATH' ) || exit;

/**
 * Reads one value that came from a form, a constant, the environment or the database: the value trimmed, or null where it
 * cannot be meant. It never repairs: half of a secret is worse than none.
 */
final class Input {

	private const MAX_LENGTH = 1024;

	/**
	 * A credential, a secret, a key: printable ASCII in one piece. Angle brackets are in none that Amazon issues.
	 *
	 * @param mixed $value Anything.
	 */
	public static function token( #[\SensitiveParameter] mixed $value ): ?string {
		$text = self::text( $value );
		return null !== $text && 1 === preg_match( '/\A[\x21-\x3B\x3D\x3F-\x7E]*\z/', $text ) ? $text : null;
	}

	/**
	 * An Associate Tag. Its suffix says nothing that could be checked.
	 *
	 * @param mixed $value Anything.
	 */
	public static function tag( mixed $value ): ?string {
		$text = self::text( $value );
		return null !== $text && 1 === preg_match( '/\A[A-Za-z0-9._-]{0,64}\z/', $text ) ? $text : null;
	}

	/**
	 * One of a few words.
	 *
	 * @param mixed        $value   Anything.
	 * @param list<string> $choices The words.
	 */
	public static function choice( mixed $value, array $choices ): ?string {
		$text = self::text( $value );
		return null !== $text && in_array( $text, $choices, true ) ? $text : null;
	}

	/**
	 * A checkbox.
	 *
	 * @param mixed $value Anything.
	 */
	public static function flag( mixed $value ): ?bool {
		return is_scalar( $value ) ? filter_var( $value, FILTER_VALIDATE_BOOLEAN, FILTER_NULL_ON_FAILURE ) : null;
	}

	/**
	 * Whether white space was taken away around a value.
	 *
	 * @param mixed $value Anything.
	 */
	public static function was_trimmed( #[\SensitiveParameter] mixed $value ): bool {
		$text = self::text( $value );
		return is_string( $value ) && null !== $text && '' !== $text && $text !== $value;
	}

	/**
	 * Text without the white space, and the invisible marks, that come along when one copies from a web page.
	 *
	 * @param mixed $value Anything.
	 */
	public static function text( #[\SensitiveParameter] mixed $value ): ?string {
		if ( is_int( $value ) || is_float( $value ) ) {
			$value = (string) $value;
		}
		if ( ! is_string( $value ) || strlen( $value ) > self::MAX_LENGTH ) {
			return null;
		}
		// Also null where the text is not UTF-8.
		$text = preg_replace( '/\A[\s\p{Z}\p{Cf}]+|[\s\p{Z}\p{Cf}]+\z/u', '', $value );
		return is_string( $text ) ? $text : null;
	}
}
