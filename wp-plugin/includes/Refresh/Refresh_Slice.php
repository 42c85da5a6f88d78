<?php
/**
 * One slice of refreshing, under way.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Refresh;

use Creators_Image_Refresh\Api\Extension;
use Creators_Image_Refresh\Refresh\Lease\Account_Lease;
use Creators_Image_Refresh\Refresh\Lease\Run_Lock;
use Creators_Image_Refresh\Storage\Database;
use Creators_Image_Refresh\Storage\Image_Repository;
use WP_Error;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Has the accounts that have something due ask for it, side by side, until the time is over. Accounts with the same
 * credentials share their pace, so they take turns; every other one is at work all the time, and one that is refused or slow
 * holds up nobody but itself.
 *
 * @phpstan-import-type Run from Run_Log
 */
final class Refresh_Slice {

	/**
	 * A turn in seconds' worth of calls: as long as a person may wait who has the account tested meanwhile. Accounts that share
	 * their credentials take a second's worth each.
	 */
	private const TURN = 2;

	/**
	 * What a turn that is begun just before the slice's end may take, so that no answer is thrown away.
	 */
	private const GRACE = 5.0;

	/**
	 * Reasons that end the whole slice and say nothing of an account.
	 */
	private const ENDS_ALL = array( 'cancelled', 'interrupted', 'database_refuses' );

	/**
	 * What it came to.
	 *
	 * @var Run
	 */
	public array $run;

	/**
	 * What Amazon said last, by the account's key.
	 *
	 * @var array<string, string>
	 */
	public array $answers = array();

	/**
	 * The accounts that go on, by their pace.
	 *
	 * @var array<string, array<string, Account_Queue>>
	 */
	private array $waiting = array();

	/**
	 * The paces, by their keys.
	 *
	 * @var array<string, Account_Lease>
	 */
	private array $paces = array();

	/**
	 * What is asked at this moment, by pace.
	 *
	 * @var array<string, Account_Turn>
	 */
	private array $turns = array();

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
	 * @param Run_Lock         $lock       Held.
	 * @param float            $until      When to stop, by this server's clock.
	 * @param string           $by         As Refresh_Runner::run_slice().
	 * @param bool             $is_careful Whether the database has refused what came before: one call is made until it takes an answer.
	 */
	public function __construct(
		private Extension $extension,
		private Image_Repository $images,
		private Run_Log $log,
		private Run_Lock $lock,
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
		foreach ( $queues as $key => $queue ) {
			$this->waiting[ $queue->pace->key ][ $key ] = $queue;
			$this->paces[ $queue->pace->key ]           = $queue->pace;
		}
		$runs = array();
		foreach ( array_keys( $this->paces ) as $pace ) {
			$runs[ $pace ] = $this->next( (string) $pace );
		}
		if ( null !== $this->end ) {
			// What the others were about to ask is asked another time.
			array_walk( $this->paces, static fn( Account_Lease $pace ) => $pace->hand_on( false ) );
			return;
		}
		foreach ( $this->turns as $pace => $turn ) {
			// Its time has been running while the others were looked up.
			$runs[ $pace ] = $turn->to_run();
		}
		$left = $this->extension->refresh_accounts( array_filter( $runs ), $this->on_batch( ... ), $this->on_end( ... ) );
		if ( is_wp_error( $left ) ) {
			$this->end = self::failure( $left );
			foreach ( $this->turns as $turn ) {
				$this->note_stop( $turn->queue, $this->end );
			}
			if ( null === $this->run['stopped'] && array() !== $queues ) {
				$this->note_stop( reset( $queues ), $this->end );
			}
		} else {
			foreach ( $left as $pace => $result ) {
				$this->end_turn( (string) $pace, $result );
			}
		}
		array_walk( $this->paces, static fn( Account_Lease $pace ) => $pace->hand_on() );
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
	 * What is asked next at a pace, or how long it is waited.
	 *
	 * @param string $pace Its key.
	 * @return array<string, mixed>|null A run for the extension; null where nothing is to be asked any more.
	 */
	private function next( string $pace ): ?array {
		while ( array() !== ( $this->waiting[ $pace ] ?? array() ) && null === $this->end ) {
			uasort( $this->waiting[ $pace ], static fn( Account_Queue $one, Account_Queue $other ): int => $one->ready_at <=> $other->ready_at );
			$queue = reset( $this->waiting[ $pace ] );
			$now   = microtime( true );
			if ( max( $now, $queue->ready_at ) >= $this->until ) {
				$this->run['more'] = true;
				$this->note_stop( $queue, array( 'status' => 'deadline' ) );
				break;
			}
			if ( ! $this->lock->renew() ) {
				$this->end = array( 'status' => 'cancelled' );
				$this->note_stop( $queue, $this->end );
				break;
			}
			if ( $queue->ready_at > $now ) {
				// Not longer at once than the lock can do without.
				return array(
					'account' => $queue->account,
					'asins'   => array(),
					'options' => array( 'delay' => min( self::GRACE, $queue->ready_at - $now ) ),
				);
			}
			$run = $this->begin_turn( $queue, 1 === count( $this->waiting[ $pace ] ) );
			if ( null !== $run ) {
				return $run;
			}
		}
		$this->paces[ $pace ]->hand_on();
		return null;
	}

	/**
	 * Begins a turn.
	 *
	 * @param Account_Queue $queue Whose.
	 * @param bool          $alone Whether nobody else waits for the same pace.
	 * @return array<string, mixed>|null A run for the extension; null where there is none now.
	 */
	private function begin_turn( Account_Queue $queue, bool $alone ): ?array {
		$left  = $this->until - microtime( true );
		$calls = max( 1, (int) floor( $queue->rate * ( $alone ? max( 1.0, min( self::TURN, $left - self::GRACE / 2 ) ) : 1.0 ) ) );
		$asins = $queue->next( $this->is_careful ? 1 : $calls );
		if ( array() === $asins ) {
			$this->end_account( $queue, array( 'status' => 'ok' ) );
			return null;
		}
		$turn = new Account_Turn( $queue, $asins, $left + self::GRACE );
		$wait = $queue->pace->take( $turn->seconds );
		if ( 0.0 !== $wait ) {
			$queue->put_back( $asins );
			foreach ( $this->waiting[ $queue->pace->key ] as $other ) {
				// It is the pace that waits, whoever has it.
				$other->ready_at = max( $other->ready_at, microtime( true ) + (float) $wait );
			}
			if ( null === $wait ) {
				$this->end = self::refusal();
				$this->note_stop( $queue, $this->end );
			}
			return null;
		}
		$this->turns[ $queue->pace->key ] = $turn;
		return $turn->to_run();
	}

	/**
	 * Takes an answer as soon as it is there.
	 *
	 * @param int|string           $pace  Whose it is.
	 * @param array<string, mixed> $batch What it brought.
	 * @return bool Whether to go on.
	 */
	private function on_batch( int|string $pace, array $batch ): bool {
		$turn = $this->turns[ $pace ];
		if ( ! $this->lock->renew() ) {
			$this->end = array( 'status' => 'cancelled' );
			return false;
		}
		$refused         = Database::refused();
		$turn->answered += count( (array) $batch['images'] ) + count( (array) $batch['failed'] );
		try {
			$stored = $this->store( $turn->queue->marketplaces, $batch );
		} catch ( \Throwable $error ) {
			// It is stored by then; who was told of it failed. The account ends with that, and the others go on.
			$turn->thrown = get_class( $error );
			return true;
		}
		if ( Database::refused() > $refused ) {
			// A disk that is full may still take some.
			$this->end = self::refusal();
		} elseif ( $stored > 0 && $this->is_careful ) {
			$this->is_careful = false;
			Database::forget_refusal();
		}
		return null === $this->end;
	}

	/**
	 * Takes the end of a turn, or of a wait, and gives what comes next.
	 *
	 * @param int|string           $pace   Whose it is.
	 * @param array<string, mixed> $result What the extension says of it.
	 * @return array<string, mixed>|false|null As next(); false where nobody is to ask any more.
	 */
	private function on_end( int|string $pace, array $result ): array|false|null {
		$this->end_turn( (string) $pace, $result );
		$next = $this->next( (string) $pace );
		return null === $this->end ? $next : false;
	}

	/**
	 * Ends a turn, if it was one, and the account's part in the slice where that is what it comes to.
	 *
	 * @param string               $pace   Whose it is.
	 * @param array<string, mixed> $result What the extension says of it.
	 */
	private function end_turn( string $pace, array $result ): void {
		$turn = $this->turns[ $pace ] ?? null;
		if ( null === $turn ) {
			$waiting = reset( $this->waiting[ $pace ] );
			if ( false !== $waiting && in_array( $result['stopped']['status'] ?? '', array( 'interrupted', 'invalid_arguments' ), true ) ) {
				$this->end_account( $waiting, $result['stopped'] );
			}
			return;
		}
		unset( $this->turns[ $pace ] );
		$made                = (int) ( $result['calls'] ?? 0 );
		$this->run['calls'] += $made;
		$stopped             = $turn->end( $result );
		if ( null !== $this->end && in_array( $stopped['status'] ?? '', self::ENDS_ALL, true ) ) {
			// That the others were stopped with it is no reason of theirs.
			$stopped = $this->end;
		}
		if ( null !== $stopped ) {
			$this->end_account( $turn->queue, $stopped );
		} elseif ( $made > 0 ) {
			// Without a call it has only waited.
			$this->answers[ $turn->queue->key ] = 'ok';
		}
	}

	/**
	 * Ends an account's part in the slice.
	 *
	 * @param Account_Queue        $queue   Whose.
	 * @param array<string, mixed> $stopped Why; 'ok' where nothing of it is due any more.
	 */
	private function end_account( Account_Queue $queue, array $stopped ): void {
		$status = (string) $stopped['status'];
		if ( 'ok' !== $status ) {
			$this->note_stop( $queue, $stopped );
		}
		if ( in_array( $status, self::ENDS_ALL, true ) ) {
			$this->end       ??= $stopped;
			$this->run['more'] = $this->run['more'] || 'interrupted' === $status;
			return;
		}
		unset( $this->waiting[ $queue->pace->key ][ $queue->key ] );
		if ( 'ok' === $status ) {
			$this->log->served( $queue->key );
		} else {
			$this->answers[ $queue->key ] = $status;
			$this->log->refused( $queue->key, Run_Log::stopped( $stopped ) );
		}
	}

	/**
	 * What ends a slice whose answers cannot be kept. It is noted at once: whoever comes next asks for less.
	 *
	 * @return array{status: string, message: string}
	 */
	private static function refusal(): array {
		Database::note_refusal();
		return array(
			'status'  => 'database_refuses',
			'message' => Database::said(),
		);
	}

	/**
	 * What ends what the extension does not take.
	 *
	 * @param WP_Error $error What it says.
	 * @return array{status: int|string, reason: string}
	 */
	private static function failure( WP_Error $error ): array {
		return array(
			'status' => $error->get_error_code(),
			'reason' => (string) ( $error->get_error_data()['thrown'] ?? '' ),
		);
	}

	/**
	 * Stores the pictures and the failures of an answer.
	 *
	 * @param list<string>         $marketplaces Under which they stand in posts.
	 * @param array<string, mixed> $answer       A batch.
	 * @return int How many were stored.
	 */
	private function store( array $marketplaces, array $answer ): int {
		$images = is_array( $answer['images'] ?? null ) ? $answer['images'] : array();
		$failed = is_array( $answer['failed'] ?? null ) ? $answer['failed'] : array();
		// Failures first: others are told of pictures as they are stored, and may fail.
		[ $not_given, $refreshed ] = Database::quietly(
			fn(): array => array( $this->images->save_failures( $marketplaces, $failed, $this->lock ), $this->images->save_images( $marketplaces, $images, $this->lock ) )
		);

		$this->run['refreshed'] += $refreshed;
		$this->run['failed']    += $not_given;

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
