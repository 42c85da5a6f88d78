<?php
/**
 * Plugin Name:       Creators Image Refresh for Amazon
 * Description: Brings the Amazon product pictures in your posts back to life and keeps them fresh, without editing a single post.
 * Version:           0.2.0
 * Requires at least: 6.8
 * Requires PHP:      8.1
 * Author:            Creators Image Refresh contributors
 * License:           GPL-2.0-or-later
 * License URI:       https://www.gnu.org/licenses/gpl-2.0.html
 * Text Domain:       creators-image-refresh
 * Domain Path:       /languages
 *
 * @package Creators_Image_Refresh
 */

// This file alone is kept readable for old versions of PHP, so that it can say what is missing.

namespace Creators_Image_Refresh;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

// A copy in another folder may be at work. Nothing with a name stands in this file: PHP would take it for declared twice.
$creators_image_refresh_rests = defined( 'CREATORS_IMAGE_REFRESH_FILE' );
if ( ! $creators_image_refresh_rests ) {
	define( 'CREATORS_IMAGE_REFRESH_VERSION', '0.2.0' );
	define( 'CREATORS_IMAGE_REFRESH_FILE', __FILE__ );
}

if (
	$creators_image_refresh_rests
	|| version_compare( PHP_VERSION, '8.1', '<' )
	|| version_compare( get_bloginfo( 'version' ), '6.8', '<' )
) {
	add_action(
		'all_admin_notices',
		static function () use ( $creators_image_refresh_rests ) {
			if ( ! current_user_can( 'activate_plugins' ) ) {
				return;
			}
			$words = $creators_image_refresh_rests
				/* translators: 1: a folder, 2: another folder. */
				? __(
					'Creators Image Refresh for Amazon is active twice: the copy in the folder %1$s is at work, and the one in %2$s rests. Nothing is lost by that. Deactivate the one that you do not want.',
					'creators-image-refresh'
				)
				/* translators: 1: PHP version here, 2: WordPress version here. */
				: __(
					'Creators Image Refresh for Amazon rests: it needs PHP 8.1 and WordPress 6.8 or newer, and this site has PHP %1$s and WordPress %2$s. Your pages are as they were.',
					'creators-image-refresh'
				);
			$names = $creators_image_refresh_rests
				? array( basename( dirname( CREATORS_IMAGE_REFRESH_FILE ) ), basename( __DIR__ ) )
				: array( PHP_VERSION, get_bloginfo( 'version' ) );
			echo '<div class="notice notice-warning" id="creators-image-refresh-rests"><p>' . esc_html( vsprintf( $words, $names ) ) . '</p></div>';
		}
	);
	return;
}

require_once __DIR__ . '/includes/autoload.php';

Plugin::instance()->add_hooks();
