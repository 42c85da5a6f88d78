<?php
/**
 * The plugin's tables.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Creates the tables, and knows whether they are there.
 */
final class Schema {

	public const OPTION  = 'creators_image_refresh_schema';
	public const VERSION = 3;

	/**
	 * The table of pictures: one row per marketplace and ASIN. seen_at is when a page last showed a picture that no scan had
	 * found; excluded says that a person wants it left alone.
	 *
	 * @return string
	 */
	public static function images(): string {
		return $GLOBALS['wpdb']->prefix . 'creators_image_refresh_images';
	}

	/**
	 * The table of uses: which post shows which picture. Post 0 stands for the widgets, and for whatever is no single post;
	 * on_page says that the page itself has shown it, not the scanner.
	 *
	 * @return string
	 */
	public static function uses(): string {
		return $GLOBALS['wpdb']->prefix . 'creators_image_refresh_uses';
	}

	/**
	 * Whether the tables are there as this version wants them. Nothing reads or writes them otherwise.
	 *
	 * @return bool
	 */
	public static function is_ready(): bool {
		return self::VERSION === (int) get_option( self::OPTION, 0 );
	}

	/**
	 * Has the tables go with their site.
	 *
	 * @param mixed $tables  Tables that WordPress drops.
	 * @param mixed $site_id The site that is deleted.
	 * @return mixed
	 */
	public static function with_own_tables( mixed $tables, mixed $site_id ): mixed {
		global $wpdb;
		if ( is_array( $tables ) ) {
			$prefix = $wpdb->get_blog_prefix( (int) $site_id );
			array_push( $tables, $prefix . 'creators_image_refresh_images', $prefix . 'creators_image_refresh_uses' );
		}
		return $tables;
	}

	/**
	 * Creates or upgrades the tables.
	 */
	public static function install(): void {
		global $wpdb;
		require_once ABSPATH . 'wp-admin/includes/upgrade.php';

		$images  = self::images();
		$uses    = self::uses();
		$charset = $wpdb->get_charset_collate();

		$complete = self::are_there();

		// Two requests may come here at once; the second finds the tables there already, which is no error worth a line.
		$suppressed = $wpdb->suppress_errors();
		dbDelta(
			"CREATE TABLE {$images} (
			marketplace varchar(32) NOT NULL,
			asin varchar(10) NOT NULL,
			image longtext DEFAULT NULL,
			fetched_at bigint(20) unsigned NOT NULL DEFAULT 0,
			due_at bigint(20) unsigned NOT NULL DEFAULT 0,
			attempts int(10) unsigned NOT NULL DEFAULT 0,
			failed_code varchar(64) NOT NULL DEFAULT '',
			failed_message varchar(255) NOT NULL DEFAULT '',
			seen_at bigint(20) unsigned NOT NULL DEFAULT 0,
			excluded tinyint(1) unsigned NOT NULL DEFAULT 0,
			PRIMARY KEY  (marketplace,asin),
			KEY standing (marketplace,excluded,due_at,fetched_at,failed_code),
			KEY fetched_at (fetched_at),
			KEY seen_at (seen_at),
			KEY asked (excluded,due_at),
			KEY state (excluded,failed_code,fetched_at),
			KEY asin (asin)
			) {$charset};"
		);
		dbDelta(
			"CREATE TABLE {$uses} (
			post_id bigint(20) unsigned NOT NULL,
			marketplace varchar(32) NOT NULL,
			asin varchar(10) NOT NULL,
			on_page tinyint(1) unsigned NOT NULL DEFAULT 0,
			dead int(10) unsigned NOT NULL DEFAULT 0,
			PRIMARY KEY  (post_id,marketplace,asin),
			KEY picture (marketplace,asin)
			) {$charset};"
		);
		$wpdb->suppress_errors( $suppressed );

		if ( ! self::are_there() ) {
			delete_option( self::OPTION );
			return;
		}
		if ( ! $complete ) {
			// Whatever an earlier scan has found went with the tables, or is not enough.
			delete_option( Scanner::OPTION );
		}
		update_option( self::OPTION, self::VERSION, true );
	}

	/**
	 * Whether both tables are really there, as this version wants them: a backup that knows only WordPress's own comes back
	 * without them, and an earlier version did not count.
	 *
	 * @return bool
	 */
	public static function are_there(): bool {
		return self::exists( self::images() ) && self::exists( self::uses() ) && self::has_column( self::images(), 'seen_at' ) && self::has_column( self::images(), 'excluded' ) && self::has_column( self::uses(), 'on_page' ) && self::has_column( self::uses(), 'dead' );
	}

	/**
	 * Whether a table has a column: an upgrade may have been refused.
	 *
	 * @param string $table  Its name.
	 * @param string $column The column's name.
	 * @return bool
	 */
	private static function has_column( string $table, string $column ): bool {
		global $wpdb;
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- as exists().
		return array() !== (array) $wpdb->get_results( $wpdb->prepare( 'SHOW COLUMNS FROM %i LIKE %s', $table, $wpdb->esc_like( $column ) ) );
	}

	/**
	 * Whether a table is there.
	 *
	 * @param string $table Its name.
	 * @return bool
	 */
	private static function exists( string $table ): bool {
		global $wpdb;
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- asked once after an upgrade.
		return $table === $wpdb->get_var( $wpdb->prepare( 'SHOW TABLES LIKE %s', $wpdb->esc_like( $table ) ) );
	}
}
