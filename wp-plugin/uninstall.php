<?php
/**
 * Removes everything that the plugin has kept, on every site of a network. Posts were never changed, so nothing has to be
 * put back.
 *
 * No function has a name here: two copies may be deleted in one request.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh;

use Creators_Image_Refresh\License\License;
use Creators_Image_Refresh\License\License_Client;
use Creators_Image_Refresh\Secrets\Secret_Vault;

if ( ! defined( 'WP_UNINSTALL_PLUGIN' ) ) {
	exit;
}

/**
 * Whether the plugin stays in another folder: what is kept is that copy's too. Where several are deleted at once, WordPress
 * looks up only once which there are, and names the first one for all; so it is folders and files that count.
 */
$creators_image_refresh_stays_elsewhere = static function (): bool {
	$files = array( defined( 'CREATORS_IMAGE_REFRESH_FILE' ) ? CREATORS_IMAGE_REFRESH_FILE : __FILE__ );
	foreach ( get_plugins() as $file => $plugin ) {
		if ( 'creators-image-refresh' === $plugin['TextDomain'] ) {
			$files[] = (string) realpath( WP_PLUGIN_DIR . '/' . $file );
		}
	}
	return array() !== array_filter(
		$files,
		static fn( string $file ): bool => __DIR__ !== dirname( $file ) && is_file( $file )
	);
};

/** Removes what was kept on the current site. */
$creators_image_refresh_uninstall_site = static function (): void {
	global $wpdb;

	// The hook that gives the license's place back belongs to the plugin, which is not loaded here. An old PHP could not.
	if ( PHP_VERSION_ID >= 80100 && ! defined( 'CREATORS_IMAGE_REFRESH_FILE' ) ) {
		require_once __DIR__ . '/includes/autoload.php';
		( new License( new Secret_Vault(), new License_Client() ) )->before_key_removed();
	}

	foreach ( _get_cron_array() as $hooks ) {
		foreach ( array_keys( $hooks ) as $hook ) {
			if ( str_starts_with( (string) $hook, 'creators_image_refresh_' ) ) {
				wp_unschedule_hook( (string) $hook );
			}
		}
	}
	if ( function_exists( 'as_unschedule_all_actions' ) && did_action( 'action_scheduler_init' ) ) {
		as_unschedule_all_actions( '', array(), 'creators-image-refresh' );
	}

	// phpcs:disable WordPress.DB.DirectDatabaseQuery -- by prefix, so that none is forgotten; delete_option() clears the caches.
	foreach ( array( '', '_transient_', '_transient_timeout_' ) as $kind ) {
		$like  = $wpdb->esc_like( $kind . 'creators_image_refresh_' ) . '%';
		$query = $wpdb->prepare( 'SELECT option_name FROM %i WHERE option_name LIKE %s', $wpdb->options, $like );
		array_map( 'delete_option', $wpdb->get_col( $query ) ); // phpcs:ignore WordPress.DB.PreparedSQL -- above.
	}
	$like = $wpdb->esc_like( $wpdb->prefix . 'creators_image_refresh_' ) . '%';
	foreach ( $wpdb->get_col( $wpdb->prepare( 'SHOW TABLES LIKE %s', $like ) ) as $table ) {
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery.SchemaChange
		$wpdb->query( $wpdb->prepare( 'DROP TABLE IF EXISTS %i', $table ) );
	}
	// phpcs:enable
};

/** Removes what was kept for all sites and for users. */
$creators_image_refresh_uninstall_network = static function (): void {
	global $wpdb;

	// phpcs:disable WordPress.DB.DirectDatabaseQuery -- by looks, so that none is forgotten; delete_metadata() clears caches.
	$name  = $wpdb->esc_like( 'creators_image_refresh_' ) . '%';
	$query = 'SELECT DISTINCT meta_key FROM %i WHERE meta_key LIKE %s OR meta_key LIKE %s';
	foreach ( $wpdb->get_col( $wpdb->prepare( $query, $wpdb->usermeta, $name, '%' . $name ) ) as $key ) {
		delete_metadata( 'user', 0, $key, '', true );
	}
	if ( is_multisite() ) {
		$transient = $wpdb->esc_like( '_site_transient_' ) . '%' . $name;
		array_map( 'delete_site_option', $wpdb->get_col( $wpdb->prepare( $query, $wpdb->sitemeta, $name, $transient ) ) );
	}
	// phpcs:enable
};

if ( $creators_image_refresh_stays_elsewhere() ) {
	return;
}

if ( is_multisite() ) {
	$creators_image_refresh_sites = array(
		'fields' => 'ids',
		'number' => 0,
	);
	foreach ( get_sites( $creators_image_refresh_sites ) as $creators_image_refresh_site ) {
		switch_to_blog( (int) $creators_image_refresh_site );
		$creators_image_refresh_uninstall_site();
		restore_current_blog();
	}
} else {
	$creators_image_refresh_uninstall_site();
}
$creators_image_refresh_uninstall_network();
