<?php
/** Checks that the tables of the first version become those of this one, and that what they hold is looked through again. */

require __DIR__ . '/expectations.php';
require __DIR__ . '/site.php';

use Creators_Image_Refresh\Plugin;
use Creators_Image_Refresh\Storage\Schema;

global $wpdb;
$scanner  = Plugin::instance()->scanner();
$scanner->scan_slice( 20 );
$uses     = Schema::uses();
$expected = $wpdb->get_results(
	"SELECT post_id, marketplace, asin, on_page, dead, seen_at FROM $uses ORDER BY post_id, marketplace, asin"
);
$pictures = $wpdb->get_var( 'SELECT COUNT(*) FROM ' . Schema::images() . ' WHERE fetched_at > 0' );
check( array_sum( array_column( $expected, 'dead' ) ) > 0, 'dead pictures are counted' );

$wpdb->query( "ALTER TABLE $uses DROP COLUMN dead" );
update_option( Schema::OPTION, 1 );
check( ! Schema::is_ready(), 'the tables of version 1 are not those of this one' );
Schema::install();
check( Schema::is_ready(), 'after the upgrade they are' );
check( ! $scanner->progress()['complete'], 'and the posts are looked through again' );
$scanner->scan_slice( 20 );
check_same(
	json_encode( $expected ),
	json_encode(
		$wpdb->get_results(
			"SELECT post_id, marketplace, asin, on_page, dead, seen_at FROM $uses ORDER BY post_id, marketplace, asin"
		)
	),
	'with the same result'
);
check_same(
	$pictures,
	$wpdb->get_var( 'SELECT COUNT(*) FROM ' . Schema::images() . ' WHERE fetched_at > 0' ),
	'no picture was lost by it'
);
Schema::install();
check( $scanner->progress()['complete'], 'a second time, nothing is looked through again' );

// A post that is written anew is counted anew.
$picture = '<img src="//ws-na.amazon-adsystem.com/widgets/q?_encoding=UTF8&ASIN=B0CQL4S0BA&Format=_SL160_&ID=AsinImage&MarketPlace=US&ServiceVersion=20070822&WS=1&tag=t-20">';
kses_remove_filters();
$id    = wp_insert_post(
	array( 'post_title' => 'Counted', 'post_status' => 'publish', 'post_content' => wp_slash( $picture . $picture ) )
);
$count = static fn() => $wpdb->get_var( $wpdb->prepare( "SELECT SUM(dead) FROM $uses WHERE post_id = %d", $id ) );
check_same( '2', $count(), 'the same picture twice is two dead pictures' );
wp_update_post( array( 'ID' => $id, 'post_content' => wp_slash( $picture ) ) );
check_same( '1', $count(), 'once is one' );
wp_delete_post( $id, true );
check_same( null, $count(), 'a deleted post shows none' );

// A connection that is lost while a page goes out, after WordPress has given up.
if ( 'wpdb' === get_class( $wpdb ) ) {
	$asked = array();
	add_action( 'doing_it_wrong_run', static function ( $function ) use ( &$asked ): void {
		$asked[] = $function;
	} );
	add_filter( 'doing_it_wrong_trigger_error', '__return_false' );
	$html = $picture . str_replace( 'B0CQL4S0BA', 'B0AWAY0001', $picture );
	$page = new Creators_Image_Refresh\Plugin( new Creators_Image_Refresh\Api\Extension() );
	$page->discovered_images()->note(
		array( array( 'marketplace' => 'www.amazon.com', 'asin' => 'B0AWAY0001' ) ),
		array( 'www.amazon.com:B0AWAY0001' => false )
	);
	$wpdb->close();
	check_same( $html, $page->page_rewriter()->rewrite( $html ), 'without a connection the page is the old one' );
	$page->discovered_images()->store();
	check_same( array(), $asked, 'and nothing is asked' );
	$wpdb->db_connect();
}
