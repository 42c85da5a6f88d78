<?php
/**
 * The pictures, for people to look through.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Filters, sorts and counts the table of pictures, for the screen, the export and the command line alike. The keys of a
 * page's rows are found on indexes first; only then are those few rows read.
 *
 * @phpstan-type Picture array{marketplace: string, asin: string, state: string, reason: string, message: string, posts: int, fetched_at: int, due_at: int, title: string, image: array<string, mixed>|null}
 * @phpstan-type Filter array{state?: string, marketplace?: string, search?: string, asins?: list<string>}
 */
final class Image_Query {

	public const STATES = array( 'fresh', 'waiting', 'failed', 'gone', 'excluded' );
	public const ORDERS = array( 'asin', 'age', 'posts', 'state' );

	/**
	 * What Amazon says of products that it no longer offers.
	 */
	public const GONE_CODES = array( 'ItemNotAccessible', 'ResourceNotFoundException', 'NotReturned' );

	/**
	 * Numbers over the whole table are worth a query once in a while, and not with every page.
	 */
	private const REMEMBERED = 30;
	private const LARGE      = 20000;
	private const COUNTS     = 'creators_image_refresh_image_counts';

	/**
	 * The state of a picture.
	 *
	 * @param array<string, mixed> $row A row.
	 * @return string One of STATES.
	 */
	public static function state( array $row ): string {
		if ( 0 !== (int) $row['excluded'] ) {
			return 'excluded';
		}
		if ( (int) $row['fetched_at'] > time() - Image_Store::LIFETIME ) {
			return 'fresh';
		}
		$code = (string) $row['failed_code'];
		if ( '' === $code ) {
			return 'waiting';
		}
		return in_array( $code, self::GONE_CODES, true ) ? 'gone' : 'failed';
	}

	/**
	 * How many pictures there are of each state.
	 *
	 * @param string $marketplace Of one marketplace only; empty for all.
	 * @return array<string, int> By state, and 'all'.
	 */
	public function counts( string $marketplace = '' ): array {
		global $wpdb;
		$counts = array_fill_keys( array( 'all', ...self::STATES ), 0 );
		if ( ! Schema::is_ready() ) {
			return $counts;
		}
		$saved = get_transient( self::COUNTS );
		$saved = is_array( $saved ) ? $saved : array();
		if ( isset( $saved[ $marketplace ] ) ) {
			return $saved[ $marketplace ];
		}
		$values = array( time() - Image_Store::LIFETIME, Schema::images() );
		$where  = '';
		if ( '' !== $marketplace ) {
			$where    = 'WHERE marketplace = %s';
			$values[] = $marketplace;
		}
		$rows = $wpdb->get_results( $wpdb->prepare( "SELECT excluded, failed_code, CASE WHEN fetched_at > %d THEN 1 ELSE 0 END AS is_fresh, COUNT(*) AS number FROM %i {$where} GROUP BY excluded, failed_code, is_fresh", $values ), ARRAY_A ); // phpcs:ignore WordPress.DB -- placeholders only; own table.
		foreach ( (array) $rows as $row ) {
			$row['fetched_at'] = 0 !== (int) $row['is_fresh'] ? time() : 0;

			$counts[ self::state( $row ) ] += (int) $row['number'];
			$counts['all']                 += (int) $row['number'];
		}
		if ( $counts['all'] > self::LARGE ) {
			set_transient( self::COUNTS, array( $marketplace => $counts ) + $saved, self::REMEMBERED );
		}
		return $counts;
	}

	/**
	 * Forgets the numbers: something was changed by hand.
	 */
	public static function forget_counts(): void {
		delete_transient( self::COUNTS );
	}

	/**
	 * How many pictures match.
	 *
	 * @param Filter $filter What is wanted.
	 * @return int
	 */
	public function count( array $filter ): int {
		global $wpdb;
		if ( ! Schema::is_ready() ) {
			return 0;
		}
		if ( '' === ( $filter['search'] ?? '' ) && ! isset( $filter['asins'] ) ) {
			return $this->counts( $filter['marketplace'] ?? '' )[ ( $filter['state'] ?? '' ) ?: 'all' ];
		}
		list( $where, $values ) = self::where( $filter );
		return (int) $wpdb->get_var( $wpdb->prepare( "SELECT COUNT(*) FROM %i AS images WHERE {$where}", array( Schema::images(), ...$values ) ) ); // phpcs:ignore WordPress.DB -- placeholders only; own table, must be current.
	}

	/**
	 * Pictures that match.
	 *
	 * @param Filter $filter What is wanted.
	 * @param string $order  One of ORDERS.
	 * @param bool   $down   Whether the other way round.
	 * @param int    $limit  How many.
	 * @param int    $offset After how many.
	 * @return list<Picture>
	 */
	public function pictures( array $filter, string $order, bool $down, int $limit, int $offset ): array {
		global $wpdb;
		if ( ! Schema::is_ready() ) {
			return array();
		}
		list( $where, $values ) = self::where( $filter );

		// Each order is that of an index; MariaDB sorts 200,000 rows by hand otherwise.
		$plain  = "FROM %i AS images WHERE {$where} ORDER BY ";
		$orders = array(
			'asin'  => $plain . 'images.asin %DIR%, images.marketplace %DIR%',
			// The youngest has the highest time.
			'age'   => $plain . 'images.fetched_at %RID%, images.marketplace %RID%, images.asin %RID%',
			'state' => $plain . 'images.excluded %DIR%, images.failed_code %DIR%, images.fetched_at %DIR%, images.marketplace %DIR%, images.asin %DIR%',
			'posts' => "FROM %i AS images LEFT JOIN (SELECT marketplace, asin, COUNT(*) AS posts FROM %i GROUP BY marketplace, asin) AS used ON used.marketplace = images.marketplace AND used.asin = images.asin WHERE {$where} ORDER BY used.posts %DIR%, images.asin, images.marketplace",
		);
		$tables = 'posts' === $order ? array( Schema::images(), Schema::uses() ) : array( Schema::images() );
		if ( 'posts' === $order && array() === $values ) {
			// Without a condition the uses say it all: only what a person has excluded may have none.
			$orders['posts'] = 'FROM %i AS images GROUP BY images.marketplace, images.asin ORDER BY COUNT(*) %DIR%, images.asin, images.marketplace';
			$tables          = array( Schema::uses() );
		}
		$from = str_replace( array( '%DIR%', '%RID%' ), $down ? array( 'DESC', 'ASC' ) : array( 'ASC', 'DESC' ), $orders[ $order ] ?? $orders['asin'] );
		$keys   = $wpdb->get_results( $wpdb->prepare( "SELECT images.marketplace, images.asin {$from} LIMIT %d OFFSET %d", array( ...$tables, ...$values, $limit, $offset ) ), ARRAY_A ); // phpcs:ignore WordPress.DB -- placeholders and fixed words only; own tables, must be current.
		return $this->read( (array) $keys );
	}

	/**
	 * Pictures by their keys, in the same order; those that are not known are left out.
	 *
	 * @param array<array-key, array{marketplace: string, asin: string}> $keys Which.
	 * @return list<Picture>
	 */
	public function read( array $keys ): array {
		global $wpdb;
		$rows = array();
		$uses = array();
		foreach ( array_chunk( $keys, 100 ) as $chunk ) {
			$each   = implode( ' OR ', array_fill( 0, count( $chunk ), '(marketplace = %s AND asin = %s)' ) );
			$values = array();
			foreach ( $chunk as $key ) {
				array_push( $values, $key['marketplace'], $key['asin'] );
			}
			// phpcs:disable WordPress.DB -- placeholders only; own tables, must be current.
			foreach ( (array) $wpdb->get_results( $wpdb->prepare( "SELECT marketplace, asin, image, fetched_at, due_at, failed_code, failed_message, excluded FROM %i WHERE {$each}", array( Schema::images(), ...$values ) ), ARRAY_A ) as $row ) {
				$rows[ Image_Cache::key( $row['marketplace'], $row['asin'] ) ] = $row;
			}
			foreach ( (array) $wpdb->get_results( $wpdb->prepare( "SELECT marketplace, asin, COUNT(*) AS posts FROM %i WHERE {$each} GROUP BY marketplace, asin", array( Schema::uses(), ...$values ) ), ARRAY_A ) as $row ) {
				$uses[ Image_Cache::key( $row['marketplace'], $row['asin'] ) ] = (int) $row['posts'];
			}
			// phpcs:enable
		}
		$pictures = array();
		foreach ( $keys as $key ) {
			$name = Image_Cache::key( $key['marketplace'], $key['asin'] );
			if ( isset( $rows[ $name ] ) ) {
				$pictures[] = self::picture( $rows[ $name ], $uses[ $name ] ?? 0 );
			}
		}
		return $pictures;
	}

	/**
	 * How many pictures become due in each of the next 24 hours; those that wait already count for the first.
	 *
	 * @return list<int> 24 numbers.
	 */
	public function hours_ahead(): array {
		global $wpdb;
		$hours = array_fill( 0, 24, 0 );
		if ( Schema::is_ready() ) {
			$now  = time();
			$rows = $wpdb->get_results( $wpdb->prepare( 'SELECT CASE WHEN due_at <= %d THEN 0 ELSE (due_at - %d - MOD(due_at - %d, 3600)) / 3600 END AS hour, COUNT(*) AS number FROM %i WHERE excluded = 0 AND due_at < %d GROUP BY hour', $now, $now, $now, Schema::images(), $now + DAY_IN_SECONDS ), ARRAY_A ); // phpcs:ignore WordPress.DB.DirectDatabaseQuery -- own table, must be current.
			foreach ( (array) $rows as $row ) {
				$hours[ max( 0, min( 23, (int) $row['hour'] ) ) ] += (int) $row['number'];
			}
		}
		return $hours;
	}

	/**
	 * The marketplaces that pictures stand under.
	 *
	 * @return list<string> Hosts.
	 */
	public function marketplaces(): array {
		global $wpdb;
		return Schema::is_ready() ? $wpdb->get_col( $wpdb->prepare( 'SELECT DISTINCT marketplace FROM %i ORDER BY marketplace', Schema::images() ) ) : array(); // phpcs:ignore WordPress.DB.DirectDatabaseQuery -- own table, must be current.
	}

	/**
	 * The conditions of a filter.
	 *
	 * @param Filter $filter What is wanted.
	 * @return array{0: string, 1: list<mixed>} With placeholders, and what they stand for.
	 */
	private static function where( array $filter ): array {
		global $wpdb;
		$until  = time() - Image_Store::LIFETIME;
		$gone   = implode( ', ', array_fill( 0, count( self::GONE_CODES ), '%s' ) );
		$states = array(
			'excluded' => array( 'images.excluded = 1', array() ),
			'fresh'    => array( 'images.excluded = 0 AND images.fetched_at > %d', array( $until ) ),
			'waiting'  => array( "images.excluded = 0 AND images.failed_code = '' AND images.fetched_at <= %d", array( $until ) ),
			'failed'   => array( "images.excluded = 0 AND images.failed_code > '' AND images.failed_code NOT IN ({$gone}) AND images.fetched_at <= %d", array( ...self::GONE_CODES, $until ) ),
			'gone'     => array( "images.excluded = 0 AND images.failed_code IN ({$gone}) AND images.fetched_at <= %d", array( ...self::GONE_CODES, $until ) ),
		);

		list( $where, $values ) = $states[ $filter['state'] ?? '' ] ?? array( '1 = 1', array() );
		if ( '' !== ( $filter['marketplace'] ?? '' ) ) {
			$where   .= ' AND images.marketplace = %s';
			$values[] = $filter['marketplace'];
		}
		if ( isset( $filter['asins'] ) ) {
			$asins  = array() === $filter['asins'] ? array( '' ) : $filter['asins'];
			$where .= ' AND images.asin IN (' . implode( ', ', array_fill( 0, count( $asins ), '%s' ) ) . ')';
			$values = array( ...$values, ...$asins );
		}
		$search = trim( $filter['search'] ?? '' );
		if ( 1 === preg_match( '/\A(?:B0[A-Z0-9]{1,8}|[A-Z0-9]{10})\z/i', $search ) ) {
			$where   .= ' AND images.asin LIKE %s';
			$values[] = $wpdb->esc_like( strtoupper( $search ) ) . '%';
		} elseif ( '' !== $search ) {
			// As it stands in the JSON.
			$where   .= ' AND images.image LIKE %s';
			$values[] = '%"title":"%' . $wpdb->esc_like( substr( (string) wp_json_encode( $search ), 1, -1 ) ) . '%"detail_page_url"%';
		}
		return array( $where, $values );
	}

	/**
	 * A row as people see it.
	 *
	 * @param array<string, mixed> $row   A row.
	 * @param int                  $posts How many posts show it.
	 * @return Picture
	 */
	private static function picture( array $row, int $posts ): array {
		$image = null === $row['image'] ? null : json_decode( (string) $row['image'], true );
		return array(
			'marketplace' => (string) $row['marketplace'],
			'asin'        => (string) $row['asin'],
			'state'       => self::state( $row ),
			'reason'      => (string) $row['failed_code'],
			'message'     => (string) $row['failed_message'],
			'posts'       => $posts,
			'fetched_at'  => (int) $row['fetched_at'],
			'due_at'      => (int) $row['due_at'],
			'title'       => is_array( $image ) ? (string) ( $image['title'] ?? '' ) : '',
			'image'       => is_array( $image ) ? $image : null,
		);
	}
}
