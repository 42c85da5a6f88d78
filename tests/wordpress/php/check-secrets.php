<?php
/** Checks how secrets are kept, and `wp creators-images rotate-key`. What was saved before is there again afterwards. */

require __DIR__ . '/expectations.php';
require __DIR__ . '/fake-wp-cli.php';
require __DIR__ . '/site.php';

use Creators_Image_Refresh\Plugin;
use Creators_Image_Refresh\Secrets;

const KEY      = 'CREATORS_IMAGE_REFRESH_ENCRYPTION_KEY';
const PREVIOUS = 'CREATORS_IMAGE_REFRESH_ENCRYPTION_KEY_PREVIOUS';
const FIRST    = 'the-first-key-of-this-site-0123456789';
const SECOND   = 'the-second-key-of-this-site-987654321';
const COMMAND  = 'creators-images rotate-key';
const ANOTHER  = 'creators_image_refresh_check_of_an_array';

$secrets = Plugin::instance()->secrets;
$before  = array();
foreach ( array_keys( $secrets->places() ) as $place ) {
	// Those of an array are looked at below.
	if ( ! str_contains( $place, '|' ) ) {
		$before[ $place ] = get_option( $place );
	}
}
$mine = Secrets::CREDENTIAL_SECRET;
check( isset( $before[ $mine ], $before[ Secrets::LICENSE_KEY ] ), 'the secrets that the form has saved are found' );
$clear = array_map( static fn( string $option ) => $secrets->get( $option ), array_combine( array_keys( $before ), array_keys( $before ) ) );
check( array_filter( $clear, 'is_string' ) === $clear, 'they can be read' );
array() === $GLOBALS['failed_checks'] || exit( 1 );

$unreadable = static fn( string $option ): bool => is_wp_error( $secrets->get( $option ) ) && 'secret_unreadable' === $secrets->get( $option )->get_error_code();

// How they are kept.
foreach ( $before as $option => $envelope ) {
	check( 1 === preg_match( '#\Av1:[0-9a-f]{8}:[A-Za-z0-9+/=]{32}:[A-Za-z0-9+/=]+\z#', $envelope ), "$option is an envelope" );
	check( ! str_contains( $envelope, $clear[ $option ] ) && ! str_contains( $envelope, base64_encode( $clear[ $option ] ) ), "$option does not hold its secret in the clear" );
	check( ! isset( wp_load_alloptions( true )[ $option ] ), "$option is not loaded with every page" );
}
$other = Secrets::LICENSE_KEY;
update_option( $other, $before[ $mine ], false );
check( $unreadable( $other ), 'an envelope that was moved to another option does not open' );
update_option( $other, $before[ $other ], false );
$flipped      = $before[ $mine ];
$flipped[-6]  = 'A' === $flipped[-6] ? 'B' : 'A';
update_option( $mine, $flipped, false );
check( $unreadable( $mine ), 'an envelope with one letter changed does not open' );
foreach ( array( 'v1', 'v1:::', 'v2' . substr( $before[ $mine ], 2 ), 'plain text', 'v1:00000000:AAAA:AAAA' ) as $rubbish ) {
	update_option( $mine, $rubbish, false );
	check( $unreadable( $mine ), "$rubbish does not open" );
}
update_option( $mine, $before[ $mine ], false );
check_same( $clear[ $mine ], $secrets->get( $mine ), 'put back, it opens again' );

putenv( KEY . '=too-short' );
check_same( 'encryption_key_too_short', $secrets->get( $mine )->get_error_code(), 'a key too short is refused when reading' );
check_same( 'encryption_key_too_short', $secrets->set( $mine, 'x' )?->get_error_code(), 'and when saving' );
check_same( 1, WP_CLI::shell( COMMAND ), 'and the command fails' );
check_same( $before[ $mine ], get_option( $mine ), 'nothing is saved then' );

// From the salts to a key of the site's own.
putenv( KEY . '=' . FIRST );
check_same( $clear[ $mine ], $secrets->get( $mine ), 'with a new key, what the salts have encrypted still opens' );
putenv( KEY );
$array = array();
foreach ( array( 'www.amazon.de', 'www.amazon.fr' ) as $host ) {
	$array[ $host ] = array( 'tag' => 'v1', 'sealed' => $secrets->seal( ANOTHER . "|$host", "the secret of $host" ) );
}
update_option( ANOTHER, $array, false );
putenv( KEY . '=' . FIRST );
$in_array = static fn( string $host ) => $secrets->open( ANOTHER . "|$host", get_option( ANOTHER )[ $host ]['sealed'] );
check_same( 0, WP_CLI::shell( COMMAND, array( 'dry-run' => true ) ), 'the dry run succeeds' );
check( str_contains( implode( "\n", WP_CLI::$said ), "$mine: would be encrypted" ), 'and says what would be done' );
check_same( $before[ $mine ], get_option( $mine ), 'and changes nothing' );
check_same( 0, WP_CLI::shell( COMMAND ), 'the command succeeds' );
check_same( array(), array_filter( $secrets->places(), static fn( string $envelope ) => ! $secrets->is_current( $envelope ) ), 'every secret is encrypted with the new key' );
check( str_contains( implode( "\n", WP_CLI::$said ), ANOTHER . '|www.amazon.fr: encrypted' ), 'those of an array as well' );
check_same( array( 'tag', 'sealed' ), array_keys( get_option( ANOTHER )['www.amazon.de'] ), 'and nothing else of it has changed' );
check( str_starts_with( end( WP_CLI::$said ), 'Success: ' ), 'it says so' );

// From one key to the next.
putenv( KEY . '=' . SECOND );
check( $unreadable( $mine ), 'without the previous key nothing opens' );
check_same( 1, WP_CLI::shell( COMMAND ), 'and the command fails' );
check( str_contains( implode( "\n", WP_CLI::$said ), "$mine: cannot be read" ), 'and names what it could not read' );
putenv( PREVIOUS . '=' . FIRST );
check_same( $clear[ $mine ], $secrets->get( $mine ), 'with the previous key everything opens before the command has run' );
check_same( 0, WP_CLI::shell( COMMAND ), 'the command succeeds' );
putenv( PREVIOUS );
foreach ( $clear as $option => $secret ) {
	check_same( $secret, $secrets->get( $option ), "$option is what it was" );
}
check_same( 'the secret of www.amazon.de', $in_array( 'www.amazon.de' ), 'and so is one of an array' );
check_same( 'the secret of www.amazon.fr', $in_array( 'www.amazon.fr' ), 'and the other' );
$again = get_option( $mine );
check_same( 0, WP_CLI::shell( COMMAND ), 'a second time it succeeds' );
check_same( $again, get_option( $mine ), 'and changes nothing' );
foreach ( array_merge( $clear, array( FIRST, SECOND ) ) as $secret ) {
	check( ! str_contains( implode( "\n", WP_CLI::$said ), $secret ), 'nothing secret is said' );
}

// Back to the salts.
putenv( KEY );
putenv( PREVIOUS . '=' . SECOND );
check_same( 0, WP_CLI::shell( COMMAND ), 'back to the salts the command succeeds' );
putenv( PREVIOUS );
foreach ( $clear as $option => $secret ) {
	check_same( $secret, $secrets->get( $option ), "$option is what it was at the beginning" );
}
delete_option( ANOTHER );

// What is thrown while a secret is on the stack does not carry it.
add_filter( 'pre_update_option_' . Secrets::LICENSE_KEY, static fn() => throw new RuntimeException( 'somebody else fails' ) );
try {
	$secrets->set( Secrets::LICENSE_KEY, 'CANARY-ON-THE-STACK' );
	check( false, 'the foreign error comes through' );
} catch ( RuntimeException $error ) {
	check( PHP_VERSION_ID < 80200 || ! str_contains( print_r( $error->getTrace(), true ), 'CANARY-ON-THE-STACK' ), 'no trace carries a secret' );
	check( ! str_contains( (string) $error, 'CANARY-ON' ), 'nor does the error as text' );
}
