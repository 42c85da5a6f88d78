<?php
/** Checks inside a site: each says what ought to be, the script ends in 1 where one was not so. Start it before WordPress. */

$GLOBALS['failed_checks'] = array();

function check( bool $true, string $what ): void {
	if ( ! $true ) {
		$GLOBALS['failed_checks'][] = $what;
	}
}

function check_same( mixed $expected, mixed $actual, string $what ): void {
	check( $expected === $actual, sprintf( '%s: %s, not %s', $what, json_encode( $expected ), json_encode( $actual ) ) );
}

register_shutdown_function(
	static function (): void {
		foreach ( $GLOBALS['failed_checks'] as $failed ) {
			fwrite( STDERR, "not so: $failed\n" );
		}
		array() === $GLOBALS['failed_checks'] || exit( 1 );
	}
);
