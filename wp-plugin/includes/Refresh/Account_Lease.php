<?php
/**
 * Who asks Amazon with an account.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Refresh;

defined( 'ABSPATH' ) || exit;

/**
 * Who asks Amazon with an account. Within a process the extension keeps the account's rate, and says when another process may go
 * on; this hands it on, whatever server or site of a network they work for. Who is killed holds the others up for seconds, and
 * never lets them ask twice in one.
 *
 * Whoever has a single call to make, a test that a person waits for, goes first: who refreshes hands the account on once no call
 * is under way. Then the refresh has an answer before the next test, so that tests never keep it out.
 */
final class Account_Lease {

	private const OPTION = 'creators_image_refresh_pace_';

	/** Beside it, what the last process has learned of the rate, and how long that says something. */
	private const LEARNED     = 'creators_image_refresh_learned_';
	private const LEARNED_FOR = 10 * MINUTE_IN_SECONDS;

	/** A second's calls take a little more than a second; so the extension has it. */
	private const GUARD = 1.02;

	/** Seconds for which a call may be on its way. */
	private const ON_ITS_WAY = 1.0;

	/** Seconds that are left to whoever waits, besides those for which nobody may ask. */
	private const LEFT_TO_OTHERS = 0.5;

	/** No time besides that in which what is under way is answered. */
	private const WHEN_ANSWERED = 0.001;

	/** Seconds after which an account is looked at again that somebody else has: at least, and at most. */
	private const LOOK = array( 0.05, 1.0 );

	/**
	 * Names this process, for one request.
	 *
	 * @var string
	 */
	private static string $process = '';

	/**
	 * The row.
	 *
	 * @var Lease
	 */
	private Lease $lease;

	/**
	 * Whether it was taken.
	 *
	 * @var bool
	 */
	private bool $is_held = false;

	/**
	 * When another process may ask, by this server's clock; null where nothing was asked.
	 *
	 * @var float|null
	 */
	private ?float $free_at = null;

	/**
	 * Whether it was handed on to somebody who waited, and no call was answered since.
	 *
	 * @var bool
	 */
	private bool $has_yielded = false;

	/**
	 * Takes whose lease it is.
	 *
	 * @param string $key    The account's, see key_of().
	 * @param float  $rate   Calls per second.
	 * @param bool   $urgent Whether a person waits for this single call.
	 */
	public function __construct( private string $key, private float $rate, private bool $urgent = false ) {
		// A process's runs follow each other at once; a test is somebody of its own.
		self::$process = '' === self::$process ? wp_generate_uuid4() : self::$process;
		$this->lease   = new Lease( self::OPTION . $key, $urgent ? null : self::$process, true );
	}

	/**
	 * Accounts with the same credentials share their rate.
	 *
	 * @param array<string, string> $account An account.
	 */
	public static function key_of( #[\SensitiveParameter] array $account ): string {
		return substr( hash( 'sha256', $account['credential_id'] ), 0, 16 );
	}

	/**
	 * The rate that Amazon grants.
	 *
	 * @param string $marketplace The account's.
	 * @return float Calls per second.
	 */
	public static function rate( string $marketplace ): float {
		/**
		 * Filters how many calls a second Amazon gets. A new account is granted one.
		 *
		 * @param float  $requests_per_second At most ten.
		 * @param string $marketplace         The account's marketplace, for instance `www.amazon.de`.
		 */
		$rate = (float) apply_filters( 'creators_image_refresh_requests_per_second', 1.0, $marketplace );
		return max( 0.1, min( 10.0, $rate ) );
	}

	/**
	 * The calls a second that come to Amazon.
	 *
	 * @param float $rate What it grants.
	 */
	public static function steady( float $rate ): float {
		return $rate / self::GUARD;
	}

	/**
	 * Takes the account, or holds it on.
	 *
	 * @param float $seconds   For how long calls may be started.
	 * @param int   $in_flight How many calls are under way.
	 * @param float $free_in   Seconds until another process may ask, once none is.
	 * @return float|null Seconds to wait before asking again; 0 where it is taken; null where the database refuses.
	 */
	public function take( float $seconds, int $in_flight = 0, float $free_in = 0.0 ): ?float {
		$seconds += $this->gap();
		if ( $this->is_held && $this->lease->renew( $seconds ) ) {
			return 0.0;
		}
		if ( $this->is_held && ! $this->has_yielded && $this->lease->is_wanted() ) {
			if ( $in_flight > 0 ) {
				return self::WHEN_ANSWERED;
			}
			$this->hand_on( $free_in );
			$this->has_yielded = true;
			return $free_in + self::LEFT_TO_OTHERS;
		}
		$taken         = $this->lease->take( $seconds );
		$this->is_held = true === $taken;
		if ( false !== $taken ) {
			return $taken ? 0.0 : null;
		}
		if ( $this->urgent ) {
			$this->lease->want();
		}
		return max( self::LOOK[0], min( self::LOOK[1], $this->lease->left() ) );
	}

	/** Notes that a call was answered. */
	public function answered(): void {
		$this->has_yielded = false;
	}

	/** What the last process has learned of the rate, for the extension; empty where Amazon refused no call. */
	public function learned(): string {
		return (string) get_transient( self::LEARNED . $this->key );
	}

	/**
	 * Keeps what the next process is to know of the rate.
	 *
	 * @param string $learned As the extension says it.
	 */
	public function learn( string $learned ): void {
		if ( '' !== $learned ) {
			set_transient( self::LEARNED . $this->key, $learned, self::LEARNED_FOR );
		} elseif ( '' !== $this->learned() ) {
			delete_transient( self::LEARNED . $this->key );
		}
	}

	/**
	 * Notes that a run is over.
	 *
	 * @param float|null $free_in In how many seconds another process may ask; null where that is not known.
	 */
	public function ended( ?float $free_in ): void {
		$this->free_at = max( $this->free_at, microtime( true ) + ( $free_in ?? $this->gap() ) );
	}

	/**
	 * Hands the account on, where no call is under way any more.
	 *
	 * @param float|null $free_in After how many seconds it is another's; null for what the runs said that are over.
	 */
	public function hand_on( ?float $free_in = null ): void {
		$free_in ??= ( $this->free_at ?? 0.0 ) - microtime( true );
		if ( $this->is_held && $free_in > 0 ) {
			$this->lease->take( $free_in );
		} elseif ( $this->is_held ) {
			$this->lease->release();
		}
		$this->is_held = false;
	}

	/** Seconds after which Amazon counts a call no more. */
	public function window(): float {
		return self::GUARD * max( 1.0, 1 / $this->rate );
	}

	/** Seconds after which it counts no call of a process any more, however that ended. */
	private function gap(): float {
		return self::ON_ITS_WAY + $this->window();
	}
}
