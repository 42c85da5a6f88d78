<?php
/**
 * The picture links that are known.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Storage;

use Creators_Image_Refresh\Api\Extension;
use Creators_Image_Refresh\Settings\Fallback_Policy;
use Creators_Image_Refresh\Settings\Image_Age;
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

	private const ROWS_A_QUERY = 100;

	/** What a statement asks besides where everybody may write. */
	private const NO_FENCE = array( '1 = 1', array() );

	/**
	 * Takes where entries are remembered.
	 *
	 * @param Image_Cache $cache Is told of every change.
	 */
	public function __construct( private Image_Cache $cache = new Image_Cache() ) {}

	/**
	 * Makes pictures known; those that are known already stay as they are. New ones are due at once.
	 *
	 * @param list<array{marketplace: string, asin: string}> $pictures What was found; as often as posts show it.
	 * @return int|null How many are new; null where the database refuses.
	 */
	public function add( array $pictures ): ?int {
		$each = array_combine( Image_Keys::names( $pictures ), $pictures );
		ksort( $each );
		$added = 0;
		foreach ( array_chunk( $each, self::ROWS_A_QUERY ) as $chunk ) {
			$values = array( Schema::images() );
			foreach ( $chunk as $picture ) {
				array_push( $values, $picture['marketplace'], $picture['asin'] );
			}
			$rows = Image_Keys::placeholders( $chunk, '(%s, %s)' );
			$new  = Database::write( "INSERT IGNORE INTO %i (marketplace, asin) VALUES {$rows}", ...$values );
			if ( false === $new ) {
				return null;
			}
			$added += (int) $new;
		}
		$this->cache->forget( array_keys( $each ) );
		return $added;
	}

	/**
	 * Counts the posts of pictures anew, and notes which of them only pages show.
	 *
	 * @param array<array-key, array{marketplace: string, asin: string}> $pictures Which.
	 */
	public function recount( array $pictures ): void {
		$used   = 'FROM %i AS used WHERE used.marketplace = %i.marketplace AND used.asin = %i.asin';
		$set    = "posts = (SELECT COUNT(*) {$used}),"
			. " seen_at = COALESCE((SELECT CASE MIN(used.on_page) WHEN 1 THEN MAX(used.seen_at) ELSE 0 END {$used}), 0)";
		$tables = array( Schema::uses(), Schema::images(), Schema::images() );
		Image_Keys::write( $pictures, "UPDATE %i SET {$set} WHERE", Schema::images(), ...$tables, ...$tables );
		$this->cache->forget( Image_Keys::names( $pictures ) );
	}

	/**
	 * Stores fresh links, each in one statement with the mark that page caches are to be told of it.
	 *
	 * @param list<string>            $marketplaces Hosts under which the pictures stand in posts.
	 * @param array<array-key, Image> $images       By ASIN.
	 * @param array{0: string, 1: list<mixed>} $fence A condition under which they are stored, and its values: see Lease.
	 * @return int How many were stored; see Database::refused() for what was not.
	 */
	public function save_images( array $marketplaces, array $images, array $fence = self::NO_FENCE ): int {
		$before = self::rows_of( $marketplaces, array_map( 'strval', array_keys( $images ) ) );
		$query  = 'UPDATE %i SET image = %s, words = %s, fetched_at = %d, due_at = %d, attempts = 0, failed_code = \'\','
			. " failed_message = '', purge_due = COALESCE(NULLIF(%d, 0), purge_due) WHERE marketplace = %s AND asin = %s AND {$fence[0]}";
		$after  = Image_Age::refresh_after();
		$now    = time();
		$stored = array();
		foreach ( $images as $asin => $image ) {
			$json = wp_json_encode( $image );
			// A clock that is ahead elsewhere must not make a link live longer.
			$fetched = min( $now, (int) ( $image['fetched_at'] ?? $now ) );
			$values  = array( $json, Title_Index::of( $image ), $fetched, $fetched + $after );
			// Only where there is a row: to look for one under every marketplace takes longer than to change it.
			foreach ( false === $json ? array() : $before[ $asin ] ?? array_fill_keys( $marketplaces, null ) as $host => $row ) {
				$key  = Image_Cache::key( $host, (string) $asin );
				$mark = self::looks_different( $row, $json ) ? Purge_Marks::mark() : 0;
				$done = Database::write( $query, Schema::images(), ...$values, ...array( $mark, $host, (string) $asin, ...$fence[1] ) );
				if ( 0 === (int) $done ) {
					// Refused, somebody else's by now, or gone: whatever is remembered of it may not be so.
					$this->cache->forget( array( $key ) );
					continue;
				}
				$stored[ $asin ] = true;
				$changed         = array(
					'image'       => $json,
					'fetched_at'  => $fetched,
					'failed_code' => '',
				);
				null === $row
					? $this->cache->forget( array( $key ) )
					: $this->cache->put( array( $key => Image_Reader::entry( $changed + $row ) ) );
			}
		}
		return count( $stored );
	}

	/**
	 * Notes pictures that Amazon does not give, to be asked for later and later. A link that is still good stays.
	 *
	 * @param list<string>                                           $marketplaces Hosts under which they stand in posts.
	 * @param array<array-key, array{code?: mixed, message?: mixed}> $failed       By ASIN.
	 * @param array{0: string, 1: list<mixed>}                       $fence        As save_images().
	 * @return int How many were noted.
	 */
	public function save_failures( array $marketplaces, array $failed, array $fence = self::NO_FENCE ): int {
		// Where words stand for a picture, one that is gone becomes what its author wrote. Set before the others, of which it
		// asks.
		$query   = "UPDATE %i SET purge_due = CASE WHEN failed_code = '' AND fetched_at <= %d THEN %d ELSE purge_due END,"
			. ' failed_code = %s, failed_message = %s, attempts = attempts + 1,'
			. ' due_at = CASE attempts WHEN 0 THEN %d WHEN 1 THEN %d WHEN 2 THEN %d ELSE %d END'
			. ' WHERE asin = %s AND marketplace IN (' . Image_Keys::placeholders( $marketplaces ) . ") AND {$fence[0]}";
		$expired = Fallback_Policy::wants_words() ? time() - Image_Age::LIFETIME : -1;
		$noted   = 0;
		foreach ( $failed as $asin => $reason ) {
			$code   = (string) ( $reason['code'] ?? '' );
			$rows   = Database::write(
				$query,
				Schema::images(),
				$expired,
				$expired > 0 ? Purge_Marks::mark() : 0,
				'' === $code ? 'unknown' : $code,
				(string) ( $reason['message'] ?? '' ),
				...Image_Age::retry_times( $code, time() ),
				...array( (string) $asin, ...$marketplaces, ...$fence[1] )
			);
			$noted += 0 === (int) $rows ? 0 : 1;
			$key    = static fn( string $host ): string => Image_Cache::key( $host, (string) $asin );
			$this->cache->forget( array_map( $key, $marketplaces ) );
		}
		return $noted;
	}

	/**
	 * Excludes pictures, or includes them again.
	 *
	 * @param list<array{marketplace: string, asin: string}> $pictures Which.
	 * @param bool                                           $excluded Whether to exclude.
	 * @return int How many are others now.
	 */
	public function set_excluded( array $pictures, bool $excluded ): int {
		$set     = 'UPDATE %i SET excluded = %d, purge_due = %d WHERE excluded <> %d AND';
		$changed = Image_Keys::write( $pictures, $set, Schema::images(), (int) $excluded, Purge_Marks::mark(), (int) $excluded );
		$this->cache->forget( Image_Keys::names( $pictures ) );
		return $changed;
	}

	/**
	 * Drops links that have reached the age to which they may be kept, where the owner does not want the last picture. What is
	 * left when the time is over is dropped by the next run; no page shows it.
	 *
	 * @param float $seconds How long, about.
	 */
	public function forget_expired( float $seconds = 10.0 ): void {
		if ( ! Fallback_Policy::wants_words() ) {
			return;
		}
		$until = microtime( true ) + $seconds;
		$ended = time() - Image_Age::LIFETIME;
		$query = 'SELECT marketplace, asin FROM %i WHERE fetched_at > 0 AND fetched_at <= %d ORDER BY fetched_at LIMIT %d';
		$set   = "UPDATE %i SET image = NULL, words = '', fetched_at = 0, purge_due = %d WHERE fetched_at > 0 AND fetched_at <= %d AND";
		do {
			$expired = Database::rows( $query, Schema::images(), $ended, self::ROWS_A_QUERY );
			$forgotten = Image_Keys::write( $expired, $set, Schema::images(), Purge_Marks::mark(), $ended );
			$this->cache->forget( Image_Keys::names( $expired ) );
		} while ( $forgotten > 0 && microtime( true ) < $until );
	}

	/**
	 * Drops those of some pictures that nothing shows any more.
	 *
	 * @param array<array-key, array{marketplace: string, asin: string}> $pictures Which.
	 */
	public function forget_unused( array $pictures ): void {
		$unused = 'excluded = 0 AND NOT EXISTS'
			. ' (SELECT 1 FROM %i AS used WHERE used.marketplace = %i.marketplace AND used.asin = %i.asin)';
		$tables = array( Schema::images(), Schema::uses(), Schema::images(), Schema::images() );
		Image_Keys::write( $pictures, "DELETE FROM %i WHERE {$unused} AND", ...$tables );
		$this->cache->forget( Image_Keys::names( $pictures ) );
	}

	/**
	 * Pictures as they stand in the table.
	 *
	 * @param list<string> $marketplaces Hosts.
	 * @param list<string> $asins        ASINs.
	 * @return array<array-key, array<string, array<string, string|null>>> Rows by ASIN, then by marketplace.
	 */
	private static function rows_of( array $marketplaces, array $asins ): array {
		$rows  = array();
		$query = 'SELECT marketplace, asin, image, fetched_at, failed_code, seen_at, excluded FROM %i FORCE INDEX (PRIMARY)'
			. ' WHERE asin IN (' . Image_Keys::placeholders( $asins ) . ')'
			. ' AND marketplace IN (' . Image_Keys::placeholders( $marketplaces ) . ')';
		foreach ( array() === $asins ? array() : Database::rows( $query, Schema::images(), ...$asins, ...$marketplaces ) as $row ) {
			$rows[ $row['asin'] ][ $row['marketplace'] ] = $row;
		}
		return $rows;
	}

	/**
	 * Whether pages show something else once a picture has another Image. One that is excluded may be included again before that
	 * is stored, so that is not looked at.
	 *
	 * @param array<string, string|null>|null $row  As it stands in the table; null where that is not known.
	 * @param string                          $json The new Image.
	 */
	private static function looks_different( ?array $row, string $json ): bool {
		$look = static function ( string $image ) use ( $row ): ?array {
			$entry = Image_Reader::entry( array( 'image' => $image, 'excluded' => '0' ) + $row );
			$image = Image_Reader::image( $entry['image'], (string) $row['marketplace'] );
			return null === $image ? null : array_diff_key( $image, array( 'fetched_at' => 0 ) );
		};
		return null === $row
			|| $look( (string) $row['image'] ) !== $look( $json )
			|| ! Image_Age::may_show( (int) $row['fetched_at'] );
	}
}
