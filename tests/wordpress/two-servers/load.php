<?php
/**
 * Everything at once, at one rate: load RATE PICTURES (of each account). Visitors, WP-Cron and "Refresh now" at both servers and
 * a system's cron from the beginning; after a while people who press "Test credentials" and "Check connections", and the
 * command of WP-CLI. It is over when every picture was fetched. What must hold holds whoever comes first and however fast the
 * machine is; how much of the quota was used, and how long people waited, is printed.
 */

require dirname( __DIR__ ) . '/php/checks.php';
require dirname( __DIR__ ) . '/unseen/markup.php';
require __DIR__ . '/amazon.php';
require __DIR__ . '/clients.php';

/** Until then nobody tests: whoever refreshes has the whole quota. */
const ALONE = 9.0;

/** WP-Cron comes first. */
const CRON = 2.0;

/** The command takes what is left, in slices of its own length. */
const COMMAND = 16.0;

const IN_A_POST = 300;

/** No claim on how fast it goes: only that a test ends. */
const GIVE_UP  = 300.0;
const ACCOUNTS = array( 'fine-3.1' => 'www.amazon.com', 'fine-3.2' => 'www.amazon.co.uk', 'fine-3.3' => 'www.amazon.co.jp' );
const PRESSES  = array( 'fine-3.1' => 2, 'fine-3.2' => 1, 'fine-3.3' => 1 );

[ , $rate, $each ] = $argv;
$folder            = getenv( 'SITE_FOLDER' );
$table             = Creators_Image_Refresh\Storage\Schema::images();
$amazon            = new Amazon( trim( file_get_contents( "$folder/run/sandbox.port" ) ) );
$servers           = array( trim( file_get_contents( "$folder/run/url" ) ), trim( file_get_contents( "$folder/run/url-2" ) ) );
$clients           = new Clients( $servers );

// Everybody knows the rate, and so many pictures are due: each account's in posts, found as they are saved.
@unlink( "$folder/run/over" );
$slices = (int) @filesize( "$folder/run/slices" );
file_put_contents( "$folder/run/rate", $rate );
$amazon->reset();
foreach ( array_keys( ACCOUNTS ) as $name ) {
	$amazon->agree( $name, (float) $rate );
}
global $wpdb;
$own = sprintf( 'B0R%02d', $rate );
wp_set_current_user( 1 );
foreach ( array_values( ACCOUNTS ) as $index => $shop ) {
	$pictures = array_map(
		static fn( int $number ): string => '<p><img src="'
			. dead_url( array( 'asin' => sprintf( '%s%05d', $own, $number ), 'shop' => $shop ) )
			. '" alt=""></p>',
		range( $index * $each + 1, ( $index + 1 ) * $each )
	);
	foreach ( array_chunk( $pictures, IN_A_POST ) as $some ) {
		new_post( array( 'post_title' => "$shop, $rate a second", 'post_content' => implode( "\n", $some ) ) );
	}
}
wp_set_current_user( 0 );
// Pings would have WP-Cron look up every host in the posts, and none is reachable here.
wp_unschedule_hook( 'do_pings' );
$due = static fn(): int => (int) $wpdb->get_var(
	$wpdb->prepare( "SELECT COUNT(*) FROM $table WHERE asin LIKE %s AND due_at <= %d", "$own%", time() )
);
check( "$rate a second: so many pictures are due", $due(), 3 * $each );

// Who comes.
$clients->sign_in( 'admin', 'demo-password' );
$paths   = array(
	'/',
	...array_map(
		static fn( int $post ): string => wp_make_link_relative( get_permalink( $post ) ),
		get_posts( array( 'fields' => 'ids', 'numberposts' => 8 ) )
	),
);
$rest    = '/wp-json/creators-image-refresh/v1';
$presses = array( array( "$rest/test", array() ) );
foreach ( array( 'default', 'www.amazon.co.uk', 'www.amazon.co.jp' ) as $account ) {
	$presses[] = array( "$rest/connections", compact( 'account' ) );
}
// Whoever has had a slice leaves the next ones to the others.
$rest_after_a_slice = static fn( array $answer ): float => str_contains( $answer['body'], '"status":"busy"' ) ? 0.4 : 12.0;
foreach ( array( 0, 1 ) as $server ) {
	for ( $visitor = 0; $visitor < 4; $visitor++ ) {
		$clients->add( 'a page', $server, static fn(): array => array( $paths[ array_rand( $paths ) ] ) );
	}
	$clients->add( 'WP-Cron', $server, static fn(): array => array( '/wp-cron.php?doing_wp_cron' ), static fn(): float => 0.3 );
	$clients->add(
		'Refresh now',
		$server,
		static fn(): array => array( "$rest/refresh", array( 'start' => true ) ),
		$rest_after_a_slice,
		2.0
	);
	$clients->add(
		'a press',
		$server,
		static function () use ( &$presses ): array {
			return array_shift( $presses ) ?? array();
		},
		static fn(): float => 2.0,
		ALONE + 2 * $server
	);
}
$processes = array();
$begin     = static function ( string $script ) use ( &$processes ): void {
	$processes[ $script ] ??= must(
		proc_open( array( PHP_BINARY, '-d', 'display_errors=stderr', __DIR__ . "/$script.php" ), array(), $pipes ),
		"starting $script"
	);
};

// All at once.
$alone  = null;
$looked = 0.0;
$begun  = microtime( true );
$clients->run(
	static function () use ( $amazon, $begun, $begin, $due, &$alone, &$looked, &$presses ): bool {
		$passed = microtime( true ) - $begun;
		if ( $passed >= CRON ) {
			$begin( 'cron' );
		}
		if ( $passed >= ALONE ) {
			$alone ??= $amazon->calls();
		}
		if ( $passed >= COMMAND ) {
			$begin( 'command' );
		}
		if ( $passed - $looked < 0.5 ) {
			return false;
		}
		$looked = $passed;
		return $passed > GIVE_UP || ( $passed >= COMMAND && array() === $presses && 0 === $due() );
	}
);
touch( "$folder/run/over" );
$ended = array_map( 'proc_close', $processes );
printf( "    %s a second, %.0f s: %s\n", $rate, microtime( true ) - $begun, $clients->summary() );

// What must hold.
$calls    = $amazon->calls();
$counters = $amazon->counters();
$asked    = array_filter(
	array_merge( ...array_column( $calls, 'item_ids' ) ),
	static fn( string $asin ): bool => str_starts_with( $asin, $own )
);
$workers  = count(
	array_unique(
		array_map(
			static fn( string $slice ): string => (string) strrchr( $slice, ' ' ),
			explode( "\n", trim( file_get_contents( "$folder/run/slices", false, null, $slices ) ) )
		)
	)
);
foreach ( ACCOUNTS as $name => $marketplace ) {
	$of   = static fn( array $some ): array => array_values(
		array_filter( $some, static fn( array $call ): bool => $call['account'] === $name )
	);
	$most = $counters[ $name ]['max_calls_in_one_second'];
	check(
		"$rate a second: $name is asked no more often, in any one second",
		$most <= (int) $rate ? true : array( $most, Amazon::closest( $of( $calls ), (int) $rate ) . ' ms' )
	);
	$used   = Amazon::used( $of( $alone ), (float) $rate );
	$tokens = array_sum(
		array_filter(
			$counters[ $name ]['calls'],
			static fn( string $path ): bool => str_contains( $path, 'token' ),
			ARRAY_FILTER_USE_KEY
		)
	);
	printf(
		"    %s: %d calls, at most %d in a second, %d+1 within %.0f ms; %.2f of the quota while nobody tested; %d tokens for %d processes\n",
		$name,
		count( $of( $calls ) ),
		$most,
		$rate,
		Amazon::closest( $of( $calls ), (int) $rate ),
		$used,
		$tokens,
		$workers
	);
}
check( "$rate a second: Amazon refuses nothing", array_values( array_unique( array_column( $calls, 'status' ) ) ), array( 200 ) );
check(
	"$rate a second: each picture is asked for once",
	array( count( $asked ), count( array_unique( $asked ) ) ),
	array( 3 * $each, 3 * $each )
);
check(
	"$rate a second: and is stored",
	(int) $wpdb->get_var( "SELECT COUNT(*) FROM $table WHERE asin LIKE '$own%' AND image IS NOT NULL" ),
	3 * $each
);
check( "$rate a second: both processes came to their end", $ended, array( 'cron' => 0, 'command' => 0 ) );
foreach ( $clients->unlike( 200 ) as $answer ) {
	check( "$rate a second: {$answer['what']} is answered with 200", $answer['status'], 200 );
}
$pressed = $clients->of( 'a press' );
$told    = array_count_values(
	array_map( static fn( array $answer ): string => json_decode( $answer['body'], true )['status'] ?? $answer['body'], $pressed )
);
check( "$rate a second: everybody who presses has an answer", count( $pressed ), array_sum( PRESSES ) );
check(
	"$rate a second: who presses is told that it works, or that it is to be tried again",
	array_diff_key( $told, array( 'ok' => 0, 'account_in_use' => 0 ) ),
	array()
);
printf( "    presses: %s, within %.1f s\n", http_build_query( $told, '', ', ' ), max( array_column( $pressed, 'seconds' ) ) );
// WordPress itself complains where two processes change its list of events at the same moment.
$complaints = preg_grep(
	'/Cron (un|re)schedule event error for hook: .* could_not_set/',
	(array) @file( "$folder/log/debug.log" ),
	PREG_GREP_INVERT
);
check( "$rate a second: debug.log is empty", implode( '', $complaints ), '' );
check( "$rate a second: php-errors.log is empty", (string) @file_get_contents( "$folder/log/php-errors.log" ), '' );
