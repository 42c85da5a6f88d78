<?php
/**
 * "Refresh now".
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Refresh;

use Creators_Image_Refresh\Discovery\Post_Scanner;
use Creators_Image_Refresh\Messages\Status_Messages;
use Creators_Image_Refresh\Reporting\Status_Report;
use Creators_Image_Refresh\Storage\Due_Images;
use Creators_Image_Refresh\Storage\Image_Repository;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * One slice of everything there is to do, for a person who waits for it: first the posts are looked through, then what is
 * due is fetched. The button, the form without JavaScript and whatever else starts it by hand call this.
 */
final class Refresh_Job {

	/**
	 * Takes who does the work.
	 *
	 * @param Post_Scanner     $scanner   Looks for pictures.
	 * @param Refresh_Runner   $refresher Fetches links.
	 * @param Image_Repository $images    Knows what failed.
	 * @param Run_Log          $log       Knows who was refused.
	 * @param Scheduler        $schedule  Goes on where the person leaves.
	 * @param Status_Report    $report    Says how things stand.
	 */
	public function __construct(
		private Post_Scanner $scanner,
		private Refresh_Runner $refresher,
		private Image_Repository $images,
		private Run_Log $log,
		private Scheduler $schedule,
		private Status_Report $report
	) {}

	/**
	 * Does one slice.
	 *
	 * @param float $seconds How long.
	 * @param bool  $start   Whether this is the first slice: posts are looked through again, and nothing that failed or was
	 *                       refused before is held against it.
	 * @return array<string, mixed> The report, with 'state' (running, done, stopped), 'phase' (scan, refresh), 'status' and
	 *                              'sentence'.
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
			return $this->say( 'stopped', 'scan', (string) $scan->get_error_code(), Status_Messages::for_error( $scan ) );
		}
		if ( ! $scan['complete'] ) {
			$this->schedule->scan_soon();
			return $this->say( 'running', 'scan', '', __( 'Looking through your posts…', 'creators-image-refresh' ) );
		}

		$left = max( 1.0, $until - microtime( true ) );
		$this->schedule->expect( $left );
		$run = $this->refresher->run_slice( $left, 'person' );
		$this->schedule->go_on( $run );
		if ( is_wp_error( $run ) ) {
			$busy = 'busy' === $run->get_error_code();
			return $this->say(
				$busy ? 'running' : 'stopped',
				'refresh',
				(string) $run->get_error_code(),
				Status_Messages::for_error( $run )
			);
		}
		if ( $run['more'] ) {
			return $this->say( 'running', 'refresh', '', __( 'Fetching fresh pictures from Amazon…', 'creators-image-refresh' ) );
		}
		if ( null !== $run['stopped'] ) {
			return $this->say(
				'stopped',
				'refresh',
				$run['stopped']['status'],
				$this->report->reason( $run['stopped'] ),
				$run['stopped']
			);
		}
		return $this->say( 'done', 'refresh', 'ok', $this->report->summary() );
	}

	/**
	 * Puts an answer together.
	 *
	 * @param string                    $state    One of running, done, stopped.
	 * @param string                    $phase    One of scan, refresh.
	 * @param string                    $status   A status word.
	 * @param string                    $sentence For people.
	 * @param array<string, mixed>|null $stopped  What Amazon said.
	 * @return array<string, mixed>
	 */
	private function say( string $state, string $phase, string $status, string $sentence, ?array $stopped = null ): array {
		return array(
			'state'    => $state,
			'phase'    => $phase,
			'status'   => $status,
			'sentence' => $sentence,
			'amazon'   => null === $stopped ? '' : Status_Messages::amazon_said( $stopped ),
			'last_run' => $this->report->last_run( false ),
		) + $this->report->all();
	}
}
