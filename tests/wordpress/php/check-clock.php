<?php
/** The arithmetic, the order and the fences of refreshing, with a stand-in for the extension. Leaves the site as it was. */

require __DIR__ . '/checks.php';
require __DIR__ . '/answering-extension.php';

use Creators_Image_Refresh\Plugin;
use Creators_Image_Refresh\Refresh\Lease;
use Creators_Image_Refresh\Refresh\Scheduler;
use Creators_Image_Refresh\Reporting\Capacity;
use Creators_Image_Refresh\Settings\Image_Age;
use Creators_Image_Refresh\Storage\Database;
use Creators_Image_Refresh\Storage\Due_Images;

global $wpdb;
$table = $wpdb->prefix . 'creators_image_refresh_images';
$own   = $wpdb->get_results( "SELECT marketplace, asin, due_at FROM $table", ARRAY_A );
$let_rest = static fn() => $wpdb->query( $wpdb->prepare( "UPDATE $table SET due_at = %d", time() + DAY_IN_SECONDS ) );
$let_rest();
$last_run = get_option( 'creators_image_refresh_last_run' );
/** @param array<string, int> $due Seconds from now by ASIN; null for one that was never fetched. */
$add = static function ( array $due, string $marketplace = 'www.amazon.com' ) use ( $wpdb, $table ): void {
	$wpdb->query( "DELETE FROM $table WHERE asin LIKE 'B0CLK%'" );
	foreach ( $due as $asin => $seconds ) {
		$wpdb->insert( $table, array( 'marketplace' => $marketplace, 'asin' => $asin, 'due_at' => null === $seconds ? 0 : time() + $seconds ) );
	}
};
$stored = static fn() => (int) $wpdb->get_var( "SELECT COUNT(*) FROM $table WHERE asin LIKE 'B0CLK%' AND image IS NOT NULL" );
$let_pass = static fn() => $wpdb->query(
	"DELETE FROM $wpdb->options WHERE option_name LIKE 'creators_image_refresh_pace_%' OR option_name = 'creators_image_refresh_lock'"
);

// The order.
$add( array( 'B0CLK00001' => -60, 'B0CLK00002' => -3600, 'B0CLK00003' => 60, 'B0CLK00004' => null ) );
$let_pass();
$extension = new Answering_Extension();
$plugin    = new Plugin( $extension );
$run       = $plugin->refresher()->run_slice( 5, 'schedule' );
check(
	'order: never fetched first, then what is due longest; nothing that is not due',
	array_column( $extension->asked, 1 ),
	array( array( 'B0CLK00004', 'B0CLK00002', 'B0CLK00001' ) )
);
check(
	'order: nothing is left, and nothing stopped it',
	array( $run['refreshed'], $run['more'], $run['stopped'] ),
	array( 3, false, null )
);
Due_Images::mark_all();
$wpdb->insert( $table, array( 'marketplace' => 'www.amazon.com', 'asin' => 'B0CLK00009' ) );
check(
	'order: what was never fetched stands before what was made due',
	Due_Images::asins( array( 'www.amazon.com' ), 1 ),
	array( 'B0CLK00009' )
);
$let_rest();

// A runner that loses the lease while Amazon answers.
$add( array_fill_keys( array_map( static fn( int $n ) => sprintf( 'B0CLK%05d', $n ), range( 1, 150 ) ), -1 ) );
$extension            = new Answering_Extension();
$extension->meanwhile = static fn() => lease_to( 'another', Lease::RUNNER, 30 );
$run                  = ( new Plugin( $extension ) )->refresher()->run_slice( 5, 'schedule' );
check(
	'fence: an answer that comes after the lease was lost is not stored, and nothing more is asked',
	array( $stored(), count( $extension->asked ), $run['stopped']['status'] ),
	array( 0, 1, 'cancelled' )
);
$let_pass();

// Several accounts.
$shops    = array( 'www.amazon.com', 'www.amazon.de', 'www.amazon.fr', 'www.amazon.it' );
$add_all  = static function ( int $each ) use ( $wpdb, $table, $shops, $add ): void {
	$add( array() );
	foreach ( $shops as $number => $shop ) {
		foreach ( range( 1, $each ) as $picture ) {
			$wpdb->insert( $table, array( 'marketplace' => $shop, 'asin' => sprintf( 'B0CLK%02d%03d', $number, $picture ), 'due_at' => 1 ) );
		}
	}
};
// Germany and France share their credentials; the keys of Italy's are numbers, as happens to one account in two thousand.
$of_it = static fn( string $id ): array => array(
	'credential_id'      => $id,
	'credential_secret'  => 'x',
	'credential_version' => '3.1',
	'partner_tag'        => 'x-20',
	'marketplace'        => 'www.amazon.it',
);
for ( $italian = 1; ! is_int( array_key_first( array( Creators_Image_Refresh\Accounts\Account_Resolver::key( $of_it( "id$italian" ) ) => 1 ) ) ); $italian++ ) {
	continue;
}
$ids      = array( 'www.amazon.de' => 'shared', 'www.amazon.fr' => 'shared', 'www.amazon.it' => "id$italian" );
$each_own = static fn( ?array $account, string $marketplace ): array => array(
	'credential_id'      => $ids[ $marketplace ] ?? $marketplace,
	'credential_secret'  => 'x',
	'credential_version' => '3.1',
	'partner_tag'        => 'x-20',
	'marketplace'        => $marketplace,
);
add_filter( 'creators_image_refresh_account', $each_own, 10, 2 );
$add_all( 25 );
$extension = new Answering_Extension();
$run       = ( new Plugin( $extension ) )->refresher()->run_slice( 20, 'schedule' );
check(
	'several: each of them is at work all the time',
	array( $extension->together, $run['refreshed'], $run['stopped'] ),
	array( array( 4 ), 100, null )
);
$pictures = array_merge( ...array_column( $extension->asked, 1 ) );
check(
	'several: each picture is asked for once',
	array( count( $pictures ), count( array_unique( $pictures ) ) ),
	array( 100, 100 )
);
$add_all( 5 );
$let_pass();
$throws = static fn( array $images, array $marketplaces ) => array( 'www.amazon.com' ) === $marketplaces ? throw new DomainException( 'another plugin' ) : null;
add_action( 'creators_image_refresh_images_updated', $throws, 10, 2 );
$run = ( new Plugin( new Answering_Extension() ) )->refresher()->run_slice( 20, 'schedule' );
remove_action( 'creators_image_refresh_images_updated', $throws, 10 );
check(
	'several: another plugin that fails ends the account whose pictures it was told of, and loses nothing',
	array( $run['refreshed'], $run['stopped']['status'], $run['stopped']['marketplace'], $run['stopped']['reason'] ),
	array( 20, 'extension_failed', 'www.amazon.com', 'DomainException' )
);
$add_all( 5 );
$let_pass();
delete_option( 'creators_image_refresh_answers' );
$no_such_tag = static fn( array $account, string $marketplace ): array => array( 'partner_tag' => 'www.amazon.it' === $marketplace ? str_repeat( 'x', 65 ) : 'x-20' )
	+ $account;
add_filter( 'creators_image_refresh_account', $no_such_tag, 11, 2 );
$run = ( new Plugin( new Answering_Extension() ) )->refresher()->run_slice( 20, 'schedule' );
remove_filter( 'creators_image_refresh_account', $no_such_tag, 11 );
remove_filter( 'creators_image_refresh_account', $each_own, 10 );
check(
	'several: an account that the extension does not take holds up nobody',
	array( $run['refreshed'], $run['stopped']['status'], $run['stopped']['marketplace'] ),
	array( 15, 'invalid_arguments', 'www.amazon.it' )
);
delete_option( 'creators_image_refresh_answers' );
$add( array() );
$let_pass();

// Accounts by post.
$posts = array_map(
	static fn( string $asin ): int => new_post( array( 'post_content' => site_stripe( $asin ) ) ),
	array( 'mine' => 'B0CLK00001', 'yours' => 'B0CLK00002', 'nobody' => 'B0CLK00003' )
);
$add( array( 'B0CLK00001' => -1, 'B0CLK00002' => -2, 'B0CLK00003' => -3, 'B0CLK00004' => -4 ) );
$by_post = static fn( ?array $account, string $marketplace, int $post ): ?array => match ( $post ) {
	$posts['yours']  => array( 'credential_id' => 'yours', 'credential_secret' => 'x', 'partner_tag' => 'yours-20', 'marketplace' => 'www.amazon.com' ),
	$posts['nobody'] => null,
	default          => $account,
};
add_filter( 'creators_image_refresh_post_account', $by_post, 10, 3 );
$let_pass();
$extension = new Answering_Extension();
$run       = ( new Plugin( $extension ) )->refresher()->run_slice( 10, 'schedule' );
remove_filter( 'creators_image_refresh_post_account', $by_post, 10 );
$asked = array_column( $extension->asked, 1, 2 );
ksort( $asked );
check(
	'by post: each account asks for the pictures of its posts, and nobody for those that are to be left alone',
	array_values( $asked ),
	array( array( 'B0CLK00004', 'B0CLK00001' ), array( 'B0CLK00002' ) )
);
check(
	'by post: each once, and what is left alone stays due',
	array( $run['refreshed'], Due_Images::asins( array( 'www.amazon.com' ), 9 ) ),
	array( 3, array( 'B0CLK00003' ) )
);
foreach ( $posts as $post ) {
	wp_delete_post( $post, true );
}
$let_pass();

// A database that takes no changes.
$add( array_fill_keys( array_map( static fn( int $n ) => sprintf( 'B0CLK%05d', $n ), range( 1, 150 ) ), -1 ) );
$full = static fn( string $query ) => str_starts_with( $query, "UPDATE `$table`" ) ? 'UPDATE no_such_table SET a = 1' : $query;
add_filter( 'query', $full );
$suppressed = $wpdb->suppress_errors();
$extension  = new Answering_Extension();
$run        = ( new Plugin( $extension ) )->refresher()->run_slice( 5, 'schedule' );
$wpdb->suppress_errors( $suppressed );
remove_filter( 'query', $full );
check(
	'database full: one question, and no other that could not be kept',
	array( count( $extension->asked ), $run['stopped']['status'] ),
	array( 1, 'database_refuses' )
);
Database::forget_refusal();
check(
	'database full: no account is held responsible',
	array_sum( array_column( get_option( 'creators_image_refresh_answers', array() ), 'until' ) ),
	0
);

// Failures.
check(
	'failed: later and later, and what is gone rarely',
	array( Image_Age::retry_times( 'NotReturned', 0 ), Image_Age::retry_times( 'ItemNotAccessible', 0 ) ),
	array( array( 3600, 21600, 86400, 259200 ), array( 86400, 259200, 604800, 2592000 ) )
);

// The timetable, by arithmetic.
$round = static fn( int $known ) => ( new Capacity( $plugin->accounts() ) )->rows( array( 'www.amazon.com' => array( 'known' => $known ) ) );
$of    = static fn( int $known, string ...$keys ) => array_map( static fn( string $key ) => $round( $known )[0][ $key ], $keys );
check(
	'timetable: 1,001 pictures are 101 calls, a little more than a second each',
	$of( 1001, 'calls', 'seconds', 'verdict' ),
	array( 101, 104, 'fine' )
);
check(
	'timetable: 84,705 calls are the whole day, one more is too long',
	array( $of( 847050, 'verdict' ), $of( 847051, 'verdict' ) ),
	array( array( 'tight' ), array( 'too_long' ) )
);
check(
	'timetable: people are warned before the day is too short',
	array( $of( 508230, 'verdict' ), $of( 508231, 'verdict' ) ),
	array( array( 'fine' ), array( 'tight' ) )
);
check(
	'timetable: twice a day with links of 12 hours, once where a round takes longer',
	array( $of( 1000, 'calls_a_day' ), $of( 864000, 'calls_a_day' ) ),
	array( array( 200 ), array( 84706 ) )
);
add_filter( 'creators_image_refresh_requests_per_second', static fn( float $rate, string $marketplace ) => 'www.amazon.com' === $marketplace ? 10.0 : $rate, 10, 2 );
check( 'timetable: at the rate of the account', $of( 864000, 'seconds', 'verdict' ), array( 8813, 'fine' ) );
remove_all_filters( 'creators_image_refresh_requests_per_second' );
check(
	'timetable: in words',
	array( Capacity::sentence( $round( 12340 ) ), Capacity::warnings( $round( 12340 ) ) ),
	array( 'A full round through 12,340 pictures takes 1,234 calls to Amazon, about 21 minutes.', array() )
);
check(
	'timetable: too long, in words',
	str_contains( Capacity::warnings( $round( 1000000 ) )[0] ?? '', 'amazon.com: a full round through 1,000,000 pictures takes about 29 hours, longer than the 24 hours' )
);
$rates    = array( 'www.amazon.com' => 10.0, 'www.amazon.de' => 10.0, 'www.amazon.fr' => 1.0 );
$each_own = static fn( ?array $account, string $marketplace ): array => array(
	'credential_id'     => $marketplace,
	'credential_secret' => 'x',
	'partner_tag'       => 'x-20',
	'marketplace'       => $marketplace,
);
$own_rate = static fn( float $rate, string $marketplace ): float => $rates[ $marketplace ];
add_filter( 'creators_image_refresh_account', $each_own, 10, 2 );
add_filter( 'creators_image_refresh_requests_per_second', $own_rate, 10, 2 );
$rows = ( new Capacity( $plugin->accounts() ) )->rows( array_fill_keys( array_keys( $rates ), array( 'known' => 10000 ) ) );
remove_filter( 'creators_image_refresh_account', $each_own, 10 );
remove_filter( 'creators_image_refresh_requests_per_second', $own_rate, 10 );
$seconds = array_column( $rows, 'seconds', 'marketplace' );
ksort( $seconds );
check(
	'timetable: each account has its own rate, whatever the others have',
	$seconds,
	array( 'www.amazon.com' => 102, 'www.amazon.de' => 102, 'www.amazon.fr' => 1020 )
);
check(
	'timetable: nothing to say of no pictures',
	array( Capacity::sentence( $round( 0 ) ), Capacity::warnings( $round( 0 ) ) ),
	array( '', array() )
);

// What is planned.
$planned = static fn( string $which ) => wp_next_scheduled( Scheduler::RUN, array( $which ) );
$clear   = static fn() => wp_unschedule_hook( Scheduler::RUN );
$clear();
$add( array( 'B0CLK00001' => -1 ) );
$extension = new Answering_Extension();
$during    = 0;

$extension->meanwhile = static function () use ( &$during, $planned ): void {
	$during = $planned( 'later' ) - time();
};
( new Plugin( $extension ) )->scheduler()->on_run();
check(
	'planned: while a slice runs, another for when it is killed, soon after its lease is over',
	$during > Lease::TTL && $during < 180
);
check(
	'planned: nothing after a slice that came to its end',
	array( $planned( 'later' ), $planned( 'next' ) ),
	array( false, false )
);
$add( array( 'B0CLK00001' => -1 ) );
update_option(
	'creators_image_refresh_answers',
	array(
		Creators_Image_Refresh\Accounts\Account_Resolver::key( (array) $plugin->accounts()->for_marketplace( 'www.amazon.com' ) ) => array(
			'times'  => 1,
			'until'  => time() + 240,
			'status' => 'unavailable',
			'at'     => time(),
		),
	)
);
( new Plugin( $extension ) )->scheduler()->on_run();
$until = array_values( get_option( 'creators_image_refresh_answers' ) )[0]['until'];
check( 'planned: a refused account is asked again when its time has come', $planned( 'later' ), $until );
delete_option( 'creators_image_refresh_answers' );
$clear();
Plugin::instance()->scheduler()->ensure();
check(
	'planned: where there is no Action Scheduler, WP-Cron has the next slice',
	array( Plugin::instance()->scheduler()->run_soon(), (bool) $planned( 'next' ) ),
	array( null, true )
);

// Action Scheduler.
$clear();
$GLOBALS['actions'] = array();
function as_next_scheduled_action( string $hook, array $args, string $group ): int|bool {
	return $GLOBALS['actions'][ $hook . $group ] ?? false;
}
function as_schedule_single_action( int $time, string $hook, array $args, string $group ): int {
	$GLOBALS['actions'][ $hook . $group ] = $time;
	return 1;
}
function as_unschedule_all_actions( string $hook, array $args, string $group ): void {
	$GLOBALS['actions'] = array();
}
Plugin::instance()->scheduler()->run_soon();
check(
	'Action Scheduler: not before it is ready',
	array( $GLOBALS['actions'], (bool) $planned( 'next' ) ),
	array( array(), true )
);
do_action( 'action_scheduler_init' );
$clear();
Plugin::instance()->scheduler()->run_soon();
check(
	'Action Scheduler: takes the next slice where the site has it',
	array( array_keys( $GLOBALS['actions'] ), $planned( 'next' ) ),
	array( array( Scheduler::RUN . Scheduler::GROUP ), false )
);
$GLOBALS['actions'][ Scheduler::RUN . Scheduler::GROUP ] = true;
Plugin::instance()->scheduler()->run_soon();
check(
	'Action Scheduler: plans the next one while one runs',
	is_int( $GLOBALS['actions'][ Scheduler::RUN . Scheduler::GROUP ] )
);
Scheduler::clear();
check( 'Action Scheduler: is left with nothing', $GLOBALS['actions'], array() );

Plugin::instance()->scheduler()->ensure();
$let_pass();
$wpdb->query( "DELETE FROM $table WHERE asin LIKE 'B0CLK%'" );
check(
	'no picture of the site\'s own was touched',
	(int) $wpdb->get_var( "SELECT COUNT(*) FROM $table WHERE image LIKE '%clock.jpg%'" ),
	0
);
foreach ( $own as $picture ) {
	$wpdb->update( $table, array( 'due_at' => $picture['due_at'] ), array( 'marketplace' => $picture['marketplace'], 'asin' => $picture['asin'] ) );
}
update_option( 'creators_image_refresh_last_run', $last_run, false );
