<?php
/**
 * `wp creators-images refresh`.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Cli;

use Creators_Image_Refresh\Refresh\Image_Actions;
use Creators_Image_Refresh\Refresh\Refresh_Runner;
use Creators_Image_Refresh\Refresh\Run_Log;
use Creators_Image_Refresh\Reporting\Status_Report;
use Creators_Image_Refresh\Storage\Listing\Image_Query;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Refreshes pictures.
 *
 * @phpstan-import-type Filter from Image_Query
 */
final class Refresh_Command {

	private const SLICE_SECONDS = 30.0;
	private const ROWS_A_PAGE   = 500;
	private const FIELDS        = array( 'asin', 'marketplace', 'state' );

	/**
	 * Takes what it works with.
	 *
	 * @param Refresh_Runner $refresher Fetches what is due.
	 * @param Image_Query    $query     The pictures.
	 * @param Image_Actions  $choice    Refreshes a selection.
	 * @param Run_Log        $log       Knows who was refused.
	 * @param Status_Report  $report    Words.
	 */
	public function __construct(
		private Refresh_Runner $refresher,
		private Image_Query $query,
		private Image_Actions $choice,
		private Run_Log $log,
		private Status_Report $report
	) {}

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
	public function __invoke( array $args, array $options ): void {
		$format = Output::format( $options );
		$chosen = array_intersect_key( $options, array_flip( array( 'ids', 'marketplace', 'limit' ) ) );
		if ( array() !== $chosen ) {
			$this->refresh_chosen( $this->chosen( $options ), ! empty( $options['dry-run'] ), $format );
			return;
		}
		if ( ! empty( $options['dry-run'] ) ) {
			self::print_pictures( $format, $this->due() );
			return;
		}
		$this->log->forget_refusals();
		$refreshed = 0;
		$bar       = null;
		do {
			$run = $this->refresher->run_slice( self::SLICE_SECONDS, 'person' );
			if ( is_wp_error( $run ) ) {
				$this->end_busy_or_fail( $run );
				return;
			}
			$bar        = $bar ?? \WP_CLI\Utils\make_progress_bar(
				__( 'Fetching fresh pictures from Amazon', 'creators-image-refresh' ),
				max( 1, $run['refreshed'] + $run['failed'] + $this->query->hours_ahead()[0] )
			);
			$refreshed += $run['refreshed'];
			$bar->tick( $run['refreshed'] + $run['failed'] );
		} while ( $run['more'] );
		$bar->finish();
		if ( null !== $run['stopped'] ) {
			Output::fail( $run['stopped']['status'], $this->report->reason( $run['stopped'] ) );
			return;
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
	 * @param bool                       $dry      Whether only to say so.
	 * @param string                     $format   How.
	 */
	private function refresh_chosen( array $pictures, bool $dry, string $format ): void {
		if ( $dry ) {
			self::print_pictures( $format, $pictures );
			return;
		}
		if ( array() === $pictures ) {
			\WP_CLI::error(
				__( 'No picture matches. “wp creators-images list” shows those that are known.', 'creators-image-refresh' )
			);
			return;
		}
		$error = $this->choice->start( $pictures );
		if ( null !== $error ) {
			$this->end_busy_or_fail( $error );
			return;
		}
		$bar  = \WP_CLI\Utils\make_progress_bar(
			__( 'Fetching fresh pictures from Amazon', 'creators-image-refresh' ),
			count( $pictures )
		);
		$done = 0;
		do {
			$progress = $this->choice->slice( self::SLICE_SECONDS );
			$bar->tick( max( 0, $progress['done'] - $done ) );
			$idle = $progress['done'] === $done;
			$done = $progress['done'];
		} while ( 'running' === $progress['state'] && ! $idle );
		$bar->finish();
		if ( 'stopped' === $progress['state'] ) {
			Output::fail( $progress['status'], $progress['sentence'] );
			return;
		}
		\WP_CLI::success( $progress['sentence'] );
	}

	/**
	 * The pictures that were named.
	 *
	 * @param array<string, mixed> $options By name.
	 * @return list<array<string, mixed>>
	 */
	private function chosen( array $options ): array {
		$filter = array( 'marketplace' => Output::marketplace( $options ) );
		$asins  = Output::asins( $options );
		if ( null !== $asins ) {
			$filter['asins'] = $asins;
		}
		$limit  = min( Image_Actions::MOST, Output::limit( $options, Image_Actions::MOST ) );
		$chosen = array();
		$offset = 0;
		do {
			$page    = $this->query->pictures( $filter, 'age', true, self::ROWS_A_PAGE, $offset );
			$offset += self::ROWS_A_PAGE;
			$chosen  = array_merge(
				$chosen,
				array_filter( $page, static fn( array $picture ): bool => 'excluded' !== $picture['state'] )
			);
		} while ( count( $page ) === self::ROWS_A_PAGE && count( $chosen ) < $limit );
		return array_slice( $chosen, 0, $limit );
	}

	/**
	 * All pictures that are due; of each no more than is printed, since there may be many.
	 *
	 * @return list<array<string, string>>
	 */
	private function due(): array {
		$due = array();
		foreach ( $this->query->all( array() ) as $picture ) {
			if ( $picture['due_at'] <= time() && 'excluded' !== $picture['state'] ) {
				$due[] = array_intersect_key( $picture, array_flip( self::FIELDS ) );
			}
		}
		return $due;
	}

	/**
	 * Prints pictures.
	 *
	 * @param string                     $format   How.
	 * @param list<array<string, mixed>> $pictures Which.
	 */
	private static function print_pictures( string $format, array $pictures ): void {
		Output::rows( $format, $pictures, self::FIELDS, 'asin' );
	}

	/**
	 * Another run that is under way is no failure: it does the work.
	 *
	 * @param \WP_Error $error An error.
	 */
	private function end_busy_or_fail( \WP_Error $error ): void {
		if ( 'busy' === $error->get_error_code() ) {
			\WP_CLI::warning( __( 'Another run is under way and does this work.', 'creators-image-refresh' ) );
			return;
		}
		Output::fail_with( $error );
	}
}
