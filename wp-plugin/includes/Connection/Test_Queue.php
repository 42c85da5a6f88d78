<?php
/**
 * Tests of credentials, in their turn.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Connection;

use Creators_Image_Refresh\Api\Extension;
use Creators_Image_Refresh\Refresh\Lease\Account_Lease;
use WP_Error;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Has accounts tested without a call more than Amazon grants, whoever else is asking with them just now: each waits for its
 * turn in its account's pace, and whoever refreshes makes room. Accounts with other credentials do not wait for each other.
 *
 * @phpstan-import-type Account from Extension
 */
final class Test_Queue {

	/**
	 * Statuses of an account that had no turn.
	 */
	public const NOT_ASKED = array( 'account_in_use', 'database_refuses' );

	/**
	 * Seconds for which a person is let wait for a turn.
	 */
	private const PATIENCE = 7.0;

	/**
	 * Seconds from one look at whether it is free to the next.
	 */
	private const LOOK = 0.15;

	/**
	 * Seconds in which a test has begun its last call, however slow every answer is.
	 */
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
		$groups  = $this->groups( $accounts );
		$until   = microtime( true ) + self::PATIENCE;
		do {
			$turn = array();
			foreach ( $groups as $key => $group ) {
				$wait = null === $group['pace'] ? 0.0 : $group['pace']->take( self::LONGEST );
				if ( null === $wait ) {
					$results += array_fill_keys( array_keys( $group['accounts'] ), new WP_Error( 'database_refuses' ) );
					unset( $groups[ $key ] );
				} elseif ( 0.0 === $wait ) {
					$turn[ $key ] = $group;
					unset( $groups[ $key ] );
				}
			}
			if ( array() !== $turn ) {
				$results += $this->take_turn( $turn );
			} elseif ( array() !== $groups ) {
				usleep( (int) ( self::LOOK * 1000000 ) );
			}
		} while ( array() !== $groups && microtime( true ) < $until );

		foreach ( $groups as $group ) {
			$group['pace']->forget_wish();
			$results += array_fill_keys( array_keys( $group['accounts'] ), new WP_Error( 'account_in_use' ) );
		}
		ksort( $results );
		return $results;
	}

	/**
	 * Accounts by whose pace they share, each group tested at one time.
	 *
	 * @param non-empty-list<array<string, string>> $accounts Accounts.
	 * @return array<string, array{pace: Account_Lease|null, accounts: array<int, array<string, string>>}> No pace where Amazon is
	 *     not asked.
	 */
	private function groups( #[\SensitiveParameter] array $accounts ): array {
		$groups = array();
		foreach ( $accounts as $index => $account ) {
			if (
				in_array( '', array( $account['credential_id'], $account['credential_secret'], $account['partner_tag'] ), true )
				|| ! $this->extension->is_available()
			) {
				$groups['']                       ??= array( 'pace' => null );
				$groups['']['accounts'][ $index ] = $account;
				continue;
			}
			$rate = Account_Lease::rate( $account['marketplace'] );
			$key  = Account_Lease::key_of( $account );
			// The extension tests what shares its credentials one second apart; where that is too fast, each has a turn.
			$name = $rate < 1 ? $key . $index : $key;

			$groups[ $name ]                     ??= array( 'pace' => new Account_Lease( $key, $rate, true ) );
			$groups[ $name ]['accounts'][ $index ] = $account;
		}
		return $groups;
	}

	/**
	 * Tests accounts whose turn it is, side by side, and hands on their pace.
	 *
	 * @param non-empty-array<string, array{pace: Account_Lease|null, accounts: array<int, array<string, string>>}> $turn Groups.
	 * @return array<int, array<string, mixed>|WP_Error> As test().
	 */
	private function take_turn( #[\SensitiveParameter] array $turn ): array {
		$accounts = array_replace( ...array_column( $turn, 'accounts' ) );
		$results  = $this->extension->test_credentials( array_values( $accounts ) );
		$results  = is_wp_error( $results )
			? array_fill_keys( array_keys( $accounts ), $results )
			: array_combine( array_keys( $accounts ), array_pad( $results, count( $accounts ), array() ) );
		foreach ( $turn as $group ) {
			$reached = array_map(
				static fn( array|WP_Error $result ): string => is_wp_error( $result ) ? '' : (string) ( $result['stage'] ?? '' ),
				array_intersect_key( $results, $group['accounts'] )
			);
			// A pair that got no token was not asked for a product.
			$group['pace']?->hand_on( array() !== array_diff( $reached, array( 'input', 'token' ) ) );
		}
		return $results;
	}
}
