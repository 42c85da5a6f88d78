<?php
/**
 * What Amazon said last, account by account.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Keeps the results of tests for a day, each under its account's key, so that the table is there on the next page too.
 *
 * @phpstan-import-type Account from Extension
 * @phpstan-import-type Verdict from Credential_Check
 */
final class Check_Results {

	private const NAME = 'creators_image_refresh_check_';

	/**
	 * Keeps a result.
	 *
	 * @param Account $account What was tested.
	 * @param Verdict $verdict What came of it.
	 */
	public function remember( #[\SensitiveParameter] array $account, array $verdict ): void {
		set_transient( self::NAME . Accounts::key( $account ), $verdict + array( 'at' => time() ), DAY_IN_SECONDS );
	}

	/**
	 * What an account's last test came to.
	 *
	 * @param Account $account The account.
	 * @return (Verdict&array{at: int})|null Null where there was none lately.
	 */
	public function of( #[\SensitiveParameter] array $account ): ?array {
		$kept = get_transient( self::NAME . Accounts::key( $account ) );
		return is_array( $kept ) && is_string( $kept['status'] ?? null ) ? $kept : null;
	}
}
