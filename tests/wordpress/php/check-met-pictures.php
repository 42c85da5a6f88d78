<?php
/** What pages may queue, and for how long it is kept. Leaves the site as it was. */

require __DIR__ . '/checks.php';

use Creators_Image_Refresh\Image_Cache;
use Creators_Image_Refresh\Met_Pictures;
use Creators_Image_Refresh\Plugin;
use Creators_Image_Refresh\Use_Store;

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

$wpdb->query( "UPDATE $table SET seen_at = 1 WHERE seen_at > 1" );
meet( 'www.amazon.com', 'B0MEET0001', 'b0meet0002', 'B0MEET<002', 'B0MEET' );
check( 'a product is queued, and nothing that is none', met( 'B0MEET%' ), 1 );
meet( 'www.amazon.example', 'B0MEET0003' );
check( 'no shop is asked that is none of Amazon\'s', met( 'B0MEET0003' ), 0 );

for ( $page = 0; $page < 12; $page++ ) {
	meet( 'www.amazon.com', ...array_map( static fn( int $n ): string => sprintf( 'B0FLD%05d', $page * 100 + $n ), range( 1, 60 ) ) );
}
check( 'a flood ends at the hour\'s measure', met( 'B0FLD%' ) <= Met_Pictures::AN_HOUR + Met_Pictures::A_PAGE && met( 'B0FLD%' ) >= Met_Pictures::AN_HOUR - Met_Pictures::A_PAGE );

$uses = new Use_Store( $plugin->images );
( new Creators_Image_Refresh\Tidying( Plugin::instance()->images ) )->slice( '', INF );
check( 'what a page has shown is kept', met( 'B0MEET0001' ), 1 );

$wpdb->query( $wpdb->prepare( "UPDATE $table SET seen_at = %d WHERE asin = 'B0MEET0001'", time() - 20 * DAY_IN_SECONDS ) );
$wpdb->query( "UPDATE $table SET seen_at = seen_at - 7200 WHERE asin LIKE 'B0FLD%'" );
$fresh = new Plugin( $plugin->extension );
$one   = array( array( 'marketplace' => 'www.amazon.com', 'asin' => 'B0MEET0001' ) );
$fresh->met_pictures->note( $one, $fresh->page_images->look_up( $one ) );
$fresh->met_pictures->store();
check( 'what is met again after weeks is noted again', (int) $wpdb->get_var( "SELECT seen_at FROM $table WHERE asin = 'B0MEET0001'" ) > time() - 60 );

$wpdb->query( $wpdb->prepare( "UPDATE $table SET seen_at = %d WHERE asin LIKE 'B0MEET%%' OR asin LIKE 'B0FLD%%'", time() - 31 * DAY_IN_SECONDS ) );
( new Creators_Image_Refresh\Tidying( Plugin::instance()->images ) )->slice( '', INF );
check( 'what no page has shown for a month is forgotten', met( 'B0MEET%' ) + met( 'B0FLD%' ), 0 );
