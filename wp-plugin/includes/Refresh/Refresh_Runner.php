<?php
/**
 * Fetches the links that are due.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Refresh;

use Creators_Image_Refresh\Accounts\Account_Resolver;
use Creators_Image_Refresh\Accounts\Post_Account_Resolver;
use Creators_Image_Refresh\Api\Extension;
use Creators_Image_Refresh\License\License;
use Creators_Image_Refresh\Purging\Purge_Outbox;
use Creators_Image_Refresh\Settings\Settings;
use Creators_Image_Refresh\Storage\Database;
use Creators_Image_Refresh\Storage\Due_Images;
use Creators_Image_Refresh\Storage\Image_Repository;
use Creators_Image_Refresh\Storage\Schema;
use WP_Error;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * The door to refreshing: says whether anything stands in its way, and has one slice of it done, by one process at a time. Every
 * answer is stored when it comes, so a slice may be killed at any point and the next goes on from there.
 *
 * @phpstan-import-type Run from Run_Log
 */
final class Refresh_Runner {

	/**
	 * Reasons to stop that only mean "later".
	 */
	public const GOES_ON = array( 'deadline', 'max_calls', 'interrupted' );

	/**
	 * Seconds for which page caches are told at the end of a slice that has used up its time.
	 */
	private const TELLING = 3.0;

	/**
	 * Takes what it works with.
	 *
	 * @param Extension             $extension Asks Amazon.
	 * @param Settings              $settings  Whether it may.
	 * @param Account_Resolver      $accounts  Who asks.
	 * @param Image_Repository      $images    What is due.
	 * @param Run_Log               $log       What came of it.
	 * @param License               $license   Whether there is one, where one is needed.
	 * @param Post_Account_Resolver $posts     Who asks for the pictures of single posts.
	 * @param Purge_Outbox          $outbox    What page caches are still to be told.
	 */
	public function __construct(
		private Extension $extension,
		private Settings $settings,
		private Account_Resolver $accounts,
		private Image_Repository $images,
		private Run_Log $log,
		private License $license,
		private Post_Account_Resolver $posts,
		private Purge_Outbox $outbox
	) {}

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
		return has_filter( 'creators_image_refresh_account' ) || Post_Account_Resolver::are_wanted()
			? null
			: $this->accounts->obstacle();
	}

	/**
	 * Does one slice.
	 *
	 * @param float  $seconds How long.
	 * @param string $by      'schedule', or 'person': a person's wish is also asked of an account that was refused lately.
	 * @return Run|WP_Error What it came to; 'busy' where another run is under way, 'database_refuses' where nothing can be
	 *                      written.
	 */
	public function run_slice( float $seconds, string $by ): array|WP_Error {
		$obstacle = $this->obstacle();
		if ( null !== $obstacle ) {
			return $obstacle;
		}
		$refusal = Database::refusal();
		if ( 'schedule' === $by && null !== $refusal && $refusal['until'] > time() ) {
			return new WP_Error( 'database_refuses' );
		}
		$lease = new Lease( Lease::RUNNER );
		$taken = Database::quietly( $lease->take( ... ) );
		$known = null;
		if ( false === $taken ) {
			$known = Account_Queue::all( $this->accounts, $this->posts );
			$asked = array_filter( $known, fn( Account_Queue $queue ): bool => ! $this->log->is_paused( $queue->key ) );
			$taken = Standby::wait( $lease, $this->extension, $asked );
			// Which pictures another account asks for is no longer so.
			$known = Post_Account_Resolver::are_wanted() ? null : $known;
		}
		if ( true !== $taken ) {
			return new WP_Error( false === $taken ? 'busy' : 'database_refuses' );
		}
		try {
			$this->images->forget_expired();
			$until  = microtime( true ) + $seconds;
			$slice  = new Refresh_Slice( $this->extension, $this->images, $this->log, $lease, $until, $by, null !== $refusal );
			$queues = $this->queues_to_serve( $by, $slice, $known );
			// Where the database has refused an answer, one account finds out for all whether it does still.
			$first = null === $refusal ? $queues : array_slice( $queues, 0, 1, true );
			$slice->work( $first );
			$run                = $slice->run;
			$run['finished_at'] = microtime( true );
			if ( count( $first ) < count( $queues ) && null === $run['stopped'] ) {
				$run['more'] = true;
			}
			if (
				Post_Account_Resolver::are_wanted()
				&& $run['refreshed'] > 0
				&& null === $run['stopped']
				&& array() !== Due_Images::marketplaces()
			) {
				// Only so many are looked at in a slice where the account is one by post.
				$run['more'] = true;
			}
			// Nothing to do is no run: what the last one came to stays on the page.
			if ( ( $run['calls'] > 0 || null !== $run['stopped'] || $run['refreshed'] + $run['failed'] > 0 ) && $lease->renew() ) {
				$this->log->record( $run, $slice->answers );
			}
		} finally {
			$lease->release();

			/**
			 * Fires when a slice of refreshing is over, also where it was stopped.
			 */
			do_action( 'creators_image_refresh_slice_over' );
		}
		// While the next slice is under way: the accounts do not wait for page caches.
		$this->tell( max( self::TELLING, $until - microtime( true ) ) );
		return $run;
	}

	/**
	 * Tells page caches what there is to tell, one process at a time.
	 *
	 * @param float $seconds How long, about.
	 * @return bool False where another does.
	 */
	public function tell( float $seconds ): bool {
		$lease = new Lease( Lease::TELLER );
		if ( true !== $lease->take() ) {
			return false;
		}
		try {
			$this->outbox->tell( $seconds, $lease->renew( ... ) );
		} finally {
			$lease->release();
		}
		return true;
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
		$queues = Account_Queue::all( $this->accounts, $this->posts );
		$until  = array_filter(
			array_map( fn( Account_Queue $queue ): int => $this->log->pause( $queue->key )['until'] ?? 0, $queues )
		);
		return array() === $until ? null : min( $until );
	}

	/**
	 * Whether something is due.
	 *
	 * @return bool
	 */
	public function has_work(): bool {
		return null === $this->obstacle() && array() !== Due_Images::marketplaces();
	}

	/**
	 * The queues of accounts that may be asked now.
	 *
	 * @param string                            $by     As run_slice().
	 * @param Refresh_Slice                     $slice  Is told of accounts that were refused just now, where a person waits for the
	 *                                                  outcome.
	 * @param array<string, Account_Queue>|null $queues All that have something due, where that is known.
	 * @return array<string, Account_Queue> By the account's key.
	 */
	private function queues_to_serve( string $by, Refresh_Slice $slice, ?array $queues ): array {
		$queues ??= Account_Queue::all( $this->accounts, $this->posts );
		foreach ( $queues as $key => $queue ) {
			if ( 'schedule' === $by ? $this->log->is_paused( $queue->key ) : $this->log->was_refused_just_now( $queue->key ) ) {
				if ( 'schedule' !== $by ) {
					$slice->note_stop( $queue, array( 'status' => $this->log->pause( $queue->key )['status'] ?? '' ) );
				}
				unset( $queues[ $key ] );
			}
		}
		return $queues;
	}
}
