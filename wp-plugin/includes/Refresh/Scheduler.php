<?php
/**
 * The work in the background.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Refresh;

use Creators_Image_Refresh\Discovery\Post_Scanner;
use Creators_Image_Refresh\Hook_Names;
use Creators_Image_Refresh\Purging\Purge_Outbox;
use Creators_Image_Refresh\Storage\Database;
use Creators_Image_Refresh\Storage\Schema;
use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Two hooks of WP-Cron: each comes every hour, does one slice, and plans the next one for as long as there is work. A third
 * tells page caches what a slice could not: in a request of its own, so that one that fails at it holds up no refresh. Where the
 * site has Action Scheduler, that runs the slices in between; the hourly ones stay with WP-Cron, so that nothing stands still
 * when the plugin that brought it goes.
 */
final class Scheduler {

	public const SCAN  = Hook_Names::SCAN;
	public const RUN   = Hook_Names::RUN;
	public const PURGE = Hook_Names::PURGE;

	/**
	 * Sets the single events apart from the hourly ones: WordPress refuses a single event within ten minutes of another that
	 * looks the same.
	 */
	private const NEXT_SLICE = array( 'next' );

	/**
	 * The one event of a hook that is planned ahead: for when a slice was killed, or when a refused account may be asked again.
	 */
	private const LATER = array( 'later' );

	/** What Action Scheduler lists the slices under. */
	public const GROUP = 'creators-image-refresh';

	/**
	 * Takes who does the work.
	 *
	 * @param \Closure(): Post_Scanner $scanner   Looks for pictures.
	 * @param Refresh_Runner           $refresher Fetches links.
	 * @param Purge_Outbox             $outbox    What page caches are still to be told.
	 */
	public function __construct(
		private \Closure $scanner,
		private Refresh_Runner $refresher,
		private Purge_Outbox $outbox
	) {}

	/** Sees to it that both hooks are scheduled. */
	public static function ensure(): void {
		foreach ( array( self::SCAN, self::RUN ) as $delay => $hook ) {
			if ( ! wp_next_scheduled( $hook ) ) {
				wp_schedule_event( time() + MINUTE_IN_SECONDS * ( 1 + $delay ), 'hourly', $hook );
			}
		}
	}

	/** Takes all hooks off the schedule. */
	public static function clear(): void {
		array_map( 'wp_unschedule_hook', array( self::SCAN, self::RUN, self::PURGE ) );
		if ( self::has_action_scheduler() ) {
			as_unschedule_all_actions( '', array(), self::GROUP );
		}
	}

	/** One slice of looking for pictures. */
	public function on_scan(): void {
		$progress = ( $this->scanner )()->scan_slice( self::slice_seconds() );
		if ( is_wp_error( $progress ) ) {
			return;
		}
		if ( ! $progress['complete'] ) {
			$this->scan_soon();
		} elseif ( $this->refresher->has_work() ) {
			self::soon( self::RUN );
		}
	}

	/** One slice of refreshing. */
	public function on_run(): void {
		if ( ! Schema::are_there() ) {
			Schema::install();
			$this->scan_soon();
		}
		$seconds = self::slice_seconds();
		$this->expect( $seconds );
		$this->go_on( $this->refresher->run_slice( $seconds, 'schedule' ) );
	}

	/** One slice of telling page caches. */
	public function on_purge(): void {
		$seconds = self::slice_seconds();
		// Should this be killed.
		self::plan_later( time() + (int) ceil( $seconds ) + 2 * Lease::TTL, self::PURGE );
		$lease = new Lease( Lease::RUNNER );
		if ( true === $lease->take() ) {
			try {
				$this->outbox->tell( $seconds, $lease->renew( ... ) );
			} finally {
				$lease->release();
			}
			self::plan_later( null, self::PURGE );
			$this->purge_soon();
		}
	}

	/** Plans a slice of telling page caches, where there is something to tell. */
	public function purge_soon(): void {
		if ( ! $this->outbox->is_empty() ) {
			self::soon( self::PURGE );
		}
	}

	/**
	 * Sees to it that a slice which is killed is followed by another before the hour is over, and that what an earlier one had
	 * to tell is told.
	 *
	 * @param float $seconds How long the slice takes that begins now.
	 */
	public function expect( float $seconds ): void {
		if ( $this->refresher->has_work() ) {
			self::plan_later( time() + (int) ceil( $seconds ) + 2 * Lease::TTL );
		}
		$this->purge_soon();
	}

	/**
	 * Plans what follows a slice that came to its end.
	 *
	 * @param array<string, mixed>|WP_Error $run What it came to.
	 */
	public function go_on( array|WP_Error $run ): void {
		if ( is_wp_error( $run ) || in_array( $run['stopped']['status'] ?? '', array( 'cancelled', 'database_refuses' ), true ) ) {
			// What was expected stays planned: another runner may be killed yet, and a database may take changes again.
			$until = Database::refusal()['until'] ?? 0;
			if ( $until > time() ) {
				self::plan_later( $until );
			}
		} elseif ( $run['more'] ) {
			$this->run_soon();
		} else {
			self::plan_later( $this->refresher->next_chance() );
		}
	}

	/** Plans a slice of refreshing, if one would come to anything. */
	public function run_soon(): void {
		if ( null === $this->refresher->obstacle() ) {
			self::soon( self::RUN );
		}
	}

	/** Plans a slice of looking for pictures. */
	public function scan_soon(): void {
		self::soon( self::SCAN );
	}

	/** Whether WordPress has not come round to the hourly run for more than an hour: its scheduler stands still. */
	public static function is_late(): bool {
		$next = wp_next_scheduled( self::RUN );
		return false !== $next && $next < time() - HOUR_IN_SECONDS;
	}

	/**
	 * Plans one more slice.
	 *
	 * @param string $hook Which.
	 */
	private static function soon( string $hook ): void {
		if ( self::has_action_scheduler() ) {
			// True stands for the one that runs just now; a time for one that waits.
			if ( ! is_int( as_next_scheduled_action( $hook, self::NEXT_SLICE, self::GROUP ) ) ) {
				as_schedule_single_action( time() + 1, $hook, self::NEXT_SLICE, self::GROUP );
			}
			return;
		}
		if ( ! wp_next_scheduled( $hook, self::NEXT_SLICE ) ) {
			wp_schedule_single_event( time() + 1, $hook, self::NEXT_SLICE );
		}
	}

	/**
	 * Plans the one event ahead, in the place of whatever was planned before; not where the hourly run comes first.
	 *
	 * @param int|null $time Unix seconds; null for none.
	 * @param string   $hook Which.
	 */
	private static function plan_later( ?int $time, string $hook = self::RUN ): void {
		$planned = wp_next_scheduled( $hook, self::LATER );
		if ( false !== $planned ) {
			wp_unschedule_event( $planned, $hook, self::LATER );
		}
		$hourly = wp_next_scheduled( $hook );
		if ( null !== $time && ( false === $hourly || $hourly > $time || $hourly < time() ) ) {
			wp_schedule_single_event( max( $time, time() + 1 ), $hook, self::LATER );
		}
	}

	/** Whether the site has Action Scheduler, and it is ready. */
	private static function has_action_scheduler(): bool {
		return function_exists( 'as_schedule_single_action' )
			&& function_exists( 'as_next_scheduled_action' )
			&& function_exists( 'as_unschedule_all_actions' )
			&& did_action( 'action_scheduler_init' ) > 0;
	}

	/**
	 * How long a slice in the background takes: well under the usual time limit, longer where there is none.
	 *
	 * @return float Seconds.
	 */
	private static function slice_seconds(): float {
		$limit = (int) ini_get( 'max_execution_time' );

		/**
		 * Filters how long one slice of work in the background takes.
		 *
		 * @param float $seconds At least one.
		 */
		return max(
			1.0,
			(float) apply_filters( 'creators_image_refresh_slice_seconds', $limit > 0 ? min( 20.0, $limit * 0.6 ) : 45.0 )
		);
	}
}
