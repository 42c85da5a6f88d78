<?php
/** What pages may queue, and for how long it is kept. Leaves the site as it was. */

require __DIR__ . '/checks.php';

use Creators_Image_Refresh\Image_Cache;
use Creators_Image_Refresh\Met_Pictures;
use Creators_Image_Refresh\Plugin;

global $wpdb;
$table  = $wpdb->prefix . 'creators_image_refresh_images';
$plugin = Plugin::instance();

function meet( string $marketplace, string ...$asins ): void {
	$plugin   = Plugin::instance();
	$pictures = array_map( static fn( string $asin ): array => array( 'marketplace' => $marketplace, 'asin' => $asin ), $asins );
	$plugin->met_pictures->note( $pictures, $plugin->page_images->look_up( $pictures ) );
	$plugin->met_pictures->store();
}
function met( string $like ): int {
	global $wpdb;
	return (int) $wpdb->get_var( $wpdb->prepare( "SELECT COUNT(*) FROM {$wpdb->prefix}creators_image_refresh_images WHERE asin LIKE %s", $like ) );
}

$tidy = static fn() => ( new Creators_Image_Refresh\Tidying( $plugin->images, $plugin->met_queue ) )->slice( '', INF );
$wpdb->query( "UPDATE $table SET seen_at = 1 WHERE seen_at > 1" );
$writes = array();
$watch  = static function ( string $query ) use ( &$writes ): string {
	$writes = array_merge( $writes, preg_grep( '/^\s*(INSERT|UPDATE|DELETE|REPLACE)/i', array( $query ) ) );
	return $query;
};
add_filter( 'query', $watch );
meet( 'www.amazon.com', 'B0MEET0001', 'b0meet0002', 'B0MEET<002', 'B0MEET' );
remove_filter( 'query', $watch );
check( 'a product is queued, and nothing that is none', met( 'B0MEET%' ), 1 );
check( 'with one insert and no other write', array_map( static fn( string $query ): string => strtok( $query, ' ' ), $writes ), array( 'INSERT' ) );
meet( 'www.amazon.example', 'B0MEET0003' );
check( 'no shop is asked that is none of Amazon\'s', met( 'B0MEET0003' ), 0 );

for ( $page = 0; $page < 12; $page++ ) {
	meet( 'www.amazon.com', ...array_map( static fn( int $n ): string => sprintf( 'B0FLD%05d', $page * 100 + $n ), range( 1, 60 ) ) );
}
check( 'a flood ends at the hour\'s measure', met( 'B0FLD%' ) <= Met_Pictures::AN_HOUR + Met_Pictures::A_PAGE && met( 'B0FLD%' ) >= Met_Pictures::AN_HOUR - Met_Pictures::A_PAGE );

$tidy();
check( 'what a page has shown is kept', met( 'B0MEET0001' ), 1 );
$used = static fn(): array => $wpdb->get_results( "SELECT used.post_id, used.on_page, images.posts, images.seen_on FROM {$wpdb->prefix}creators_image_refresh_uses AS used JOIN $table AS images ON images.marketplace = used.marketplace AND images.asin = used.asin WHERE used.asin = 'B0MEET0001'", ARRAY_N );
check( 'and known to be used by the page that has shown it', $used(), array( array( '0', '1', '1', null ) ) );

$wpdb->query( $wpdb->prepare( "UPDATE $table SET seen_at = %d WHERE asin = 'B0MEET0001'", time() - 20 * DAY_IN_SECONDS ) );
$wpdb->query( "UPDATE $table SET seen_at = seen_at - 7200 WHERE asin LIKE 'B0FLD%'" );
$fresh = new Plugin( $plugin->extension );
$one   = array( array( 'marketplace' => 'www.amazon.com', 'asin' => 'B0MEET0001' ) );
$fresh->met_pictures->note( $one, $fresh->page_images->look_up( $one ) );
$fresh->met_pictures->store();
check( 'what is met again after weeks is noted again', (int) $wpdb->get_var( "SELECT seen_at FROM $table WHERE asin = 'B0MEET0001'" ) > time() - 60 );

$wpdb->query( $wpdb->prepare( "UPDATE $table SET seen_at = %d WHERE asin LIKE 'B0MEET%%' OR asin LIKE 'B0FLD%%'", time() - 31 * DAY_IN_SECONDS ) );
$tidy();
check( 'what no page has shown for a month is forgotten', met( 'B0MEET%' ) + met( 'B0FLD%' ), 0 );
