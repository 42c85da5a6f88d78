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

	/** How many of them one statement is about. */
	private const ROWS_A_QUERY = 100;

	/**
	 * The marketplaces that pictures stand under.
	 *
	 * @return list<string> Hosts.
	 */
	public static function marketplaces(): array {
		$hosts = array();
		// From one to the next, which are few: a database may go from row to row where it is to group them.
		$query = 'SELECT marketplace FROM %i FORCE INDEX (due_next) WHERE marketplace > %s ORDER BY marketplace LIMIT 1';
		for ( $host = null === Schema::obstacle() ? '' : null; null !== $host; ) {
			$host    = Database::value( $query, Schema::images(), $host );
			$hosts[] = $host;
		}
		return array_values( array_filter( $hosts, 'is_string' ) );
	}

	/**
	 * The names of pictures in the cache.
	 *
	 * @param array<array-key, array{marketplace: string, asin: string}> $pictures Pictures.
	 * @return list<string>
	 */
	public static function names( array $pictures ): array {
		$name = static fn( array $picture ): string => Image_Cache::key( $picture['marketplace'], $picture['asin'] );
		return array_values( array_map( $name, $pictures ) );
	}

	/**
	 * Conditions that some pictures meet, each for not too many of them.
	 *
	 * @param array<array-key, array{marketplace: string, asin: string}> $pictures Pictures.
	 * @param string                                                     $table    As the query names it; empty for its only one.
	 * @return list<array{0: string, 1: list<string>}> See any_of().
	 */
	public static function conditions( array $pictures, string $table = '' ): array {
		$chunks = array_chunk( $pictures, self::ROWS_A_QUERY );
		return array_map( static fn( array $few ): array => self::any_of( $few, $table ), $chunks );
	}

	/**
	 * Writes to the rows of some pictures, not too many at once.
	 *
	 * @param array<array-key, array{marketplace: string, asin: string}> $pictures  Pictures.
	 * @param string                                                     $query     Ends where the condition begins that they meet.
	 * @param mixed                                                      ...$values For its placeholders.
	 * @return int How many rows were changed.
	 */
	public static function write( array $pictures, string $query, mixed ...$values ): int {
		$rows = 0;
		foreach ( Schema::is_ready() ? self::conditions( $pictures ) : array() as [ $any, $keys ] ) {
			$rows += (int) Database::write( "{$query} {$any}", ...$values, ...$keys );
		}
		return $rows;
	}

	/**
	 * A condition that any of some pictures meets.
	 *
	 * @param array<array-key, array{marketplace: string, asin: string}> $pictures Pictures; at least one.
	 * @param string                                                     $table    As the query names it; empty for its only one.
	 * @return array{0: string, 1: list<string>} With placeholders, and their values.
	 */
	public static function any_of( array $pictures, string $table = '' ): array {
		$asins = array();
		foreach ( $pictures as $picture ) {
			$asins[ $picture['marketplace'] ][] = $picture['asin'];
		}
		$of     = '' === $table ? '' : "{$table}.";
		$groups = array();
		$values = array();
		foreach ( $asins as $marketplace => $each ) {
			$groups[] = "({$of}marketplace = %s AND {$of}asin IN (" . self::placeholders( $each ) . '))';
			array_push( $values, $marketplace, ...$each );
		}
		return array( '(' . implode( ' OR ', $groups ) . ')', $values );
	}

	/**
	 * Placeholders for a list.
	 *
	 * @param array<array-key, mixed> $values What they stand for.
	 * @param string                  $each   For one of them.
	 */
	public static function placeholders( array $values, string $each = '%s' ): string {
		return implode( ', ', array_fill( 0, max( 1, count( $values ) ), $each ) );
	}
}
