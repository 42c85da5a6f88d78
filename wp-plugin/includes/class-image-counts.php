<?php
/**
 * How many pictures there are, and how they stand.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Counts the table of pictures, marketplace by marketplace, so that no query is long: each is a stretch of an index, and not
 * of the primary one, which holds the Images too.
 */
final class Image_Counts {

	/**
	 * Where there are so many under one marketplace, a page counts them once, whoever on it asks.
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
	 * The marketplaces that pictures stand under.
	 *
	 * @return list<string> Hosts.
	 */
	public static function marketplaces(): array {
		global $wpdb;
		return Schema::is_ready() ? $wpdb->get_col( $wpdb->prepare( 'SELECT marketplace FROM %i GROUP BY marketplace ORDER BY marketplace', Schema::images() ) ) : array(); // phpcs:ignore WordPress.DB.DirectDatabaseQuery -- own table, must be current.
	}

	/**
	 * The groups of pictures that are alike: excluded or not, with one of Amazon's codes, fresh or not.
	 *
	 * @param string $marketplace Host.
	 * @return list<array{excluded: int, failed_code: string, fetched_at: int, number: int}> fetched_at is a time like theirs.
	 */
	public static function groups( string $marketplace ): array {
		return self::once( "groups {$marketplace}", static fn(): array => self::groups_now( $marketplace ), static fn( array $groups ): int => (int) array_sum( array_column( $groups, 'number' ) ) );
	}

	/**
	 * As groups().
	 *
	 * @param string $marketplace Host.
	 * @return list<array{excluded: int, failed_code: string, fetched_at: int, number: int}>
	 */
	private static function groups_now( string $marketplace ): array {
		$now    = time();
		$group  = static fn( int $excluded, string $code, int $like, int $number ): array => array(
			'excluded'    => $excluded,
			'failed_code' => $code,
			'fetched_at'  => $like,
			'number'      => $number,
		);
		$groups = array( $group( 1, '', 0, self::count( 'shop', 'marketplace = %s AND excluded = 1', array( $marketplace ) ) ) );
		for ( $code = ''; null !== $code; $code = self::code_after( $marketplace, $code ) ) {
			foreach ( array( '>' => $now, '<=' => 0 ) as $than => $like ) {
				$groups[] = $group( 0, $code, $like, self::count( 'shop', "marketplace = %s AND excluded = 0 AND failed_code = %s AND fetched_at {$than} %d", array( $marketplace, $code, $now - Image_Store::LIFETIME ) ) );
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
		foreach ( self::marketplaces() as $marketplace ) {
			$count = array_fill_keys( array( 'known', 'fresh', 'waiting', 'failed' ), 0 );
			foreach ( self::groups( $marketplace ) as $group ) {
				if ( 0 === $group['excluded'] ) {
					$count['known']  += $group['number'];
					$count['fresh']  += 0 !== $group['fetched_at'] ? $group['number'] : 0;
					$count['failed'] += 0 === $group['fetched_at'] && '' !== $group['failed_code'] ? $group['number'] : 0;
				}
			}
			$count['waiting']       = self::once( "waiting {$marketplace}", static fn(): int => self::due( array( $marketplace ), 0, time() + 1 ), static fn( int $number ): int => $number );
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
		$hours = array_fill( 0, 24, 0 );
		$now   = time();
		$hosts = self::marketplaces();
		foreach ( $hosts as $host ) {
			$hours[0] += self::due( array( $host ), 0, $now + HOUR_IN_SECONDS );
		}
		for ( $hour = 1; array() !== $hosts && $hour < 24; $hour++ ) {
			$hours[ $hour ] = self::due( $hosts, $now + $hour * HOUR_IN_SECONDS, $now + ( $hour + 1 ) * HOUR_IN_SECONDS );
		}
		return $hours;
	}

	/**
	 * Counts what is many once for a page, and what is few each time.
	 *
	 * @param string   $what   A name for it.
	 * @param callable $count  Counts it.
	 * @param callable $number How many that is.
	 * @return mixed
	 */
	private static function once( string $what, callable $count, callable $number ): mixed {
		$name = get_current_blog_id() . ' ' . $what;
		if ( isset( self::$remembered[ $name ] ) && microtime( true ) < self::$remembered[ $name ][0] ) {
			return self::$remembered[ $name ][1];
		}
		$counted = $count();
		if ( $number( $counted ) > self::LARGE ) {
			self::$remembered[ $name ] = array( microtime( true ) + self::REMEMBERED, $counted );
		}
		return $counted;
	}

	/**
	 * How many pictures become due in a span of time.
	 *
	 * @param non-empty-list<string> $marketplaces Hosts.
	 * @param int                    $from         Unix seconds.
	 * @param int                    $before       Unix seconds.
	 * @return int
	 */
	private static function due( array $marketplaces, int $from, int $before ): int {
		return self::count( 'due', 'marketplace IN (' . Image_Keys::placeholders( $marketplaces ) . ') AND excluded = 0 AND due_at >= %d AND due_at < %d', array( ...$marketplaces, $from, $before ) );
	}

	/**
	 * The next of Amazon's codes among the pictures of a marketplace. One look into an index, where a list of all would be a
	 * look at every row.
	 *
	 * @param string $marketplace Host.
	 * @param string $code        The code before.
	 * @return string|null Null where there is none.
	 */
	private static function code_after( string $marketplace, string $code ): ?string {
		global $wpdb;
		return $wpdb->get_var( $wpdb->prepare( 'SELECT failed_code FROM %i FORCE INDEX (shop) WHERE marketplace = %s AND excluded = 0 AND failed_code > %s ORDER BY failed_code LIMIT 1', Schema::images(), $marketplace, $code ) ); // phpcs:ignore WordPress.DB.DirectDatabaseQuery -- own table, must be current.
	}

	/**
	 * Counts a stretch of an index.
	 *
	 * @param string      $index  Its name.
	 * @param string      $where  A condition, with placeholders.
	 * @param list<mixed> $values What they stand for.
	 * @return int
	 */
	private static function count( string $index, string $where, array $values ): int {
		global $wpdb;
		return (int) $wpdb->get_var( $wpdb->prepare( "SELECT COUNT(*) FROM %i FORCE INDEX ({$index}) WHERE {$where}", Schema::images(), ...$values ) ); // phpcs:ignore WordPress.DB -- placeholders and fixed words only; own table, must be current.
	}

	/**
	 * How things stand in all.
	 *
	 * @return array{known: int, fresh: int, waiting: int, failed: int}
	 */
	public static function all(): array {
		$all = array(
			'known'   => 0,
			'fresh'   => 0,
			'waiting' => 0,
			'failed'  => 0,
		);
		foreach ( self::by_marketplace() as $counts ) {
			foreach ( $all as $what => $number ) {
				$all[ $what ] = $number + ( $counts[ $what ] ?? 0 );
			}
		}
		return $all;
	}
}
