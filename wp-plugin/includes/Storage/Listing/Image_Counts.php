<?php
/**
 * How many pictures there are, and how they stand.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Storage\Listing;

use Creators_Image_Refresh\Settings\Image_Age;
use Creators_Image_Refresh\Storage\Database;
use Creators_Image_Refresh\Storage\Schema;

defined( 'ABSPATH' ) || exit;

/**
 * Counts the table of pictures: each number is one way through an index, and not through the primary one, which holds the Images
 * too.
 *
 * @phpstan-type Counts array{known: int, fresh: int, waiting: int, failed: int}
 */
final class Image_Counts {

	/** From so many on, they are counted once for a page: for so many seconds. */
	private const LARGE      = 10000;
	private const REMEMBERED = 2.0;

	private const NONE = array(
		'known'   => 0,
		'fresh'   => 0,
		'waiting' => 0,
		'failed'  => 0,
	);

	/**
	 * What was counted just now, and until when that holds.
	 *
	 * @var array<string, array{0: float, 1: list<array<string, string|null>>}> By site and query.
	 */
	private static array $remembered = array();

	/** Forgets what was counted just now. */
	public static function forget(): void {
		self::$remembered = array();
	}

	/**
	 * The groups of pictures that are alike: excluded or not, with one of Amazon's codes, fresh or not.
	 *
	 * @param string $only Of this marketplace; empty for all.
	 * @return list<array{marketplace: string, excluded: int, failed_code: string, fetched_at: int, number: int}>
	 */
	public static function groups( string $only = '' ): array {
		$groups = array();
		$query  = 'SELECT marketplace, excluded, failed_code, CASE WHEN fetched_at > %d THEN 1 ELSE 0 END AS is_fresh,'
			. ' COUNT(*) AS number FROM %i FORCE INDEX (listed) GROUP BY marketplace, excluded, failed_code, is_fresh';
		foreach ( self::once( $query, time() - Image_Age::LIFETIME, Schema::images() ) as $row ) {
			if ( '' === $only || $row['marketplace'] === $only ) {
				$groups[] = array(
					'marketplace' => (string) $row['marketplace'],
					'excluded'    => (int) $row['excluded'],
					'failed_code' => (string) $row['failed_code'],
					'fetched_at'  => 0 !== (int) $row['is_fresh'] ? time() : 0,
					'number'      => (int) $row['number'],
				);
			}
		}
		return $groups;
	}

	/**
	 * How things stand under each marketplace.
	 *
	 * @return array<string, Counts> By host.
	 */
	public static function by_marketplace(): array {
		$counts = array();
		foreach ( self::groups() as $group ) {
			$host              = $group['marketplace'];
			$number            = 0 === $group['excluded'] ? $group['number'] : 0;
			$counts[ $host ] ??= self::NONE;

			$counts[ $host ]['known']  += $number;
			$counts[ $host ]['fresh']  += 0 !== $group['fetched_at'] ? $number : 0;
			$counts[ $host ]['failed'] += 0 === $group['fetched_at'] && '' !== $group['failed_code'] ? $number : 0;
		}
		$query = 'SELECT marketplace, COUNT(*) AS number FROM %i FORCE INDEX (due_next)'
			. ' WHERE excluded = 0 AND due_at <= %d GROUP BY marketplace';
		foreach ( self::once( $query, Schema::images(), time() ) as $row ) {
			if ( isset( $counts[ $row['marketplace'] ] ) ) {
				$counts[ $row['marketplace'] ]['waiting'] = (int) $row['number'];
			}
		}
		return $counts;
	}

	/**
	 * How many pictures become due in each of the next 24 hours; those that wait already count for the first.
	 *
	 * @return list<int> 24 numbers.
	 */
	public static function hours_ahead(): array {
		$hours = array_fill( 0, 24, 0 );
		$now   = time();
		if ( null !== Schema::obstacle() ) {
			return $hours;
		}
		$query = 'SELECT CASE WHEN due_at <= %d THEN 0 ELSE (due_at - %d - MOD(due_at - %d, 3600)) / 3600 END AS hour,'
			. ' COUNT(*) AS number FROM %i FORCE INDEX (due_next) WHERE excluded = 0 AND due_at < %d GROUP BY hour';
		foreach ( Database::rows( $query, $now, $now, $now, Schema::images(), $now + DAY_IN_SECONDS ) as $row ) {
			$hours[ max( 0, min( 23, (int) $row['hour'] ) ) ] += (int) $row['number'];
		}
		return $hours;
	}

	/**
	 * How things stand in all.
	 *
	 * @param array<string, Counts>|null $counts By host, where they were counted already.
	 * @return Counts
	 */
	public static function all( ?array $counts = null ): array {
		$all = self::NONE;
		foreach ( $counts ?? self::by_marketplace() as $count ) {
			foreach ( $all as $what => $number ) {
				$all[ $what ] = $number + $count[ $what ];
			}
		}
		return $all;
	}

	/**
	 * Counts; what is many once for a page, whoever on it asks.
	 *
	 * @param string     $query  Prepared.
	 * @param int|string ...$values For its placeholders.
	 * @return list<array<string, string|null>>
	 */
	private static function once( string $query, int|string ...$values ): array {
		$name              = get_current_blog_id() . ' ' . $query;
		[ $until, $known ] = self::$remembered[ $name ] ?? array( 0.0, array() );
		if ( microtime( true ) <= $until ) {
			return $known;
		}
		$rows     = null === Schema::obstacle() ? Database::rows( $query, ...$values ) : array();
		$is_large = self::LARGE <= array_sum( array_column( $rows, 'number' ) );
		if ( $is_large ) {
			self::$remembered[ $name ] = array( microtime( true ) + self::REMEMBERED, $rows );
		}
		return $rows;
	}
}
