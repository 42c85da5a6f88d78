<?php
/**
 * The picture links that are known.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Storage;

use Creators_Image_Refresh\Api\Extension;
use Creators_Image_Refresh\Refresh\Lease;
use Creators_Image_Refresh\Settings\Fallback_Policy;
use Creators_Image_Refresh\Storage\Listing\Image_Counts;
use Creators_Image_Refresh\Storage\Listing\Title_Index;

defined( 'ABSPATH' ) || exit;

/**
 * Reads and writes the table of pictures. A row is a marketplace and an ASIN as they stand in posts, with Amazon's links:
 * for at most 24 hours, or until there are newer ones where the owner wants the last picture; the picture itself never.
 *
 * @phpstan-import-type Image from Extension
 * @phpstan-import-type Entry from Image_Cache
 */
final class Image_Repository {

	/** How long Amazon's licence lets a link be kept. */
	public const LIFETIME = Image_Reader::LIFETIME;

	private const ROWS_A_QUERY = 100;

	/** Amazon's words for a product that is not there, and ours for one that cannot be. */
	private const GONE = array( 'ItemNotAccessible', 'ResourceNotFoundException', 'InvalidParameterValue', 'InvalidAsin' );

	/**
	 * Takes where entries are remembered.
	 *
	 * @param Image_Cache $cache Is told of every change.
	 */
	public function __construct( private Image_Cache $cache = new Image_Cache() ) {}

	/**
	 * How long a link is left before a newer one is fetched. Half of its life: a missed run does no harm then.
	 *
	 * @return int Seconds.
	 */
	public static function refresh_after(): int {
		/**
		 * Filters the age at which a picture link is fetched anew.
		 *
		 * @param int $seconds Between one hour and 23 hours.
		 */
		$seconds = (int) apply_filters( 'creators_image_refresh_max_age', 12 * HOUR_IN_SECONDS );
		return max( HOUR_IN_SECONDS, min( 23 * HOUR_IN_SECONDS, $seconds ) );
	}

	/**
	 * Makes pictures known; those that are known already stay as they are. New ones are due at once.
	 *
	 * @param list<array{marketplace: string, asin: string}> $pictures What was found; as often as posts show it.
	 * @return array{0: int, 1: list<array{marketplace: string, asin: string}>}|null How many are new, and among which there are
	 *                          others; null where the database refuses.
	 */
	public function add( array $pictures ): ?array {
		$known = array();
		$each  = array();
		$posts = array();
		foreach ( $pictures as $picture ) {
			$key           = Image_Cache::key( $picture['marketplace'], $picture['asin'] );
			$each[ $key ]  = $picture;
			$posts[ $key ] = 1 + ( $posts[ $key ] ?? 0 );
		}
		ksort( $each );
		$added = 0;
		foreach ( array_chunk( $each, self::ROWS_A_QUERY, true ) as $chunk ) {
			$values = array( Schema::images() );
			foreach ( $chunk as $key => $picture ) {
				array_push( $values, $picture['marketplace'], $picture['asin'], $posts[ $key ] );
			}
			$rows = implode( ', ', array_fill( 0, count( $chunk ), '(%s, %s, %d)' ) );
			$new  = Database::write( "INSERT IGNORE INTO %i (marketplace, asin, posts) VALUES {$rows}", ...$values );
			if ( false === $new ) {
				return null;
			}
			$added += (int) $new;
			if ( $new < count( $chunk ) ) {
				array_push( $known, ...array_values( $chunk ) );
			}
			$this->cache->forget( array_keys( $chunk ) );
		}
		return array( $added, $known );
	}

	/**
	 * Counts the posts of pictures anew, and notes which of them only pages show.
	 *
	 * @param array<array-key, array{marketplace: string, asin: string}> $pictures Which.
	 */
	public function recount( array $pictures ): void {
		$used = 'FROM %i AS used WHERE used.marketplace = %i.marketplace AND used.asin = %i.asin';
		$set  = "posts = (SELECT COUNT(*) {$used}),"
			. " seen_at = COALESCE((SELECT CASE MIN(used.on_page) WHEN 1 THEN MAX(used.seen_at) ELSE 0 END {$used}), 0)";
		foreach ( Image_Keys::by_marketplace( $pictures, self::ROWS_A_QUERY ) as list( $marketplace, $asins ) ) {
			$tables = array( Schema::uses(), Schema::images(), Schema::images() );
			Database::write(
				"UPDATE %i SET {$set} WHERE marketplace = %s AND asin IN (" . Image_Keys::placeholders( $asins ) . ')',
				Schema::images(),
				...array( ...$tables, ...$tables, $marketplace, ...$asins )
			);
		}
		$this->cache->forget( Image_Keys::names( $pictures ) );
	}

	/**
	 * Stores fresh links.
	 *
	 * @param list<string>            $marketplaces Hosts under which the pictures stand in posts.
	 * @param array<array-key, Image> $images       By ASIN.
	 * @param Lease|null              $lease        Nothing is stored once this is somebody else's.
	 * @return int How many were stored; see Database::refused() for what was not.
	 */
	public function save_images( array $marketplaces, array $images, ?Lease $lease = null ): int {
		$before = $this->rows_of( $marketplaces, array_map( 'strval', array_keys( $images ) ) );
		$now    = time();
		$stored = 0;
		foreach ( $images as $asin => $image ) {
			$json = wp_json_encode( $image );
			if ( false === $json ) {
				continue;
			}
			$known = $before[ $asin ] ?? array();
			// Only where there is a row: to look for one under every marketplace takes longer than to change it.
			[ $where, $fence ] = self::fenced( array() === $known ? $marketplaces : array_column( $known, 'marketplace' ), $lease );
			// A clock that is ahead elsewhere must not make a link live longer.
			$fetched = min( $now, (int) ( $image['fetched_at'] ?? $now ) );

			[ $marked, $mark ] = self::marked( $known, $json, $marketplaces );

			$values = array( $json, Title_Index::of( $image ), $fetched, $fetched + self::refresh_after() );
			$values = array( Schema::images(), ...$values, ...$mark, (string) $asin, ...$fence );
			$set    = 'image = %s, words = %s, fetched_at = %d, due_at = %d, attempts = 0,'
				. " failed_code = '', failed_message = ''{$marked}";
			if ( 0 === (int) Database::write( "UPDATE %i SET {$set} WHERE asin = %s AND {$where}", ...$values ) ) {
				// Refused, somebody else's by now, or gone: whatever is remembered of it may not be so.
				$this->cache->forget( Image_Keys::names( $known ) );
				continue;
			}
			++$stored;
			$after = array();
			foreach ( $known as $row ) {
				$row['image']       = $json;
				$row['fetched_at']  = (string) $fetched;
				$row['failed_code'] = '';

				$after[ Image_Cache::key( $row['marketplace'], $row['asin'] ) ] = Image_Reader::entry( $row );
			}
			$this->cache->put( $after );
		}
		return $stored;
	}

	/**
	 * Notes pictures that Amazon does not give, to be asked for later and later. A link that is still good stays.
	 *
	 * @param list<string>                                           $marketplaces Hosts under which they stand in posts.
	 * @param array<array-key, array{code?: mixed, message?: mixed}> $failed       By ASIN.
	 * @param Lease|null                                             $lease        As save_images().
	 * @return int How many were noted.
	 */
	public function save_failures( array $marketplaces, array $failed, ?Lease $lease = null ): int {
		[ $where, $fence ] = self::fenced( $marketplaces, $lease );

		// Where words stand for a picture, one that is gone becomes what its author wrote. Set before the others, of which it
		// asks.
		$marked = '';
		$mark   = array();
		if ( array() !== $failed && Fallback_Policy::wants_words() ) {
			$marked = "purge_due = CASE WHEN failed_code = '' AND fetched_at <= %d THEN %d ELSE purge_due END, ";
			$mark   = array( time() - self::LIFETIME, Purge_Marks::mark() );
		}
		$noted = 0;
		foreach ( $failed as $asin => $reason ) {
			$code   = (string) ( $reason['code'] ?? '' );
			$values = array(
				Schema::images(),
				...$mark,
				...array( '' === $code ? 'unknown' : $code, (string) ( $reason['message'] ?? '' ) ),
				...self::retry_times( $code, time() ),
				...array( (string) $asin ),
				...$fence,
			);
			$set    = "{$marked}failed_code = %s, failed_message = %s, attempts = attempts + 1,"
				. ' due_at = CASE attempts WHEN 0 THEN %d WHEN 1 THEN %d WHEN 2 THEN %d ELSE %d END';
			$rows   = Database::write( "UPDATE %i SET {$set} WHERE asin = %s AND {$where}", ...$values );
			$noted += 0 === (int) $rows ? 0 : 1;
			$this->cache->forget(
				array_map( static fn( string $host ): string => Image_Cache::key( $host, (string) $asin ), $marketplaces )
			);
		}
		return $noted;
	}

	/**
	 * When a picture that was not given is asked for again: later and later. A product that Amazon has no more rarely comes back;
	 * one that an answer passed over often does.
	 *
	 * @param string $code Why it was not given.
	 * @param int    $now  Unix seconds.
	 * @return array{0: int, 1: int, 2: int, 3: int} After the first, second and third failure, and after each that follows.
	 */
	public static function retry_times( string $code, int $now ): array {
		return in_array( $code, self::GONE, true )
			? array( $now + DAY_IN_SECONDS, $now + 3 * DAY_IN_SECONDS, $now + WEEK_IN_SECONDS, $now + MONTH_IN_SECONDS )
			: array( $now + HOUR_IN_SECONDS, $now + 6 * HOUR_IN_SECONDS, $now + DAY_IN_SECONDS, $now + 3 * DAY_IN_SECONDS );
	}

	/**
	 * How things stand with the pictures that are not excluded.
	 *
	 * @return array{known: int, fresh: int, waiting: int, failed: int}
	 */
	public function counts(): array {
		return Image_Counts::all();
	}

	/**
	 * How things stand under each marketplace.
	 *
	 * @return array<string, array{known: int, fresh: int, waiting: int, failed: int}> By host.
	 */
	public function counts_by_marketplace(): array {
		return Image_Counts::by_marketplace();
	}

	/**
	 * Drops links that have reached the age to which they may be kept, where the owner does not want the last picture. What is
	 * left when the time is over is dropped by the next run; no page shows it.
	 *
	 * @param float $seconds How long, about.
	 */
	public function forget_expired( float $seconds = 10.0 ): void {
		global $wpdb;
		if ( ! Fallback_Policy::wants_words() ) {
			return;
		}
		$end = microtime( true ) + $seconds;
		do {
			$expired = Database::rows(
				'SELECT marketplace, asin FROM %i WHERE fetched_at > 0 AND fetched_at <= %d ORDER BY fetched_at LIMIT %d',
				Schema::images(),
				time() - self::LIFETIME,
				self::ROWS_A_QUERY
			);
			foreach ( Image_Keys::by_marketplace( $expired, self::ROWS_A_QUERY ) as list( $marketplace, $asins ) ) {
				Database::run(
					"UPDATE %i SET image = NULL, words = '', fetched_at = 0, purge_due = %d WHERE fetched_at > 0 AND fetched_at <= %d"
						. ' AND marketplace = %s AND asin IN (' . Image_Keys::placeholders( $asins ) . ')',
					Schema::images(),
					Purge_Marks::mark(),
					time() - self::LIFETIME,
					$marketplace,
					...$asins
				);
			}
			$this->cache->forget( Image_Keys::names( $expired ) );
			$is_full = count( $expired ) === self::ROWS_A_QUERY;
		} while ( $is_full && '' === $wpdb->last_error && microtime( true ) < $end );
	}

	/**
	 * Drops one picture where no post shows it any more.
	 *
	 * @param string $marketplace Host.
	 * @param string $asin        ASIN.
	 */
	public function forget_if_unused( string $marketplace, string $asin ): void {
		Database::run(
			'DELETE FROM %i WHERE marketplace = %s AND asin = %s AND excluded = 0'
				. ' AND NOT EXISTS (SELECT 1 FROM %i WHERE marketplace = %s AND asin = %s)',
			Schema::images(),
			$marketplace,
			$asin,
			Schema::uses(),
			$marketplace,
			$asin
		);
		$this->cache->forget( array( Image_Cache::key( $marketplace, $asin ) ) );
	}

	/**
	 * Pictures as they stand in the table.
	 *
	 * @param list<string> $marketplaces Hosts.
	 * @param list<string> $asins        ASINs.
	 * @return array<array-key, list<array<string, string|null>>> Rows by ASIN.
	 */
	private function rows_of( array $marketplaces, array $asins ): array {
		$by_asin = array();
		foreach ( array_chunk( $asins, self::ROWS_A_QUERY ) as $chunk ) {
			$query = 'SELECT marketplace, asin, image, fetched_at, failed_code, seen_at, excluded FROM %i FORCE INDEX (PRIMARY)'
				. ' WHERE asin IN (' . Image_Keys::placeholders( $chunk ) . ')'
				. ' AND marketplace IN (' . Image_Keys::placeholders( $marketplaces ) . ')';
			foreach ( Database::rows( $query, Schema::images(), ...$chunk, ...$marketplaces ) as $row ) {
				$by_asin[ $row['asin'] ][] = $row;
			}
		}
		return $by_asin;
	}

	/**
	 * The end of a condition: under these marketplaces, and only by whoever holds the lease.
	 *
	 * @param list<string> $marketplaces Hosts.
	 * @param Lease|null   $lease        If there is one.
	 * @return array{0: string, 1: list<string>} With placeholders, and their values.
	 */
	private static function fenced( array $marketplaces, ?Lease $lease ): array {
		$where = 'marketplace IN (' . Image_Keys::placeholders( $marketplaces ) . ')';
		if ( null === $lease ) {
			return array( $where, $marketplaces );
		}
		[ $condition, $values ] = $lease->condition();
		return array( "{$where} AND {$condition}", array_merge( $marketplaces, $values ) );
	}

	/**
	 * What a statement that stores an Image sets besides, so that page caches are told where pages show something else by it.
	 *
	 * @param list<array<string, string|null>> $known        The picture's rows; where there are none, on any doubt, all count.
	 * @param string                           $json         The new Image.
	 * @param list<string>                     $marketplaces Hosts.
	 * @return array{0: string, 1: list<int|string>} With placeholders, and their values.
	 */
	private static function marked( array $known, string $json, array $marketplaces ): array {
		$changed = array_filter( $known, static fn( array $row ): bool => self::looks_different( $row, $json ) );
		$hosts   = array() === $known ? $marketplaces : array_column( $changed, 'marketplace' );
		if ( array() === $hosts ) {
			return array( '', array() );
		}
		$set = ', purge_due = CASE WHEN marketplace IN (' . Image_Keys::placeholders( $hosts ) . ') THEN %d ELSE purge_due END';
		return array( $set, array( ...$hosts, Purge_Marks::mark() ) );
	}

	/**
	 * Whether pages show something else once a picture has another Image. One that is excluded may be included again before that
	 * is stored, so that is not looked at.
	 *
	 * @param array<string, string|null> $row  As it stands in the table.
	 * @param string                     $json The new Image.
	 */
	private static function looks_different( array $row, string $json ): bool {
		$look = static function ( string $image ) use ( $row ): ?array {
			$row['image']    = $image;
			$row['excluded'] = '0';

			$image = Image_Reader::image( Image_Reader::entry( $row )['image'], (string) $row['marketplace'] );
			return null === $image ? null : array_diff_key( $image, array( 'fetched_at' => 0 ) );
		};
		return $look( (string) $row['image'] ) !== $look( $json ) || ! Fallback_Policy::may_show( (int) $row['fetched_at'] );
	}
}
