<?php
/**
 * How old a picture's link may be.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Settings;

defined( 'ABSPATH' ) || exit;

/**
 * How old a picture's link may be: when a newer one is fetched, when one that was not given is asked for again, and until when it
 * is shown and kept.
 */
final class Image_Age {

	/** Seconds for which Amazon's licence lets a link be kept. */
	public const LIFETIME = DAY_IN_SECONDS;

	/** Amazon's words for a product that is not there, and ours for one that cannot be. */
	private const GONE = array( 'ItemNotAccessible', 'ResourceNotFoundException', 'InvalidParameterValue', 'InvalidAsin' );

	/**
	 * Whether a link of this age may be shown.
	 *
	 * @param int $fetched_at When it was fetched; 0 for a link that is none.
	 */
	public static function may_show( int $fetched_at ): bool {
		return $fetched_at > 0 && ( $fetched_at > time() - self::LIFETIME || ! Fallback_Policy::wants_words() );
	}

	/**
	 * Whether a link of this age may be shown for less than so many seconds.
	 *
	 * @param int $fetched_at When it was fetched.
	 * @param int $seconds    How long.
	 */
	public static function may_end( int $fetched_at, int $seconds ): bool {
		return $fetched_at <= time() - self::LIFETIME + $seconds && Fallback_Policy::wants_words();
	}

	/**
	 * How long a link is left before a newer one is fetched. Half of its life: a missed run does no harm then.
	 *
	 * @return int Seconds.
	 */
	public static function refresh_after(): int {
		/**
		 * Filters the age at which a picture link is fetched anew.
		 *
		 * @param int $seconds Between one hour and 23 hours.
		 */
		$seconds = (int) apply_filters( 'creators_image_refresh_max_age', 12 * HOUR_IN_SECONDS );
		return max( HOUR_IN_SECONDS, min( 23 * HOUR_IN_SECONDS, $seconds ) );
	}

	/**
	 * When a picture that was not given is asked for again: later and later. A product that Amazon has no more rarely comes back;
	 * one that an answer passed over often does.
	 *
	 * @param string $code Why it was not given.
	 * @param int    $now  Unix seconds.
	 * @return array{0: int, 1: int, 2: int, 3: int} After the first, second and third failure, and after each that follows.
	 */
	public static function retry_times( string $code, int $now ): array {
		return in_array( $code, self::GONE, true )
			? array( $now + DAY_IN_SECONDS, $now + 3 * DAY_IN_SECONDS, $now + WEEK_IN_SECONDS, $now + MONTH_IN_SECONDS )
			: array( $now + HOUR_IN_SECONDS, $now + 6 * HOUR_IN_SECONDS, $now + DAY_IN_SECONDS, $now + 3 * DAY_IN_SECONDS );
	}
}
