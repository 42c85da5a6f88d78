<?php
/**
 * The pictures whose links are due.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Storage;

use Creators_Image_Refresh\Storage\Listing\Image_Counts;

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
		return array_values( array_filter( Image_Counts::marketplaces(), $due ) );
	}

	/**
	 * ASINs that are due, those never fetched first. What only pages show comes behind all that stored content holds.
	 *
	 * @param list<string> $marketplaces Hosts.
	 * @param int          $limit        How many at most.
	 * @return list<string> Each once.
	 */
	public static function asins( array $marketplaces, int $limit ): array {
		$asins = self::due_where( $marketplaces, 'seen_at = 0', $limit );
		if ( count( $asins ) < $limit ) {
			array_push( $asins, ...self::due_where( $marketplaces, 'seen_at > 0', $limit - count( $asins ) ) );
		}
		return array_values( array_unique( $asins ) );
	}

	/**
	 * ASINs that are due and meet a condition.
	 *
	 * @param list<string> $marketplaces Hosts.
	 * @param string       $only         The condition, in SQL.
	 * @param int          $limit        How many at most.
	 * @return list<string> In the order of their time, each once.
	 */
	private static function due_where( array $marketplaces, string $only, int $limit ): array {
		$queries = array();
		$values  = array();
		foreach ( array_values( $marketplaces ) as $n => $marketplace ) {
			// Marketplace by marketplace: each is then a stretch of the index, in the order of its time.
			$queries[] = 'SELECT * FROM (SELECT asin, due_at FROM %i WHERE marketplace = %s AND excluded = 0'
				. " AND {$only} AND due_at <= %d ORDER BY due_at, asin LIMIT %d) AS due_{$n}";
			array_push( $values, Schema::images(), $marketplace, time(), $limit );
		}
		if ( array() === $queries ) {
			return array();
		}
		// Each product once, and always in the same order, so that those under way are named again among the first: else calls
		// would be for fewer than ten.
		$due   = implode( ' UNION ALL ', $queries );
		$query = "SELECT asin FROM ({$due}) AS due GROUP BY asin ORDER BY MIN(due_at), asin LIMIT %d";
		return Database::column( $query, ...$values, ...array( $limit ) );
	}

	/**
	 * Makes the pictures of one marketplace due: its account is another now.
	 *
	 * @param string $marketplace Host.
	 */
	public static function mark_marketplace( string $marketplace ): void {
		self::mark( $marketplace );
	}

	/** Makes failed pictures due again: a person asked for it, or the account is another now. */
	public static function mark_failed(): void {
		self::mark( null, " AND failed_code <> ''" );
	}

	/** Makes all pictures due, those that were never fetched (0) before all others. */
	public static function mark_all(): void {
		self::mark( null );
	}

	/**
	 * Makes pictures due, in steps that are not long to lock.
	 *
	 * @param string|null $marketplace Host; null for all.
	 * @param string      $only        A condition more, in SQL.
	 */
	private static function mark( ?string $marketplace, string $only = '' ): void {
		$hosts = null === $marketplace ? Image_Counts::marketplaces() : array( $marketplace );
		foreach ( Schema::is_ready() ? $hosts : array() as $host ) {
			$step = 'SELECT MAX(asin) FROM'
				. ' (SELECT asin FROM %i WHERE marketplace = %s AND asin > %s ORDER BY asin LIMIT %d) AS step';
			$set  = 'UPDATE %i SET due_at = 1 WHERE marketplace = %s AND asin > %s AND asin <= %s AND due_at > 1' . $only;
			$last = Database::value( $step, Schema::images(), $host, '', self::ROWS_A_STEP );
			for ( $first = ''; null !== $last; ) {
				Database::run( $set, Schema::images(), $host, $first, $last );
				$first = $last;
				$last  = Database::value( $step, Schema::images(), $host, $first, self::ROWS_A_STEP );
			}
		}
	}
}
