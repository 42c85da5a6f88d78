<?php
/**
 * A sold copy updates itself from its store, and takes nothing without the maker's signature. WordPress asks and installs; the
 * store and WordPress's own servers are stood in for. The site's copy of the plugin is put back in the end.
 */

$our_copy = getenv( 'SITE_FOLDER' ) . '/wordpress/wp-content/plugins/creators-image-refresh';
$our_main = "$our_copy/creators-image-refresh.php";
$pair     = sodium_crypto_sign_keypair();
$public   = base64_encode( sodium_crypto_sign_publickey( $pair ) );
$before   = file_get_contents( $our_main );
$sold     = preg_replace(
	'/^ \* Domain Path:.*$/m',
	"$0\n * Update URI:        https://store.example/plugin/\n * Update Key:        $public",
	$before
);
file_put_contents( $our_main, $sold );
register_shutdown_function( static fn() => is_file( $our_main ) && file_put_contents( $our_main, $before ) );
putenv( 'CREATORS_IMAGE_REFRESH_LICENSE_STORE_URL=https://store.example/' );
putenv( 'CREATORS_IMAGE_REFRESH_LICENSE_KEY=CHECK-UPDATES-CANARY-3' );

require __DIR__ . '/expectations.php';
require __DIR__ . '/site.php';
require_once ABSPATH . 'wp-admin/includes/class-wp-upgrader.php';
require_once ABSPATH . 'wp-admin/includes/class-pclzip.php';

use Creators_Image_Refresh\License\Updates;

const PLUGIN  = 'creators-image-refresh/creators-image-refresh.php';
const PACKAGE = 'https://store.example/package/9.9.9';

$GLOBALS['said']    = array();
$GLOBALS['zip']     = '';
$GLOBALS['fetched'] = 0;
add_filter(
	'pre_http_request',
	static function ( mixed $pre, array $args, string $url ): array|WP_Error {
		$answer = static fn( string $body, int $code = 200 ): array => array(
			'response' => array( 'code' => $code, 'message' => '' ),
			'body'     => $body,
			'headers'  => array(),
			'cookies'  => array(),
			'filename' => $args['filename'],
		);
		if ( PACKAGE === $url ) {
			++$GLOBALS['fetched'];
			copy( $GLOBALS['zip'], $args['filename'] );
			return $answer( '' );
		}
		if ( 'https://store.example/' === $url ) {
			return is_array( $GLOBALS['said'] ) ? $answer( wp_json_encode( $GLOBALS['said'] ) ) : $answer( 'down', 503 );
		}
		return str_contains( $url, 'api.wordpress.org' )
			? $answer( '{"plugins":[],"themes":[],"translations":[],"no_update":[]}' )
			: new WP_Error( 'offline' );
	},
	10,
	3
);

/** What WordPress offers for the plugin after it has asked. */
function offer(): ?object {
	delete_site_transient( 'update_plugins' );
	wp_update_plugins();
	return get_site_transient( 'update_plugins' )->response[ PLUGIN ] ?? null;
}

/** What the installer says of the update that is offered: true, or a code. */
function update(): mixed {
	$upgrader = new Plugin_Upgrader( new WP_Ajax_Upgrader_Skin() );
	$result   = $upgrader->upgrade( PLUGIN, array( 'clear_update_cache' => false ) );
	// WordPress's screen switches it on again, as this does.
	activate_plugin( PLUGIN, '', false, true );
	return is_wp_error( $result ) ? $result->get_error_code() : ( $upgrader->skin->get_errors()->get_error_code() ?: $result );
}

/** The version on the disk. */
function installed(): string {
	clearstatcache();
	return get_file_data( WP_PLUGIN_DIR . '/' . PLUGIN, array( 'v' => 'Version' ) )['v'];
}

/** A zip of the plugin under another version; odd ones hold what is no plugin. */
function zip_of( string $plugin, string $version ): string {
	$folder = get_temp_dir() . uniqid( 'updates' ) . '/creators-image-refresh';
	wp_mkdir_p( $folder );
	copy_dir( $plugin, $folder );
	$main = "$folder/creators-image-refresh.php";
	file_put_contents( $main, preg_replace( '/^( \* Version: +).*$/m', '${1}' . $version, file_get_contents( $main ) ) );
	$zip = dirname( $folder ) . '/plugin.zip';
	( new PclZip( $zip ) )->create( $folder, PCLZIP_OPT_REMOVE_PATH, dirname( $folder ) );
	return $zip;
}

WP_Filesystem();
$was  = installed();
$new  = zip_of( $our_copy, '9.9.9' );
$sign = static fn( string $version, string $file ): string => base64_encode(
	sodium_crypto_sign_detached( Updates::signed( $version, hash_file( 'sha256', $file ) ), sodium_crypto_sign_secretkey( $pair ) )
);
$good = array(
	'new_version'  => '9.9.9',
	'url'          => 'https://store.example/news',
	'package'      => PACKAGE,
	'requires_php' => '8.1',
	'signature'    => $sign( '9.9.9', $new ),
);

// What is offered.
$GLOBALS['said'] = 'down';
check_same( null, offer(), 'a store that is down: nothing is offered' );
foreach ( array( array(), array( 'new_version' => array( '9' ) ), array( 'new_version' => '9.9.9<script>' ) ) as $odd ) {
	$GLOBALS['said'] = $odd;
	check_same( null, offer(), 'no answer of a store: ' . wp_json_encode( $odd ) );
}
$GLOBALS['said'] = array( 'new_version' => $was ) + $good;
check_same( null, offer(), 'the version that is there is no update' );
$GLOBALS['said'] = array( 'package' => '' ) + $good;
check_same( '', offer()->package ?? null, 'an expired license: the version is named, with no package' );
check_same( 'no_package', update(), 'and WordPress says that there is none' );
check_same( $was, installed(), 'what was there stays' );

// What is taken.
$GLOBALS['zip']  = $new;
$GLOBALS['said'] = array( 'signature' => $sign( '9.9.8', $new ) ) + $good;
check_same( '9.9.9', offer()->new_version ?? null, 'a version is offered' );
check_same( 'creators_image_refresh_not_signed', update(), 'an old zip under a new number is refused' );
$GLOBALS['said'] = array( 'signature' => base64_encode( random_bytes( 64 ) ) ) + $good;
offer();
check_same( 'creators_image_refresh_not_signed', update(), 'a wrong signature is refused' );
$GLOBALS['said'] = array( 'signature' => '' ) + $good;
offer();
check_same( 'creators_image_refresh_not_signed', update(), 'none is refused' );
$broken = get_temp_dir() . uniqid( 'broken' );
file_put_contents( $broken, 'no zip' );
$GLOBALS['zip']  = $broken;
$GLOBALS['said'] = array( 'signature' => $sign( '9.9.9', $broken ) ) + $good;
offer();
check_same( 'incompatible_archive', update(), 'a broken zip is refused, though it is signed' );
check_same( $was, installed(), 'after all of them, what was there stays' );

$GLOBALS['zip']  = $new;
$GLOBALS['said'] = $good;
offer();
check_same( true, update(), 'a good update is taken' );
check_same( '9.9.9', installed(), 'and is there' );

// Put back as it was.
$GLOBALS['zip']  = zip_of( $our_copy, $was );
$GLOBALS['said'] = array( 'signature' => $sign( '9.9.10', $GLOBALS['zip'] ), 'new_version' => '9.9.10' ) + $good;
offer();
update();
check_same( $was, installed(), 'the site has its own copy again' );
