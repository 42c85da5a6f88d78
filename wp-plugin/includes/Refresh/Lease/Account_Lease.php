<?php
/**
 * An account's pace, across processes.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Refresh\Lease;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Who may ask Amazon with an account, and from when on. Within a process the extension keeps the pace by itself; this hands
 * it on from one process to the next, whatever server or site of a network they work for. A process takes the account
 * before it asks, for as long as its calls may take, so one that is killed holds the others up for seconds and never lets
 * them ask twice in one.
 *
 * Whoever has a single call to make, a test that a person waits for, goes first: it leaves a wish, and who is refreshing
 * hands the account on after the turn that is under way. Every second turn at most, so that tests never keep a refresh out.
 */
final class Account_Lease {

	private const OPTION = 'creators_image_refresh_pace_';

	/**
	 * Calls that are a second apart here may arrive closer at Amazon's (a connection is made, a server is busy), so a tenth of
	 * the rate is left unused.
	 */
	private const GUARD = 1.1;

	/**
	 * Seconds for which a wish holds. Who waits renews it.
	 */
	private const WISH = 3.0;

	/**
	 * Seconds besides the account's own gap that are left to whoever has wished for it.
	 */
	private const LEFT_TO_A_WISH = 0.5;

	/**
	 * Seconds after which an account is looked at again that somebody else has: it may be handed on at any time.
	 */
	private const LOOK = 1.0;

	/**
	 * Names this process, for one request.
	 *
	 * @var string
	 */
	private static string $process = '';

	/**
	 * Who this is: the process, so that its turns follow each other at once; a test is somebody of its own.
	 *
	 * @var string
	 */
	private string $owner;

	/**
	 * What stands in the row, where it is this process's.
	 *
	 * @var string|null
	 */
	private ?string $held = null;

	/**
	 * What stands in the row of wishes, where it is this one's.
	 *
	 * @var string|null
	 */
	private ?string $wished = null;

	/**
	 * Whether a wish was granted since the last turn.
	 *
	 * @var bool
	 */
	private bool $granted = false;

	/**
	 * Takes whose pace it is.
	 *
	 * @param string $key    The account's, see key_of().
	 * @param float  $rate   Calls per second.
	 * @param bool   $urgent Whether a person waits for this single call.
	 */
	public function __construct( public readonly string $key, private float $rate, private bool $urgent = false ) {
		$this->owner = $urgent ? wp_generate_uuid4() : self::process();
	}

	/**
	 * Accounts with the same credentials share their pace.
	 *
	 * @param array<string, string> $account An account.
	 * @return string
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
	 * The rate at which calls are begun, so that they arrive at no more than what is granted.
	 *
	 * @param float $rate What is granted.
	 * @return float Calls per second.
	 */
	public static function steady( float $rate ): float {
		return $rate / self::GUARD;
	}

	/**
	 * Takes the account, or holds it on.
	 *
	 * @param float $seconds For how long calls may be started.
	 * @return float|null Seconds to wait before asking again; 0 where it is taken; null where the database refuses.
	 */
	public function take( float $seconds ): ?float {
		if ( ! $this->urgent && ! $this->granted && $this->is_wished_for() ) {
			$this->hand_on();
			$this->granted = true;
			return $this->gap() + self::LEFT_TO_A_WISH;
		}
		$row   = $this->row();
		$value = Shared_Row::value( $this->owner, Database_Clock::now() + $seconds + $this->gap() );
		$taken = null !== $this->held && true === $row->change( $this->held, $value );
		if ( ! $taken ) {
			$held = $row->read();
			$left = null === $held || Shared_Row::owner( $held ) === $this->owner ? 0.0 : Shared_Row::left( $held );
			if ( $left > 0 ) {
				$this->wish();
				return min( self::LOOK, $left );
			}
			$taken = $row->change( $held, $value );
		}
		$this->held = $taken ? $value : null;
		if ( ! $taken ) {
			// Null: the database refuses; else somebody was a moment faster.
			return null === $taken ? null : 0.2;
		}
		$this->granted = false;
		$this->forget_wish();
		return 0.0;
	}

	/**
	 * Hands the account on: no call is under way any more.
	 *
	 * @param bool $called Whether there was one at all; else the next may begin at once.
	 */
	public function hand_on( bool $called = true ): void {
		if ( null === $this->held ) {
			return;
		}
		if ( $called ) {
			$this->row()->change( $this->held, Shared_Row::value( $this->owner, Database_Clock::now() + $this->gap() ) );
		} else {
			$this->row()->remove( $this->held );
		}
		$this->held = null;
	}

	/**
	 * Asks whoever refreshes with the account to hand it on.
	 */
	private function wish(): void {
		if ( ! $this->urgent ) {
			return;
		}
		$wish = $this->row( '_wish' )->read();
		if ( null === $wish || Shared_Row::left( $wish ) < self::WISH / 2 ) {
			$value        = Shared_Row::value( $this->owner, Database_Clock::now() + self::WISH );
			$this->wished = true === $this->row( '_wish' )->change( $wish, $value ) ? $value : $this->wished;
		}
	}

	/**
	 * Takes a wish back: it was granted, or nobody waits any more.
	 */
	public function forget_wish(): void {
		if ( null !== $this->wished ) {
			$this->row( '_wish' )->remove( $this->wished );
			$this->wished = null;
		}
	}

	/**
	 * Whether somebody waits who goes first.
	 *
	 * @return bool
	 */
	private function is_wished_for(): bool {
		$wish = $this->row( '_wish' )->read();
		return null !== $wish && Shared_Row::left( $wish ) > 0;
	}

	/**
	 * The time that has to pass between the last call of one process and the first of another: a whole window of the rate.
	 *
	 * @return float Seconds.
	 */
	private function gap(): float {
		return self::GUARD * max( 1.0, 1 / $this->rate );
	}

	/**
	 * The row: one for all sites of a network, since they may share an account.
	 *
	 * @param string $what Empty for who has the account, '_wish' for who waits.
	 * @return Shared_Row
	 */
	private function row( string $what = '' ): Shared_Row {
		global $wpdb;
		return new Shared_Row(
			is_multisite() ? $wpdb->get_blog_prefix( get_main_site_id() ) . 'options' : $wpdb->options,
			self::OPTION . $this->key . $what
		);
	}

	/**
	 * This process's name.
	 *
	 * @return string
	 */
	private static function process(): string {
		if ( '' === self::$process ) {
			self::$process = wp_generate_uuid4();
		}
		return self::$process;
	}
}
