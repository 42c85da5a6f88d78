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
 * Reads and writes the table of pictures. A row is a marketplace and an ASIN as they stand in posts, with Amazon's links:
 * for at most 24 hours, or until there are newer ones where the owner wants the last picture; the picture itself never.
 *
 * @phpstan-import-type Image from Extension
 * @phpstan-import-type Entry from Image_Cache
 */
final class Image_Store {

	/**
	 * How long Amazon's licence lets a link be kept.
	 */
	public const LIFETIME = DAY_IN_SECONDS;

	private const ROWS_A_QUERY = 100;

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
			$this->cache->forget( self::keys( $chunk ) );
		}
		return $added;
	}

	/**
	 * Makes pictures known that a page has shown, or notes that one shows them still.
	 *
	 * @param non-empty-list<array{marketplace: string, asin: string}> $pictures A few.
	 */
	public function add_met( array $pictures ): void {
		global $wpdb;
		$now    = time();
		$values = array( Schema::images() );
		foreach ( $pictures as $picture ) {
			array_push( $values, $picture['marketplace'], $picture['asin'], $now );
		}
		$values[] = $now;
		$rows     = implode( ', ', array_fill( 0, count( $pictures ), '(%s, %s, %d)' ) );
		$wpdb->query( $wpdb->prepare( "INSERT INTO %i (marketplace, asin, seen_at) VALUES {$rows} ON DUPLICATE KEY UPDATE seen_at = %d", $values ) ); // phpcs:ignore WordPress.DB -- placeholders only; own table.
		$this->cache->forget( self::keys( $pictures ) );
	}

	/**
	 * Marketplaces of which pictures are due.
	 *
	 * @return list<string> Hosts.
	 */
	public function due_marketplaces(): array {
		global $wpdb;
		return $wpdb->get_col( $wpdb->prepare( 'SELECT DISTINCT marketplace FROM %i WHERE excluded = 0 AND due_at <= %d ORDER BY marketplace', Schema::images(), time() ) ); // phpcs:ignore WordPress.DB.DirectDatabaseQuery -- own table, must be current.
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
		$asins  = $wpdb->get_col( $wpdb->prepare( "SELECT asin FROM %i WHERE excluded = 0 AND due_at <= %d AND marketplace IN ({$hosts}) ORDER BY due_at LIMIT %d", $values ) ); // phpcs:ignore WordPress.DB -- placeholders only; own table, must be current.
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
		$hosts   = self::placeholders( $marketplaces );
		$before  = $this->rows_of( $marketplaces, array_map( 'strval', array_keys( $images ) ) );
		$now     = time();
		$stored  = 0;
		$changed = array();
		foreach ( $images as $asin => $image ) {
			$json = wp_json_encode( $image );
			if ( false === $json ) {
				continue;
			}
			// A clock that is ahead elsewhere must not make a link live longer.
			$fetched = min( $now, (int) ( $image['fetched_at'] ?? $now ) );
			$values  = array_merge( array( Schema::images(), $json, $fetched, $fetched + self::refresh_after(), (string) $asin ), $marketplaces );
			$rows    = $wpdb->query( $wpdb->prepare( "UPDATE %i SET image = %s, fetched_at = %d, due_at = %d, attempts = 0, failed_code = '', failed_message = '' WHERE asin = %s AND marketplace IN ({$hosts})", $values ) ); // phpcs:ignore WordPress.DB -- placeholders only; own table.
			if ( false === $rows ) {
				continue;
			}
			++$stored;
			$after = array();
			foreach ( $before[ $asin ] ?? array() as $row ) {
				$entry = Image_Reader::entry( array_merge( $row, array( 'image' => $json, 'fetched_at' => $fetched, 'failed_code' => '' ) ) ); // phpcs:ignore WordPress.Arrays.ArrayDeclarationSpacing -- one row.
				$old   = Image_Reader::entry( $row );

				$after[ Image_Cache::key( $row['marketplace'], $row['asin'] ) ] = $entry;
				if ( self::look( $old['image'] ) !== self::look( $entry['image'] ) || ! When_Refused::may_show( $old['fetched_at'] ) ) {
					$changed[] = array(
						'marketplace' => $row['marketplace'],
						'asin'        => $row['asin'],
					);
				}
			}
			$this->cache->put( $after );
		}
		self::say_changed( $changed );
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
			$this->cache->forget( array_map( static fn( string $host ): string => Image_Cache::key( $host, (string) $asin ), $marketplaces ) );
		}
		return $noted;
	}

	/**
	 * How things stand with the pictures that are not excluded.
	 *
	 * @return array{known: int, fresh: int, waiting: int, failed: int}
	 */
	public function counts(): array {
		global $wpdb;
		$row = null;
		if ( Schema::is_ready() ) {
			$row = $wpdb->get_row( $wpdb->prepare( "SELECT COUNT(*) AS known, SUM(CASE WHEN fetched_at > %d THEN 1 ELSE 0 END) AS fresh, SUM(CASE WHEN due_at <= %d THEN 1 ELSE 0 END) AS waiting, SUM(CASE WHEN failed_code <> '' AND fetched_at <= %d THEN 1 ELSE 0 END) AS failed FROM %i WHERE excluded = 0", time() - self::LIFETIME, time(), time() - self::LIFETIME, Schema::images() ), ARRAY_A ); // phpcs:ignore WordPress.DB.DirectDatabaseQuery -- own table, must be current.
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
			$rows = $wpdb->get_results( $wpdb->prepare( 'SELECT marketplace, COUNT(*) AS known, SUM(CASE WHEN fetched_at > %d THEN 1 ELSE 0 END) AS fresh FROM %i WHERE excluded = 0 GROUP BY marketplace ORDER BY marketplace', time() - self::LIFETIME, Schema::images() ) ); // phpcs:ignore WordPress.DB.DirectDatabaseQuery -- own table, must be current.
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
	 * Drops links that have reached the age to which they may be kept, where the owner does not want the last picture.
	 */
	public function forget_expired(): void {
		global $wpdb;
		if ( ! When_Refused::wants_words() ) {
			return;
		}
		$until   = time() - self::LIFETIME;
		$expired = (array) $wpdb->get_results( $wpdb->prepare( 'SELECT marketplace, asin FROM %i WHERE fetched_at > 0 AND fetched_at <= %d', Schema::images(), $until ), ARRAY_A ); // phpcs:ignore WordPress.DB.DirectDatabaseQuery -- own table, must be current.
		if ( array() === $expired ) {
			return;
		}
		$wpdb->query( $wpdb->prepare( 'UPDATE %i SET image = NULL, fetched_at = 0 WHERE fetched_at > 0 AND fetched_at <= %d', Schema::images(), $until ) ); // phpcs:ignore WordPress.DB.DirectDatabaseQuery -- own table.
		$this->cache->forget( self::keys( $expired ) );
		self::say_changed( $expired );
	}

	/**
	 * Drops one picture where no post shows it any more.
	 *
	 * @param string $marketplace Host.
	 * @param string $asin        ASIN.
	 */
	public function forget_if_unused( string $marketplace, string $asin ): void {
		global $wpdb;
		$wpdb->query( $wpdb->prepare( 'DELETE FROM %i WHERE marketplace = %s AND asin = %s AND excluded = 0 AND NOT EXISTS (SELECT 1 FROM %i WHERE marketplace = %s AND asin = %s)', Schema::images(), $marketplace, $asin, Schema::uses(), $marketplace, $asin ) ); // phpcs:ignore WordPress.DB.DirectDatabaseQuery -- own tables.
		$this->cache->forget( array( Image_Cache::key( $marketplace, $asin ) ) );
	}

	/**
	 * Drops all pictures that no post shows any more.
	 */
	public function forget_unused(): void {
		global $wpdb;
		// phpcs:disable WordPress.DB.DirectDatabaseQuery -- own tables.
		$unused = (array) $wpdb->get_results( $wpdb->prepare( 'SELECT marketplace, asin FROM %i AS images WHERE excluded = 0 AND NOT EXISTS (SELECT 1 FROM %i AS used WHERE used.marketplace = images.marketplace AND used.asin = images.asin)', Schema::images(), Schema::uses() ), ARRAY_A );
		foreach ( $unused as $picture ) {
			$wpdb->delete( Schema::images(), $picture, array( '%s', '%s' ) );
		}
		// phpcs:enable
		$this->cache->forget( self::keys( $unused ) );
	}

	/**
	 * Pictures as they stand in the table.
	 *
	 * @param list<string> $marketplaces Hosts.
	 * @param list<string> $asins        ASINs.
	 * @return array<array-key, list<array<string, string|null>>> Rows by ASIN.
	 */
	private function rows_of( array $marketplaces, array $asins ): array {
		global $wpdb;
		$by_asin = array();
		foreach ( array_chunk( $asins, self::ROWS_A_QUERY ) as $chunk ) {
			$values = array_merge( array( Schema::images() ), $chunk, $marketplaces );
			$rows   = $wpdb->get_results( $wpdb->prepare( 'SELECT marketplace, asin, image, fetched_at, failed_code, seen_at, excluded FROM %i WHERE asin IN (' . self::placeholders( $chunk ) . ') AND marketplace IN (' . self::placeholders( $marketplaces ) . ')', $values ), ARRAY_A ); // phpcs:ignore WordPress.DB -- placeholders only; own table, must be current.
			foreach ( (array) $rows as $row ) {
				$by_asin[ $row['asin'] ][] = $row;
			}
		}
		return $by_asin;
	}

	/**
	 * What of an Image can be seen on a page.
	 *
	 * @param array<string, mixed>|null $image An Image.
	 * @return array<string, mixed>|null
	 */
	private static function look( ?array $image ): ?array {
		return null === $image ? null : array_diff_key( $image, array( 'fetched_at' => 0 ) );
	}

	/**
	 * Says which pictures look different now.
	 *
	 * @param list<array{marketplace: string, asin: string}> $pictures Which.
	 */
	private static function say_changed( array $pictures ): void {
		if ( array() !== $pictures ) {
			/**
			 * Fires when pages show other pictures than before; not where a link came back the same.
			 *
			 * @param list<array{marketplace: string, asin: string}> $pictures Which.
			 */
			do_action( 'creators_image_refresh_images_changed', $pictures );
		}
	}

	/**
	 * The names of pictures in the cache.
	 *
	 * @param array<array-key, array{marketplace: string, asin: string}> $pictures Pictures.
	 * @return list<string>
	 */
	private static function keys( array $pictures ): array {
		return array_values( array_map( static fn( array $picture ): string => Image_Cache::key( $picture['marketplace'], $picture['asin'] ), $pictures ) );
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
