<?php
/**
 * When a picture that was not given is asked for again.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Storage;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Later and later. A product that Amazon has no more rarely comes back; one that an answer passed over often does.
 */
final class Retry_Backoff {

	/**
	 * Amazon's words for a product that is not there, and ours for one that cannot be.
	 */
	private const GONE = array( 'ItemNotAccessible', 'ResourceNotFoundException', 'InvalidParameterValue', 'InvalidAsin' );

	/**
	 * The times at which it is asked for again.
	 *
	 * @param string $code Why it was not given.
	 * @param int    $now  Unix seconds.
	 * @return array{0: int, 1: int, 2: int, 3: int} After the first, second and third failure, and after each that follows.
	 */
	public static function after( string $code, int $now ): array {
		return in_array( $code, self::GONE, true )
			? array( $now + DAY_IN_SECONDS, $now + 3 * DAY_IN_SECONDS, $now + WEEK_IN_SECONDS, $now + MONTH_IN_SECONDS )
			: array( $now + HOUR_IN_SECONDS, $now + 6 * HOUR_IN_SECONDS, $now + DAY_IN_SECONDS, $now + 3 * DAY_IN_SECONDS );
	}
}
