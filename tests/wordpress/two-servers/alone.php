<?php
/**
 * Each of those who refresh does one slice alone, in turn: WP-Cron and a person at both servers, a line of the system's cron, and
 * the command. That they can is shown here; who comes first where all come at once is nobody's claim.
 */

require dirname( __DIR__ ) . '/php/checks.php';
require __DIR__ . '/amazon.php';
require __DIR__ . '/clients.php';

const AT_MOST = 60;

global $wpdb;
$folder  = getenv( 'SITE_FOLDER' );
$table   = Creators_Image_Refresh\Storage\Schema::images();
$servers = array( trim( file_get_contents( "$folder/run/url" ) ), trim( file_get_contents( "$folder/run/url-2" ) ) );
$amazon  = new Amazon( trim( file_get_contents( "$folder/run/sandbox.port" ) ) );
$clients = new Clients( $servers );
$port    = static fn( int $server ): int => (int) parse_url( $servers[ $server ], PHP_URL_PORT );
$journal = static fn(): array => array_map(
	static fn( string $line ): string => (string) strtok( $line, ' ' ),
	@file( "$folder/run/slices" ) ?: array()
);
$due     = static fn(): int => (int) $wpdb->get_var(
	$wpdb->prepare( "SELECT COUNT(*) FROM $table WHERE asin LIKE 'B0ALN%%' AND due_at <= %d", time() )
);
$clients->sign_in( 'admin', 'demo-password' );
// Both scripts come once where the load is over.
touch( "$folder/run/over" );

$cron   = static fn( int $server ): callable => static function () use ( $clients, $server ): void {
	wp_schedule_single_event( time() - 1, 'creators_image_refresh_run', array( 'next' ) );
	delete_transient( 'doing_cron' );
	$clients->once( $server, '/wp-cron.php?doing_wp_cron' );
};
$person = static fn( int $server ): callable => static fn() => $clients->once(
	$server,
	'/wp-json/creators-image-refresh/v1/refresh',
	array()
);
$script = static fn( string $name ): callable => static fn() => proc_close(
	must(
		proc_open( array( PHP_BINARY, '-d', 'display_errors=stderr', __DIR__ . "/$name.php" ), array(), $pipes ),
		"starting $name"
	)
);

$number = 0;
foreach ( array(
	'WP-Cron:' . $port( 0 ) => $cron( 0 ),
	'WP-Cron:' . $port( 1 ) => $cron( 1 ),
	'person:' . $port( 0 )  => $person( 0 ),
	'person:' . $port( 1 )  => $person( 1 ),
	'cron'                  => $script( 'cron' ),
	'command'               => $script( 'command' ),
) as $who => $come ) {
	$asin = sprintf( 'B0ALN%05d', ++$number );
	must( $wpdb->insert( $table, array( 'marketplace' => 'www.amazon.com', 'asin' => $asin ) ), 'adding a picture' );
	wp_cache_flush();
	wp_unschedule_hook( 'creators_image_refresh_run' );
	$before = count( $journal() );
	$amazon->reset();
	// A slice that ends before the account is free again plans another, for whoever comes.
	$give_up = time() + AT_MOST;
	do {
		$come();
		usleep( 200000 );
		// WP-Cron goes on when it has answered.
		for ( $look = 0; $look < 25 && 0 < $due(); $look++ ) {
			usleep( 200000 );
		}
	} while ( 0 < $due() && time() < $give_up );
	// It is written down last.
	while ( count( $journal() ) === $before && time() < $give_up ) {
		usleep( 50000 );
	}
	$asked = array_filter(
		array_merge( ...array_column( $amazon->calls(), 'item_ids' ) ),
		static fn( string $asked ): bool => $asked === $asin
	);
	check( "alone: $who has fetched what was due, with one call", array( $due(), count( $asked ) ), array( 0, 1 ) );
	check(
		"alone: $who stands in the journal, and nobody else",
		array_values( array_unique( array_slice( $journal(), $before ) ) ),
		array( $who )
	);
}
$wpdb->query( "DELETE FROM $table WHERE asin LIKE 'B0ALN%'" );
