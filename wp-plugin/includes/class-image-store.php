<?php
/**
 * The picture links that are known.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Reads and writes the table of pictures. A row is a marketplace and an ASIN as they stand in posts, with Amazon's links
 * for at most 24 hours: that long Amazon's licence allows, and the picture itself never.
 *
 * @phpstan-import-type Image from Extension
 */
final class Image_Store {

	/**
	 * How long a link may be kept and shown.
	 */
	public const LIFETIME = DAY_IN_SECONDS;

	private const ROWS_A_QUERY = 100;

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
	 * @param list<array{marketplace: string, asin: string}> $pictures What was found.
	 * @return int How many are new.
	 */
	public function add( array $pictures ): int {
		global $wpdb;
		$added = 0;
		foreach ( array_chunk( $pictures, self::ROWS_A_QUERY ) as $chunk ) {
			$values = array( Schema::images() );
			foreach ( $chunk as $picture ) {
				array_push( $values, $picture['marketplace'], $picture['asin'] );
			}
			$rows   = implode( ', ', array_fill( 0, count( $chunk ), '(%s, %s)' ) );
			$added += (int) $wpdb->query( $wpdb->prepare( "INSERT IGNORE INTO %i (marketplace, asin) VALUES {$rows}", $values ) ); // phpcs:ignore WordPress.DB -- placeholders only; own table.
		}
		return $added;
	}

	/**
	 * Marketplaces of which pictures are due.
	 *
	 * @return list<string> Hosts.
	 */
	public function due_marketplaces(): array {
		global $wpdb;
		return $wpdb->get_col( $wpdb->prepare( 'SELECT DISTINCT marketplace FROM %i WHERE due_at <= %d ORDER BY marketplace', Schema::images(), time() ) ); // phpcs:ignore WordPress.DB.DirectDatabaseQuery -- own table, must be current.
	}

	/**
	 * ASINs that are due, those never fetched first.
	 *
	 * @param list<string> $marketplaces Hosts.
	 * @param int          $limit        Rows to read.
	 * @return list<string> Each once.
	 */
	public function due( array $marketplaces, int $limit ): array {
		global $wpdb;
		$hosts  = self::placeholders( $marketplaces );
		$values = array_merge( array( Schema::images(), time() ), $marketplaces, array( $limit ) );
		$asins  = $wpdb->get_col( $wpdb->prepare( "SELECT asin FROM %i WHERE due_at <= %d AND marketplace IN ({$hosts}) ORDER BY due_at LIMIT %d", $values ) ); // phpcs:ignore WordPress.DB -- placeholders only; own table, must be current.
		return array_values( array_unique( $asins ) );
	}

	/**
	 * Stores fresh links.
	 *
	 * @param list<string>            $marketplaces Hosts under which the pictures stand in posts.
	 * @param array<array-key, Image> $images       By ASIN.
	 * @return int How many were stored.
	 */
	public function save_images( array $marketplaces, array $images ): int {
		global $wpdb;
		$hosts  = self::placeholders( $marketplaces );
		$now    = time();
		$stored = 0;
		foreach ( $images as $asin => $image ) {
			$json = wp_json_encode( $image );
			if ( false === $json ) {
				continue;
			}
			// A clock that is ahead elsewhere must not make a link live longer.
			$fetched = min( $now, (int) ( $image['fetched_at'] ?? $now ) );
			$values  = array_merge( array( Schema::images(), $json, $fetched, $fetched + self::refresh_after(), (string) $asin ), $marketplaces );
			$rows    = $wpdb->query( $wpdb->prepare( "UPDATE %i SET image = %s, fetched_at = %d, due_at = %d, attempts = 0, failed_code = '', failed_message = '' WHERE asin = %s AND marketplace IN ({$hosts})", $values ) ); // phpcs:ignore WordPress.DB -- placeholders only; own table.
			$stored += false === $rows ? 0 : 1;
		}
		return $stored;
	}

	/**
	 * Notes pictures that Amazon does not give, to be asked for later and later. A link that is still good stays.
	 *
	 * @param list<string>                                          $marketplaces Hosts under which they stand in posts.
	 * @param array<array-key, array{code?: mixed, message?: mixed}> $failed       By ASIN.
	 * @return int How many were noted.
	 */
	public function save_failures( array $marketplaces, array $failed ): int {
		global $wpdb;
		$hosts = self::placeholders( $marketplaces );
		$now   = time();
		$noted = 0;
		foreach ( $failed as $asin => $reason ) {
			$code    = (string) ( $reason['code'] ?? '' );
			$message = (string) ( $reason['message'] ?? '' );
			$values  = array_merge(
				array(
					Schema::images(),
					'' === $code ? 'unknown' : mb_substr( $code, 0, 64 ),
					mb_substr( $message, 0, 255 ),
					$now + 12 * HOUR_IN_SECONDS,
					$now + DAY_IN_SECONDS,
					$now + 3 * DAY_IN_SECONDS,
					$now + WEEK_IN_SECONDS,
					(string) $asin,
				),
				$marketplaces
			);
			$rows    = $wpdb->query( $wpdb->prepare( "UPDATE %i SET failed_code = %s, failed_message = %s, due_at = CASE attempts WHEN 0 THEN %d WHEN 1 THEN %d WHEN 2 THEN %d ELSE %d END, attempts = attempts + 1 WHERE asin = %s AND marketplace IN ({$hosts})", $values ) ); // phpcs:ignore WordPress.DB -- placeholders only; own table.
			$noted  += false === $rows ? 0 : 1;
		}
		return $noted;
	}

	/**
	 * The links that may be shown now, of the pictures of one page: one query.
	 *
	 * @param list<array{marketplace: string, asin: string}> $pictures What stands on the page.
	 * @return array<string, array<array-key, Image>> By marketplace, then by ASIN.
	 */
	public function fresh( array $pictures ): array {
		global $wpdb;
		$wanted = array();
		foreach ( $pictures as $picture ) {
			$wanted[ $picture['marketplace'] ][] = $picture['asin'];
		}
		if ( array() === $wanted || ! Schema::is_ready() ) {
			return array();
		}
		$values = array( Schema::images(), time() - self::LIFETIME );
		$groups = array();
		foreach ( $wanted as $marketplace => $asins ) {
			$groups[] = '(marketplace = %s AND asin IN (' . self::placeholders( $asins ) . '))';
			array_push( $values, $marketplace, ...$asins );
		}
		$groups = implode( ' OR ', $groups );
		$quiet  = $wpdb->suppress_errors();
		$rows   = $wpdb->get_results( $wpdb->prepare( "SELECT marketplace, asin, image FROM %i WHERE fetched_at > %d AND ({$groups})", $values ) ); // phpcs:ignore WordPress.DB -- placeholders only; own table.
		$wpdb->suppress_errors( $quiet );
		$images = array();
		foreach ( (array) $rows as $row ) {
			$image = json_decode( (string) $row->image, true );
			if ( is_array( $image ) ) {
				// A link to another country's shop, with another tag, is not what the author wrote: the picture alone is.
				if ( ! str_starts_with( (string) ( $image['detail_page_url'] ?? '' ), 'https://' . $row->marketplace . '/' ) ) {
					unset( $image['detail_page_url'] );
				}
				$images[ $row->marketplace ][ $row->asin ] = $image;
			}
		}
		return $images;
	}

	/**
	 * How things stand.
	 *
	 * @return array{known: int, fresh: int, waiting: int, failed: int}
	 */
	public function counts(): array {
		global $wpdb;
		$row = null;
		if ( Schema::is_ready() ) {
			$row = $wpdb->get_row( $wpdb->prepare( "SELECT COUNT(*) AS known, SUM(CASE WHEN fetched_at > %d THEN 1 ELSE 0 END) AS fresh, SUM(CASE WHEN due_at <= %d THEN 1 ELSE 0 END) AS waiting, SUM(CASE WHEN failed_code <> '' AND fetched_at <= %d THEN 1 ELSE 0 END) AS failed FROM %i", time() - self::LIFETIME, time(), time() - self::LIFETIME, Schema::images() ), ARRAY_A ); // phpcs:ignore WordPress.DB.DirectDatabaseQuery -- own table, must be current.
		}
		return array(
			'known'   => (int) ( $row['known'] ?? 0 ),
			'fresh'   => (int) ( $row['fresh'] ?? 0 ),
			'waiting' => (int) ( $row['waiting'] ?? 0 ),
			'failed'  => (int) ( $row['failed'] ?? 0 ),
		);
	}

	/**
	 * How many pictures stand under each marketplace.
	 *
	 * @return array<string, array{known: int, fresh: int}> By host.
	 */
	public function counts_by_marketplace(): array {
		global $wpdb;
		$counts = array();
		if ( Schema::is_ready() ) {
			$rows = $wpdb->get_results( $wpdb->prepare( 'SELECT marketplace, COUNT(*) AS known, SUM(CASE WHEN fetched_at > %d THEN 1 ELSE 0 END) AS fresh FROM %i GROUP BY marketplace ORDER BY marketplace', time() - self::LIFETIME, Schema::images() ) ); // phpcs:ignore WordPress.DB.DirectDatabaseQuery -- own table, must be current.
			foreach ( (array) $rows as $row ) {
				$counts[ $row->marketplace ] = array(
					'known' => (int) $row->known,
					'fresh' => (int) $row->fresh,
				);
			}
		}
		return $counts;
	}

	/**
	 * Makes the pictures of one marketplace due: its account is another now.
	 *
	 * @param string $marketplace Host.
	 */
	public function make_due_at( string $marketplace ): void {
		global $wpdb;
		if ( Schema::is_ready() ) {
			$wpdb->query( $wpdb->prepare( 'UPDATE %i SET due_at = 0 WHERE marketplace = %s', Schema::images(), $marketplace ) ); // phpcs:ignore WordPress.DB.DirectDatabaseQuery -- own table.
		}
	}

	/**
	 * Makes failed pictures due again: a person asked for it, or the account is another now.
	 */
	public function retry_failed(): void {
		global $wpdb;
		if ( Schema::is_ready() ) {
			$wpdb->query( $wpdb->prepare( "UPDATE %i SET due_at = 0 WHERE failed_code <> ''", Schema::images() ) ); // phpcs:ignore WordPress.DB.DirectDatabaseQuery -- own table.
		}
	}

	/**
	 * Makes all pictures due.
	 */
	public function make_due(): void {
		global $wpdb;
		if ( Schema::is_ready() ) {
			$wpdb->query( $wpdb->prepare( 'UPDATE %i SET due_at = 0', Schema::images() ) ); // phpcs:ignore WordPress.DB.DirectDatabaseQuery -- own table.
		}
	}

	/**
	 * Drops links that have reached the age to which they may be kept.
	 */
	public function forget_expired(): void {
		global $wpdb;
		$wpdb->query( $wpdb->prepare( 'UPDATE %i SET image = NULL, fetched_at = 0 WHERE fetched_at > 0 AND fetched_at <= %d', Schema::images(), time() - self::LIFETIME ) ); // phpcs:ignore WordPress.DB.DirectDatabaseQuery -- own table.
	}

	/**
	 * Drops one picture where no post shows it any more.
	 *
	 * @param string $marketplace Host.
	 * @param string $asin        ASIN.
	 */
	public function forget_if_unused( string $marketplace, string $asin ): void {
		global $wpdb;
		$wpdb->query( $wpdb->prepare( 'DELETE FROM %i WHERE marketplace = %s AND asin = %s AND NOT EXISTS (SELECT 1 FROM %i WHERE marketplace = %s AND asin = %s)', Schema::images(), $marketplace, $asin, Schema::uses(), $marketplace, $asin ) ); // phpcs:ignore WordPress.DB.DirectDatabaseQuery -- own tables.
	}

	/**
	 * Drops all pictures that no post shows any more.
	 */
	public function forget_unused(): void {
		global $wpdb;
		$wpdb->query( $wpdb->prepare( 'DELETE FROM %i WHERE NOT EXISTS (SELECT 1 FROM %i AS used WHERE used.marketplace = %i.marketplace AND used.asin = %i.asin)', Schema::images(), Schema::uses(), Schema::images(), Schema::images() ) ); // phpcs:ignore WordPress.DB.DirectDatabaseQuery -- own tables.
	}

	/**
	 * Placeholders for a list of strings.
	 *
	 * @param array<array-key, string> $values The strings.
	 * @return string
	 */
	private static function placeholders( array $values ): string {
		return implode( ', ', array_fill( 0, max( 1, count( $values ) ), '%s' ) );
	}
}
