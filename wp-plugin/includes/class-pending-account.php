<?php
/**
 * A pair that Amazon has refused, and that a person may want all the same.
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
 * Keeps, for one user and a few minutes, the account that was not saved because Amazon refuses it and a working one is there.
 * It is encrypted as a whole, for this user only.
 *
 * @phpstan-import-type Account from Extension
 * @phpstan-import-type Verdict from Credential_Check
 */
final class Pending_Account {

	private const NAME     = 'creators_image_refresh_pending_';
	private const LIFETIME = 15 * MINUTE_IN_SECONDS;

	/**
	 * Takes who encrypts.
	 *
	 * @param Secrets $secrets Encrypts.
	 */
	public function __construct( private Secrets $secrets ) {}

	/**
	 * Keeps an account.
	 *
	 * @param string  $id      Whose place it wants to take: a marketplace, or Account_List::DEFAULT_ID.
	 * @param Account $account The account.
	 * @param Verdict $verdict What Amazon said to it.
	 * @return WP_Error|null An error where it cannot be encrypted; nothing is kept then.
	 */
	public function keep( string $id, #[\SensitiveParameter] array $account, array $verdict ): ?WP_Error {
		$sealed = $this->secrets->seal( self::name(), (string) wp_json_encode( $account ) );
		if ( is_wp_error( $sealed ) ) {
			return $sealed;
		}
		$kept = array(
			'id'          => $id,
			'sealed'      => $sealed,
			'marketplace' => $account['marketplace'],
			'sentence'    => $verdict['sentence'],
			'amazon'      => $verdict['amazon'],
			'works_with'  => $verdict['works_with'],
		);
		set_transient( self::name(), $kept, self::LIFETIME );
		return null;
	}

	/**
	 * What waits, without anything that is secret.
	 *
	 * @return array{id: string, marketplace: string, sentence: string, amazon: string, works_with: string}|null
	 */
	public function waiting(): ?array {
		$kept = get_transient( self::name() );
		if ( ! is_array( $kept ) || ! is_string( $kept['sealed'] ?? null ) ) {
			return null;
		}
		$known = array();
		foreach ( array( 'id', 'marketplace', 'sentence', 'amazon', 'works_with' ) as $key ) {
			$known[ $key ] = (string) Input::text( $kept[ $key ] ?? '' );
		}
		return $known;
	}

	/**
	 * The account that waits.
	 *
	 * @return array{id: string, account: Account}|null Null where there is none, or it cannot be read any more.
	 */
	public function account(): ?array {
		$kept = get_transient( self::name() );
		if ( ! is_array( $kept ) || ! is_string( $kept['sealed'] ?? null ) ) {
			return null;
		}
		$json    = $this->secrets->open( self::name(), $kept['sealed'] );
		$account = is_string( $json ) ? json_decode( $json, true ) : null;
		if ( ! is_array( $account ) ) {
			return null;
		}
		return array(
			'id'      => (string) ( $kept['id'] ?? '' ),
			'account' => $account,
		);
	}

	/**
	 * Forgets what waits.
	 */
	public function forget(): void {
		delete_transient( self::name() );
	}

	/**
	 * The current user's own place.
	 *
	 * @return string
	 */
	private static function name(): string {
		return self::NAME . get_current_user_id();
	}
}
