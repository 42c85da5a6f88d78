<?php
/**
 * Words of titles.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Storage\Listing;

defined( 'ABSPATH' ) || exit;

/**
 * Writes titles as they are searched: in small letters, without accents and wide forms, with one blank at a time. A title and
 * what somebody types go the same way, so that both databases need no more than to look for bytes.
 */
final class Title_Index {

	/** As long as the column. */
	private const LENGTH = 140;

	/** More words than these make a search no narrower. */
	private const MOST = 8;

	/**
	 * The words of an Image's title.
	 *
	 * @param array<array-key, mixed>|null $image An Image.
	 * @return string Empty where it has none.
	 */
	public static function of( ?array $image ): string {
		$title = $image['title'] ?? null;
		return is_string( $title ) ? rtrim( mb_substr( self::fold( $title ), 0, self::LENGTH ) ) : '';
	}

	/**
	 * The words of a search: a title has each of them somewhere.
	 *
	 * @param string $search What somebody has typed.
	 * @return list<string> Empty where nothing can be looked for.
	 */
	public static function asked( string $search ): array {
		$words = array_filter( explode( ' ', self::fold( $search ) ), static fn( string $word ): bool => '' !== $word );
		return array_slice( array_values( array_unique( $words ) ), 0, self::MOST );
	}

	/**
	 * Writes a text in the one way.
	 *
	 * @param string $text UTF-8.
	 */
	private static function fold( string $text ): string {
		if ( function_exists( 'mb_convert_kana' ) ) {
			$text = mb_convert_kana( $text, 'asKV', 'UTF-8' );
		}
		// Of no language: what is written in one must be found in another.
		$text = remove_accents( $text, 'en_US' );
		$text = function_exists( 'mb_strtolower' ) ? mb_strtolower( $text, 'UTF-8' ) : strtolower( $text );
		// Older tables hold no character of four bytes.
		return trim( (string) preg_replace( '/[\s\x{10000}-\x{10FFFF}]+/u', ' ', $text ) );
	}
}
