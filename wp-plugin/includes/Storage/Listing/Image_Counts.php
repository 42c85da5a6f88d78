<?php
/**
 * How many pictures there are, and how they stand.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Storage\Listing;

use Creators_Image_Refresh\Storage\Database;
use Creators_Image_Refresh\Storage\Image_Repository;
use Creators_Image_Refresh\Storage\Schema;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Counts the table of pictures: each number is one way through an index, and not through the primary one, which holds the Images
 * too.
 *
 * @phpstan-type Group array{excluded: int, failed_code: string, fetched_at: int, number: int}
 */
final class Image_Counts {

	/**
	 * From so many on, they are counted once for a page.
	 */
	private const LARGE      = 10000;
	private const REMEMBERED = 2.0;

	/**
	 * What was counted just now, and until when that holds.
	 *
	 * @var array<string, array{0: float, 1: mixed}> By site and what was counted.
	 */
	private static array $remembered = array();

	/**
	 * Forgets what was counted just now.
	 */
	public static function forget(): void {
		self::$remembered = array();
	}

	/**
	 * The marketplaces that pictures stand under.
	 *
	 * @return list<string> Hosts.
	 */
	public static function marketplaces(): array {
		global $wpdb;
		$hosts = array();
		if ( ! self::are_readable() ) {
			return $hosts;
		}
		// phpcs:disable WordPress.DB.DirectDatabaseQuery -- own table, must be current.
		// From one to the next, which are few: a database may go from row to row where it is to group them.
		for ( $host = ''; null !== $host; ) {
			$host    = $wpdb->get_var(
				$wpdb->prepare(
					'SELECT marketplace FROM %i FORCE INDEX (due) WHERE marketplace > %s ORDER BY marketplace LIMIT 1',
					Schema::images(),
					$host
				)
			);
			$hosts[] = $host;
		}
		// phpcs:enable
		return array_values( array_filter( $hosts, 'is_string' ) );
	}

	/**
	 * The groups of pictures that are alike: excluded or not, with one of Amazon's codes, fresh or not.
	 *
	 * @param string $only Of this marketplace; empty for all.
	 * @return array<string, list<Group>> By host.
	 */
	public static function groups( string $only = '' ): array {
		return self::are_readable() ? self::groups_in( self::is_large(), $only ) : array();
	}

	/**
	 * See groups().
	 *
	 * @param bool   $large Whether there are many.
	 * @param string $only  Of this marketplace; empty for all.
	 * @return array<string, list<Group>> By host.
	 */
	private static function groups_in( bool $large, string $only = '' ): array {
		$groups = array();
		$rows   = self::once(
			$large,
			'groups',
			static function (): array {
				global $wpdb;
				$query = 'SELECT marketplace, excluded, failed_code, CASE WHEN fetched_at > %d THEN 1 ELSE 0 END AS is_fresh,'
					. ' COUNT(*) AS number FROM %i FORCE INDEX (listed) GROUP BY marketplace, excluded, failed_code, is_fresh';
				// phpcs:ignore WordPress.DB -- placeholders only; own table, must be current.
				return (array) $wpdb->get_results(
					$wpdb->prepare( $query, time() - Image_Repository::LIFETIME, Schema::images() ),
					ARRAY_A
				);
			}
		);
		foreach ( $rows as $row ) {
			if ( '' === $only || $row['marketplace'] === $only ) {
				$groups[ $row['marketplace'] ][] = array(
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
	 * @return array<string, array{known: int, fresh: int, waiting: int, failed: int}> By host.
	 */
	public static function by_marketplace(): array {
		$counts = array();
		if ( ! self::are_readable() ) {
			return $counts;
		}
		$large   = self::is_large();
		$waiting = self::waiting( $large );
		foreach ( self::groups_in( $large ) as $marketplace => $groups ) {
			$count = array_fill_keys( array( 'known', 'fresh', 'waiting', 'failed' ), 0 );
			foreach ( $groups as $group ) {
				if ( 0 === $group['excluded'] ) {
					$count['known']  += $group['number'];
					$count['fresh']  += 0 !== $group['fetched_at'] ? $group['number'] : 0;
					$count['failed'] += 0 === $group['fetched_at'] && '' !== $group['failed_code'] ? $group['number'] : 0;
				}
			}
			$count['waiting']       = $waiting[ $marketplace ] ?? 0;
			$counts[ $marketplace ] = $count;
		}
		return $counts;
	}

	/**
	 * How many pictures become due in each of the next 24 hours; those that wait already count for the first.
	 *
	 * @return list<int> 24 numbers.
	 */
	public static function hours_ahead(): array {
		global $wpdb;
		$hours = array_fill( 0, 24, 0 );
		$now   = time();
		if ( ! self::are_readable() ) {
			return $hours;
		}
		$query = 'SELECT CASE WHEN due_at <= %d THEN 0 ELSE (due_at - %d - MOD(due_at - %d, 3600)) / 3600 END AS hour,'
			. ' COUNT(*) AS number FROM %i FORCE INDEX (due) WHERE excluded = 0 AND due_at < %d GROUP BY hour';
		// phpcs:disable WordPress.DB -- placeholders only; own table, must be current.
		$query = $wpdb->prepare( $query, $now, $now, $now, Schema::images(), $now + DAY_IN_SECONDS );
		foreach ( (array) $wpdb->get_results( $query, ARRAY_A ) as $row ) {
			$hours[ max( 0, min( 23, (int) $row['hour'] ) ) ] += (int) $row['number'];
		}
		// phpcs:enable
		return $hours;
	}

	/**
	 * How many pictures are due under each marketplace.
	 *
	 * @param bool $large Whether there are many.
	 * @return array<string, int> By host.
	 */
	private static function waiting( bool $large ): array {
		return self::once(
			$large,
			'waiting',
			static function (): array {
				global $wpdb;
				$query = 'SELECT marketplace, COUNT(*) AS number FROM %i FORCE INDEX (due)'
					. ' WHERE excluded = 0 AND due_at <= %d GROUP BY marketplace';
				// phpcs:ignore WordPress.DB -- placeholders only; own table, must be current.
				$rows = (array) $wpdb->get_results( $wpdb->prepare( $query, Schema::images(), time() ), ARRAY_A );
				return array_map( 'intval', array_column( $rows, 'number', 'marketplace' ) );
			}
		);
	}

	/**
	 * Whether the tables can be read: one that is broken is asked nothing more.
	 *
	 * @return bool
	 */
	private static function are_readable(): bool {
		return Schema::is_ready() && Database::has_tables();
	}

	/**
	 * Whether there are so many pictures that it is worth to count them once for a page.
	 *
	 * @return bool
	 */
	private static function is_large(): bool {
		global $wpdb;
		// phpcs:disable WordPress.DB.DirectDatabaseQuery -- own table, must be current.
		return null !== $wpdb->get_var(
			$wpdb->prepare( 'SELECT asin FROM %i ORDER BY asin LIMIT 1 OFFSET %d', Schema::images(), self::LARGE )
		);
		// phpcs:enable WordPress.DB.DirectDatabaseQuery
	}

	/**
	 * Counts what is many once for a page, whoever on it asks.
	 *
	 * @param bool     $large Whether there are many.
	 * @param string   $what  A name for it.
	 * @param callable $count Counts it.
	 * @return mixed
	 */
	private static function once( bool $large, string $what, callable $count ): mixed {
		if ( ! $large ) {
			return $count();
		}
		$name = get_current_blog_id() . ' ' . $what;
		if ( ! isset( self::$remembered[ $name ] ) || microtime( true ) > self::$remembered[ $name ][0] ) {
			$counted                   = $count();
			self::$remembered[ $name ] = array( microtime( true ) + self::REMEMBERED, $counted );
		}
		return self::$remembered[ $name ][1];
	}

	/**
	 * How things stand in all.
	 *
	 * @return array{known: int, fresh: int, waiting: int, failed: int}
	 */
	public static function all(): array {
		return self::sum( self::by_marketplace() );
	}

	/**
	 * How things stand in all, where it is known for each marketplace.
	 *
	 * @param array<string, array{known: int, fresh: int, waiting: int, failed: int}> $counts By host.
	 * @return array{known: int, fresh: int, waiting: int, failed: int}
	 */
	public static function sum( array $counts ): array {
		$all = array(
			'known'   => 0,
			'fresh'   => 0,
			'waiting' => 0,
			'failed'  => 0,
		);
		foreach ( $counts as $count ) {
			foreach ( $all as $what => $number ) {
				$all[ $what ] = $number + ( $count[ $what ] ?? 0 );
			}
		}
		return $all;
	}
}
