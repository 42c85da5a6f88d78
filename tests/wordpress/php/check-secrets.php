<?php
/** Checks how secrets are kept, and `wp creators-images rotate-key`. What was saved before is there again afterwards. */

require __DIR__ . '/expectations.php';
require __DIR__ . '/fake-wp-cli.php';
require __DIR__ . '/site.php';

use Creators_Image_Refresh\Hook_Names;
use Creators_Image_Refresh\Plugin;
use Creators_Image_Refresh\Secrets\Secret_Vault;

const KEY      = 'CREATORS_IMAGE_REFRESH_ENCRYPTION_KEY';
const PREVIOUS = 'CREATORS_IMAGE_REFRESH_ENCRYPTION_KEY_PREVIOUS';
const FIRST    = 'the-first-key-of-this-site-0123456789';
const SECOND   = 'the-second-key-of-this-site-987654321';
const COMMAND  = 'creators-images rotate-key';
const ANOTHER  = 'www.amazon.pl';

$secrets  = Plugin::instance()->secrets();
$accounts = Plugin::instance()->account_repository();
$account  = array(
	'marketplace'        => ANOTHER,
	'credential_id'      => 'amzn1.another',
	'credential_version' => '',
	'partner_tag'        => 'another-21',
);
$error    = $accounts->add( $account + array( 'credential_secret' => 'the secret of another' ), true );
check_same( null, $error, 'another account is added' );
$before = $secrets->places();
$mine   = Hook_Names::ACCOUNT . get_option( Hook_Names::DEFAULT_ACCOUNT );
$other  = Secret_Vault::LICENSE_KEY;
check(
	isset( $before[ $mine ], $before[ Hook_Names::ACCOUNT . ANOTHER ], $before[ $other ] ),
	'the secrets that the forms have saved are found'
);
$read  = static fn(): array => array_combine(
	array_keys( $secrets->places() ),
	array_map( array( $secrets, 'open' ), array_keys( $secrets->places() ), $secrets->places() )
);
$clear = $read();
check( array_filter( $clear, 'is_string' ) === $clear, 'they can be read' );
array() === $GLOBALS['failed_checks'] || exit( 1 );

$code = static fn( mixed $secret ): string => is_wp_error( $secret ) ? $secret->get_error_code() : 'readable';

// How they are kept.
foreach ( $before as $option => $envelope ) {
	check( 1 === preg_match( '#\Av1:[0-9a-f]{8}:[A-Za-z0-9+/=]{32}:[A-Za-z0-9+/=]+\z#', $envelope ), "$option is an envelope" );
	check(
		! str_contains( $envelope, $clear[ $option ] ) && ! str_contains( $envelope, base64_encode( $clear[ $option ] ) ),
		"$option does not hold its secret in the clear"
	);
	check( ! isset( wp_load_alloptions( true )[ $option ] ), "$option is not loaded with every page" );
}
check_same(
	'secret_unreadable',
	$code( $secrets->open( $other, $before[ $mine ] ) ),
	'an envelope that was moved to another option does not open'
);
check_same(
	'secret_unreadable',
	$code( $secrets->open( $mine, $before[ Hook_Names::ACCOUNT . ANOTHER ] ) ),
	'nor one that was moved to another account'
);
$flipped     = $before[ $mine ];
$flipped[-6] = 'A' === $flipped[-6] ? 'B' : 'A';
foreach (
	array( $flipped, 'v1', 'v1:::', 'v2' . substr( $before[ $mine ], 2 ), 'plain text', 'v1:00000000:AAAA:AAAA' ) as $rubbish
) {
	check_same( 'secret_unreadable', $code( $secrets->open( $mine, $rubbish ) ), "$rubbish does not open" );
}

putenv( KEY . '=too-short' );
check_same(
	'encryption_key_too_short',
	$code( $secrets->open( $mine, $before[ $mine ] ) ),
	'a key too short is refused when reading'
);
check_same( 'encryption_key_too_short', $secrets->set( $other, 'x' )?->get_error_code(), 'and when saving' );
check_same( 1, WP_CLI::shell( COMMAND ), 'and the command fails' );
check_same( $before, $secrets->places(), 'nothing is saved then' );

// From the salts to a key of the site's own.
putenv( KEY . '=' . FIRST );
check_same( $clear, $read(), 'with a new key, what the salts have encrypted still opens' );
check_same( 0, WP_CLI::shell( COMMAND, array( 'dry-run' => true ) ), 'the dry run succeeds' );
check( str_contains( implode( "\n", WP_CLI::$said ), "$mine: would be encrypted" ), 'and says what would be done' );
check_same( $before, $secrets->places(), 'and changes nothing' );
check_same( 0, WP_CLI::shell( COMMAND ), 'the command succeeds' );
check_same(
	array(),
	array_filter( $secrets->places(), static fn( string $envelope ) => explode( ':', $envelope )[1] !== explode( ':', $secrets->seal( 'any', 'secret' ) )[1] ),
	'every secret is encrypted with the new key'
);
check(
	str_contains( implode( "\n", WP_CLI::$said ), Hook_Names::ACCOUNT . ANOTHER . ': encrypted' ),
	'that of the other account as well'
);
$accounts->forget();
$kept = $accounts->find( ANOTHER );
check_same( $account, array_merge( $account, array_intersect_key( $kept, $account ) ), 'and nothing else of it has changed' );
check( str_starts_with( end( WP_CLI::$said ), 'Success: ' ), 'it says so' );
check(
	! $secrets->exchange( $mine, $before[ $mine ], $clear[ $mine ] ),
	'what somebody has saved in the meantime is not undone'
);

// From one key to the next.
putenv( KEY . '=' . SECOND );
check_same(
	array( 'secret_unreadable' ),
	array_values( array_unique( array_map( $code, $read() ) ) ),
	'without the previous key nothing opens'
);
check_same( 1, WP_CLI::shell( COMMAND ), 'and the command fails' );
check( str_contains( implode( "\n", WP_CLI::$said ), "$mine: cannot be read" ), 'and names what it could not read' );
putenv( PREVIOUS . '=' . FIRST );
check_same( $clear, $read(), 'with the previous key everything opens before the command has run' );
check_same( 0, WP_CLI::shell( COMMAND ), 'the command succeeds' );
putenv( PREVIOUS );
check_same( $clear, $read(), 'every secret is what it was' );
$again = $secrets->places();
check_same( 0, WP_CLI::shell( COMMAND ), 'a second time it succeeds' );
check_same( $again, $secrets->places(), 'and changes nothing' );
foreach ( array_merge( $clear, array( FIRST, SECOND ) ) as $secret ) {
	check( ! str_contains( implode( "\n", WP_CLI::$said ), $secret ), 'nothing secret is said' );
}

// Back to the salts.
putenv( KEY );
putenv( PREVIOUS . '=' . SECOND );
check_same( 0, WP_CLI::shell( COMMAND ), 'back to the salts the command succeeds' );
putenv( PREVIOUS );
check_same( $clear, $read(), 'every secret is what it was at the beginning' );
$accounts->delete( ANOTHER );

// What is thrown while a secret is on the stack does not carry it.
add_filter(
	'pre_update_option_' . Secret_Vault::LICENSE_KEY,
	static fn() => throw new RuntimeException( 'somebody else fails' )
);
try {
	$secrets->set( Secret_Vault::LICENSE_KEY, 'CANARY-ON-THE-STACK' );
	check( false, 'the foreign error comes through' );
} catch ( RuntimeException $error ) {
	check(
		PHP_VERSION_ID < 80200 || ! str_contains( print_r( $error->getTrace(), true ), 'CANARY-ON-THE-STACK' ),
		'no trace carries a secret'
	);
	check( ! str_contains( (string) $error, 'CANARY-ON' ), 'nor does the error as text' );
}
