<?php
/**
 * The plugin twice, in two folders: one works, the other rests and says so. Each step is a process of its own, as each request
 * is. check-two-copies; with a verb it is one of the steps. Leaves the site as it was.
 */

require __DIR__ . '/checks.php';

const OWN  = 'creators-image-refresh';
const MAIN = '/creators-image-refresh.php';

if ( isset( $argv[1] ) ) {
	wp_set_current_user( 1 );
	switch ( $argv[1] ) {
		case 'order':
			update_option(
				'active_plugins',
				array_map( static fn( string $folder ): string => $folder . MAIN, array_slice( $argv, 2 ) )
			);
			break;
		case 'activate':
			null === activate_plugin( $argv[2] . MAIN ) || must( false, "activating $argv[2]" );
			break;
		case 'deactivate':
			deactivate_plugins( $argv[2] . MAIN );
			break;
		case 'delete':
			must(
				delete_plugins( array_map( static fn( string $folder ): string => $folder . MAIN, array_slice( $argv, 2 ) ) ),
				'deleting ' . implode( ', ', array_slice( $argv, 2 ) )
			);
			break;
		case 'look':
			set_current_screen( 'plugins' );
			ob_start();
			do_action( 'all_admin_notices' );
			preg_match( '/id="creators-image-refresh-rests"><p>(.*?)<\/p>/s', ob_get_clean(), $notice );
			echo wp_json_encode(
				array(
					'works'  => basename(
						dirname( defined( 'CREATORS_IMAGE_REFRESH_FILE' ) ? CREATORS_IMAGE_REFRESH_FILE : '/nothing/nothing' )
					),
					'hooks'  => count( $GLOBALS['wp_filter']['creators_image_refresh_scan'][10] ?? array() ),
					'jobs'   => (bool) wp_next_scheduled( 'creators_image_refresh_run' )
						&& (bool) wp_next_scheduled( 'creators_image_refresh_scan' ),
					'notice' => html_entity_decode( $notice[1] ?? '' ),
				)
			);
			break;
	}
	exit;
}

$step = static function ( string ...$words ): string {
	exec(
		implode( ' ', array_map( 'escapeshellarg', array( PHP_BINARY, '-d', 'display_errors=stdout', __FILE__, ...$words ) ) ),
		$said,
		$status
	);
	return 0 === $status ? implode( "\n", $said ) : "ended with $status: " . implode( "\n", $said );
};
$look = static function ( string $locale = '' ) use ( $step ): array {
	update_option( 'WPLANG', $locale );
	return (array) json_decode( $step( 'look' ), true );
};
$one  = static fn( string $folder, string $notice = '' ): array => array(
	'works'  => $folder,
	'hooks'  => 1,
	'jobs'   => true,
	'notice' => $notice,
);
$says = static fn(
	string $works,
	string $rests
): string => "Creators Image Refresh for Amazon is active twice: the copy in the folder $works is at work, and the one in $rests rests. Nothing is lost by that. Deactivate the one that you do not want.";
$copy = static function ( string $folder ): void {
	must( copy_dir( WP_PLUGIN_DIR . '/' . OWN, WP_PLUGIN_DIR . '/' . $folder ), "copying to $folder" );
};
$kept = static function () use ( $wpdb ): array {
	wp_cache_flush();
	return array(
		$wpdb->get_var( "SELECT COUNT(*) FROM {$wpdb->prefix}creators_image_refresh_images" ),
		get_option( 'creators_image_refresh_settings' ),
		(bool) get_option( 'creators_image_refresh_credential_secret' ),
	);
};

global $wpdb;
WP_Filesystem();
// WordPress offers only what its own files are translated into.
add_filter( 'get_available_languages', static fn(): array => array( 'de_DE', 'ja' ) );
$active   = get_option( 'active_plugins' );
$before   = $kept();
$language = get_option( 'WPLANG' );
// One sorts before the plugin's own folder, which is the order in which WordPress loads them, and one behind.
foreach ( array( OWN . '-2' => OWN . '-2', 'pictures' => OWN ) as $other => $first ) {
	$second = OWN === $first ? $other : OWN;
	mkdir( WP_PLUGIN_DIR . '/' . $other );
	$copy( $other );
	check( "$other: is activated beside the first", $step( 'activate', $other ), '' );
	check(
		"$other: the one that is loaded first works, and the other rests and says so",
		$look(),
		$one( $first, $says( $first, $second ) )
	);
	check(
		"$other: so it is the other way round",
		array( $step( 'order', $second, $first ), $look() ),
		array( '', $one( $second, $says( $second, $first ) ) )
	);
	check(
		"$other: the words are translated",
		array( str_contains( $look( 'de_DE' )['notice'], 'zweimal' ), str_contains( $look( 'ja' )['notice'], '有効' ) ),
		array( true, true )
	);
	foreach ( array( '/', '/wp-admin/plugins.php', '/wp-json/' ) as $path ) {
		$answer = wp_remote_get( untrailingslashit( trim( file_get_contents( getenv( 'SITE_FOLDER' ) . '/run/url' ) ) ) . $path );
		check( "$other: $path is answered", wp_remote_retrieve_response_code( $answer ), 200 );
	}
	check(
		"$other: the one that works is deactivated, and the other goes on",
		array( $step( 'deactivate', $second ), $look() ),
		array( '', $one( $first ) )
	);
	check(
		"$other: the one that rests is deactivated, and the other goes on",
		array( $step( 'activate', $second ), $step( 'order', $first, $second ), $step( 'deactivate', $second ), $look() ),
		array( '', '', '', $one( $first ) )
	);
	check(
		"$other: is deleted, and nothing of the first's",
		array( $step( 'order', OWN ), $step( 'delete', $other ), is_dir( WP_PLUGIN_DIR . "/$other" ), $kept() ),
		array( '', '', false, $before )
	);
	mkdir( WP_PLUGIN_DIR . '/' . $other );
	$copy( $other );
	check(
		"$other: is deleted while neither is active, and nothing of the first's",
		array( $step( 'order' ), $step( 'delete', $other ), $kept() ),
		array( '', '', $before )
	);
	check( "$other: the first works again", array( $step( 'order', OWN ), $look() ), array( '', $one( OWN ) ) );
}
update_option( 'active_plugins', $active );
false === $language ? delete_option( 'WPLANG' ) : update_option( 'WPLANG', $language );
