<?php
/**
 * The database, where it is in trouble.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Knows whether it is any use to ask the database: whether it is there, whether the plugin's tables can be read, and whether
 * they take what would be stored. What goes wrong in finding out is an answer, and no line in a log.
 */
final class Database {

	/**
	 * Bytes that are stored for a rehearsal: more than fits into what a full disk leaves here and there in a table's file.
	 */
	private const REHEARSED = 65536;

	/**
	 * Whether the connection was lost and did not come back. WordPress tries for five seconds and then ends the request, or lets
	 * a page that has begun go out; what is asked after that would only have it wait and complain again. Another layer than
	 * WordPress's own may keep its connections elsewhere.
	 *
	 * @return bool
	 */
	public static function is_away(): bool {
		global $wpdb;
		return 'wpdb' === get_class( $wpdb ) && ! isset( $wpdb->dbh );
	}

	/**
	 * Whether the plugin's tables can be read, with what later versions have added. One may be known to the database and broken;
	 * and where its disk is full, a database does not even say which tables it has.
	 *
	 * @return bool
	 */
	public static function has_tables(): bool {
		return self::quietly(
			static function (): bool {
				global $wpdb;
				// phpcs:disable WordPress.DB.DirectDatabaseQuery -- own tables, must be current.
				return false !== $wpdb->query( $wpdb->prepare( 'SELECT seen_at, excluded, posts, words FROM %i LIMIT 1', Schema::images() ) )
					&& false !== $wpdb->query( $wpdb->prepare( 'SELECT on_page, dead, seen_at FROM %i LIMIT 1', Schema::uses() ) );
				// phpcs:enable
			}
		);
	}

	/**
	 * Whether the table of pictures takes what would be stored: nothing is asked of Amazon whose answer cannot be kept. What
	 * is stored for that is seen by nobody, since no product has such a name.
	 *
	 * @return bool
	 */
	public static function takes_pictures(): bool {
		return self::quietly(
			static function (): bool {
				global $wpdb;
				$row = array(
					'marketplace' => 'www.amazon.com',
					'asin'        => '',
				);
				// phpcs:disable WordPress.DB.DirectDatabaseQuery -- own table.
				$wpdb->delete( Schema::images(), $row, '%s' );
				$taken = $wpdb->query( $wpdb->prepare( 'INSERT INTO %i (marketplace, asin, image, excluded) VALUES (%s, %s, %s, 1)', Schema::images(), $row['marketplace'], $row['asin'], str_repeat( ' ', self::REHEARSED ) ) );
				if ( false === $taken ) {
					return false;
				}
				return false !== $wpdb->delete( Schema::images(), $row, '%s' );
				// phpcs:enable
			}
		);
	}

	/**
	 * Does something of which the database may complain; its complaint is kept, and written nowhere.
	 *
	 * @template T
	 * @param callable(): T $work What to do.
	 * @return T
	 */
	public static function quietly( callable $work ): mixed {
		global $wpdb;
		$quiet = $wpdb->suppress_errors();
		try {
			return $work();
		} finally {
			$wpdb->suppress_errors( $quiet );
		}
	}

	/**
	 * What it said last, for the small print.
	 *
	 * @return string
	 */
	public static function complaint(): string {
		global $wpdb;
		return (string) $wpdb->last_error;
	}
}
