<?php
/**
 * "Refresh now".
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Refresh;

use Creators_Image_Refresh\Discovery\Post_Scanner;
use Creators_Image_Refresh\Messages\Advice;
use Creators_Image_Refresh\Storage\Due_Images;
use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * One slice of everything there is to do, for a person who waits for it: first the posts are looked through, then what is
 * due is fetched. The button, the form without JavaScript and whatever else starts it by hand call this.
 *
 * @phpstan-import-type Stopped from Run_Log
 * @phpstan-type Outcome array{state: string, phase: string, status: string, sentence: string, stopped: Stopped|null}
 */
final class Refresh_Job {

	/**
	 * Takes who does the work.
	 *
	 * @param Post_Scanner   $scanner   Looks for pictures.
	 * @param Refresh_Runner $refresher Fetches links.
	 * @param Run_Log        $log       Knows who was refused.
	 * @param Scheduler      $schedule  Goes on where the person leaves.
	 */
	public function __construct(
		private Post_Scanner $scanner,
		private Refresh_Runner $refresher,
		private Run_Log $log,
		private Scheduler $schedule
	) {}

	/**
	 * Does one slice.
	 *
	 * @param float $seconds How long.
	 * @param bool  $start   Whether this is the first slice: posts are looked through again, and nothing that failed or was
	 *                       refused before is held against it.
	 * @return Outcome state: running, done, stopped. phase: scan, refresh. The sentence is empty where the pictures, or what
	 *                 stopped the run, say it.
	 */
	public function slice( float $seconds, bool $start ): array {
		$until = microtime( true ) + $seconds;
		if ( $start ) {
			$this->scanner->restart();
			Due_Images::mark_failed();
			$this->log->forget_refusals();
		}
		$scan = $this->scanner->scan_slice( $seconds );
		if ( is_wp_error( $scan ) ) {
			return self::stopped( 'scan', $scan );
		}
		$outcome = array(
			'state'    => 'running',
			'phase'    => $scan['complete'] ? 'refresh' : 'scan',
			'status'   => '',
			'sentence' => '',
			'stopped'  => null,
		);
		if ( ! $scan['complete'] ) {
			$this->schedule->scan_soon();
			return array( 'sentence' => __( 'Looking through your posts…', 'creators-image-refresh' ) ) + $outcome;
		}
		$left = max( 1.0, $until - microtime( true ) );
		$this->schedule->expect( $left );
		$run = $this->refresher->run_slice( $left, 'person' );
		$this->schedule->go_on( $run );
		if ( is_wp_error( $run ) ) {
			return array( 'state' => 'busy' === $run->get_error_code() ? 'running' : 'stopped' ) + self::stopped( 'refresh', $run );
		}
		if ( $run['more'] ) {
			return array( 'sentence' => __( 'Fetching fresh pictures from Amazon…', 'creators-image-refresh' ) ) + $outcome;
		}
		return array(
			'state'   => null === $run['stopped'] ? 'done' : 'stopped',
			'status'  => $run['stopped']['status'] ?? 'ok',
			'stopped' => $run['stopped'],
		) + $outcome;
	}

	/**
	 * What it came to where something stood in the way.
	 *
	 * @param string   $phase One of scan, refresh.
	 * @param WP_Error $error What.
	 * @return Outcome
	 */
	private static function stopped( string $phase, WP_Error $error ): array {
		return array(
			'state'    => 'stopped',
			'phase'    => $phase,
			'status'   => (string) $error->get_error_code(),
			'sentence' => Advice::for_error( $error ),
			'stopped'  => null,
		);
	}
}
