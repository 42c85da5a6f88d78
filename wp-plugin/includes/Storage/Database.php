<?php
/**
 * The database, where it is in trouble.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Storage;

defined( 'ABSPATH' ) || exit;

/**
 * Asks it, and knows whether that is any use: whether it is there, and what the last write came to. What goes wrong in finding
 * out is an answer, and no line in a log.
 */
final class Database {

	/** What it refused last: since when, until when it is left in peace, how often in a row, and what it said. */
	public const OPTION = 'creators_image_refresh_database_refusal';

	/** How often a statement is tried that had to give way to another. */
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
	 */
	public static function is_away(): bool {
		global $wpdb;
		return 'wpdb' === get_class( $wpdb ) && ! isset( $wpdb->dbh );
	}

	/**
	 * The rows of a query on the plugin's own tables. It is prepared here, as are those of the three methods that follow.
	 *
	 * @param string $query     With placeholders.
	 * @param mixed  ...$values For its placeholders.
	 * @return list<array<string, string|null>> Empty where the database refuses.
	 */
	public static function rows( string $query, mixed ...$values ): array {
		global $wpdb;
		// phpcs:ignore WordPress.DB -- prepared here; own tables, must be current.
		return (array) $wpdb->get_results( $wpdb->prepare( $query, $values ), ARRAY_A );
	}

	/**
	 * The first column of the rows of a query.
	 *
	 * @param string $query     With placeholders.
	 * @param mixed  ...$values For its placeholders.
	 * @return list<string|null>
	 */
	public static function column( string $query, mixed ...$values ): array {
		global $wpdb;
		return $wpdb->get_col( $wpdb->prepare( $query, $values ) ); // phpcs:ignore WordPress.DB -- as rows().
	}

	/**
	 * The first value of the first row of a query; null where there is none.
	 *
	 * @param string $query     With placeholders.
	 * @param mixed  ...$values For its placeholders.
	 */
	public static function value( string $query, mixed ...$values ): ?string {
		global $wpdb;
		return $wpdb->get_var( $wpdb->prepare( $query, $values ) ); // phpcs:ignore WordPress.DB -- as rows().
	}

	/**
	 * Changes something, as wpdb::query() does; a refusal is nobody's concern.
	 *
	 * @param string $query     With placeholders.
	 * @param mixed  ...$values For its placeholders.
	 * @return int|bool How many rows; false where it was refused.
	 */
	public static function run( string $query, mixed ...$values ): int|bool {
		global $wpdb;
		// phpcs:ignore WordPress.DB -- as rows(); without values it comes prepared.
		return $wpdb->query( array() === $values ? $query : $wpdb->prepare( $query, $values ) );
	}

	/**
	 * Writes. What had to give way to another statement is tried again; what is refused is counted, see refused(), and noted by
	 * whoever had to end his work for it.
	 *
	 * @param string $query     With placeholders, or prepared already.
	 * @param mixed  ...$values For its placeholders.
	 * @return int|bool As wpdb::query() says it: false where it was refused.
	 */
	public static function write( string $query, mixed ...$values ): int|bool {
		global $wpdb;
		for ( $try = 1; ; $try++ ) {
			$rows = self::run( $query, ...$values );
			if ( false !== $rows ) {
				return $rows;
			}
			$gave_way = isset( $wpdb->dbh ) && $wpdb->dbh instanceof \mysqli && in_array( $wpdb->dbh->errno, self::GAVE_WAY, true );
			if ( self::TRIES === $try || ! $gave_way ) {
				++self::$refused;
				self::$said = self::complaint();
				return false;
			}
		}
	}

	/** How many writes were refused in this request: who compares it with what it was before knows it of his own. */
	public static function refused(): int {
		return self::$refused;
	}

	/**
	 * Notes that a write was refused, at once: whoever comes next asks for less. Where not even that is taken, the one whose work
	 * it was has the answer all the same.
	 *
	 * @return array{status: string, message: string} What stops that work.
	 */
	public static function note_refusal(): array {
		$times = 1 + ( self::is_away() ? 0 : self::refusal()['times'] ?? 0 );
		$noted = array(
			'times'   => $times,
			'until'   => time() + min( HOUR_IN_SECONDS, MINUTE_IN_SECONDS * 2 ** min( 6, $times - 1 ) ),
			'message' => self::$said,
		);
		if ( ! self::is_away() ) {
			self::quietly( static fn(): bool => update_option( self::OPTION, $noted, false ) );
		}
		return array(
			'status'  => 'database_refuses',
			'message' => self::$said,
		);
	}

	/** Forgets it: a write was taken. */
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

	/** What it said last, for the small print. */
	public static function complaint(): string {
		global $wpdb;
		return (string) $wpdb->last_error;
	}
}
