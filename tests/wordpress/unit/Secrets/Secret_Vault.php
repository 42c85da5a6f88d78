<?php

use Creators_Image_Refresh\Secrets\Secret_Vault;

/** What the vault answers with another key. */
$with  = static function ( ?string $key, ?string $previous, callable $work ): mixed {
	foreach ( array( '' => $key, '_PREVIOUS' => $previous ) as $which => $phrase ) {
		putenv( "CREATORS_IMAGE_REFRESH_ENCRYPTION_KEY$which" . ( null === $phrase ? '' : "=$phrase" ) );
	}
	$answer = $work( new Secret_Vault() );
	putenv( 'CREATORS_IMAGE_REFRESH_ENCRYPTION_KEY' );
	putenv( 'CREATORS_IMAGE_REFRESH_ENCRYPTION_KEY_PREVIOUS' );
	return $answer instanceof WP_Error ? 'error ' . $answer->get_error_code() : $answer;
};
$place = 'creators_image_refresh_license_key';
$seal  = static fn( Secret_Vault $vault ) => $vault->seal( $place, 'a secret' );
$first = str_repeat( 'first key ', 4 );
$next  = str_repeat( 'next key ', 4 );
$open  = static fn(
	string $envelope,
	string $at
): callable => static fn( Secret_Vault $vault ) => $vault->open( $at, $envelope );

same( 'error salts_missing', $with( null, null, $seal ), 'without a key nothing is encrypted' );
same( 'error encryption_key_too_short', $with( 'short', null, $seal ), 'nor with a short one' );
$envelope = $with( $first, null, $seal );
same(
	1,
	preg_match( '~\Av1:[0-9a-f]{8}:[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+\z~', (string) $envelope ),
	'an envelope says its format and its key'
);
same( false, $envelope === $with( $first, null, $seal ), 'no two are the same' );
same( 'a secret', $with( $first, null, $open( $envelope, $place ) ), 'its place and key open it' );
same(
	'error secret_unreadable',
	$with( $first, null, $open( $envelope, 'creators_image_refresh_other' ) ),
	'another place does not'
);
same( 'error secret_unreadable', $with( $next, null, $open( $envelope, $place ) ), 'nor another key' );
same( 'a secret', $with( $next, $first, $open( $envelope, $place ) ), 'the key before it does' );
$GLOBALS['blog'] = 2;
same( 'error secret_unreadable', $with( $first, null, $open( $envelope, $place ) ), 'nor another site of a network' );
$GLOBALS['blog'] = 1;
foreach (
	array(
		'',
		'v1',
		'v1:a:b',
		str_replace( 'v1:', 'v2:', $envelope ),
		substr( $envelope, 0, -4 ),
		"$envelope:x",
		substr_replace( $envelope, 'A' === $envelope[20] ? 'B' : 'A', 20, 1 ),
	) as $damaged
) {
	same(
		'error secret_unreadable',
		$with( $first, null, $open( $damaged, $place ) ),
		'what is damaged opens nowhere: ' . strlen( $damaged )
	);
}
same(
	array( 'cdef', '' ),
	array( Secret_Vault::ending( '0123456789abcdef' ), Secret_Vault::ending( '0123456789a' ) ),
	'the end of a long one is shown, of a short one nothing'
);
