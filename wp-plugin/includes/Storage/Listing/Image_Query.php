<?php
/**
 * The pictures, for people to look through.
 *
 * The room of lists: pictures counted, searched, filtered and taken in steps, for tables and commands. It changes nothing.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Storage\Listing;

use Creators_Image_Refresh\Storage\Database;
use Creators_Image_Refresh\Storage\Image_Repository;
use Creators_Image_Refresh\Storage\Schema;

defined( 'ABSPATH' ) || exit;

/**
 * Filters, sorts and counts the table of pictures, for the screen, the export and the command line alike. The keys of a
 * page's rows are found on indexes first; only then are those few rows read.
 *
 * @phpstan-type Picture array{marketplace: string, asin: string, state: string, reason: string, message: string, posts: int,
 *     fetched_at: int, due_at: int, title: string, image: array<string, mixed>|null}
 * @phpstan-type Filter array{state?: string, marketplace?: string, search?: string, asins?: list<string>}
 */
final class Image_Query {

	public const STATES = array( 'fresh', 'waiting', 'failed', 'gone', 'excluded' );
	public const ORDERS = array( 'asin', 'age', 'posts', 'state' );

	/** What Amazon says of products that it no longer offers. */
	public const GONE_CODES = array( 'ItemNotAccessible', 'ResourceNotFoundException', 'NotReturned' );

	/** Numbers over the whole table are worth a query once in a while, and not with every page. */
	private const REMEMBERED = 30;
	private const LARGE      = 20000;
	private const COUNTS     = 'creators_image_refresh_image_counts';

	/** From here on it is worth to know how many there are in all. */
	private const FAR = 1000;

	/** With so much of a product number, few are left. */
	private const FEW_BEGIN_SO = 5;

	private const ROWS_A_STEP  = 1000;
	private const ROWS_A_QUERY = 100;

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
		if ( (int) $row['fetched_at'] > time() - Image_Repository::LIFETIME ) {
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
		$saved = get_transient( self::COUNTS );
		$saved = is_array( $saved ) ? $saved : array();
		if ( isset( $saved[ $marketplace ] ) ) {
			return $saved[ $marketplace ];
		}
		$counts = array_fill_keys( array( 'all', ...self::STATES ), 0 );
		foreach ( array_merge( array(), ...array_values( Image_Counts::groups( $marketplace ) ) ) as $group ) {
			$counts[ self::state( $group ) ] += $group['number'];
			$counts['all']                   += $group['number'];
		}
		if ( $counts['all'] > self::LARGE ) {
			set_transient( self::COUNTS, array( $marketplace => $counts ) + $saved, self::REMEMBERED );
		}
		return $counts;
	}

	/** Forgets the numbers: something was changed by hand. */
	public static function forget_counts(): void {
		delete_transient( self::COUNTS );
		Image_Counts::forget();
	}

	/**
	 * How many pictures match.
	 *
	 * @param Filter $filter What is wanted.
	 */
	public function count( array $filter ): int {
		if ( ! Schema::is_ready() ) {
			return 0;
		}
		if ( ! isset( $filter['asins'] ) && ! Image_Filter::is_search( $filter ) ) {
			$counts = $this->counts( $filter['marketplace'] ?? '' );
			return $counts[ $filter['state'] ?? '' ] ?? $counts['all'];
		}
		list( $where, $values ) = Image_Filter::where( $filter );

		$index = self::index( $filter, '' );
		return (int) Database::value( "SELECT COUNT(*) FROM %i AS images {$index} WHERE {$where}", Schema::images(), ...$values );
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
		if ( ! Schema::is_ready() ) {
			return array();
		}
		if ( $offset < self::FAR ) {
			return Image_Rows::read( $this->keys( $filter, $order, $down, $limit, $offset ) );
		}
		// The way from the end may be the shorter one.
		$total = $this->count( $filter );
		$limit = min( $limit, $total - $offset );
		if ( $limit < 1 ) {
			return array();
		}
		$rest = $total - $offset - $limit;
		return Image_Rows::read(
			$rest < $offset
				? array_reverse( $this->keys( $filter, $order, ! $down, $limit, $rest ) )
				: $this->keys( $filter, $order, $down, $limit, $offset )
		);
	}

	/**
	 * All pictures that match, by ASIN, a few at a time.
	 *
	 * @param Filter $filter What is wanted.
	 * @return \Generator<Picture>
	 */
	public function all( array $filter ): \Generator {
		list( $where, $values ) = Image_Filter::where( $filter );

		$last = Schema::is_ready() ? '' : null;
		while ( null !== $last ) {
			$after               = $last;
			$last                = Image_Batches::end_after( $after, self::ROWS_A_STEP );
			list( $step, $ends ) = Image_Batches::where( array( $after, $last ) );

			$query = "SELECT images.marketplace, images.asin FROM %i AS images FORCE INDEX (by_asin) WHERE {$step} AND {$where}"
				. ' ORDER BY images.asin, images.marketplace';
			$keys  = Database::rows( $query, Schema::images(), ...$ends, ...$values );
			foreach ( array_chunk( $keys, self::ROWS_A_QUERY ) as $chunk ) {
				yield from array_values( Image_Rows::read( $chunk ) );
			}
		}
	}

	/**
	 * An order, in SQL.
	 *
	 * @param string $order One of ORDERS.
	 * @param bool   $down  Whether the other way round.
	 */
	private static function order_by( string $order, bool $down ): string {
		// The youngest has the highest time.
		$way = ( 'age' === $order ) === $down ? ' ASC' : ' DESC';
		return implode(
			"{$way}, ",
			array(
				'age'   => array( 'images.fetched_at', 'images.marketplace', 'images.asin' ),
				'state' => array(
					...array( 'images.excluded', 'images.failed_code', 'images.fetched_at' ),
					...array( 'images.posts', 'images.marketplace', 'images.asin' ),
				),
				'posts' => array( 'images.posts', 'images.asin', 'images.marketplace' ),
			)[ $order ] ?? array( 'images.asin', 'images.marketplace' )
		) . $way;
	}

	/**
	 * The keys of pictures that match.
	 *
	 * @param Filter $filter What is wanted.
	 * @param string $order  One of ORDERS.
	 * @param bool   $down   Whether the other way round.
	 * @param int    $limit  How many.
	 * @param int    $offset After how many.
	 * @return list<array{marketplace: string, asin: string}>
	 */
	private function keys( array $filter, string $order, bool $down, int $limit, int $offset ): array {
		list( $where, $values ) = Image_Filter::where( $filter );

		$query = 'SELECT images.marketplace, images.asin FROM %i AS images ' . self::index( $filter, $order )
			. " WHERE {$where} ORDER BY " . self::order_by( $order, $down ) . ' LIMIT %d OFFSET %d';
		return Database::rows( $query, Schema::images(), ...array( ...$values, $limit, $offset ) );
	}

	/**
	 * The index to go through: that of product numbers where they are asked for, and for all else the one that holds whatever a
	 * filter or an order asks for. At most once from end to end; databases guess wrong here, at the price of a second.
	 *
	 * @param Filter $filter What is wanted.
	 * @param string $order  One of ORDERS; empty for none.
	 * @return string A hint, in SQL.
	 */
	private static function index( array $filter, string $order ): string {
		if ( isset( $filter['asins'] ) ) {
			return '';
		}
		$search  = trim( $filter['search'] ?? '' );
		$all     = '' === ( $filter['marketplace'] ?? '' ) . ( $filter['state'] ?? '' ) . $search;
		$by_asin = ( $all && 'asin' === $order )
			|| ( strlen( $search ) >= self::FEW_BEGIN_SO && Image_Filter::is_asin( $search ) );
		return $by_asin ? 'FORCE INDEX (by_asin)' : 'FORCE INDEX (listed)';
	}

	/**
	 * How many pictures become due in each of the next 24 hours; those that wait already count for the first.
	 *
	 * @return list<int> 24 numbers.
	 */
	public function hours_ahead(): array {
		return Image_Counts::hours_ahead();
	}

	/**
	 * The marketplaces that pictures stand under.
	 *
	 * @return list<string> Hosts.
	 */
	public function marketplaces(): array {
		return Image_Counts::marketplaces();
	}
}
