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

use Creators_Image_Refresh\Settings\Image_Age;
use Creators_Image_Refresh\Storage\Database;
use Creators_Image_Refresh\Storage\Image_Cache;
use Creators_Image_Refresh\Storage\Image_Keys;
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

	/** Comes behind every other ASIN. */
	public const END = 'ZZZZZZZZZZ';

	/** What Amazon says of products that it no longer offers. */
	public const GONE_CODES = array( 'ItemNotAccessible', 'ResourceNotFoundException', 'NotReturned' );

	/** With so much of a product number, few are left. */
	private const FEW_BEGIN_SO = 5;

	private const ROWS_A_STEP  = 1000;
	private const ROWS_A_QUERY = 100;

	/** Characters of a title, as the extension bounds it. */
	private const TITLE = 500;

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
		if ( (int) $row['fetched_at'] > time() - Image_Age::LIFETIME ) {
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
		$counts = array_fill_keys( array( 'all', ...self::STATES ), 0 );
		foreach ( Image_Counts::groups( $marketplace ) as $group ) {
			$counts[ self::state( $group ) ] += $group['number'];
			$counts['all']                   += $group['number'];
		}
		return $counts;
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
		[ $where, $values ] = Image_Filter::where( $filter );

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
		[ $where, $values ] = Image_Filter::where( $filter );

		$query = 'SELECT images.marketplace, images.asin FROM %i AS images ' . self::index( $filter, $order )
			. " WHERE {$where} ORDER BY " . self::order_by( $order, $down ) . ' LIMIT %d OFFSET %d';
		return self::read( Database::rows( $query, Schema::images(), ...array( ...$values, $limit, $offset ) ) );
	}

	/**
	 * All pictures that match, by ASIN, a few at a time.
	 *
	 * @param Filter $filter What is wanted.
	 * @return \Generator<Picture>
	 */
	public function all( array $filter ): \Generator {
		[ $where, $values ] = Image_Filter::where( $filter );

		$query = 'SELECT images.marketplace, images.asin FROM %i AS images FORCE INDEX (by_asin)'
			. " WHERE images.asin > %s AND images.asin <= %s AND {$where} ORDER BY images.asin, images.marketplace";
		$last  = Schema::is_ready() ? '' : self::END;
		while ( self::END !== $last ) {
			$after = $last;
			$last  = self::end_of_step( $after, self::ROWS_A_STEP );
			$keys  = Database::rows( $query, Schema::images(), $after, $last, ...$values );
			foreach ( array_chunk( $keys, self::ROWS_A_QUERY ) as $chunk ) {
				yield from self::read( $chunk );
			}
		}
	}

	/**
	 * Where a step through the table ends that takes about so many rows.
	 *
	 * @param string $after The ASIN before the first.
	 * @param int    $rows  About so many pictures.
	 * @return string The last ASIN; END where there are no more.
	 */
	public static function end_of_step( string $after, int $rows ): string {
		$query = 'SELECT asin FROM %i WHERE asin > %s ORDER BY asin LIMIT 1 OFFSET %d';
		return Database::value( $query, Schema::images(), $after, $rows - 1 ) ?? self::END;
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
	 * Pictures by their keys, in the same order; those that are not known are left out.
	 *
	 * @param array<array-key, array{marketplace: string, asin: string}> $keys Which.
	 * @return list<Picture>
	 */
	public static function read( array $keys ): array {
		$pictures = array_fill_keys( Image_Keys::names( $keys ), null );
		$columns  = 'marketplace, asin, image, fetched_at, due_at, failed_code, failed_message, excluded, posts';
		foreach ( Image_Keys::conditions( $keys ) as [ $any, $values ] ) {
			foreach ( Database::rows( "SELECT {$columns} FROM %i WHERE {$any}", Schema::images(), ...$values ) as $row ) {
				$pictures[ Image_Cache::key( $row['marketplace'], $row['asin'] ) ] = self::picture( $row );
			}
		}
		return array_values( array_filter( $pictures ) );
	}

	/**
	 * A row as people see it.
	 *
	 * @param array<string, mixed> $row A row.
	 * @return Picture
	 */
	private static function picture( array $row ): array {
		$image = null === $row['image'] ? null : json_decode( (string) $row['image'], true );
		return array(
			'marketplace' => (string) $row['marketplace'],
			'asin'        => (string) $row['asin'],
			'state'       => self::state( $row ),
			'reason'      => (string) $row['failed_code'],
			'message'     => (string) $row['failed_message'],
			'posts'       => (int) $row['posts'],
			'fetched_at'  => (int) $row['fetched_at'],
			'due_at'      => (int) $row['due_at'],
			'title'       => self::title( is_array( $image ) ? $image['title'] ?? '' : '' ),
			'image'       => is_array( $image ) ? $image : null,
		);
	}

	/**
	 * A title as it may be shown. The extension gives none that is longer, or has a character that is not seen or turns the
	 * direction of writing; older versions have stored some.
	 *
	 * @param mixed $title From an Image.
	 */
	private static function title( mixed $title ): string {
		$title = is_string( $title ) ? mb_substr( $title, 0, self::TITLE ) : '';
		return ltrim(
			(string) preg_replace(
				'/[\p{Cc}\x{AD}\x{61C}\x{200B}\x{200E}\x{200F}\x{2028}-\x{202E}\x{2060}-\x{206F}\x{FEFF}]+/u',
				' ',
				$title
			)
		);
	}
}
