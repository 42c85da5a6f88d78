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

defined( 'ABSPATH' ) || exit;

/**
 * The door to refreshing: says whether anything stands in its way, and has one slice of it done, by one process at a time. Every
 * answer is stored when it comes, so a slice may be killed at any point and the next goes on from there.
 *
 * @phpstan-import-type Run from Run_Log
 */
final class Refresh_Runner {

	/** Reasons to stop that only mean "later". */
	public const GOES_ON = array( 'deadline', 'max_calls', 'interrupted' );

	/** Seconds for which page caches are told at the end of a slice that has used up its time. */
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
		$tables = Schema::obstacle();
		if ( null !== $tables ) {
			return new WP_Error( $tables );
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
		if ( null === Schema::obstacle() ) {
			// Also where nothing may be fetched: a link is not kept longer for that.
			$this->images->forget_expired();
		}
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
		if ( true !== $taken ) {
			return new WP_Error( false === $taken ? 'busy' : 'database_refuses' );
		}
		try {
			$until  = microtime( true ) + $seconds;
			$slice  = new Refresh_Slice( $this->extension, $this->images, $this->log, $lease, $until, $by, null !== $refusal );
			$queues = Account_Queue::all( $this->accounts, $this->posts );
			foreach ( $queues as $key => $queue ) {
				$pause = $this->log->pause( $queue->key );
				// A person who waits for the others does not have one asked again that was refused in this or the last slice.
				if ( null === $pause || ( 'person' === $by && $pause['at'] <= time() - MINUTE_IN_SECONDS ) ) {
					continue;
				}
				if ( 'person' === $by ) {
					$slice->note_stop( $queue, array( 'status' => $pause['status'] ) );
				}
				unset( $queues[ $key ] );
			}
			// Where the database has refused an answer, one account finds out for all whether it does still.
			$first = null === $refusal ? $queues : array_slice( $queues, 0, 1, true );
			$slice->work( $first );
			$run                = $slice->run;
			$run['finished_at'] = microtime( true );
			// Only so many are looked at in a slice where the account is one by post.
			$by_post     = Post_Account_Resolver::are_wanted() && $run['refreshed'] > 0;
			$run['more'] = $run['more'] || (
				null === $run['stopped']
				&& ( count( $first ) < count( $queues ) || ( $by_post && array() !== Due_Images::marketplaces() ) )
			);
			// Nothing to do is no run: what the last one came to stays on the page.
			if ( ( $run['calls'] > 0 || null !== $run['stopped'] || $run['refreshed'] + $run['failed'] > 0 ) && $lease->renew() ) {
				$this->log->record( $run );
			}
			$this->outbox->tell( max( self::TELLING, $until - microtime( true ) ), $lease->renew( ... ) );
			return $run;
		} finally {
			$lease->release();

			/** Fires when a slice of refreshing is over, also where it was stopped. */
			do_action( 'creators_image_refresh_slice_over' );
		}
	}

	/**
	 * When there will be something to do that is none now: an account that was refused may be asked again.
	 *
	 * @return int|null Unix seconds; null where nobody waits.
	 */
	public function next_chance(): ?int {
		$queues = null === $this->obstacle() ? Account_Queue::all( $this->accounts, $this->posts ) : array();
		$pauses = array_map( fn( Account_Queue $queue ): int => $this->log->pause( $queue->key )['until'] ?? 0, $queues );
		$until  = array_filter( $pauses );
		return array() === $until ? null : min( $until );
	}

	/** Whether something is due. */
	public function has_work(): bool {
		return null === $this->obstacle() && array() !== Due_Images::marketplaces();
	}
}
