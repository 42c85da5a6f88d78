<?php
/**
 * The plugin's tables.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Storage;

use Creators_Image_Refresh\Discovery\Post_Scanner;

defined( 'ABSPATH' ) || exit;

/**
 * Creates the tables, and knows whether they are there.
 */
final class Schema {

	public const OPTION  = 'creators_image_refresh_schema';
	public const VERSION = 7;

	/** The oldest version whose tables hold all that a page reads. */
	private const READABLE = 3;

	/** What earlier versions did not have, by table. */
	private const IMAGES = 'seen_at, excluded, words, posts, purge_due';
	private const USES   = 'on_page, dead, seen_at';

	/** Indexes of earlier versions in whose place are others. */
	private const FORMER_INDEXES = array(
		...array( 'due_at', 'fetched_at', 'asin', 'asked', 'standing', 'state', 'seen_on' ),
		...array( 'shop', 'states', 'number', 'age', 'posts', 'due' ),
	);

	/**
	 * The table of pictures: one row per marketplace and ASIN. seen_at is when a page last showed a picture that no stored
	 * content holds, else 0; excluded says that a person wants it left alone; words is the title as it is searched, see
	 * Title_Index; posts says how many uses there are; purge_due is set where page caches are still to be told of it, see
	 * Purge_Outbox.
	 *
	 * A refreshed link changes two indexes: due_next, by which refreshing goes, and listed, which holds whatever the list of
	 * pictures filters, counts, searches and sorts by.
	 */
	public static function images(): string {
		return $GLOBALS['wpdb']->prefix . 'creators_image_refresh_images';
	}

	/**
	 * The table of uses: which post shows which picture. Post 0 stands for the widgets, and for whatever is no single post;
	 * on_page says that the page itself has shown it, not the scanner, and seen_at when it was last noted; without a picture it
	 * is a candidate, see Discovered_Images.
	 */
	public static function uses(): string {
		return $GLOBALS['wpdb']->prefix . 'creators_image_refresh_uses';
	}

	/** Whether the tables are there as this version wants them. Nothing reads or writes them otherwise. */
	public static function is_ready(): bool {
		return self::VERSION === (int) get_option( self::OPTION, 0 );
	}

	/**
	 * Whether pages can read the tables: an earlier version's do as well, until the first request of the administration or of
	 * the background has upgraded them.
	 */
	public static function is_readable(): bool {
		$version = (int) get_option( self::OPTION, 0 );
		return $version >= self::READABLE && $version <= self::VERSION;
	}

	/** Creates or upgrades the tables. */
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
			words varchar(140) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT '',
			posts int(10) unsigned NOT NULL DEFAULT 0,
			purge_due bigint(20) unsigned NOT NULL DEFAULT 0,
			PRIMARY KEY  (marketplace,asin),
			KEY due_next (marketplace,excluded,due_at,asin),
			KEY listed (fetched_at,marketplace,asin,excluded,failed_code,posts,words),
			KEY by_asin (asin,marketplace),
			KEY seen_at (seen_at),
			KEY purge_due (purge_due)
			) {$charset};"
		);
		dbDelta(
			"CREATE TABLE {$uses} (
			post_id bigint(20) unsigned NOT NULL,
			marketplace varchar(32) NOT NULL,
			asin varchar(10) NOT NULL,
			on_page tinyint(1) unsigned NOT NULL DEFAULT 0,
			dead int(10) unsigned NOT NULL DEFAULT 0,
			seen_at bigint(20) unsigned NOT NULL DEFAULT 0,
			PRIMARY KEY  (post_id,marketplace,asin),
			KEY picture (marketplace,asin),
			KEY pages (on_page,seen_at)
			) {$charset};"
		);
		if ( self::has( $images, 'asin' ) ) {
			self::date_uses();
			self::drop_former_indexes();
		}
		$wpdb->suppress_errors( $suppressed );

		if ( ! self::are_there() ) {
			delete_option( self::OPTION );
			return;
		}
		if ( ! $complete ) {
			// Whatever an earlier scan has found went with the tables, or is not enough.
			delete_option( Post_Scanner::OPTION );
		}
		update_option( self::OPTION, self::VERSION, true );
	}

	/**
	 * Whether both tables are really there and can be read, as this version wants them: a backup that knows only WordPress's own
	 * comes back without them, an upgrade may have been refused, and one may be known to the database and broken.
	 */
	public static function are_there(): bool {
		return self::has( self::images(), self::IMAGES ) && self::has( self::uses(), self::USES );
	}

	/**
	 * What stands in the way of whoever wants to read or write them.
	 *
	 * @return string|null The code of an error; null where nothing does.
	 */
	public static function obstacle(): ?string {
		if ( ! self::is_ready() ) {
			return 'tables_missing';
		}
		return self::are_there() ? null : 'tables_unreadable';
	}

	/**
	 * Gives the uses of pages their date, which stood with the pictures before version 6: as do those that were still to be
	 * added. Done a second time it changes nothing.
	 */
	private static function date_uses(): void {
		$images = self::images();
		if ( self::has( $images, 'seen_on' ) ) {
			Database::run(
				'INSERT IGNORE INTO %i (post_id, marketplace, asin, on_page, seen_at)'
					. ' SELECT seen_on, marketplace, asin, 1, seen_at FROM %i WHERE seen_on IS NOT NULL',
				self::uses(),
				$images
			);
			Database::run( 'UPDATE %i SET seen_on = NULL WHERE seen_on IS NOT NULL', $images );
		}
		Database::run( 'UPDATE %i SET seen_at = %d WHERE on_page = 1 AND seen_at = 0', self::uses(), time() );
		Database::run(
			'UPDATE %i SET seen_at = 0 WHERE seen_at > 0 AND EXISTS (SELECT 1 FROM %i AS used'
				. ' WHERE used.on_page = 0 AND used.marketplace = %i.marketplace AND used.asin = %i.asin)',
			$images,
			self::uses(),
			$images,
			$images
		);
	}

	/** Drops the indexes in whose place are others: each would cost with every change. */
	private static function drop_former_indexes(): void {
		$there = array_column( Database::rows( 'SHOW INDEX FROM %i', self::images() ), 'Key_name' );
		foreach ( array_intersect( self::FORMER_INDEXES, $there ) as $index ) {
			Database::run( 'ALTER TABLE %i DROP INDEX %i', self::images(), $index );
		}
	}

	/**
	 * Whether a table is there, and has some columns. One that is not is no error worth a line.
	 *
	 * @param string $table   Its name.
	 * @param string $columns The columns' names, in SQL.
	 */
	private static function has( string $table, string $columns ): bool {
		return Database::quietly( static fn(): bool => false !== Database::run( "SELECT {$columns} FROM %i LIMIT 1", $table ) );
	}
}
