<?php
/**
 * One slice of refreshing, under way.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Refresh;

use Creators_Image_Refresh\Api\Extension;
use Creators_Image_Refresh\Storage\Database;
use Creators_Image_Refresh\Storage\Image_Repository;

defined( 'ABSPATH' ) || exit;

/**
 * One slice of refreshing, under way. Has the accounts that have something due ask for it, side by side, until the time is over:
 * each is handed its pictures as it goes, and one that is refused or slow holds up nobody but itself.
 *
 * @phpstan-import-type Run from Run_Log
 */
final class Refresh_Slice {

	/** Seconds for which answers are waited for at the end, so that none is thrown away. */
	private const GRACE = 5.0;

	/** Seconds for which calls start after the extension was told that they may. */
	private const PERMISSION = 10.0;

	/** Reasons that end the whole slice and say nothing of an account. */
	private const ENDS_ALL = array( 'cancelled', 'interrupted', 'database_refuses' );

	/**
	 * What it came to.
	 *
	 * @var Run
	 */
	public array $run;

	/**
	 * The accounts that Amazon has answered, by their keys.
	 *
	 * @var array<string, true>
	 */
	private array $answered = array();

	/**
	 * The accounts at work, by their keys.
	 *
	 * @var array<string, Account_Queue>
	 */
	private array $queues = array();

	/**
	 * What another plugin threw that was told of an account's pictures: the class of it, by the account's key.
	 *
	 * @var array<string, string>
	 */
	private array $thrown = array();

	/**
	 * What ended the slice before its time.
	 *
	 * @var array<string, mixed>|null
	 */
	private ?array $end = null;

	/**
	 * Takes what it works with.
	 *
	 * @param Extension        $extension  Asks Amazon.
	 * @param Image_Repository $images     Keeps what Amazon says.
	 * @param Run_Log          $log        Keeps what Amazon said to an account.
	 * @param Lease            $lease      Held.
	 * @param float            $until      When to stop, by this server's clock.
	 * @param string           $by         As Refresh_Runner::run_slice().
	 * @param bool             $is_careful Whether the database has refused what came before: one call is made until it takes an answer.
	 */
	public function __construct(
		private Extension $extension,
		private Image_Repository $images,
		private Run_Log $log,
		private Lease $lease,
		private float $until,
		string $by,
		private bool $is_careful = false
	) {
		$this->run = array(
			'by'          => $by,
			'finished_at' => 0.0,
			'refreshed'   => 0,
			'failed'      => 0,
			'calls'       => 0,
			'more'        => false,
			'stopped'     => null,
		);
	}

	/**
	 * Does what there is to do.
	 *
	 * @param array<string, Account_Queue> $queues By the account's key.
	 */
	public function work( array $queues ): void {
		$this->queues = $queues;
		$left         = $this->extension->refresh_accounts(
			array_map( $this->to_run( ... ), $queues ),
			$this->on_batch( ... ),
			$this->on_end( ... ),
			$this->next_asins( ... )
		);
		if ( is_wp_error( $left ) ) {
			// The extension does not take something.
			$stopped = array(
				'status' => (string) $left->get_error_code(),
				'reason' => (string) ( $left->get_error_data()['thrown'] ?? '' ),
			);
			$left    = array_fill_keys( array_keys( $this->queues ), array( 'stopped' => $stopped ) );
		}
		foreach ( $left as $key => $result ) {
			$this->end_account( $this->queues[ $key ], $result );
		}
	}

	/**
	 * Notes what stopped an account. A reason that needs somebody stands before one that only means "later".
	 *
	 * @param Account_Queue        $queue   Whose part in it was stopped.
	 * @param array<string, mixed> $stopped Why.
	 */
	public function note_stop( Account_Queue $queue, array $stopped ): void {
		if ( null === $this->run['stopped'] || ! in_array( $stopped['status'], Refresh_Runner::GOES_ON, true ) ) {
			$this->run['stopped'] = Run_Log::stopped( array( 'marketplace' => $queue->account['marketplace'] ) + $stopped );
		}
	}

	/**
	 * An account's run, for the extension.
	 *
	 * @param Account_Queue $queue Whose.
	 * @return array{account: array<string, string>, options: array<string, float|int|string>}
	 */
	private function to_run( Account_Queue $queue ): array {
		$options = array(
			'requests_per_second' => Account_Lease::rate( $queue->account['marketplace'] ),
			'deadline'            => max( 0.1, $this->until - microtime( true ) ),
			'grace'               => self::GRACE,
			'learned'             => $queue->lease->learned(),
		);
		return array(
			'account' => $queue->account,
			'options' => $this->is_careful ? array( 'max_calls' => 1 ) + $options : $options,
		);
	}

	/**
	 * Says what an account is to ask next, and whether it may.
	 *
	 * @param int|string $key       The account's.
	 * @param int        $count     How many pictures are wanted.
	 * @param int        $in_flight How many calls of its credentials are under way.
	 * @param float      $free_in   Seconds until another process may make one, once none is.
	 * @return list<string>|float|false|null ASINs; seconds to wait; null where there are no more; false where all is to end.
	 */
	private function next_asins( int|string $key, int $count, int $in_flight, float $free_in ): array|float|false|null {
		$queue = $this->queues[ $key ];
		if ( null !== $this->end || ! $this->holds_on() ) {
			return false;
		}
		$wait = $queue->lease->take( self::PERMISSION, $in_flight, $free_in );
		if ( null === $wait ) {
			$this->end = Database::note_refusal();
			return false;
		}
		if ( $wait > 0 ) {
			return $wait;
		}
		return isset( $this->thrown[ $key ] ) ? null : $queue->next( $count );
	}

	/** Holds the lease on. Where another has taken it, all is over. */
	private function holds_on(): bool {
		if ( ! $this->lease->renew() ) {
			$this->end = array( 'status' => 'cancelled' );
		}
		return null === $this->end;
	}

	/**
	 * Takes an answer as soon as it is there.
	 *
	 * @param int|string           $key   The account's.
	 * @param array<string, mixed> $batch What it brought.
	 * @return bool Whether to go on.
	 */
	private function on_batch( int|string $key, array $batch ): bool {
		$queue = $this->queues[ $key ];
		if ( $batch['calls'] > 0 ) {
			$queue->lease->answered();
			$this->answered[ $key ] = true;
		}
		$refused = Database::refused();
		try {
			$stored = $this->store( $queue->marketplaces, $batch );
		} catch ( \Throwable $error ) {
			// It is stored by then; who was told of it failed. The account ends with that, and the others go on.
			$this->thrown[ $key ] = get_class( $error );
			return true;
		}
		if ( Database::refused() > $refused ) {
			// A disk that is full may still take some.
			$this->end = Database::note_refusal();
		} elseif ( 0 === $stored ) {
			$this->holds_on();
		} elseif ( $this->is_careful ) {
			$this->is_careful = false;
			Database::forget_refusal();
		}
		return null === $this->end;
	}

	/**
	 * Takes the end of an account's run.
	 *
	 * @param int|string           $key    The account's.
	 * @param array<string, mixed> $result What the extension says of it.
	 * @return array<string, mixed>|false|null The next run, after one of a single call; false where nobody is to ask any more.
	 */
	private function on_end( int|string $key, array $result ): array|false|null {
		$queue = $this->queues[ $key ];
		if ( 'max_calls' === ( $result['stopped']['status'] ?? '' ) && ! isset( $this->thrown[ $key ] ) && null === $this->end ) {
			$this->run['calls'] += (int) $result['calls'];
			return $this->to_run( $queue );
		}
		$this->end_account( $queue, $result );
		return null === $this->end ? null : false;
	}

	/**
	 * Ends an account's part in the slice.
	 *
	 * @param Account_Queue        $queue  Whose.
	 * @param array<string, mixed> $result What the extension says of it.
	 */
	private function end_account( Account_Queue $queue, array $result ): void {
		$key                 = $queue->key;
		$this->run['calls'] += (int) ( $result['calls'] ?? 0 );
		unset( $this->queues[ $key ] );
		$queue->lease->ended( $result['free_in'] ?? null );
		$queue->lease->learn( (string) ( $result['learned'] ?? '' ) );
		if ( ! in_array( $queue->lease, array_column( $this->queues, 'lease' ), true ) ) {
			$queue->lease->hand_on();
		}
		$stopped = $result['stopped'] ?? array( 'status' => 'ok' );
		if ( isset( $this->thrown[ $key ] ) ) {
			$stopped = array(
				'status' => 'extension_failed',
				'reason' => $this->thrown[ $key ],
			);
		}
		$status   = (string) $stopped['status'];
		$goes_on  = in_array( $status, Refresh_Runner::GOES_ON, true );
		$ends_all = in_array( $status, self::ENDS_ALL, true );
		if ( 'ok' !== $status && ! $goes_on && ! $ends_all ) {
			$this->log->answered( $key, Run_Log::stopped( $stopped ) );
		} elseif ( isset( $this->answered[ $key ] ) ) {
			$this->log->answered( $key, null );
		}
		if ( $ends_all ) {
			// That the others were stopped with it is no reason of theirs.
			$this->end ??= $stopped;
			$stopped     = $this->end;
		}
		if ( 'ok' !== $status ) {
			$this->run['more'] = $this->run['more'] || $goes_on;
			$this->note_stop( $queue, $stopped );
		}
	}

	/**
	 * Stores the pictures and the failures of an answer.
	 *
	 * @param list<string>         $marketplaces Under which they stand in posts.
	 * @param array<string, mixed> $answer       A batch.
	 * @return int How many were stored.
	 */
	private function store( array $marketplaces, array $answer ): int {
		$images = $answer['images'];
		// Failures first: others are told of pictures as they are stored, and may fail.
		[ $not_given, $refreshed ] = Database::quietly(
			fn(): array => array(
				$this->images->save_failures( $marketplaces, $answer['failed'], $this->lease->condition() ),
				$this->images->save_images( $marketplaces, $images, $this->lease->condition() ),
			)
		);
		$this->run['refreshed']   += $refreshed;
		$this->run['failed']      += $not_given;
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
