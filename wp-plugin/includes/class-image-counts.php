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
 * Counts the table of pictures. Where there are many, marketplace by marketplace, so that no query is long: each is a stretch
 * of an index, and not of the primary one, which holds the Images too.
 *
 * @phpstan-type Group array{excluded: int, failed_code: string, fetched_at: int, number: int}
 */
final class Image_Counts {

	/**
	 * From so many on, they are counted part by part, and once for a page.
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
		if ( ! self::is_large() ) {
			return $wpdb->get_col( $wpdb->prepare( 'SELECT marketplace FROM %i GROUP BY marketplace ORDER BY marketplace', Schema::images() ) );
		}
		// From one to the next, which are few: a database may go from row to row for the query above.
		for ( $host = ''; null !== $host; ) {
			$host    = $wpdb->get_var( $wpdb->prepare( 'SELECT marketplace FROM %i FORCE INDEX (due) WHERE marketplace > %s ORDER BY marketplace LIMIT 1', Schema::images(), $host ) );
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
		global $wpdb;
		$groups = array();
		if ( $large ) {
			foreach ( '' === $only ? self::marketplaces() : array( $only ) as $marketplace ) {
				$groups[ $marketplace ] = self::once( "groups {$marketplace}", static fn(): array => self::groups_of( $marketplace ) );
			}
			return $groups;
		}
		$now = time();
		// phpcs:disable WordPress.DB.DirectDatabaseQuery -- own table, must be current.
		foreach ( (array) $wpdb->get_results( $wpdb->prepare( 'SELECT marketplace, excluded, failed_code, CASE WHEN fetched_at > %d THEN 1 ELSE 0 END AS is_fresh, COUNT(*) AS number FROM %i GROUP BY marketplace, excluded, failed_code, is_fresh', $now - Image_Store::LIFETIME, Schema::images() ), ARRAY_A ) as $row ) {
			if ( '' === $only || $row['marketplace'] === $only ) {
				$groups[ $row['marketplace'] ][] = self::group( (int) $row['excluded'], $row['failed_code'], 0 !== (int) $row['is_fresh'] ? $now : 0, (int) $row['number'] );
			}
		}
		// phpcs:enable
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
		$hosts = self::marketplaces();
		if ( array() === $hosts ) {
			return $hours;
		}
		if ( ! self::is_large() ) {
			foreach ( (array) $wpdb->get_results( $wpdb->prepare( 'SELECT CASE WHEN due_at <= %d THEN 0 ELSE (due_at - %d - MOD(due_at - %d, 3600)) / 3600 END AS hour, COUNT(*) AS number FROM %i WHERE excluded = 0 AND due_at < %d GROUP BY hour', $now, $now, $now, Schema::images(), $now + DAY_IN_SECONDS ), ARRAY_A ) as $row ) { // phpcs:ignore WordPress.DB.DirectDatabaseQuery -- own table, must be current.
				$hours[ max( 0, min( 23, (int) $row['hour'] ) ) ] += (int) $row['number'];
			}
			return $hours;
		}
		foreach ( $hosts as $host ) {
			$hours[0] += self::due( array( $host ), 0, $now + HOUR_IN_SECONDS );
		}
		for ( $hour = 1; $hour < 24; $hour++ ) {
			$hours[ $hour ] = self::due( $hosts, $now + $hour * HOUR_IN_SECONDS, $now + ( $hour + 1 ) * HOUR_IN_SECONDS );
		}
		return $hours;
	}

	/**
	 * How many pictures are due under each marketplace.
	 *
	 * @param bool $large Whether there are many.
	 * @return array<string, int> By host.
	 */
	private static function waiting( bool $large ): array {
		global $wpdb;
		if ( $large ) {
			$waiting = array();
			foreach ( self::marketplaces() as $marketplace ) {
				$waiting[ $marketplace ] = self::once( "waiting {$marketplace}", static fn(): int => self::due( array( $marketplace ), 0, time() + 1 ) );
			}
			return $waiting;
		}
		return array_map( 'intval', array_column( (array) $wpdb->get_results( $wpdb->prepare( 'SELECT marketplace, COUNT(*) AS number FROM %i WHERE excluded = 0 AND due_at <= %d GROUP BY marketplace', Schema::images(), time() ), ARRAY_A ), 'number', 'marketplace' ) ); // phpcs:ignore WordPress.DB.DirectDatabaseQuery -- own table, must be current.
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
	 * Whether there are so many pictures that no query may go through all of them.
	 *
	 * @return bool
	 */
	private static function is_large(): bool {
		global $wpdb;
		return null !== $wpdb->get_var( $wpdb->prepare( 'SELECT asin FROM %i ORDER BY asin LIMIT 1 OFFSET %d', Schema::images(), self::LARGE ) ); // phpcs:ignore WordPress.DB.DirectDatabaseQuery -- own table, must be current.
	}

	/**
	 * The groups of one marketplace: each is a stretch of an index, of which nothing has to be looked at.
	 *
	 * @param string $marketplace Host.
	 * @return list<Group>
	 */
	private static function groups_of( string $marketplace ): array {
		$now    = time();
		$groups = array( self::group( 1, '', 0, self::count( 'shop', 'marketplace = %s AND excluded = 1', array( $marketplace ) ) ) );
		for ( $code = ''; null !== $code; $code = self::code_after( $marketplace, $code ) ) {
			foreach ( array( '>' => $now, '<=' => 0 ) as $than => $like ) {
				$groups[] = self::group( 0, $code, $like, self::count( 'shop', "marketplace = %s AND excluded = 0 AND failed_code = %s AND fetched_at {$than} %d", array( $marketplace, $code, $now - Image_Store::LIFETIME ) ) );
			}
		}
		return $groups;
	}

	/**
	 * A group.
	 *
	 * @param int    $excluded   Whether they are excluded.
	 * @param string $code       Amazon's.
	 * @param int    $fetched_at A time like theirs.
	 * @param int    $number     How many they are.
	 * @return Group
	 */
	private static function group( int $excluded, string $code, int $fetched_at, int $number ): array {
		return array(
			'excluded'    => $excluded,
			'failed_code' => $code,
			'fetched_at'  => $fetched_at,
			'number'      => $number,
		);
	}

	/**
	 * Counts what is many once for a page, whoever on it asks.
	 *
	 * @param string   $what  A name for it.
	 * @param callable $count Counts it.
	 * @return mixed
	 */
	private static function once( string $what, callable $count ): mixed {
		$name = get_current_blog_id() . ' ' . $what;
		if ( ! isset( self::$remembered[ $name ] ) || microtime( true ) > self::$remembered[ $name ][0] ) {
			$counted                   = $count();
			self::$remembered[ $name ] = array( microtime( true ) + self::REMEMBERED, $counted );
		}
		return self::$remembered[ $name ][1];
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
