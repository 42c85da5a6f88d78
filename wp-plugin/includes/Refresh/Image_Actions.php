<?php
/**
 * What a person chooses to do with single pictures.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Refresh;

use Creators_Image_Refresh\Messages\Advice;
use Creators_Image_Refresh\Storage\Due_Images;
use Creators_Image_Refresh\Storage\Image_Keys;
use Creators_Image_Refresh\Storage\Image_Repository;
use Creators_Image_Refresh\Storage\Listing\Image_Counts;
use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Excludes pictures, includes them again, and refreshes those that a person has selected: they are made due at once, and the
 * same slices as ever fetch them. What is under way stands in one option, so that it goes on without the page, and can be
 * stopped from any other.
 *
 * @phpstan-type Keys list<array{marketplace: string, asin: string}>
 * @phpstan-type Progress array{state: string, done: int, total: int, status: string, sentence: string, amazon: string}
 */
final class Image_Actions {

	public const OPTION = 'creators_image_refresh_selected';

	/** How many pictures may be selected at once. */
	public const MOST = 1000;

	/** A selection that nobody has come back to for so long is none any more. */
	private const FORGOTTEN = 6 * HOUR_IN_SECONDS;

	/** The progress of nothing. */
	private const NOTHING = array(
		'state'    => 'none',
		'done'     => 0,
		'total'    => 0,
		'status'   => '',
		'sentence' => '',
		'amazon'   => '',
	);

	/**
	 * Takes what it works with.
	 *
	 * @param Refresh_Runner           $refresher Fetches what is due.
	 * @param Scheduler                $schedule  Goes on where the person leaves.
	 * @param Run_Log                  $log       Knows who was refused.
	 * @param Image_Repository         $images    The pictures.
	 * @param \Closure(array): string  $reason    Words for what stopped a run.
	 */
	public function __construct(
		private Refresh_Runner $refresher,
		private Scheduler $schedule,
		private Run_Log $log,
		private Image_Repository $images,
		private \Closure $reason
	) {}

	/**
	 * Reads keys as forms and scripts send them.
	 *
	 * @param mixed $keys Perhaps a list of `www.amazon.de:B00TSUGXKE`.
	 * @return Keys
	 */
	public static function keys( mixed $keys ): array {
		$read = array();
		foreach ( is_array( $keys ) ? array_slice( $keys, 0, self::MOST ) : array() as $key ) {
			if ( is_string( $key ) && 1 === preg_match( '/\A([a-z0-9.-]{1,32}):([A-Z0-9]{1,10})\z/', $key, $found ) ) {
				$read[ $key ] = array(
					'marketplace' => $found[1],
					'asin'        => $found[2],
				);
			}
		}
		return array_values( $read );
	}

	/**
	 * Excludes pictures, or includes them again. Pages show an excluded one as it was written, and Amazon is not asked for it.
	 *
	 * @param Keys $keys     Which.
	 * @param bool $excluded Whether to exclude.
	 * @return int How many are others now.
	 */
	public function set_excluded( array $keys, bool $excluded ): int {
		$changed = $this->images->set_excluded( $keys, $excluded );
		Image_Counts::forget();
		if ( $changed > 0 && ! $excluded ) {
			$this->schedule->run_soon();
		}
		return $changed;
	}

	/**
	 * Has selected pictures refreshed.
	 *
	 * @param Keys $keys Which.
	 * @return WP_Error|null Why nothing can be fetched; 'nothing_selected' where there is nothing to fetch.
	 */
	public function start( array $keys ): ?WP_Error {
		$obstacle = $this->refresher->obstacle();
		if ( null !== $obstacle ) {
			return $obstacle;
		}
		$keys = array_slice( $keys, 0, self::MOST );
		Due_Images::put_first( $keys );
		$total = Due_Images::count( $keys );
		if ( 0 === $total ) {
			return new WP_Error( 'nothing_selected' );
		}
		$this->log->forget_refusals();
		$selected = array(
			'keys'  => Image_Keys::names( $keys ),
			'total' => $total,
			'since' => time(),
		);
		update_option( self::OPTION, $selected, false );
		$this->schedule->run_soon();
		return null;
	}

	/**
	 * Goes on with what was selected.
	 *
	 * @param float $seconds How long; 0 only looks how far it is.
	 * @return Progress state: none, running, done, stopped.
	 */
	public function slice( float $seconds ): array {
		$selected = self::selected();
		if ( null === $selected ) {
			return self::NOTHING;
		}
		$run = $seconds > 0 && Due_Images::count( $selected['keys'] ) > 0
			? $this->refresher->run_slice( $seconds, 'person' )
			: null;
		Image_Counts::forget();

		$progress = self::progress( $selected );
		if ( $progress['done'] === $progress['total'] ) {
			$progress['state']    = 'done';
			$progress['status']   = 'ok';
			$progress['sentence'] = sprintf(
				/* translators: %s: a number of pictures. */
				_n( '%s picture was asked for. What came of it stands in the list.', '%s pictures were asked for. What came of them stands in the list.', $progress['total'], 'creators-image-refresh' ),
				number_format_i18n( $progress['total'] )
			);
		} elseif ( is_wp_error( $run ) && 'busy' !== $run->get_error_code() ) {
			$progress['state']    = 'stopped';
			$progress['status']   = (string) $run->get_error_code();
			$progress['sentence'] = Advice::for_error( $run );
		} elseif ( is_array( $run ) && ! $run['more'] && null !== $run['stopped'] ) {
			$progress['state']    = 'stopped';
			$progress['status']   = $run['stopped']['status'];
			$progress['sentence'] = ( $this->reason )( $run['stopped'] );
			$progress['amazon']   = Advice::amazon_said( $run['stopped'] );
		} elseif ( is_array( $run ) && ! $run['more'] ) {
			// Nobody asks for what is left: its country's account is disabled or not complete.
			$progress['state']    = 'stopped';
			$progress['status']   = 'no_account';
			$progress['sentence'] = __( 'The others are of countries whose account is disabled or not complete, so Amazon is not asked for them. See under “Accounts”.', 'creators-image-refresh' );
		} else {
			$this->schedule->run_soon();
			$progress['sentence'] = sprintf(
				/* translators: 1: a number of pictures, 2: how many there are. */
				__( '%1$s of %2$s selected pictures are done. You can leave this page: the rest goes on in the background.', 'creators-image-refresh' ),
				number_format_i18n( $progress['done'] ),
				number_format_i18n( $progress['total'] )
			);
		}
		if ( 'running' !== $progress['state'] ) {
			delete_option( self::OPTION );
		}
		return $progress;
	}

	/**
	 * Stops it: those that were not asked for yet wait for their usual turn again.
	 *
	 * @return Progress
	 */
	public function stop(): array {
		$selected = self::selected();
		if ( null === $selected ) {
			return self::NOTHING;
		}
		$progress = self::progress( $selected );
		delete_option( self::OPTION );
		Due_Images::put_back( $selected['keys'] );
		$progress['state']    = 'stopped';
		$progress['status']   = 'cancelled';
		$progress['sentence'] = sprintf(
			/* translators: 1: a number of pictures, 2: how many there are. */
			__( 'Stopped: %1$s of %2$s selected pictures are done. The others wait for their usual turn.', 'creators-image-refresh' ),
			number_format_i18n( $progress['done'] ),
			number_format_i18n( $progress['total'] )
		);
		return $progress;
	}

	/**
	 * What is under way.
	 *
	 * @return array{keys: Keys, total: int}|null
	 */
	private static function selected(): ?array {
		$saved = get_option( self::OPTION );
		if ( ! is_array( $saved ) || (int) ( $saved['since'] ?? 0 ) < time() - self::FORGOTTEN ) {
			return null;
		}
		$keys = self::keys( $saved['keys'] ?? null );
		return array() === $keys ? null : array(
			'keys'  => $keys,
			'total' => max( 1, (int) ( $saved['total'] ?? 0 ) ),
		);
	}

	/**
	 * How far it is.
	 *
	 * @param array{keys: Keys, total: int} $selected What is under way.
	 * @return Progress
	 */
	private static function progress( array $selected ): array {
		$done = max( 0, $selected['total'] - Due_Images::count( $selected['keys'] ) );
		return array(
			'state' => 'running',
			'done'  => $done,
			'total' => $selected['total'],
		) + self::NOTHING;
	}
}
