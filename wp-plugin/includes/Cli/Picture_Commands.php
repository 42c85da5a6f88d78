<?php
/**
 * Commands of WP-CLI about pictures.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Cli;

use Creators_Image_Refresh\Plugin;
use Creators_Image_Refresh\Refresh\Image_Actions;
use Creators_Image_Refresh\Storage\Listing\Image_Counts;
use Creators_Image_Refresh\Storage\Listing\Image_Query;

defined( 'ABSPATH' ) || exit;

/**
 * Lists and refreshes pictures.
 *
 * @phpstan-import-type Filter from Image_Query
 * @phpstan-import-type Picture from Image_Query
 */
final class Picture_Commands {

	private const SLICE_SECONDS = 30.0;
	private const ROWS_A_PAGE   = 500;
	private const FIELDS        = array( 'asin', 'marketplace', 'state' );

	/**
	 * Takes what the commands work with.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public function __construct( private Plugin $plugin ) {}

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
	public function list( array $args, array $options ): void {
		$format = Output::format( $options );
		$order  = Output::choice( $options, 'orderby', Image_Query::ORDERS, 'asin' );
		$down   = 'desc' === Output::choice( $options, 'order', array( 'asc', 'desc' ), 'asc' );
		$filter = Output::filter( $options ) + array(
			'state'  => Output::choice( $options, 'state', Image_Query::STATES, '' ),
			'search' => (string) ( $options['search'] ?? '' ),
		);
		$limit  = Output::limit( $options, PHP_INT_MAX );
		if ( 'count' === $format ) {
			\WP_CLI::line( (string) min( $limit, $this->plugin->image_query()->count( $filter ) ) );
			return;
		}
		$rows    = array();
		$columns = array_flip( array( 'asin', 'marketplace', 'state', 'reason', 'posts', 'age', 'title' ) );
		foreach ( $this->pictures( $filter, $order, $down, $limit ) as $picture ) {
			$picture['age'] = 0 === $picture['fetched_at'] ? '' : (string) ( time() - $picture['fetched_at'] );

			$rows[] = array_merge( $columns, array_intersect_key( $picture, $columns ) );
		}
		Output::rows( $format, $rows, array_keys( $columns ), 'asin' );
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
			yield from $this->plugin->image_query()->all( $filter );
			return;
		}
		$offset = 0;
		do {
			$most    = min( self::ROWS_A_PAGE, $limit - $offset );
			$page    = $this->plugin->image_query()->pictures( $filter, $order, $down, $most, $offset );
			$number  = count( $page );
			$offset += $number;
			yield from array_values( $page );
		} while ( self::ROWS_A_PAGE === $number && $offset < $limit );
	}

	/**
	 * Fetches fresh picture links from Amazon: of all pictures that are due, or of those that are named, due or not.
	 *
	 * ## OPTIONS
	 *
	 * [--ids=<asins>]
	 * : Only these products, parted by commas or blanks.
	 *
	 * [--marketplace=<host>]
	 * : Only those of one Amazon country, for instance www.amazon.de.
	 *
	 * [--limit=<number>]
	 * : At most so many; 1000 at once.
	 *
	 * [--dry-run]
	 * : Only say what would be fetched. Amazon is not asked.
	 *
	 * [--format=<format>]
	 * : How to print what a dry run has found: table, json, csv, ids or count.
	 * ---
	 * default: table
	 * ---
	 *
	 * ## EXIT STATUS
	 *
	 * 0 where everything was asked for, or another run is under way; 1 where that failed for now (Amazon or the network fails,
	 * or asks for patience), so that the next run goes on; 2 where an account is refused or something is missing, so that a
	 * person is needed.
	 *
	 * ## EXAMPLES
	 *
	 *     wp creators-images refresh
	 *     wp creators-images refresh --marketplace=www.amazon.de --limit=50
	 *     wp creators-images refresh --ids=B00TSUGXKE,B01LYCLS24 --dry-run
	 *
	 * @param list<string>         $args    None.
	 * @param array<string, mixed> $options By name.
	 */
	public function refresh( array $args, array $options ): void {
		$format = Output::format( $options );
		$named  = array() !== array_intersect_key( $options, array_flip( array( 'ids', 'marketplace', 'limit' ) ) );
		if ( ! empty( $options['dry-run'] ) ) {
			Output::rows( $format, $named ? $this->named( $options ) : $this->due(), self::FIELDS, 'asin' );
			return;
		}
		if ( $named ) {
			$this->refresh_named( $this->named( $options ) );
			return;
		}
		$this->plugin->run_log()->forget_refusals();
		$refreshed = 0;
		$bar       = null;
		do {
			$run = $this->plugin->refresher()->run_slice( self::SLICE_SECONDS, 'person' );
			if ( is_wp_error( $run ) ) {
				Output::fail_with( $run );
				return;
			}
			$done       = $run['refreshed'] + $run['failed'];
			$bar      ??= self::bar( $done + Image_Counts::hours_ahead()[0] );
			$refreshed += $run['refreshed'];
			$bar->tick( $done );
		} while ( $run['more'] );
		$bar->finish();
		if ( null !== $run['stopped'] ) {
			Output::fail( $run['stopped']['status'], $this->plugin->status_report()->reason( $run['stopped'] ) );
		}
		\WP_CLI::success(
			sprintf(
				/* translators: %s: a number of pictures. */
				_n( '%s picture refreshed.', '%s pictures refreshed.', $refreshed, 'creators-image-refresh' ),
				number_format_i18n( $refreshed )
			)
		);
	}

	/**
	 * Refreshes what was named.
	 *
	 * @param list<array<string, mixed>> $pictures Which.
	 */
	private function refresh_named( array $pictures ): void {
		if ( array() === $pictures ) {
			\WP_CLI::error(
				__( 'No picture matches. “wp creators-images list” shows those that are known.', 'creators-image-refresh' )
			);
		}
		$actions = $this->plugin->image_actions();
		$error   = $actions->start( $pictures );
		if ( null !== $error ) {
			Output::fail_with( $error );
			return;
		}
		$bar  = self::bar( count( $pictures ) );
		$done = 0;
		do {
			$progress = $actions->slice( self::SLICE_SECONDS );
			$new      = max( 0, $progress['done'] - $done );
			$done    += $new;
			$bar->tick( $new );
		} while ( 'running' === $progress['state'] && $new > 0 );
		$bar->finish();
		if ( 'stopped' === $progress['state'] ) {
			Output::fail( $progress['status'], $progress['sentence'] );
		}
		\WP_CLI::success( $progress['sentence'] );
	}

	/**
	 * A bar.
	 *
	 * @param int $pictures How many there are.
	 */
	private static function bar( int $pictures ): object {
		return \WP_CLI\Utils\make_progress_bar(
			__( 'Fetching fresh pictures from Amazon', 'creators-image-refresh' ),
			max( 1, $pictures )
		);
	}

	/**
	 * The pictures that were named.
	 *
	 * @param array<string, mixed> $options By name.
	 * @return list<array<string, mixed>>
	 */
	private function named( array $options ): array {
		$limit  = min( Image_Actions::MOST, Output::limit( $options, Image_Actions::MOST ) );
		$chosen = array();
		foreach ( $this->pictures( Output::filter( $options ), 'age', true, PHP_INT_MAX ) as $picture ) {
			if ( 'excluded' !== $picture['state'] && array_push( $chosen, $picture ) === $limit ) {
				break;
			}
		}
		return $chosen;
	}

	/**
	 * All pictures that are due; of each no more than is printed, since there may be many.
	 *
	 * @return list<array<string, string>>
	 */
	private function due(): array {
		$due = array();
		foreach ( $this->plugin->image_query()->all( array() ) as $picture ) {
			if ( $picture['due_at'] <= time() && 'excluded' !== $picture['state'] ) {
				$due[] = array_intersect_key( $picture, array_flip( self::FIELDS ) );
			}
		}
		return $due;
	}
}
