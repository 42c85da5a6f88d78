<?php
/** Whether everybody has had a part in the work: without that, no load says anything. */

require dirname( __DIR__ ) . '/php/checks.php';

$folder = getenv( 'SITE_FOLDER' );
$port   = static fn( string $file ): int => (int) parse_url( trim( file_get_contents( "$folder/run/$file" ) ), PHP_URL_PORT );
$who    = array_count_values( array_map( static fn( string $slice ): string => (string) strtok( $slice, ' ' ), file( "$folder/run/slices" ) ) );
ksort( $who );
printf( "    slices: %s\n", urldecode( http_build_query( $who, '', ', ' ) ) );
foreach ( array(
	'WP-Cron'                 => '/^WP-Cron:/',
	'a line of the system’s cron' => '/^cron$/',
	'the command'             => '/^command$/',
	'the first server'        => '/:' . $port( 'url' ) . '$/',
	'the second server'       => '/:' . $port( 'url-2' ) . '$/',
	'a person'                => '/^person:/',
) as $name => $pattern ) {
	check( "parts: $name has had one", array() !== preg_grep( $pattern, array_keys( $who ) ) );
}
