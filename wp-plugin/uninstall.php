<?php
/**
 * Removes everything that the plugin has kept, on every site of a network. Posts were never changed, so nothing has to be
 * put back.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh;

if ( ! defined( 'WP_UNINSTALL_PLUGIN' ) ) {
	exit;
}

/**
 * Removes what was kept on the current site.
 */
function uninstall_site(): void {
	global $wpdb;

	wp_unschedule_hook( 'creators_image_refresh_scan' );
	wp_unschedule_hook( 'creators_image_refresh_run' );
	if ( function_exists( 'as_unschedule_all_actions' ) && did_action( 'action_scheduler_init' ) ) {
		as_unschedule_all_actions( '', array(), 'creators-image-refresh' );
	}

	// phpcs:disable WordPress.DB.DirectDatabaseQuery -- by prefix, so that none is forgotten; delete_option() clears the caches.
	foreach ( array( '', '_transient_', '_transient_timeout_' ) as $kind ) {
		$names = $wpdb->get_col( $wpdb->prepare( 'SELECT option_name FROM %i WHERE option_name LIKE %s', $wpdb->options, $wpdb->esc_like( $kind . 'creators_image_refresh_' ) . '%' ) );
		array_map( 'delete_option', $names );
	}
	foreach ( array( 'creators_image_refresh_images', 'creators_image_refresh_uses' ) as $table ) {
		$wpdb->query( $wpdb->prepare( 'DROP TABLE IF EXISTS %i', $wpdb->prefix . $table ) ); // phpcs:ignore WordPress.DB.DirectDatabaseQuery.SchemaChange
	}
	// phpcs:enable
}

if ( is_multisite() ) {
	$creators_image_refresh_sites = get_sites(
		array(
			'fields' => 'ids',
			'number' => 0,
		)
	);
	foreach ( $creators_image_refresh_sites as $creators_image_refresh_site ) {
		switch_to_blog( (int) $creators_image_refresh_site );
		uninstall_site();
		restore_current_blog();
	}
} else {
	uninstall_site();
}
