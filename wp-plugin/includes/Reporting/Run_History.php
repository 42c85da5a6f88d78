<?php
/**
 * The last runs.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Reporting;

use Creators_Image_Refresh\Refresh\Run_Log;

defined( 'ABSPATH' ) || exit;

/**
 * Keeps what the last ten runs came to. It listens to the option in which Run_Log keeps the very last; the slices of one run
 * are one entry.
 *
 * @phpstan-import-type Run from Run_Log
 * @phpstan-type Past array{by: string, user: int, started_at: int, finished_at: int, refreshed: int, failed: int, calls: int,
 *     more: bool, stopped: array<string, mixed>|null}
 */
final class Run_History {

	public const OPTION = 'creators_image_refresh_runs';
	public const KEPT   = 10;

	private const NUMBERS = array( 'refreshed', 'failed', 'calls' );

	/** Slices that are further apart are two runs. */
	private const APART = 10 * MINUTE_IN_SECONDS;

	/**
	 * Notes a slice of a run; hooked to the option of the last one.
	 *
	 * @param mixed $ignored The option's name, or what it was.
	 * @param mixed $run     What it is now.
	 */
	public function note( mixed $ignored, mixed $run ): void {
		if ( ! is_array( $run ) ) {
			return;
		}
		$by    = defined( 'WP_CLI' ) && WP_CLI ? 'cli' : (string) ( $run['by'] ?? '' );
		$slice = array(
			'by'          => $by,
			'user'        => get_current_user_id(),
			'started_at'  => (int) ( $run['finished_at'] ?? 0 ),
			'finished_at' => (int) ( $run['finished_at'] ?? 0 ),
			'more'        => (bool) ( $run['more'] ?? false ),
			'stopped'     => is_array( $run['stopped'] ?? null ) ? Run_Log::stopped( $run['stopped'] ) : null,
		);
		foreach ( self::NUMBERS as $number ) {
			$slice[ $number ] = (int) ( $run[ $number ] ?? 0 );
		}
		$runs  = $this->all();
		$last  = $runs[0] ?? null;
		if (
			null !== $last
			&& $last['more']
			&& $last['by'] === $slice['by']
			&& $last['user'] === $slice['user']
			&& $slice['finished_at'] - $last['finished_at'] < self::APART
		) {
			foreach ( self::NUMBERS as $number ) {
				$slice[ $number ] += $last[ $number ];
			}
			$slice['started_at'] = $last['started_at'];
			array_shift( $runs );
		}
		array_unshift( $runs, $slice );
		update_option( self::OPTION, array_slice( $runs, 0, self::KEPT ), false );
	}

	/**
	 * The last runs, the youngest first.
	 *
	 * @return list<Past>
	 */
	public function all(): array {
		$saved = get_option( self::OPTION );
		$shape = array_fill_keys( array( 'user', 'started_at', 'finished_at', ...self::NUMBERS ), 0 ) + array(
			'by'      => '',
			'more'    => false,
			'stopped' => null,
		);
		$runs  = array();
		foreach ( is_array( $saved ) ? $saved : array() as $run ) {
			if ( is_array( $run ) && is_numeric( $run['finished_at'] ?? null ) ) {
				$runs[] = array_intersect_key( $run, $shape ) + $shape;
			}
		}
		return $runs;
	}

	/**
	 * Who started a run, in words.
	 *
	 * @param array{by: string, user: int} $run A run.
	 */
	public static function by( array $run ): string {
		if ( 'cli' === $run['by'] ) {
			return __( 'Command line', 'creators-image-refresh' );
		}
		if ( 'person' !== $run['by'] ) {
			return __( 'Background', 'creators-image-refresh' );
		}
		$user = get_userdata( $run['user'] );
		return false === $user ? __( 'A person', 'creators-image-refresh' ) : $user->display_name;
	}
}
