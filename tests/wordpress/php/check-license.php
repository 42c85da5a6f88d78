<?php
/** Checks whom the license asks, with which key, and what it takes for an answer. Nobody is asked in earnest. */

require __DIR__ . '/expectations.php';
require __DIR__ . '/site.php';

use Creators_Image_Refresh\License\License;
use Creators_Image_Refresh\License\License_Client;
use Creators_Image_Refresh\License\License_Messages;
use Creators_Image_Refresh\Plugin;

const STORE = 'https://store.example/';
const KEY   = 'CHECK-LICENSE-CANARY-8';

$GLOBALS['requests'] = array();
$GLOBALS['answer']   = '';
add_filter(
	'pre_http_request',
	static function ( mixed $pre, array $args, string $url ): array|WP_Error {
		$GLOBALS['requests'][] = array( 'url' => $url ) + $args;
		return is_string( $GLOBALS['answer'] )
			? array( 'response' => array( 'code' => 200 ), 'body' => $GLOBALS['answer'] )
			: $GLOBALS['answer'];
	},
	10,
	3
);

/** A license as a new request has it. */
function license(): License {
	return new License( Plugin::instance()->secrets(), new License_Client() );
}

/** The status after the store has said something about a new key. */
function status_after( mixed $said ): string {
	delete_option( License::OPTION );
	$GLOBALS['answer'] = $said;
	license()->on_schedule();
	return license()->status();
}

check_same( 'no_store', license()->status(), 'as it comes, there is no store' );
license()->on_schedule();
check_same( array(), $GLOBALS['requests'], 'and nobody is asked' );

// Whom it asks.
foreach (
	array(
		'store.example',
		'ftp://store.example/',
		'https://somebody:word@store.example/',
		'javascript:alert(1)',
		'https://',
		' ',
	) as $odd
) {
	putenv( "CREATORS_IMAGE_REFRESH_LICENSE_STORE_URL=$odd" );
	check_same( 'no_store', license()->status(), "$odd is no store" );
}
putenv( 'CREATORS_IMAGE_REFRESH_LICENSE_STORE_URL=http://store.example/' );
check( 'no_store' !== license()->status(), 'a site without encryption may have a store without it' );
$secure = static fn() => 'https://blog.example';
add_filter( 'pre_option_home', $secure );
check_same( 'no_store', license()->status(), 'a site with encryption may not' );
remove_filter( 'pre_option_home', $secure );
putenv( 'CREATORS_IMAGE_REFRESH_LICENSE_STORE_URL=' . STORE );

// With which key.
putenv( 'CREATORS_IMAGE_REFRESH_LICENSE_KEY=' . KEY );
add_filter( 'creators_image_refresh_license_key', static fn() => 'of-a-sister' );
check_same( KEY, license()->key(), 'the environment wins over a sister plugin' );
$valid = '{"success":true,"license":"valid","expires":"2031-03-01 23:59:59","license_limit":1,"site_count":1}';
check_same( 'valid', status_after( $valid ), 'a valid license' );
$request = end( $GLOBALS['requests'] );
check_same( STORE, $request['url'], 'the store is asked' );
check_same(
	array(
		'edd_action' => 'activate_license',
		'license'    => KEY,
		'url'        => home_url(),
		'item_name'  => 'Creators Image Refresh for Amazon',
	),
	$request['body'],
	'in the words of the protocol, by name where there is no number'
);
check( $request['timeout'] <= 15 && 0 === $request['redirection'], 'it waits not too long, and follows nobody elsewhere' );
putenv( 'CREATORS_IMAGE_REFRESH_LICENSE_ITEM_ID=12' );
status_after( $valid );
check_same( 12, end( $GLOBALS['requests'] )['body']['item_id'] ?? null, 'by number where there is one' );

// What it takes for an answer.
$meanings = array(
	'{"success":false,"license":"invalid","error":"missing"}'             => 'unknown',
	'{"success":false,"license":"invalid"}'                               => 'unknown',
	'{"success":false,"license":"invalid","error":"expired","expires":"2026-01-02 00:00:00"}' => 'expired',
	'{"success":true,"license":"expired"}'                                => 'expired',
	'{"success":false,"license":"invalid","error":"revoked"}'             => 'disabled',
	'{"success":true,"license":"disabled"}'                               => 'disabled',
	'{"success":false,"license":"invalid","error":"no_activations_left"}' => 'limit_reached',
	'{"success":false,"license":"invalid","error":"item_name_mismatch"}'  => 'other_product',
	'{"success":false,"license":"invalid","error":"key_mismatch"}'        => 'other_product',
	'{"success":false,"license":"site_inactive"}'                         => 'site_inactive',
	'{"success":false,"license":"invalid","error":"license_not_activable"}' => 'not_activable',
	'{"success":false,"license":"valid"}'                                 => 'unchecked',
	'{"success":"true","license":"valid"}'                                => 'unchecked',
	'{"success":true,"license":["valid"]}'                                => 'unchecked',
	'{"success":true,"license":"certainly"}'                              => 'unchecked',
	'{"license":"valid"}'                                                 => 'unchecked',
	'"valid"'                                                             => 'unchecked',
	'<!doctype html>'                                                     => 'unchecked',
	''                                                                    => 'unchecked',
);
foreach ( $meanings as $said => $status ) {
	check_same( $status, status_after( $said ), "$said" );
	check_same( 'unchecked' === $status, null === license()->obstacle(), "whether $said stops the refreshing" );
	$sentence = License_Messages::for_status( $status, license()->state() );
	check( strlen( $sentence ) > 40 && ! str_contains( $sentence, KEY ), "a sentence for $status" );
}
check_same( 'unchecked', status_after( new WP_Error( 'http_request_failed', 'no route to ' . KEY ) ), 'no connection' );
$hostile = '{"success":true,"license":"valid","expires":"<script>alert(1)</script>","license_limit":"1e999","site_count":[]}';
check_same( 'valid', status_after( $hostile ), 'odd details do not matter' );
check_same( '', license()->state()['expires'], 'and are not kept' );
check_same( 'The license is valid.', License_Messages::for_status( 'valid', license()->state() ), 'nor said' );
check( ! str_contains( json_encode( get_option( License::OPTION ) ), KEY ), 'what is kept does not hold the key' );

// Whatever the store says, what is shown on pages is the same.
$page = static fn() => apply_filters( 'the_content', get_posts( array( 'name' => 'bread-that-waits' ) )[0]->post_content );
status_after( $valid );
$shown = $page();
status_after( '{"success":false,"license":"invalid","error":"disabled"}' );
check_same( $shown, $page(), 'a page is the same with a license that was switched off' );
delete_option( License::OPTION );
