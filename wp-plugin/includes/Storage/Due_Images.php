<?php
/**
 * The pictures whose links are due.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Storage;

use Creators_Image_Refresh\Settings\Image_Age;

defined( 'ABSPATH' ) || exit;

/**
 * Tells which links are to be fetched next, and makes links due before their time.
 */
final class Due_Images {

	private const ROWS_A_STEP = 1000;

	/**
	 * Marketplaces of which pictures are due.
	 *
	 * @return list<string> Hosts.
	 */
	public static function marketplaces(): array {
		$due = static fn( string $host ): bool => null !== Database::value(
			'SELECT asin FROM %i WHERE marketplace = %s AND excluded = 0 AND due_at <= %d LIMIT 1',
			Schema::images(),
			$host,
			time()
		);
		return array_values( array_filter( Image_Keys::marketplaces(), $due ) );
	}

	/**
	 * ASINs that are due, those never fetched first. What only pages show comes behind all that stored content holds.
	 *
	 * @param list<string> $marketplaces Hosts.
	 * @param int          $limit        How many at most.
	 * @return list<string> Each once.
	 */
	public static function asins( array $marketplaces, int $limit ): array {
		$asins = array();
		foreach ( array() === $marketplaces || 0 === $limit ? array() : array( 'seen_at = 0', 'seen_at > 0' ) as $only ) {
			$queries = array();
			$values  = array();
			foreach ( array_values( $marketplaces ) as $n => $marketplace ) {
				// Marketplace by marketplace: each is then a stretch of the index, in its order.
				$queries[] = 'SELECT * FROM (SELECT asin, due_at FROM %i WHERE marketplace = %s AND excluded = 0'
					. " AND {$only} AND due_at <= %d ORDER BY due_at, asin LIMIT %d) AS due_{$n}";
				array_push( $values, Schema::images(), $marketplace, time(), $limit );
			}
			// Each product once, and always in the same order, so that those under way are named again among the first: else
			// calls would be for fewer than ten.
			$query = 'SELECT asin FROM (' . implode( ' UNION ALL ', $queries ) . ') AS due'
				. ' GROUP BY asin ORDER BY MIN(due_at), asin LIMIT %d';
			$found = Database::column( $query, ...array( ...$values, $limit ) );
			$asins = array_slice( array_values( array_unique( array( ...$asins, ...$found ) ) ), 0, $limit );
			if ( count( $asins ) === $limit ) {
				break;
			}
		}
		return $asins;
	}

	/**
	 * How many of some pictures are due.
	 *
	 * @param array<array-key, array{marketplace: string, asin: string}> $pictures Which.
	 */
	public static function count( array $pictures ): int {
		$number = 0;
		$query  = 'SELECT COUNT(*) FROM %i WHERE excluded = 0 AND due_at <= %d AND';
		foreach ( Schema::is_ready() ? Image_Keys::conditions( $pictures ) : array() as [ $any, $keys ] ) {
			$number += (int) Database::value( "{$query} {$any}", Schema::images(), time(), ...$keys );
		}
		return $number;
	}

	/**
	 * Makes some pictures due before all others.
	 *
	 * @param array<array-key, array{marketplace: string, asin: string}> $pictures Which.
	 */
	public static function put_first( array $pictures ): void {
		Image_Keys::write( $pictures, 'UPDATE %i SET due_at = 0 WHERE excluded = 0 AND', Schema::images() );
	}

	/**
	 * Has those of some pictures wait for their usual turn that were put before all others.
	 *
	 * @param array<array-key, array{marketplace: string, asin: string}> $pictures Which.
	 */
	public static function put_back( array $pictures ): void {
		$query = 'UPDATE %i SET due_at = fetched_at + %d WHERE due_at = 0 AND fetched_at > 0 AND';
		Image_Keys::write( $pictures, $query, Schema::images(), Image_Age::refresh_after() );
	}

	/** Makes failed pictures due again: a person asked for it, or the account is another now. */
	public static function mark_failed(): void {
		self::mark_all( null, " AND failed_code <> ''" );
	}

	/**
	 * Makes pictures due, those that were never fetched (0) before all others; in steps that are not long to lock.
	 *
	 * @param string|null $marketplace Of this host; null for all.
	 * @param string      $only        A condition more, in SQL.
	 */
	public static function mark_all( ?string $marketplace = null, string $only = '' ): void {
		$step  = 'SELECT MAX(asin) FROM (SELECT asin FROM %i WHERE marketplace = %s AND asin > %s ORDER BY asin LIMIT %d) AS step';
		$set   = 'UPDATE %i SET due_at = 1 WHERE marketplace = %s AND asin > %s AND asin <= %s AND due_at > 1' . $only;
		$hosts = null === $marketplace ? Image_Keys::marketplaces() : array( $marketplace );
		foreach ( Schema::is_ready() ? $hosts : array() as $host ) {
			$last = '';
			do {
				$first = $last;
				$last  = (string) Database::value( $step, Schema::images(), $host, $first, self::ROWS_A_STEP );
				Database::run( $set, Schema::images(), $host, $first, $last );
			} while ( '' !== $last );
		}
	}
}
