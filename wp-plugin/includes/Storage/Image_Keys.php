<?php
/**
 * Which pictures.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Storage;

defined( 'ABSPATH' ) || exit;

/**
 * Turns lists of pictures, a marketplace and an ASIN each, into what queries and caches want.
 */
final class Image_Keys {

	/**
	 * The names of pictures in the cache.
	 *
	 * @param array<array-key, array{marketplace: string, asin: string}> $pictures Pictures.
	 * @return list<string>
	 */
	public static function names( array $pictures ): array {
		return array_values(
			array_map(
				static fn( array $picture ): string => Image_Cache::key( $picture['marketplace'], $picture['asin'] ),
				$pictures
			)
		);
	}

	/**
	 * ASINs of one marketplace at a time, and not too many.
	 *
	 * @param array<array-key, array{marketplace: string, asin: string}> $pictures Pictures.
	 * @param int<1, max>                                                $most     How many.
	 * @return list<array{0: string, 1: non-empty-list<string>}> A marketplace, and ASINs.
	 */
	public static function by_marketplace( array $pictures, int $most ): array {
		$asins = array();
		foreach ( $pictures as $picture ) {
			$asins[ $picture['marketplace'] ][] = $picture['asin'];
		}
		$parts = array();
		foreach ( $asins as $marketplace => $each ) {
			foreach ( array_chunk( $each, $most ) as $chunk ) {
				$parts[] = array( (string) $marketplace, $chunk );
			}
		}
		return $parts;
	}

	/**
	 * A condition that any of some pictures meets.
	 *
	 * @param array<array-key, array{marketplace: string, asin: string}> $pictures Pictures; at least one.
	 * @param string                                                     $table    As the query names it.
	 * @return array{0: string, 1: list<string>} With placeholders, and their values.
	 */
	public static function any_of( array $pictures, string $table ): array {
		$groups = array();
		$values = array();
		foreach ( self::by_marketplace( $pictures, max( 1, count( $pictures ) ) ) as list( $marketplace, $asins ) ) {
			$groups[] = "({$table}.marketplace = %s AND {$table}.asin IN (" . self::placeholders( $asins ) . '))';
			array_push( $values, $marketplace, ...$asins );
		}
		return array( '(' . implode( ' OR ', $groups ) . ')', $values );
	}

	/**
	 * Placeholders for a list of strings.
	 *
	 * @param array<array-key, string> $values The strings.
	 */
	public static function placeholders( array $values ): string {
		return implode( ', ', array_fill( 0, max( 1, count( $values ) ), '%s' ) );
	}
}
