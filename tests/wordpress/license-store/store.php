<?php
/**
 * A stand-in for a store with Easy Digital Downloads Software Licensing, for `php -S`. It refuses what the protocol refuses.
 * What it sells, what it was asked and how it behaves stand in the JSON file that LICENSE_STORE names:
 *
 *     licenses  by key: item_id, item_name, expires ("lifetime" or a time), limit (0: none), disabled, sites (list)
 *     mode      "" as it should be, or how it is out of order: error, html, redirect, words (JSON that is no answer)
 *     asked     list of what came in, oldest first
 */

declare( strict_types=1 );

const ACTIONS = array( 'activate_license', 'check_license', 'deactivate_license' );

$file  = fopen( getenv( 'LICENSE_STORE' ), 'c+' );
flock( $file, LOCK_EX );
$store = json_decode( stream_get_contents( $file ), true );

/** Ends the request with an answer, and keeps what has changed. */
function answer( array|string $said, int $status = 200 ): never {
	global $file, $store;
	ftruncate( $file, 0 );
	rewind( $file );
	fwrite( $file, json_encode( $store, JSON_PRETTY_PRINT ) );
	http_response_code( $status );
	header( 'Content-Type: application/json' );
	exit( is_string( $said ) ? $said : json_encode( $said ) );
}

/** A site's address as the store compares it. */
function site( string $url ): string {
	return rtrim( preg_replace( '#\Ahttps?://(www\.)?#', '', strtolower( $url ) ), '/' );
}

$asked            = $_POST;
$store['asked'][] = array( 'method' => $_SERVER['REQUEST_METHOD'] ) + $asked;
switch ( $store['mode'] ?? '' ) {
	case 'error':
		answer( array( 'message' => 'Service Unavailable' ), 503 );
	case 'html':
		answer( '<!doctype html><title>Log in to the Wi-Fi</title>' );
	case 'redirect':
		header( 'Location: /elsewhere' );
		answer( array(), 302 );
	case 'words':
		answer( array( 'success' => true, 'license' => 'certainly' ) );
}

$action = $asked['edd_action'] ?? '';
if ( 'POST' !== $_SERVER['REQUEST_METHOD'] || ! in_array( $action, ACTIONS, true ) ) {
	answer( array( 'message' => 'No such action.' ), 400 );
}
foreach ( array( 'license', 'url' ) as $field ) {
	if ( ! is_string( $asked[ $field ] ?? null ) || '' === $asked[ $field ] ) {
		answer( array( 'success' => false, 'license' => 'invalid', 'error' => 'url' === $field ? 'missing_url' : 'missing' ) );
	}
}
if ( ! isset( $asked['item_id'] ) && ! isset( $asked['item_name'] ) ) {
	answer( array( 'success' => false, 'license' => 'invalid', 'error' => 'invalid_item_id' ) );
}

$key     = $asked['license'];
$site    = site( $asked['url'] );
$license = $store['licenses'][ $key ] ?? null;
$base    = array(
	'success'          => false,
	'license'          => 'invalid',
	'item_id'          => isset( $asked['item_id'] ) ? (int) $asked['item_id'] : false,
	'item_name'        => $asked['item_name'] ?? '',
	'checksum'         => md5( $key . $site ),
);
if ( null === $license ) {
	answer( $base + array( 'error' => 'missing' ) );
}
$base += array(
	'expires'          => $license['expires'],
	'payment_id'       => 42,
	'customer_name'    => 'Marta',
	'customer_email'   => 'marta@example.org',
	'license_limit'    => $license['limit'],
	'site_count'       => count( $license['sites'] ),
	'activations_left' => 0 === $license['limit'] ? 'unlimited' : max( 0, $license['limit'] - count( $license['sites'] ) ),
	'price_id'         => false,
);

$ours    = isset( $asked['item_id'] )
	? (int) $asked['item_id'] === $license['item_id']
	: $asked['item_name'] === $license['item_name'];
$expired = 'lifetime' !== $license['expires'] && strtotime( $license['expires'] . ' UTC' ) < time();
$active  = in_array( $site, $license['sites'], true );

if ( 'deactivate_license' === $action ) {
	if ( ! $ours || ! $active ) {
		answer( array( 'license' => 'failed' ) + $base );
	}
	$store['licenses'][ $key ]['sites'] = array_values( array_diff( $license['sites'], array( $site ) ) );
	answer( array( 'success' => true, 'license' => 'deactivated' ) + $base );
}

$refusal = match ( true ) {
	! $ours                                                  => isset( $asked['item_id'] )
		? 'invalid_item_id'
		: 'item_name_mismatch',
	$license['disabled']                                     => 'disabled',
	$expired                                                 => 'expired',
	default                                                  => null,
};
if ( 'check_license' === $action ) {
	answer(
		array(
			'success' => true,
			'license' => $refusal ?? ( $active ? 'valid' : ( array() === $license['sites'] ? 'inactive' : 'site_inactive' ) ),
		) + $base
	);
}
if ( null === $refusal && ! $active && 0 !== $license['limit'] && count( $license['sites'] ) >= $license['limit'] ) {
	$refusal = 'no_activations_left';
}
if ( null !== $refusal ) {
	answer( $base + array( 'error' => $refusal ) );
}
if ( ! $active ) {
	$store['licenses'][ $key ]['sites'][] = $site;
	$base['site_count']                  = count( $store['licenses'][ $key ]['sites'] );
}
answer( array( 'success' => true, 'license' => 'valid' ) + $base );
