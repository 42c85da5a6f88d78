<?php
/**
 * Looks for something in all pictures.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Goes through the index of the table of pictures that holds the words of titles, in steps: no query is long, however many
 * pictures there are, and nothing is left out.
 *
 * @phpstan-import-type Filter from Image_Query
 */
final class Image_Search {

	private const ROWS_A_STEP = 5000;

	/**
	 * How many match in each step, by filter: whoever counts wants to see some of them next.
	 *
	 * @var array<string, list<int>>
	 */
	private array $found = array();

	/**
	 * The steps.
	 *
	 * @var non-empty-list<array{0: string, 1: string|null}>|null
	 */
	private ?array $steps = null;

	/**
	 * How many pictures match.
	 *
	 * @param Filter $filter What is wanted.
	 * @return int
	 */
	public function count( array $filter ): int {
		return (int) array_sum( $this->found( $filter ) );
	}

	/**
	 * Pictures that match.
	 *
	 * @param Filter $filter What is wanted.
	 * @param string $order  One of Image_Query::ORDERS.
	 * @param bool   $down   Whether the other way round.
	 * @param int    $limit  How many.
	 * @param int    $offset After how many.
	 * @return list<array{marketplace: string, asin: string}>
	 */
	public function keys( array $filter, string $order, bool $down, int $limit, int $offset ): array {
		$found = array_filter( $this->found( $filter ) );
		// A later question may find others.
		$this->found = array();

		$steps = array_intersect_key( $this->steps(), $found );
		$keys  = array();
		if ( 'asin' !== $order ) {
			$names = array();
			foreach ( $steps as $step ) {
				foreach ( $this->read( $filter, $step, $order, $down, $offset + $limit, 0 ) as $row ) {
					$names[] = self::name( $row, $order );
				}
			}
			return self::sorted( $names, $order, $down, $limit, $offset );
		}
		foreach ( $down ? array_reverse( $steps, true ) : $steps as $number => $step ) {
			if ( count( $keys ) === $limit ) {
				break;
			}
			if ( $found[ $number ] > $offset ) {
				$keys = array_merge( $keys, $this->read( $filter, $step, $order, $down, $limit - count( $keys ), $offset ) );
			}
			$offset = max( 0, $offset - $found[ $number ] );
		}
		return $keys;
	}

	/**
	 * All pictures that match, by ASIN, step by step.
	 *
	 * @param Filter $filter What is wanted.
	 * @return \Generator<list<array{marketplace: string, asin: string}>>
	 */
	public function all( array $filter ): \Generator {
		foreach ( Schema::is_ready() ? $this->steps() : array() as $step ) {
			yield $this->read( $filter, $step, 'asin', false, PHP_INT_MAX, 0 );
		}
	}

	/**
	 * The steps, the same for every question.
	 *
	 * @return non-empty-list<array{0: string, 1: string|null}>
	 */
	private function steps(): array {
		$this->steps ??= Image_Steps::by_number( self::ROWS_A_STEP );
		return $this->steps;
	}

	/**
	 * Counts what matches, step by step.
	 *
	 * @param Filter $filter What is wanted.
	 * @return list<int> By step.
	 */
	private function found( array $filter ): array {
		global $wpdb;
		$name = (string) wp_json_encode( $filter );
		if ( ! isset( $this->found[ $name ] ) ) {
			$this->found[ $name ]   = array();
			list( $where, $values ) = Image_Filter::where( $filter );
			foreach ( $this->steps() as $step ) {
				list( $within, $ends )  = Image_Steps::where( $step );
				$this->found[ $name ][] = (int) $wpdb->get_var( $wpdb->prepare( "SELECT COUNT(*) FROM %i AS images FORCE INDEX (searched) WHERE {$within} AND {$where}", Schema::images(), ...$ends, ...$values ) ); // phpcs:ignore WordPress.DB -- placeholders only; own table, must be current.
			}
		}
		return $this->found[ $name ];
	}

	/**
	 * Reads what matches in one step.
	 *
	 * @param Filter                           $filter What is wanted.
	 * @param array{0: string, 1: string|null} $step   Of Image_Steps.
	 * @param string                           $order  One of Image_Query::ORDERS.
	 * @param bool                             $down   Whether the other way round.
	 * @param int                              $limit  How many.
	 * @param int                              $offset After how many.
	 * @return list<array<string, string>>
	 */
	private function read( array $filter, array $step, string $order, bool $down, int $limit, int $offset ): array {
		global $wpdb;
		list( $where, $values ) = Image_Filter::where( $filter );
		list( $within, $ends )  = Image_Steps::where( $step );

		$by      = Image_Query::order_by( $order, $down );
		$columns = 'images.marketplace, images.asin' . ( 'asin' === $order ? '' : ', images.excluded, images.failed_code, images.fetched_at, images.posts' );
		return (array) $wpdb->get_results( $wpdb->prepare( "SELECT {$columns} FROM %i AS images FORCE INDEX (searched) WHERE {$within} AND {$where} ORDER BY {$by} LIMIT %d OFFSET %d", array( Schema::images(), ...$ends, ...$values, $limit, $offset ) ), ARRAY_A ); // phpcs:ignore WordPress.DB -- placeholders and fixed words only; own table, must be current.
	}

	/**
	 * A name by which a row sorts as it does in the database. One string for each: there may be many.
	 *
	 * @param array<string, string> $row   A row.
	 * @param string                $order One of Image_Query::ORDERS.
	 * @return string Ends in marketplace and ASIN, or the other way round.
	 */
	private static function name( array $row, string $order ): string {
		return match ( $order ) {
			'age'   => sprintf( '%020d %s %s', $row['fetched_at'], $row['marketplace'], $row['asin'] ),
			'posts' => sprintf( '%020d %s %s', $row['posts'], $row['asin'], $row['marketplace'] ),
			default => sprintf( '%d %s %020d %020d %s %s', $row['excluded'], strtolower( $row['failed_code'] ), $row['fetched_at'], $row['posts'], $row['marketplace'], $row['asin'] ),
		};
	}

	/**
	 * Sorts what several steps have brought.
	 *
	 * @param list<string> $names  Of name().
	 * @param string       $order  One of Image_Query::ORDERS.
	 * @param bool         $down   Whether the other way round.
	 * @param int          $limit  How many.
	 * @param int          $offset After how many.
	 * @return list<array{marketplace: string, asin: string}>
	 */
	private static function sorted( array $names, string $order, bool $down, int $limit, int $offset ): array {
		sort( $names, SORT_STRING );
		// The youngest has the highest time.
		if ( ( 'age' === $order ) !== $down ) {
			$names = array_reverse( $names );
		}
		$keys = array();
		foreach ( array_slice( $names, $offset, $limit ) as $name ) {
			$two    = array_slice( explode( ' ', $name ), -2 );
			$keys[] = array(
				'marketplace' => 'posts' === $order ? $two[1] : $two[0],
				'asin'        => 'posts' === $order ? $two[0] : $two[1],
			);
		}
		return $keys;
	}
}
