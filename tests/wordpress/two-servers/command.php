<?php
/** `wp creators-images refresh`, again and again until it has its turn, or the load is over; then it is done once. */

require dirname( __DIR__ ) . '/php/fake-wp-cli.php';
require dirname( __DIR__ ) . '/php/site.php';

$give_up = time() + 300;
do {
	usleep( 50000 );
	wp_cache_flush();
	$status = WP_CLI::shell( 'creators-images refresh' );
	$said   = implode( ' ', WP_CLI::$said );
	0 === $status || must( false, "refreshing by the command: $said" );
} while ( time() < $give_up && str_contains( $said, 'Another run' ) && ! file_exists( getenv( 'SITE_FOLDER' ) . '/run/over' ) );
