<?php
/**
 * Fetches the links that are due.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh;

use WP_Error;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Does one slice of refreshing: whatever is due, account by account, until the time is over. Every answer is stored when it
 * comes, so a slice may be killed at any point and the next goes on from there.
 *
 * @phpstan-import-type Run from Run_Log
 * @phpstan-import-type Stopped from Run_Log
 * @phpstan-import-type Account from Extension
 */
final class Refresher {

	private const ROWS_A_ROUND = 200;

	/**
	 * A runner that has not been heard of for a slice and these seconds is dead, and another takes its place: no call takes
	 * longer.
	 */
	private const LOCK_MARGIN = 45;

	/**
	 * Reasons to stop that only mean "later".
	 */
	public const GOES_ON = array( 'deadline', 'max_calls', 'interrupted' );

	/**
	 * Takes what it works with.
	 *
	 * @param Extension   $extension Asks Amazon.
	 * @param Settings    $settings  Whether it may.
	 * @param Accounts    $accounts  Who asks.
	 * @param Image_Store $images    What is due.
	 * @param Run_Log     $log       What came of it.
	 * @param License     $license   Whether there is one, where one is needed.
	 */
	public function __construct( private Extension $extension, private Settings $settings, private Accounts $accounts, private Image_Store $images, private Run_Log $log, private License $license ) {}

	/**
	 * Whether anything stands in the way of refreshing.
	 *
	 * @return WP_Error|null What it is.
	 */
	public function obstacle(): ?WP_Error {
		if ( ! $this->extension->is_available() ) {
			return new WP_Error( 'extension_' . $this->extension->state() );
		}
		if ( ! Schema::is_ready() ) {
			return new WP_Error( 'tables_missing' );
		}
		if ( ! $this->settings->is_on() ) {
			return new WP_Error( 'switched_off' );
		}
		$locked = $this->license->obstacle();
		if ( null !== $locked ) {
			return $locked;
		}
		// An account may also come from the filter alone.
		return has_filter( 'creators_image_refresh_account' ) ? null : $this->accounts->obstacle();
	}

	/**
	 * Does one slice.
	 *
	 * @param float  $seconds How long.
	 * @param string $by      'schedule', or 'person': a person's wish is also asked of an account that was refused lately.
	 * @return Run|WP_Error What it came to; 'busy' where another run is under way, 'database_refuses' where nothing can be written.
	 */
	public function run_slice( float $seconds, string $by ): array|WP_Error {
		$obstacle = $this->obstacle();
		if ( null !== $obstacle ) {
			return $obstacle;
		}
		$lock = Lock::acquire( (int) ceil( $seconds ) + self::LOCK_MARGIN );
		if ( null === $lock ) {
			return new WP_Error( Lock::is_held() ? 'busy' : 'database_refuses' );
		}
		try {
			$this->images->forget_expired();
			$this->keep_pace();
			$run = $this->work( $lock, microtime( true ) + $seconds, $by );
			// Nothing to do is no run: what the last one came to stays on the page.
			if ( $run['calls'] > 0 || null !== $run['stopped'] || $run['refreshed'] + $run['failed'] > 0 ) {
				$this->log->record( $run );
			}
			return $run;
		} finally {
			$lock->release();

			/**
			 * Fires when a slice of refreshing is over, also where it was stopped.
			 */
			do_action( 'creators_image_refresh_slice_over' );
		}
	}

	/**
	 * Goes through the accounts that have something due. One that is refused stops itself and not the others.
	 *
	 * @param Lock   $lock  Held.
	 * @param float  $until When to stop.
	 * @param string $by    As run_slice().
	 * @return Run
	 */
	private function work( Lock $lock, float $until, string $by ): array {
		$run = array(
			'by'          => $by,
			'finished_at' => 0.0,
			'refreshed'   => 0,
			'failed'      => 0,
			'calls'       => 0,
			'more'        => false,
			'stopped'     => null,
		);
		foreach ( $this->due_accounts() as $key => $due ) {
			if ( 'schedule' === $by && $this->log->is_paused( (string) $key ) ) {
				continue;
			}
			if ( microtime( true ) >= $until ) {
				$run['more'] = true;
				break;
			}
			$stopped = $this->serve( $due['account'], $due['marketplaces'], $lock, $until, $run );
			if ( null === $stopped ) {
				$this->log->served( (string) $key );
				continue;
			}
			$stopped['marketplace'] = $due['account']['marketplace'];
			$run['stopped']         = $stopped;
			if ( 'cancelled' === $stopped['status'] ) {
				break;
			}
			if ( in_array( $stopped['status'], self::GOES_ON, true ) ) {
				$run['more'] = true;
			} else {
				$this->log->refused( (string) $key, $stopped );
			}
		}
		$run['finished_at'] = microtime( true );
		return $run;
	}

	/**
	 * The accounts that have something due, each with the marketplaces it serves.
	 *
	 * @return array<string, array{account: Account, marketplaces: list<string>}> By the account's key.
	 */
	private function due_accounts(): array {
		$due = array();
		foreach ( $this->images->due_marketplaces() as $marketplace ) {
			$account = $this->accounts->for_marketplace( $marketplace );
			if ( null !== $account ) {
				$key                           = Accounts::key( $account );
				$due[ $key ]['account']        = $account;
				$due[ $key ]['marketplaces'][] = $marketplace;
			}
		}
		return $due;
	}

	/**
	 * Fetches what is due of one account.
	 *
	 * @param Account      $account      Who asks.
	 * @param list<string> $marketplaces Under which the pictures stand in posts.
	 * @param Lock         $lock         Held.
	 * @param float        $until        When to stop.
	 * @param Run          $run          Is added to.
	 * @return Stopped|null Null where everything was answered.
	 */
	private function serve( #[\SensitiveParameter] array $account, array $marketplaces, Lock $lock, float $until, array &$run ): ?array {
		while ( true ) {
			$asins = $this->images->due( $marketplaces, self::ROWS_A_ROUND );
			if ( array() === $asins ) {
				return null;
			}
			$left = $until - microtime( true );
			if ( $left <= 0 ) {
				return Run_Log::stopped( array( 'status' => 'deadline' ) );
			}
			$answered = 0;
			$on_batch = function ( array $batch ) use ( $marketplaces, $lock, &$run, &$answered ): bool {
				// Whoever lost the lock writes nothing more.
				if ( ! $lock->renew() ) {
					return false;
				}
				$answered += $this->store( $marketplaces, $batch, $run );
				return true;
			};
			$result   = $this->extension->refresh_images(
				$account,
				$asins,
				$on_batch,
				array(
					'deadline'            => $left,
					'requests_per_second' => self::requests_per_second(),
				)
			);
			if ( is_wp_error( $result ) ) {
				return Run_Log::stopped(
					array(
						'status' => $result->get_error_code(),
						'reason' => (string) ( $result->get_error_data()['thrown'] ?? '' ),
					)
				);
			}
			$answered     += $this->store( $marketplaces, $result, $run );
			$run['calls'] += (int) ( $result['calls'] ?? 0 );
			if ( is_array( $result['stopped'] ?? null ) ) {
				return Run_Log::stopped( $result['stopped'] );
			}
			if ( 0 === $answered ) {
				// Neither an answer nor a reason: asking on would go round for ever.
				return Run_Log::stopped( array( 'status' => 'invalid_response' ) );
			}
		}
	}

	/**
	 * Stores the pictures and the failures of an answer.
	 *
	 * @param list<string>         $marketplaces Under which they stand in posts.
	 * @param array<string, mixed> $answer       A batch, or a result.
	 * @param Run                  $run          Is added to.
	 * @return int How many were stored.
	 */
	private function store( array $marketplaces, array $answer, array &$run ): int {
		$images = is_array( $answer['images'] ?? null ) ? $answer['images'] : array();
		$failed = is_array( $answer['failed'] ?? null ) ? $answer['failed'] : array();
		if ( array() === $images && array() === $failed ) {
			return 0;
		}
		$refreshed         = $this->images->save_images( $marketplaces, $images );
		$not_given         = $this->images->save_failures( $marketplaces, $failed );
		$run['refreshed'] += $refreshed;
		$run['failed']    += $not_given;

		if ( array() !== $images ) {
			/**
			 * Fires when fresh picture links were stored.
			 *
			 * @param array<array-key, array<string, mixed>> $images       By ASIN.
			 * @param list<string>                           $marketplaces Under which they stand in posts.
			 */
			do_action( 'creators_image_refresh_images_updated', $images, $marketplaces );
		}
		return $refreshed + $not_given;
	}

	/**
	 * The rate that Amazon grants.
	 *
	 * @return float Calls per second.
	 */
	private static function requests_per_second(): float {
		/**
		 * Filters how many calls a second Amazon gets. A new account is granted one.
		 *
		 * @param float $requests_per_second At most ten.
		 */
		$rate = (float) apply_filters( 'creators_image_refresh_requests_per_second', 1.0 );
		return max( 0.1, min( 10.0, $rate ) );
	}

	/**
	 * Lets the time between two calls pass that also has to pass between the last call of one slice and the first of the next.
	 */
	private function keep_pace(): void {
		$last = $this->log->last_run();
		$wait = null === $last ? 0 : $last['finished_at'] + 1 / self::requests_per_second() - microtime( true );
		if ( $wait > 0 && $wait <= 10 ) {
			usleep( (int) ( $wait * 1000000 ) );
		}
	}
}
