<?php
/**
 * Plugin Name:      Image Refresh Example
 * Description:      What another plugin can do with Creators Image Refresh for Amazon: ask for a picture, bring an account for one more country, and keep count.
 * Version:          1.0.0
 * Requires Plugins: creators-image-refresh
 * License:          GPL-2.0-or-later
 */

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

// [amazon_picture marketplace="www.amazon.com" asin="B01OX38TW6"]: a picture where no Amazon markup stands. Nothing, without the
// other plugin.
add_shortcode(
	'amazon_picture',
	function ( $given ) {
		$given = shortcode_atts( array( 'marketplace' => 'www.amazon.com', 'asin' => '' ), $given );
		$image = apply_filters( 'creators_image_refresh_lookup', null, $given['marketplace'], $given['asin'] );
		$large = $image['large'] ?? $image['medium'] ?? null;
		return null === $large
			? ''
			: sprintf(
				'<img class="amazon-picture" src="%s" alt="%s">',
				esc_url( $large['url'] ),
				esc_attr( $image['title'] ?? '' )
			);
	}
);

// The United Kingdom's pictures are asked for with an account of its own, whose secret stands in wp-config.php.
add_filter(
	'creators_image_refresh_account',
	function ( $account, $marketplace ) {
		return 'www.amazon.co.uk' === $marketplace && defined( 'IMAGE_REFRESH_EXAMPLE_UK' ) ? IMAGE_REFRESH_EXAMPLE_UK : $account;
	},
	10,
	2
);

// How many pictures each run has brought.
add_action(
	'creators_image_refresh_images_updated',
	function ( $images ) {
		update_option(
			'image_refresh_example_count',
			(int) get_option( 'image_refresh_example_count' ) + count( $images ),
			false
		);
	}
);
