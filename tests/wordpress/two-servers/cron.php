<?php
/**
 * A line of the system's cron: comes until it has had a slice, then rests for a while, until the load is over; then it comes
 * once.
 */

require dirname( __DIR__ ) . '/php/site.php';

$next = 0.0;
add_action(
	'creators_image_refresh_slice_over',
	static function () use ( &$next ): void {
		$next = microtime( true ) + 10;
	}
);
$give_up = time() + 300;
do {
	if ( microtime( true ) >= $next ) {
		// As if each were a process of its own.
		wp_cache_flush();
		do_action( 'creators_image_refresh_run' );
	}
	usleep( 200000 );
} while ( time() < $give_up && ! file_exists( getenv( 'SITE_FOLDER' ) . '/run/over' ) );
