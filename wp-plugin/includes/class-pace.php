<?php
/**
 * An account's pace, across processes.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Who may ask Amazon with an account, and from when on. Within a process the extension keeps the pace by itself; this hands
 * it on from one process to the next, whatever server or site of a network they work for. A process takes the account
 * before it asks, for as long as its calls may take, so one that is killed holds the others up for seconds and never lets
 * them ask twice in one.
 */
final class Pace {

	private const OPTION = 'creators_image_refresh_pace_';

	/**
	 * Calls that are a second apart here may arrive closer at Amazon's (a connection is made, a server is busy), so a tenth of
	 * the rate is left unused.
	 */
	private const GUARD = 1.1;

	/**
	 * Names this process, for one request.
	 *
	 * @var string
	 */
	private static string $process = '';

	/**
	 * What stands in the row, where it is this process's.
	 *
	 * @var string|null
	 */
	private ?string $held = null;

	/**
	 * Takes whose pace it is.
	 *
	 * @param string $key  The account's, see key().
	 * @param float  $rate Calls per second.
	 */
	public function __construct( private string $key, private float $rate ) {}

	/**
	 * Accounts with the same credentials share their pace.
	 *
	 * @param array<string, string> $account An account.
	 * @return string
	 */
	public static function key( #[\SensitiveParameter] array $account ): string {
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
		$row   = $this->row();
		$value = Shared_Row::value( self::process(), Clock::now() + $seconds + $this->gap() );
		if ( null !== $this->held && true === $row->change( $this->held, $value ) ) {
			$this->held = $value;
			return 0.0;
		}
		$held = $row->read();
		if ( null !== $held && self::process() !== Shared_Row::owner( $held ) && Shared_Row::left( $held ) > 0 ) {
			return Shared_Row::left( $held );
		}
		$changed = $row->change( $held, $value );
		if ( null === $changed ) {
			return null;
		}
		$this->held = $changed ? $value : null;
		// Somebody else was a moment faster.
		return $changed ? 0.0 : 0.2;
	}

	/**
	 * Hands the account on: no call is under way any more.
	 */
	public function hand_on(): void {
		if ( null !== $this->held ) {
			$this->row()->change( $this->held, Shared_Row::value( self::process(), Clock::now() + $this->gap() ) );
			$this->held = null;
		}
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
	 * @return Shared_Row
	 */
	private function row(): Shared_Row {
		global $wpdb;
		return new Shared_Row( is_multisite() ? $wpdb->get_blog_prefix( get_main_site_id() ) . 'options' : $wpdb->options, self::OPTION . $this->key );
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
