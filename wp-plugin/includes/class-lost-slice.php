<?php
/**
 * A slice that did not come to its end.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * What a process had stored that was killed before it told anybody. Nobody knows which of these pictures look different, so
 * all count as changed: better a page too many is made anew than one too few.
 */
final class Lost_Slice {

	/**
	 * Seconds that are looked back, and pictures that are told at most.
	 */
	private const LOOK_BACK = 10 * MINUTE_IN_SECONDS;
	private const MOST      = 2000;

	/**
	 * Tells of them, once it is known that there was such a slice.
	 */
	public static function tell(): void {
		global $wpdb;
		$pictures = (array) $wpdb->get_results( $wpdb->prepare( 'SELECT marketplace, asin FROM %i WHERE fetched_at > %d ORDER BY fetched_at DESC LIMIT %d', Schema::images(), time() - self::LOOK_BACK, self::MOST ), ARRAY_A ); // phpcs:ignore WordPress.DB.DirectDatabaseQuery -- own table, must be current.
		if ( array() !== $pictures ) {
			/** This action is documented in includes/class-image-store.php */
			do_action( 'creators_image_refresh_images_changed', $pictures );
		}
	}
}
