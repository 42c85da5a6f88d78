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
	 * How things stand under each marketplace.
	 *
	 * @return array<string, array{known: int, fresh: int, waiting: int, failed: int}> By host.
	 */
	public static function by_marketplace(): array {
		global $wpdb;
		$counts = array();
		if ( ! Schema::is_ready() || ! Database::has_tables() ) {
			return $counts;
		}
		$now = time();
		$old = $now - Image_Store::LIFETIME;
		// phpcs:disable WordPress.DB.DirectDatabaseQuery -- own table, must be current.
		foreach ( $wpdb->get_col( $wpdb->prepare( 'SELECT marketplace FROM %i GROUP BY marketplace ORDER BY marketplace', Schema::images() ) ) as $marketplace ) {
			$row = $wpdb->get_row( $wpdb->prepare( "SELECT COUNT(*) AS known, SUM(CASE WHEN fetched_at > %d THEN 1 ELSE 0 END) AS fresh, SUM(CASE WHEN due_at <= %d THEN 1 ELSE 0 END) AS waiting, SUM(CASE WHEN failed_code <> '' AND fetched_at <= %d THEN 1 ELSE 0 END) AS failed FROM %i IGNORE INDEX (PRIMARY) WHERE marketplace = %s AND excluded = 0", $old, $now, $old, Schema::images(), $marketplace ), ARRAY_A );

			$counts[ (string) $marketplace ] = array_map( 'intval', (array) $row );
		}
		// phpcs:enable
		return $counts;
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
