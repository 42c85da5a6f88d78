<?php
/**
 * Which pictures page caches are still to be told of.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Storage;

defined( 'ABSPATH' ) || exit;

/**
 * Every statement that changes what pages show of a picture sets the picture's purge_due to a mark as well, and only what was
 * told is taken out again, by the mark that was read: a process may be killed anywhere, and a picture may change meanwhile.
 *
 * @phpstan-type Due array{marketplace: string, asin: string, purge_due: string}
 */
final class Purge_Marks {

	/**
	 * The sites of which this request has marked pictures that it has not told of.
	 *
	 * @var array<int, true>
	 */
	private static array $marked = array();

	/** A mark for pictures that look different with the statement that stores it, in microseconds; no two are the same. */
	public static function mark(): int {
		self::$marked[ get_current_blog_id() ] = true;
		return (int) ( microtime( true ) * 1000000 );
	}

	/** Whether this request has marked pictures and not told of them. */
	public static function is_marked(): bool {
		return isset( self::$marked[ get_current_blog_id() ] );
	}

	/** Says that this request tells of what it has marked. */
	public static function forget(): void {
		unset( self::$marked[ get_current_blog_id() ] );
	}

	/**
	 * The pictures that are marked, the oldest first.
	 *
	 * @param int $limit How many.
	 * @return list<Due>
	 */
	public static function due( int $limit ): array {
		$query = 'SELECT marketplace, asin, purge_due FROM %i WHERE purge_due > 0 ORDER BY purge_due LIMIT %d';
		return Schema::is_ready() && ! Database::is_away()
			? Database::quietly( static fn(): array => Database::rows( $query, Schema::images(), $limit ) )
			: array();
	}

	/**
	 * Takes out what was told, unless it has changed again meanwhile.
	 *
	 * @param non-empty-list<Due> $pictures Which.
	 * @return bool Whether the database has taken it.
	 */
	public static function take_out( array $pictures ): bool {
		$values = array();
		foreach ( $pictures as $picture ) {
			array_push( $values, $picture['marketplace'], $picture['asin'], $picture['purge_due'] );
		}
		$any = implode( ' OR ', array_fill( 0, count( $pictures ), '(marketplace = %s AND asin = %s AND purge_due = %d)' ) );
		$set = "UPDATE %i SET purge_due = 0 WHERE {$any}";
		return false !== Database::quietly( static fn() => Database::run( $set, Schema::images(), ...$values ) );
	}
}
