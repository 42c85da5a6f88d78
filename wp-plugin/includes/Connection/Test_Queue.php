<?php
/**
 * Tests of credentials, in their turn.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Connection;

use Creators_Image_Refresh\Api\Extension;
use Creators_Image_Refresh\Refresh\Account_Lease;
use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Has accounts tested without a call more than Amazon grants, whoever else is asking with them just now: each waits until its
 * account's lease is free, and whoever refreshes makes room. Accounts with other credentials do not wait for each other.
 */
final class Test_Queue {

	/** Statuses of an account that had no turn. */
	public const NOT_ASKED = array( 'account_in_use', 'database_refuses' );

	/** Seconds for which a person is let wait for a turn. */
	private const PATIENCE = 7.0;

	/** Seconds from one look at whether it is free to the next. */
	private const LOOK = 0.15;

	/** Seconds in which a test has begun its last call, however slow every answer is. */
	private const LONGEST = 60.0;

	/**
	 * Takes who tests.
	 *
	 * @param Extension $extension Tests.
	 */
	public function __construct( private Extension $extension ) {}

	/**
	 * Tests accounts.
	 *
	 * @param non-empty-list<array<string, string>> $accounts Accounts, their secrets in clear; perhaps with empty fields.
	 * @return array<int, array<string, mixed>|WP_Error> In the same order: what Amazon said, or why it was not asked;
	 *                    'account_in_use' where there was no turn in time.
	 */
	public function test( #[\SensitiveParameter] array $accounts ): array {
		$results = array();
		$leases  = array();
		$waiting = array_map(
			function ( array $account ) use ( &$leases ): ?Account_Lease {
				return $this->is_asked_of( $account ) ? self::lease( $account, $leases ) : null;
			},
			$accounts
		);
		$until   = microtime( true ) + self::PATIENCE;
		do {
			$waits = array_map(
				static fn( ?Account_Lease $lease ): ?float => null === $lease ? 0.0 : $lease->take( self::LONGEST ),
				$waiting
			);
			$turn  = array_intersect_key( $waiting, array_filter( $waits, static fn( ?float $wait ): bool => 0.0 === $wait ) );
			foreach ( array_keys( $waits, null, true ) as $refused ) {
				$results[ $refused ] = new WP_Error( 'database_refuses' );
			}
			$results += array() === $turn ? array() : $this->take_turn( $turn, array_intersect_key( $accounts, $turn ) );
			$waiting  = array_diff_key( $waiting, $results );
			if ( array() === $turn && array() !== $waiting ) {
				usleep( (int) ( self::LOOK * 1000000 ) );
			}
		} while ( array() !== $waiting && microtime( true ) < $until );

		$results += array_map( static fn(): WP_Error => new WP_Error( 'account_in_use' ), $waiting );
		ksort( $results );
		return $results;
	}

	/**
	 * Whether Amazon is asked about an account at all.
	 *
	 * @param array<string, string> $account An account.
	 */
	private function is_asked_of( #[\SensitiveParameter] array $account ): bool {
		$needed = array( $account['credential_id'], $account['credential_secret'], $account['partner_tag'] );
		return ! in_array( '', $needed, true ) && $this->extension->is_available();
	}

	/**
	 * An account's lease. The extension tests what shares its credentials one second apart, under one lease; where that is too
	 * fast, each has its own.
	 *
	 * @param array<string, string>        $account An account.
	 * @param array<string, Account_Lease> $leases  Those of others.
	 */
	private static function lease( #[\SensitiveParameter] array $account, array &$leases ): Account_Lease {
		$rate = Account_Lease::rate( $account['marketplace'] );
		$key  = Account_Lease::key_of( $account );
		$own  = new Account_Lease( $key, $rate, true );
		return $rate < 1 ? $own : $leases[ $key ] ??= $own;
	}

	/**
	 * Tests accounts whose turn it is, side by side, and hands on their leases.
	 *
	 * @param non-empty-array<int, Account_Lease|null>    $leases   Held.
	 * @param non-empty-array<int, array<string, string>> $accounts By the same keys.
	 * @return array<int, array<string, mixed>|WP_Error> As test().
	 */
	private function take_turn( array $leases, #[\SensitiveParameter] array $accounts ): array {
		$results = $this->extension->test_credentials( array_values( $accounts ) );
		$results = is_wp_error( $results )
			? array_fill_keys( array_keys( $accounts ), $results )
			: array_combine( array_keys( $accounts ), array_pad( $results, count( $accounts ), array() ) );
		foreach ( $results as $index => $result ) {
			$result = is_wp_error( $result ) ? array() : $result;
			// A pair that got no token was not asked for a product.
			if ( ! in_array( $result['stage'] ?? '', array( 'input', 'token' ), true ) ) {
				$leases[ $index ]?->ended( isset( $result['http_status'] ) ? $leases[ $index ]->window() : null );
			}
		}
		foreach ( array_filter( $leases ) as $lease ) {
			$lease->hand_on();
		}
		return $results;
	}
}
