<?php
/**
 * What is known of the database by what it takes: a write that is refused, one that only had to give way, and readers beside
 * a slice. check-database [ROUNDS]: how often each of two other processes reads and presses. Leaves the site as it was.
 */

require __DIR__ . '/checks.php';
require __DIR__ . '/answering-extension.php';
require __DIR__ . '/pass-time.php';

use Creators_Image_Refresh\Admin\Status_Panel;
use Creators_Image_Refresh\Plugin;
use Creators_Image_Refresh\Refresh\Lease;
use Creators_Image_Refresh\Storage\Database;
use Creators_Image_Refresh\Storage\Image_Cache;
use Creators_Image_Refresh\Storage\Image_Repository;

global $wpdb;
$table    = $wpdb->prefix . 'creators_image_refresh_images';
$own      = $wpdb->get_results( "SELECT marketplace, asin, due_at FROM $table", ARRAY_A );
$last_run = get_option( 'creators_image_refresh_last_run' );
$wpdb->query( $wpdb->prepare( "UPDATE $table SET due_at = %d", time() + DAY_IN_SECONDS ) );
$asins = static fn( int $many ): array => array_map(
	static fn( int $number ): string => sprintf( 'B0DBS%05d', $number ),
	range( 1, $many )
);
$begin = static function ( int $many ) use ( $wpdb, $table, $asins ): void {
	$wpdb->query( "DELETE FROM $table WHERE asin LIKE 'B0DBS%'" );
	$wpdb->query(
		"DELETE FROM $wpdb->options WHERE option_name LIKE 'creators_image_refresh_pace_%' OR option_name = 'creators_image_refresh_lock'"
	);
	foreach ( $asins( $many ) as $asin ) {
		$wpdb->insert( $table, array( 'marketplace' => 'www.amazon.com', 'asin' => $asin ) );
	}
};
$code  = static fn( mixed $run ): mixed => is_wp_error( $run ) ? $run->get_error_code() : ( $run['stopped']['status'] ?? null );
$fast  = static fn(): float => 10.0;
add_filter( 'creators_image_refresh_requests_per_second', $fast );

/** What every write of links is turned into; null for what it is. */
$instead = null;
$queries = array();
$hook    = static function ( string $query ) use ( &$instead, &$queries, $table ): string {
	$queries[] = $query;
	return null !== $instead && str_starts_with( $query, "UPDATE `$table` SET image" ) ? $instead( $query ) : $query;
};
add_filter( 'query', $hook );
$refuse = static fn(): string => 'UPDATE no_such_table SET image = 1';

// A database that refuses.
$extension = new Answering_Extension();
$plugin    = new Plugin( $extension );
$calls     = static fn(): int => array_sum(
	array_map( static fn( array $asked ): int => (int) ceil( count( $asked[1] ) / 10 ), $extension->asked )
);
$begin( 60 );
$instead = $refuse;
check(
	'refused: the write that failed ends the slice',
	$code( $plugin->refresher()->run_slice( 5, 'schedule' ) ),
	'database_refuses'
);
$noted = (array) Database::refusal();
check(
	'refused: it is noted, with what the database said',
	array( $noted['times'] ?? 0, str_contains( $noted['message'] ?? '', 'no_such_table' ) ),
	array( 1, true )
);
$asked = $calls();
$slice = static fn( string $by ): array => array( $code( $plugin->refresher()->run_slice( 5, $by ) ), $calls() );
check(
	'refused: until it is time again, the background asks nothing',
	$slice( 'schedule' ),
	array( 'database_refuses', $asked )
);
check( 'refused: who presses the button has one call made', $slice( 'person' ), array( 'database_refuses', $asked + 1 ) );
pass_time( 3600 );
check(
	'refused: the background makes one call, too, when it is time',
	$slice( 'schedule' ),
	array( 'database_refuses', $asked + 2 )
);
check(
	'refused: each time it waits longer',
	array( Database::refusal()['times'], Database::refusal()['until'] - time() > 200 ),
	array( 3, true )
);
check( 'refused: the report says so', str_contains( $plugin->status_report()->all()['summary'], 'accepts no changes' ) );
$health = $plugin->site_health();
foreach ( array(
	'the report'                => array( 15, static fn() => $plugin->status_report()->all() ),
	'the status on the page'    => array( 20, static fn() => ( new Status_Panel( $plugin->status_report() ) )->render( null ) ),
	'the summary, as commands'  => array( 15, static fn() => $plugin->status_report()->summary() ),
	'Site Health’s last answer' => array( 15, $health->test_answer( ... ) ),
	'Site Health’s schedule'    => array( 20, $health->test_schedule( ... ) ),
) as $name => list( $most, $read ) ) {
	wp_cache_flush();
	$queries = array();
	ob_start();
	$read();
	ob_end_clean();
	check( "reads: $name writes nothing", preg_grep( '/^\s*(SELECT|SHOW)/i', $queries, PREG_GREP_INVERT ), array() );
	check( "reads: $name makes $most queries at most", count( $queries ) <= $most ? true : $queries );
}

$instead = null;
pass_time( 3600 );
$run = $plugin->refresher()->run_slice( 5, 'schedule' );
check(
	'taken again: the slice goes on to its end',
	array( $code( $run ), $run['refreshed'], Database::refusal() ),
	array( null, 60, null )
);
check(
	'taken again: and the report says nothing of it',
	str_contains( $plugin->status_report()->summary(), 'accepts no changes' ),
	false
);

// One that only had two statements in each other's way.
if ( $wpdb->dbh instanceof mysqli ) {
	$begin( 10 );
	$left    = 3;
	$instead = static function ( string $query ) use ( &$left ): string {
		return $left-- > 0 ? "SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213, MESSAGE_TEXT = 'Deadlock'" : $query;
	};
	$run = $plugin->refresher()->run_slice( 5, 'schedule' );
	check(
		'gave way: a deadlock is tried again and is no refusal',
		array( $code( $run ), $run['refreshed'], $left < 0, Database::refusal() ),
		array( null, 10, true, null )
	);
	$instead = null;
}

// A write that meets no row.
$begin( 1 );
$lease = new Lease( Lease::RUNNER );
$lease->take();
lease_to( 'another', Lease::RUNNER, 30 );
$cache = new Image_Cache();
$image = array(
	'medium'     => array( 'url' => 'https://m.media-amazon.com/images/I/late.jpg', 'width' => 1, 'height' => 1 ),
	'fetched_at' => time(),
);
$store = new Image_Repository( $cache );
check(
	'fenced: what met no row does not count as stored',
	$store->save_images( array( 'www.amazon.com' ), array( 'B0DBS00001' => $image ), $lease->condition() ),
	0
);
check(
	'fenced: nor does a failure',
	$store->save_failures( array( 'www.amazon.com' ), array( 'B0DBS00001' => array( 'code' => 'X' ) ), $lease->condition() ),
	0
);
check( 'fenced: no cache has it', $cache->get( array( Image_Cache::key( 'www.amazon.com', 'B0DBS00001' ) ) ), array() );

// Somebody else refreshes: busy, and nothing is wrong.
check(
	'lease: where another has it, it is busy',
	array( $code( $plugin->refresher()->run_slice( 1, 'schedule' ) ), Database::refusal() ),
	array( 'busy', null )
);

// Two others read the status and press the button, over and over, while a slice runs.
$rounds = (int) ( $argv[1] ?? 100 );
$begin( 300 );
$others = array();
foreach ( array( 1, 2 ) as $number ) {
	$others[ $number ] = must(
		proc_open(
			array( PHP_BINARY, __DIR__ . '/read-status.php', (string) $rounds ),
			array( 1 => array( 'pipe', 'w' ) ),
			$pipes
		),
		'starting a reader'
	);
	$told[ $number ]   = $pipes[1];
}
$alarms = 0;
do {
	$run     = $plugin->refresher()->run_slice( 2, 'schedule' );
	$alarms += 'database_refuses' === $code( $run ) ? 1 : 0;
	$left    = (int) $wpdb->get_var( "SELECT COUNT(*) FROM $table WHERE asin LIKE 'B0DBS%' AND image IS NULL" );
	$running = array_filter( $others, static fn( $other ): bool => proc_get_status( $other )['running'] );
	pass_time( 40 );
} while ( $left > 0 || array() !== $running );
check(
	"beside: two others read and press $rounds times each, and no alarm is given",
	array( array_map( 'stream_get_contents', $told ), $alarms, Database::refusal() ),
	array( array( 1 => "$rounds rounds, 0 alarms", 2 => "$rounds rounds, 0 alarms" ), 0, null )
);
check(
	'beside: nothing is lost',
	(int) $wpdb->get_var( "SELECT COUNT(*) FROM $table WHERE asin LIKE 'B0DBS%' AND image IS NOT NULL AND failed_code = ''" ),
	300
);
array_map( 'proc_close', $others );

// As it was.
remove_filter( 'query', $hook );
$wpdb->query( "DELETE FROM $table WHERE asin LIKE 'B0DBS%'" );
$wpdb->query(
	"DELETE FROM $wpdb->options WHERE option_name LIKE 'creators_image_refresh_pace_%' OR option_name = 'creators_image_refresh_lock'"
);
foreach ( $own as $row ) {
	$wpdb->update(
		$table,
		array( 'due_at' => $row['due_at'] ),
		array( 'marketplace' => $row['marketplace'], 'asin' => $row['asin'] )
	);
}
update_option( 'creators_image_refresh_last_run', $last_run, false );
