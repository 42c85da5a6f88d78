<?php
/**
 * What Amazon said last, account by account.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Connection;

use Creators_Image_Refresh\Api\Extension;

defined( 'ABSPATH' ) || exit;

/**
 * Keeps the results of tests for a day, so that the table is there on the next page too. Each is a result of the whole
 * account as it was tested, the secret included: one of which anything is another now has none yet.
 *
 * @phpstan-import-type Account from Extension
 * @phpstan-import-type Verdict from Connection_Tester
 */
final class Test_Results {

	private const NAME = 'creators_image_refresh_check_';

	/**
	 * Keeps a result.
	 *
	 * @param Account $account What was tested.
	 * @param Verdict $verdict What came of it.
	 */
	public static function remember( #[\SensitiveParameter] array $account, array $verdict ): void {
		set_transient( self::name( $account ), $verdict + array( 'at' => time() ), DAY_IN_SECONDS );
	}

	/**
	 * What an account's last test came to.
	 *
	 * @param Account $account The account.
	 * @return (Verdict&array{at: int})|null Null where there was none lately.
	 */
	public static function of( #[\SensitiveParameter] array $account ): ?array {
		$kept = get_transient( self::name( $account ) );
		return is_array( $kept ) && is_string( $kept['status'] ?? null ) ? $kept : null;
	}

	/**
	 * A name for the result of an account. The secret cannot be worked out from it: that takes the site's salt.
	 *
	 * @param Account $account The account.
	 */
	private static function name( #[\SensitiveParameter] array $account ): string {
		ksort( $account );
		return self::NAME . substr( hash_hmac( 'sha256', implode( "\n", $account ), wp_salt() ), 0, 32 );
	}
}
