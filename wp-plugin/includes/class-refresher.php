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
 * Does one slice of refreshing: whatever is due, all accounts side by side, until the time is over. Every answer is stored when
 * it comes, so a slice may be killed at any point and the next goes on from there.
 *
 * @phpstan-import-type Run from Run_Log
 */
final class Refresher {

	/**
	 * A turn of the only account with something due, in seconds' worth of calls: as long as a person may wait who has the
	 * account tested meanwhile. Where several have something due, one second's worth each, in turn, so that together they make
	 * as many calls as each may alone.
	 */
	private const TURN_ALONE = 2;

	/**
	 * What a turn may take longer than its calls need: retries, a slow answer. The lock outlives a turn with all of it.
	 */
	private const TURN_MARGIN = 8.0;

	/**
	 * What a turn that is begun just before the slice's end may take, so that no answer is thrown away.
	 */
	private const GRACE = 5.0;

	/**
	 * Calls besides those that are planned, for retries in a turn.
	 */
	private const RETRIES = 3;

	/**
	 * Reasons to stop that only mean "later".
	 */
	public const GOES_ON = array( 'deadline', 'max_calls', 'interrupted' );

	/**
	 * Takes what it works with.
	 *
	 * @param Extension      $extension Asks Amazon.
	 * @param Settings       $settings  Whether it may.
	 * @param Accounts       $accounts  Who asks.
	 * @param Image_Store    $images    What is due.
	 * @param Run_Log        $log       What came of it.
	 * @param License        $license   Whether there is one, where one is needed.
	 * @param Account_Queues $queues    Who has something due.
	 */
	public function __construct( private Extension $extension, private Settings $settings, private Accounts $accounts, private Image_Store $images, private Run_Log $log, private License $license, private Account_Queues $queues ) {}

	/**
	 * Whether anything stands in the way of refreshing.
	 *
	 * @return WP_Error|null What it is.
	 */
	public function obstacle(): ?WP_Error {
		if ( ! $this->extension->is_available() ) {
			return new WP_Error( 'extension_' . $this->extension->state() );
		}
		if ( ! Schema::is_ready() || ! Database::has_tables() ) {
			return new WP_Error( Schema::is_ready() ? 'tables_unreadable' : 'tables_missing' );
		}
		if ( ! $this->settings->is_on() ) {
			return new WP_Error( 'switched_off' );
		}
		$locked = $this->license->obstacle();
		if ( null !== $locked ) {
			return $locked;
		}
		// An account may also come from a filter alone.
		return has_filter( 'creators_image_refresh_account' ) || Post_Accounts::are_wanted() ? null : $this->accounts->obstacle();
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
		$lock = Lock::acquire();
		if ( null === $lock ) {
			return new WP_Error( Lock::is_held() ? 'busy' : 'database_refuses' );
		}
		try {
			if ( $lock->was_left ) {
				Lost_Slice::tell();
			}
			$this->images->forget_expired();
			$answers = array();
			$run     = $this->work( $lock, microtime( true ) + $seconds, $by, $answers );
			// Nothing to do is no run: what the last one came to stays on the page.
			if ( ( $run['calls'] > 0 || null !== $run['stopped'] || $run['refreshed'] + $run['failed'] > 0 ) && $lock->renew() ) {
				$this->log->record( $run, $answers );
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
	 * When there will be something to do that is none now: an account that was refused may be asked again.
	 *
	 * @return int|null Unix seconds; null where nobody waits.
	 */
	public function next_chance(): ?int {
		if ( null !== $this->obstacle() ) {
			return null;
		}
		$until = array_filter( array_map( fn( Account_Queue $queue ): int => $this->log->pause( $queue->key )['until'] ?? 0, $this->queues->all() ) );
		return array() === $until ? null : min( $until );
	}

	/**
	 * Whether something is due.
	 *
	 * @return bool
	 */
	public function has_work(): bool {
		return null === $this->obstacle() && array() !== $this->images->due_marketplaces();
	}

	/**
	 * Gives the accounts that have something due their turns. One that is refused stops itself and not the others.
	 *
	 * @param Lock                  $lock    Held.
	 * @param float                 $until   When to stop.
	 * @param string                $by      As run_slice().
	 * @param array<string, string> $answers Is told what Amazon said last, by the account's key.
	 * @return Run
	 */
	private function work( Lock $lock, float $until, string $by, array &$answers ): array {
		$run     = array(
			'by'          => $by,
			'finished_at' => 0.0,
			'refreshed'   => 0,
			'failed'      => 0,
			'calls'       => 0,
			'more'        => false,
			'stopped'     => null,
		);
		$queues  = $this->queues_to_serve( $by, $run );
		$started = $queues;
		$first   = reset( $queues );
		if ( false !== $first && ! Database::takes_pictures() ) {
			self::note_stop( $run, $first, self::refusal() );
			$queues = array();
		}
		while ( array() !== $queues ) {
			uasort( $queues, static fn( Account_Queue $one, Account_Queue $other ): int => $one->ready_at <=> $other->ready_at );
			$queue = reset( $queues );
			if ( max( microtime( true ), $queue->ready_at ) >= $until ) {
				$run['more'] = true;
				self::note_stop( $run, $queue, array( 'status' => 'deadline' ) );
				break;
			}
			$wait = $queue->ready_at - microtime( true );
			if ( $wait > 0 ) {
				// Not longer at once than the lock can do without.
				usleep( (int) ( min( self::GRACE, $wait ) * 1000000 ) );
				if ( $wait > self::GRACE && $lock->renew() ) {
					continue;
				}
			}
			$calls   = $run['calls'];
			$stopped = $this->take_turn( $queue, 1 === count( $queues ), $lock, $until, $run );
			if ( null === $stopped ) {
				// Without a call it has only waited.
				$answers += $run['calls'] > $calls ? array( $queue->key => 'ok' ) : array();
				continue;
			}
			if ( 'ok' !== $stopped['status'] ) {
				self::note_stop( $run, $queue, $stopped );
			}
			if ( in_array( $stopped['status'], array( 'cancelled', 'interrupted', 'database_refuses' ), true ) ) {
				$run['more'] = 'interrupted' === $stopped['status'];
				break;
			}
			unset( $queues[ $queue->key ] );
			if ( 'ok' === $stopped['status'] ) {
				$this->log->served( $queue->key );
			} else {
				$answers[ $queue->key ] = $stopped['status'];
				$this->log->refused( $queue->key, Run_Log::stopped( $stopped ) );
			}
		}
		foreach ( $started as $queue ) {
			$queue->pace->hand_on();
		}
		if ( Post_Accounts::are_wanted() && $run['refreshed'] > 0 && null === $run['stopped'] && array() !== $this->images->due_marketplaces() ) {
			// Only so many are looked at in a slice where the account is one by post.
			$run['more'] = true;
		}
		$run['finished_at'] = microtime( true );
		return $run;
	}

	/**
	 * The queues of accounts that may be asked now.
	 *
	 * @param string $by  As run_slice().
	 * @param Run    $run Is told of accounts that were refused just now, where a person waits for the outcome.
	 * @return array<string, Account_Queue> By the account's key.
	 */
	private function queues_to_serve( string $by, array &$run ): array {
		$queues = $this->queues->all();
		foreach ( $queues as $key => $queue ) {
			if ( 'schedule' === $by ? $this->log->is_paused( $key ) : $this->log->was_refused_just_now( $key ) ) {
				if ( 'schedule' !== $by ) {
					self::note_stop( $run, $queue, array( 'status' => $this->log->pause( $key )['status'] ?? '' ) );
				}
				unset( $queues[ $key ] );
			} elseif ( $this->log->was_refused( $key ) ) {
				// Those that answered last time come first.
				$queue->ready_at = microtime( true );
			}
		}
		return $queues;
	}

	/**
	 * One turn of one account.
	 *
	 * @param Account_Queue $queue Whose turn it is.
	 * @param bool          $alone Whether nobody else waits.
	 * @param Lock          $lock  Held.
	 * @param float         $until When the slice is over.
	 * @param Run           $run   Is added to.
	 * @return array<string, mixed>|null What ends the account's part in this slice, 'ok' where nothing is due any more; null where it goes on.
	 */
	private function take_turn( Account_Queue $queue, bool $alone, Lock $lock, float $until, array &$run ): ?array {
		$begun = microtime( true );
		$calls = max( 1, (int) floor( $queue->rate * ( $alone ? max( 1.0, min( self::TURN_ALONE, $until - $begun - self::GRACE / 2 ) ) : 1.0 ) ) );
		$asins = $queue->next( $calls );
		if ( array() === $asins ) {
			return array( 'status' => 'ok' );
		}
		// Whatever is planned, the calls that these need are all that are made, and retries.
		$calls    = (int) ceil( count( $asins ) / Account_Queue::A_CALL );
		$deadline = min( $calls / $queue->rate + self::TURN_MARGIN, $until - $begun + self::GRACE );
		if ( ! $lock->renew() ) {
			return array( 'status' => 'cancelled' );
		}
		$wait = $queue->pace->take( $deadline );
		if ( 0.0 !== $wait ) {
			$queue->put_back( $asins );
			$queue->ready_at = microtime( true ) + (float) $wait;
			return null === $wait ? self::refusal() : null;
		}
		$answered = 0;
		$refusal  = null;
		$on_batch = function ( array $batch ) use ( $queue, $lock, &$run, &$answered, &$refusal ): bool {
			if ( ! $lock->renew() ) {
				return false;
			}
			$stored    = $this->store( $queue->marketplaces, $batch, $lock, $run );
			$answered += $stored;
			// A disk that is full may still take some.
			$refusal = $stored < count( (array) $batch['images'] ) + count( (array) $batch['failed'] ) ? self::refusal() : null;
			return null === $refusal;
		};
		$result   = $this->extension->refresh_images(
			$queue->account,
			$asins,
			$on_batch,
			array(
				'deadline'            => max( 0.1, $deadline - ( microtime( true ) - $begun ) ),
				'requests_per_second' => Pace::steady( $queue->rate ),
				'max_calls'           => $calls + self::RETRIES,
			)
		);
		if ( is_wp_error( $result ) ) {
			return array(
				'status' => $result->get_error_code(),
				'reason' => (string) ( $result->get_error_data()['thrown'] ?? '' ),
			);
		}
		$answered     += $this->store( $queue->marketplaces, $result, $lock, $run );
		$made          = (int) ( $result['calls'] ?? 0 );
		$run['calls'] += $made;
		$queue->put_back( array_map( 'strval', (array) ( $result['pending'] ?? array() ) ) );
		$queue->ready_at = $begun + $made / Pace::steady( $queue->rate );
		return $refusal ?? self::outcome( $result, $answered );
	}

	/**
	 * What ends a slice whose answers cannot be kept.
	 *
	 * @return array{status: string, message: string}
	 */
	private static function refusal(): array {
		return array(
			'status'  => 'database_refuses',
			'message' => Database::complaint(),
		);
	}

	/**
	 * What a turn means for the account.
	 *
	 * @param array<string, mixed> $result   What the extension says.
	 * @param int                  $answered How many pictures were answered.
	 * @return array<string, mixed>|null As take_turn().
	 */
	private static function outcome( array $result, int $answered ): ?array {
		$stopped = is_array( $result['stopped'] ?? null ) ? $result['stopped'] : null;
		$status  = (string) ( $stopped['status'] ?? '' );
		if ( null !== $stopped && ! in_array( $status, array( 'deadline', 'max_calls' ), true ) ) {
			return $stopped;
		}
		if ( $answered > 0 ) {
			return null;
		}
		if ( null === $stopped ) {
			// Neither an answer nor a reason: asking on would go round for ever.
			return array( 'status' => 'invalid_response' );
		}
		// A whole turn without an answer: the others, and the next slice, do not wait for this one.
		return array( 'status' => (int) ( $result['throttled'] ?? 0 ) > 0 ? 'throttled' : 'unreachable' );
	}

	/**
	 * Notes what stopped an account. A reason that needs somebody stands before one that only means "later".
	 *
	 * @param Run                  $run     Is added to.
	 * @param Account_Queue        $queue   Whose part in it was stopped.
	 * @param array<string, mixed> $stopped Why.
	 */
	private static function note_stop( array &$run, Account_Queue $queue, array $stopped ): void {
		if ( null === $run['stopped'] || ! in_array( $stopped['status'], self::GOES_ON, true ) ) {
			$run['stopped'] = Run_Log::stopped( array( 'marketplace' => $queue->account['marketplace'] ) + $stopped );
		}
	}

	/**
	 * Stores the pictures and the failures of an answer.
	 *
	 * @param list<string>         $marketplaces Under which they stand in posts.
	 * @param array<string, mixed> $answer       A batch, or a result.
	 * @param Lock                 $lock         Held.
	 * @param Run                  $run          Is added to.
	 * @return int How many were stored.
	 */
	private function store( array $marketplaces, array $answer, Lock $lock, array &$run ): int {
		$images = is_array( $answer['images'] ?? null ) ? $answer['images'] : array();
		$failed = is_array( $answer['failed'] ?? null ) ? $answer['failed'] : array();
		if ( array() === $images && array() === $failed ) {
			return 0;
		}
		[ $refreshed, $not_given ] = Database::quietly( fn(): array => array( $this->images->save_images( $marketplaces, $images, $lock ), $this->images->save_failures( $marketplaces, $failed, $lock ) ) );

		$run['refreshed'] += $refreshed;
		$run['failed']    += $not_given;

		if ( $refreshed > 0 ) {
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
}
