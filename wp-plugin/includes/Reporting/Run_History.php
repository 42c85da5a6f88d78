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
 * Keeps what the last ten runs came to; the slices of one run are one entry.
 *
 * @phpstan-import-type Run from Run_Log
 * @phpstan-type Past array{by: string, user: int, finished_at: int, refreshed: int, failed: int, calls: int, more: bool,
 *     stopped: array<string, mixed>|null}
 */
final class Run_History {

	private const OPTION  = 'creators_image_refresh_runs';
	private const KEPT    = 10;
	private const NUMBERS = array( 'refreshed', 'failed', 'calls' );

	/** Slices that are further apart are two runs. */
	private const APART = 10 * MINUTE_IN_SECONDS;

	/**
	 * Notes a slice of a run.
	 *
	 * @param Run|null $run What Run_Log::last_run() says, as soon as it is stored.
	 */
	public function note( ?array $run ): void {
		if ( null === $run ) {
			return;
		}
		$run  = array(
			'by'          => defined( 'WP_CLI' ) && WP_CLI ? 'cli' : $run['by'],
			'user'        => get_current_user_id(),
			'finished_at' => (int) $run['finished_at'],
		) + $run;
		$runs = $this->all();
		$last = $runs[0] ?? null;
		if (
			null !== $last
			&& $last['more']
			&& array( $last['by'], $last['user'] ) === array( $run['by'], $run['user'] )
			&& $run['finished_at'] - $last['finished_at'] < self::APART
		) {
			foreach ( self::NUMBERS as $number ) {
				$run[ $number ] += $last[ $number ];
			}
			array_shift( $runs );
		}
		update_option( self::OPTION, array_slice( array( $run, ...$runs ), 0, self::KEPT ), false );
	}

	/**
	 * The last runs, the youngest first.
	 *
	 * @return list<Past>
	 */
	public function all(): array {
		$saved = get_option( self::OPTION );
		$shape = array_fill_keys( array( 'user', 'finished_at', ...self::NUMBERS ), 0 ) + array(
			'by'      => '',
			'more'    => false,
			'stopped' => null,
		);
		$runs  = array_filter(
			is_array( $saved ) ? $saved : array(),
			static fn( mixed $run ): bool => is_array( $run ) && is_numeric( $run['finished_at'] ?? null )
		);
		return array_map( static fn( array $run ): array => array_intersect_key( $run, $shape ) + $shape, array_values( $runs ) );
	}

	/**
	 * Who started a run, in words.
	 *
	 * @param array{by: string, user: int} $run A run.
	 */
	public static function by( array $run ): string {
		if ( 'person' !== $run['by'] ) {
			return 'cli' === $run['by']
				? __( 'Command line', 'creators-image-refresh' )
				: __( 'Background', 'creators-image-refresh' );
		}
		$user = get_userdata( $run['user'] );
		return false === $user ? __( 'A person', 'creators-image-refresh' ) : $user->display_name;
	}
}
