<?php
/**
 * Deletes the plugin from a site on which it was used, and compares all that is kept with what was there before: check-uninstall
 * before, then after.
 */

require __DIR__ . '/checks.php';

const PLUGIN = 'creators-image-refresh/creators-image-refresh.php';

/** @return list<string> */
function everything(): array {
	global $wpdb;
	wp_cache_flush();
	$all = array_merge(
		$wpdb->get_col( 'SHOW TABLES' ),
		preg_replace( '/^/', 'option ', $wpdb->get_col( "SELECT option_name FROM $wpdb->options" ) ),
		preg_replace( '/^/', 'user ', $wpdb->get_col( "SELECT CONCAT( user_id, ' ', meta_key ) FROM $wpdb->usermeta" ) ),
		preg_replace( '/^/', 'job ', array_merge( array(), ...array_map( 'array_keys', array_values( _get_cron_array() ) ) ) )
	);
	$all = array_unique(
		preg_grep(
			'/^option (?:_(?:site_)?transient_(?!.*creators)|recently_activated|uninstall_plugins|rewrite_rules|cron$)|^job (?:wp_|do_pings|recovery|delete_expired)/',
			$all,
			PREG_GREP_INVERT
		)
	);
	sort( $all );
	return $all;
}

$memory = getenv( 'SITE_FOLDER' ) . '/before.json';
if ( 'before' === $argv[1] ) {
	file_put_contents( $memory, wp_json_encode( everything() ) );
	exit;
}
$before = json_decode( file_get_contents( $memory ), true );
if ( 'after' === $argv[1] ) {
	update_user_option( 1, 'creators_image_refresh_dismissed', 'invalid_credentials' );
	update_user_meta( 1, 'creators_image_refresh_images_per_page', 50 );
	set_transient( 'creators_image_refresh_answer_1', array( 1 ), 999 );
	must(
		null === Creators_Image_Refresh\Plugin::instance()->secrets()->set(
			'creators_image_refresh_license_key',
			'KEY-OF-A-SEAT'
		),
		'saving a license key'
	);
	check( 'there was something to take away', count( array_diff( everything(), $before ) ) > 10 );
	deactivate_plugins( PLUGIN );
	// A copy in another folder goes first: what is kept stays with the one that is left, and both may be deleted in one request.
	$kept = everything();
	WP_Filesystem();
	mkdir( WP_PLUGIN_DIR . '/copied' );
	must( copy_dir( WP_PLUGIN_DIR . '/' . dirname( PLUGIN ), WP_PLUGIN_DIR . '/copied' ), 'copying the plugin' );
	wp_clean_plugins_cache( false );
	uninstall_plugin( 'copied/creators-image-refresh.php' );
	$GLOBALS['wp_filesystem']->delete( WP_PLUGIN_DIR . '/copied', true );
	check( 'a copy takes nothing with it', everything(), $kept );
	// As WordPress does it: in a request that has not loaded the plugin.
	passthru( escapeshellarg( PHP_BINARY ) . ' ' . escapeshellarg( __FILE__ ) . ' gone' );
	exit;
}
putenv( 'CREATORS_IMAGE_REFRESH_LICENSE_STORE_URL=https://store.example/' );
$asked = array();
add_filter(
	'pre_http_request',
	static function ( mixed $pre, array $args, string $url ) use ( &$asked ): WP_Error {
		$asked[] = array( $url, $args['body']['edd_action'] ?? '', $args['body']['license'] ?? '' );
		return new WP_Error( 'http_request_failed' );
	},
	10,
	3
);
uninstall_plugin( PLUGIN );
check(
	'the seat of the license is given back, once',
	$asked,
	array( array( 'https://store.example/', 'deactivate_license', 'KEY-OF-A-SEAT' ) )
);
check( 'nothing is left', array_values( array_diff( everything(), $before ) ), array() );
check( 'and nothing else was taken', array_values( array_diff( $before, everything() ) ), array() );
