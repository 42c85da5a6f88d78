<?php
/** What pages may add to the queue, where it stands there, and for how long it is kept. Leaves the site as it was. */

require __DIR__ . '/checks.php';

use Creators_Image_Refresh\Discovery\Discovered_Images;
use Creators_Image_Refresh\Plugin;
use Creators_Image_Refresh\Storage\Due_Images;
use Creators_Image_Refresh\Storage\Maintenance;
use Creators_Image_Refresh\Storage\Schema;
use Creators_Image_Refresh\Storage\Usage_Repository;

global $wpdb;
$images = Schema::images();
$uses   = Schema::uses();
const SHOP = 'www.amazon.com';

/** A view of the front page, or of a post, that shows some pictures: a request of its own. */
function meet( int $post, string $marketplace, string ...$asins ): Plugin {
	$GLOBALS['wp_the_query'] = new WP_Query( 0 === $post ? array( 'post_type' => 'post' ) : array( 'p' => $post ) );
	$GLOBALS['wp_query']     = $GLOBALS['wp_the_query'];
	$_SERVER['REQUEST_URI']  = 0 === $post ? '/' : wp_parse_url( get_permalink( $post ), PHP_URL_PATH );
	$plugin                  = another_request();
	$pictures                = array_map(
		static fn( string $asin ): array => array( 'marketplace' => $marketplace, 'asin' => $asin ),
		$asins
	);
	$plugin->discovered_images()->note( $pictures, $plugin->page_image_lookup()->look_up( $pictures ) );
	$plugin->discovered_images()->store();
	return $plugin;
}
/** @return array{0: int, 1: int} Pictures and uses. */
function rows( string $like ): array {
	global $wpdb;
	$count = static fn( string $table ): int => (int) $wpdb->get_var(
		$wpdb->prepare( "SELECT COUNT(*) FROM $table WHERE asin LIKE %s", $like )
	);
	return array( $count( Schema::images() ), $count( Schema::uses() ) );
}
/** @return list<string> "post seen", of one product. */
function shown_on( string $asin ): array {
	global $wpdb;
	return $wpdb->get_col(
		$wpdb->prepare( 'SELECT post_id FROM %i WHERE asin = %s AND on_page = 1 ORDER BY post_id', Schema::uses(), $asin )
	);
}

$plugin = Plugin::instance();
$tidy   = static fn() => ( new Maintenance( $plugin->images(), $plugin->page_cache_purger()->purge_posts( ... ) ) )->slice( '', INF );
$posts  = array( new_post( array( 'post_name' => 'met-a' ) ), new_post( array( 'post_name' => 'met-b' ) ) );
// What other tests have left behind is no candidate here.
$wpdb->query( "DELETE FROM $uses WHERE on_page = 1" );
$wpdb->query( "UPDATE $images SET seen_at = 0" );

// One view, then another.
meet( $posts[0], SHOP, 'B0MEET0001', 'b0meet0002', 'B0MEET<002', 'B0MEET' );
check( 'a product is a candidate, and nothing that is none', rows( 'B0MEET%' ), array( 0, 1 ) );
meet( $posts[0], 'www.amazon.example', 'B0MEET0003' );
check( 'no shop is asked that is none of Amazon\'s', rows( 'B0MEET0003' ), array( 0, 0 ) );
check( 'nothing is due by that', in_array( 'B0MEET0001', Due_Images::asins( array( SHOP ), 1000 ), true ), false );
$tidy();
check( 'a candidate gets no row while others are put right', rows( 'B0MEET0001' ), array( 0, 1 ) );
meet( $posts[0], SHOP, 'B0MEET0001' );
check( 'a second view makes it known', rows( 'B0MEET0001' ), array( 1, 1 ) );
meet( $posts[1], SHOP, 'B0MEET0001' );
check( 'another page that shows it has a use of it at once', shown_on( 'B0MEET0001' ), array_map( 'strval', $posts ) );
$told = ( new Usage_Repository( $plugin->images() ) )->posts_with(
	array( array( 'marketplace' => SHOP, 'asin' => 'B0MEET0001' ) )
);
check( 'and its page cache is told', array_keys( $told[ SHOP . ':B0MEET0001' ] ?? array() ), $posts );
check( 'which is counted', $wpdb->get_var( "SELECT posts FROM $images WHERE asin = 'B0MEET0001'" ), '2' );
$writes = array();
$watch  = static function ( string $query ) use ( &$writes ): string {
	$writes = array_merge( $writes, preg_grep( '/^\s*(INSERT|UPDATE|DELETE|REPLACE)/i', array( $query ) ) );
	return $query;
};
add_filter( 'query', $watch );
meet( $posts[1], SHOP, 'B0MEET0001' );
check( 'the next view of it writes nothing', $writes, array() );
remove_filter( 'query', $watch );

// Where it stands among what is due.
$wpdb->query( $wpdb->prepare( "UPDATE $images SET due_at = %d WHERE asin NOT LIKE 'B0MEET%%'", time() + DAY_IN_SECONDS ) );
$stored = new_post( array( 'post_content' => site_stripe( 'B0STORED01' ) . site_stripe( 'B0STORED02' ) ) );
$wpdb->query( "UPDATE $images SET due_at = CASE asin WHEN 'B0STORED01' THEN 5 ELSE 6 END WHERE asin LIKE 'B0STORED%'" );
check(
	'it is due behind all that stored content holds',
	Due_Images::asins( array( SHOP ), 10 ),
	array( 'B0STORED01', 'B0STORED02', 'B0MEET0001' )
);
check(
	'and not at all while there is enough of that',
	Due_Images::asins( array( SHOP ), 2 ),
	array( 'B0STORED01', 'B0STORED02' )
);
wp_update_post( array( 'ID' => $stored, 'post_content' => wp_slash( site_stripe( 'B0MEET0001' ) ) ) );
check(
	'once stored content holds it, it stands among that',
	array(
		$wpdb->get_var( "SELECT seen_at FROM $images WHERE asin = 'B0MEET0001'" ),
		$wpdb->get_var( "SELECT posts FROM $images WHERE asin = 'B0MEET0001'" ),
	),
	array( '0', '3' )
);
wp_delete_post( $stored, true );
check( 'and no longer when that is gone', $wpdb->get_var( "SELECT seen_at FROM $images WHERE asin = 'B0MEET0001'" ) > 0 );
meet( 0, SHOP, 'B0MEET0005' );
$stored = new_post( array( 'post_content' => site_stripe( 'B0MEET0005' ) ) );
check( 'what the scanner finds is known without a second view', rows( 'B0MEET0005' )[0], 1 );
wp_delete_post( $stored, true );

// How much there may be.
for ( $page = 0; $page < 24; $page++ ) {
	meet( 0, SHOP, ...array_map( static fn( int $n ): string => sprintf( 'B0FLD%05d', $page * 100 + $n ), range( 1, 60 ) ) );
}
check( 'a flood ends at the measure of candidates, without a picture', rows( 'B0FLD%' ), array( 0, Discovered_Images::WAITING ) );
meet( 0, SHOP, 'B0MEET0006' );
check( 'there is none more at that moment', rows( 'B0MEET0006' ), array( 0, 0 ) );
$wpdb->query( "UPDATE $uses SET seen_at = seen_at - 3700 WHERE asin LIKE 'B0FLD%'" );
meet( 0, SHOP, 'B0MEET0006' );
meet( 0, SHOP, 'B0MEET0006' );
check(
	'an hour later it gives way to what is new',
	array( rows( 'B0FLD%' ), rows( 'B0MEET0006' ) ),
	array( array( 0, 0 ), array( 1, 1 ) )
);
$room  = (int) $wpdb->get_var( "SELECT COUNT(*) FROM $images WHERE seen_at > 0" ) + 3;
$limit = static fn(): int => $room;
add_filter( 'creators_image_refresh_discovered_limit', $limit );
foreach ( array( 1, 2 ) as $view ) {
	meet( 0, SHOP, ...array_map( static fn( int $n ): string => sprintf( 'B0ROOM%04d', $n ), range( 1, 20 ) ) );
}
check( 'what is confirmed has its room, and no more', rows( 'B0ROOM%' ), array( 3, 20 ) );
remove_filter( 'creators_image_refresh_discovered_limit', $limit );

// How long.
$wpdb->query( $wpdb->prepare( "UPDATE $uses SET seen_at = %d WHERE asin = 'B0MEET0001'", time() - 20 * DAY_IN_SECONDS ) );
meet( $posts[0], SHOP, 'B0MEET0001' );
check(
	'what is met again after weeks is noted again',
	(int) $wpdb->get_var( "SELECT MAX(seen_at) FROM $uses WHERE asin = 'B0MEET0001'" ) > time() - 60
);
$wpdb->query( $wpdb->prepare( "UPDATE $uses SET seen_at = %d WHERE asin LIKE 'B0ROOM%%'", time() - 16 * DAY_IN_SECONDS ) );
$tidy();
check( 'a candidate is forgotten after two weeks, a picture is not', rows( 'B0ROOM%' ), array( 3, 3 ) );
$wpdb->query( $wpdb->prepare( "UPDATE $uses SET seen_at = %d WHERE on_page = 1", time() - 31 * DAY_IN_SECONDS ) );
$tidy();
check(
	'what no page has shown for a month is forgotten',
	array( rows( 'B0MEET%' ), rows( 'B0ROOM%' ) ),
	array( array( 0, 0 ), array( 0, 0 ) )
);
array_map( static fn( int $id ) => wp_delete_post( $id, true ), $posts );
