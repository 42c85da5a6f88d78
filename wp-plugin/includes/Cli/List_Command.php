<?php
/**
 * `wp creators-images list`.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Cli;

use Creators_Image_Refresh\Storage\Listing\Image_Query;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Lists the pictures.
 *
 * @phpstan-import-type Filter from Image_Query
 * @phpstan-import-type Picture from Image_Query
 */
final class List_Command {

	private const ROWS_A_PAGE = 500;

	/**
	 * Takes what it lists.
	 *
	 * @param Image_Query $query The pictures.
	 */
	public function __construct( private Image_Query $query ) {}

	/**
	 * Lists the pictures that are known.
	 *
	 * ## OPTIONS
	 *
	 * [--state=<state>]
	 * : Only those that are fresh, waiting, failed, gone or excluded.
	 *
	 * [--marketplace=<host>]
	 * : Only those of one Amazon country, for instance www.amazon.de.
	 *
	 * [--ids=<asins>]
	 * : Only these products, parted by commas.
	 *
	 * [--search=<words>]
	 * : Only those with this beginning of a product number, or with these words in their title.
	 *
	 * [--orderby=<column>]
	 * : asin, age, posts or state.
	 * ---
	 * default: asin
	 * ---
	 *
	 * [--order=<direction>]
	 * : asc or desc.
	 *
	 * [--limit=<number>]
	 * : At most so many.
	 *
	 * [--format=<format>]
	 * : table, json, csv, ids or count.
	 * ---
	 * default: table
	 * ---
	 *
	 * ## EXIT STATUS
	 *
	 * 0 where the list was printed, be it empty; 1 where an option cannot be meant.
	 *
	 * ## EXAMPLES
	 *
	 *     wp creators-images list --state=gone --format=csv
	 *     wp creators-images refresh --ids="$(wp creators-images list --state=failed --format=ids)"
	 *
	 * @param list<string>         $args    None.
	 * @param array<string, mixed> $options By name.
	 */
	public function __invoke( array $args, array $options ): void {
		$format = Output::format( $options );
		$order  = Output::choice( $options, 'orderby', Image_Query::ORDERS, 'asin' );
		$down   = 'desc' === Output::choice( $options, 'order', array( 'asc', 'desc' ), 'asc' );
		$filter = array(
			'state'       => Output::choice( $options, 'state', Image_Query::STATES, '' ),
			'marketplace' => Output::marketplace( $options ),
			'search'      => (string) ( $options['search'] ?? '' ),
		);
		$asins  = Output::asins( $options );
		if ( null !== $asins ) {
			$filter['asins'] = $asins;
		}
		$limit = Output::limit( $options, PHP_INT_MAX );
		if ( 'count' === $format ) {
			\WP_CLI::line( (string) min( $limit, $this->query->count( $filter ) ) );
			return;
		}
		$rows = array();
		foreach ( $this->pictures( $filter, $order, $down, $limit ) as $picture ) {
			$rows[] = array(
				'asin'        => $picture['asin'],
				'marketplace' => $picture['marketplace'],
				'state'       => $picture['state'],
				'reason'      => $picture['reason'],
				'posts'       => $picture['posts'],
				'age'         => 0 === $picture['fetched_at'] ? '' : (string) ( time() - $picture['fetched_at'] ),
				'title'       => $picture['title'],
			);
		}
		Output::rows( $format, $rows, array( 'asin', 'marketplace', 'state', 'reason', 'posts', 'age', 'title' ), 'asin' );
	}

	/**
	 * The pictures, a few at a time.
	 *
	 * @param Filter $filter Which.
	 * @param string $order  One of Image_Query::ORDERS.
	 * @param bool   $down   Whether the other way round.
	 * @param int    $limit  How many.
	 * @return \Generator<Picture>
	 */
	private function pictures( array $filter, string $order, bool $down, int $limit ): \Generator {
		if ( 'asin' === $order && ! $down && PHP_INT_MAX === $limit ) {
			yield from $this->query->all( $filter );
			return;
		}
		$offset = 0;
		do {
			$page    = $this->query->pictures( $filter, $order, $down, min( self::ROWS_A_PAGE, $limit - $offset ), $offset );
			$offset += count( $page );
			foreach ( $page as $picture ) {
				yield $picture;
			}
		} while ( count( $page ) === self::ROWS_A_PAGE && $offset < $limit );
	}
}
