<?php
/**
 * The database, where it is in trouble.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Storage;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Knows whether it is any use to ask the database: whether it is there, whether the plugin's tables can be read, and what the
 * last write came to. What goes wrong in finding out is an answer, and no line in a log.
 */
final class Database {

	/**
	 * What it refused last: since when, until when it is left in peace, how often in a row, and what it said.
	 */
	public const OPTION = 'creators_image_refresh_database_refusal';

	/**
	 * How often a statement is tried that had to give way to another.
	 */
	private const TRIES = 4;

	/**
	 * What servers say where they ended one of two statements in each other's way: nothing is wrong with either. The number of a
	 * deadlock, and of a row that was changed since it was read.
	 */
	private const GAVE_WAY = array( 1213, 1020 );

	/**
	 * How many writes were refused in this request.
	 *
	 * @var int
	 */
	private static int $refused = 0;

	/**
	 * What the database said of the last of them.
	 *
	 * @var string
	 */
	private static string $said = '';

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
				return false !== $wpdb->query(
					$wpdb->prepare( 'SELECT seen_at, excluded, posts, words FROM %i LIMIT 1', Schema::images() )
				)
					&& false !== $wpdb->query(
						$wpdb->prepare( 'SELECT on_page, dead, seen_at FROM %i LIMIT 1', Schema::uses() )
					);
				// phpcs:enable
			}
		);
	}

	/**
	 * Writes. What had to give way to another statement is tried again; what is refused is counted, see refused(), and noted by
	 * whoever had to end his work for it.
	 *
	 * @param string $query A prepared query.
	 * @return int|bool As wpdb::query() says it: false where it was refused.
	 */
	public static function write( string $query ): int|bool {
		global $wpdb;
		for ( $try = 1; ; $try++ ) {
			$rows = $wpdb->query( $query ); // phpcs:ignore WordPress.DB -- prepared by the caller; own tables.
			if ( false !== $rows ) {
				return $rows;
			}
			if ( self::TRIES === $try || ! self::gave_way() ) {
				++self::$refused;
				self::$said = self::complaint();
				return false;
			}
		}
	}

	/**
	 * How many writes were refused in this request: who compares it with what it was before knows it of his own.
	 *
	 * @return int
	 */
	public static function refused(): int {
		return self::$refused;
	}

	/**
	 * What was said of the write that was refused last.
	 *
	 * @return string
	 */
	public static function said(): string {
		return self::$said;
	}

	/**
	 * Notes that a write was refused. Where not even that is taken, the one whose work it was has the answer all the same.
	 */
	public static function note_refusal(): void {
		if ( self::is_away() ) {
			return;
		}
		$times = 1 + ( self::refusal()['times'] ?? 0 );
		self::quietly(
			static fn(): bool => update_option(
				self::OPTION,
				array(
					'times'   => $times,
					'until'   => time() + min( HOUR_IN_SECONDS, MINUTE_IN_SECONDS * 2 ** min( 6, $times - 1 ) ),
					'message' => self::$said,
				),
				false
			)
		);
	}

	/**
	 * Forgets it: a write was taken.
	 */
	public static function forget_refusal(): void {
		if ( null !== self::refusal() ) {
			self::quietly( static fn(): bool => delete_option( self::OPTION ) );
		}
	}

	/**
	 * What the last write that stored anything came to. Only that says it: nothing is written to find out.
	 *
	 * @return array{times: int, until: int, message: string}|null Null where it was taken.
	 */
	public static function refusal(): ?array {
		$noted = get_option( self::OPTION );
		return ! is_array( $noted ) ? null : array(
			'times'   => (int) ( $noted['times'] ?? 1 ),
			'until'   => (int) ( $noted['until'] ?? 0 ),
			'message' => (string) ( $noted['message'] ?? '' ),
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

	/**
	 * Whether the last statement had to give way to another.
	 *
	 * @return bool
	 */
	private static function gave_way(): bool {
		global $wpdb;
		return isset( $wpdb->dbh ) && $wpdb->dbh instanceof \mysqli && in_array( $wpdb->dbh->errno, self::GAVE_WAY, true );
	}
}
