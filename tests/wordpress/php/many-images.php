<?php
/**
 * Fills the table with so many made-up pictures, says how long each query of the screen takes, and takes them out again:
 * many-images 200000.
 */

require __DIR__ . '/site.php';

use Creators_Image_Refresh\Storage\Due_Images;
use Creators_Image_Refresh\Storage\Image_Keys;
use Creators_Image_Refresh\Storage\Listing\Image_Counts;
use Creators_Image_Refresh\Storage\Listing\Image_Query;
use Creators_Image_Refresh\Storage\Schema;

global $wpdb;
$number = (int) ( $argv[1] ?? 200000 );
$images = Schema::images();
$uses   = Schema::uses();
$json   = wp_json_encode(
	array_fill_keys(
		array( 'small', 'medium', 'large', 'hires' ),
		array( 'url' => 'https://m.media-amazon.com/images/I/71abcdefghL._SL160_.jpg', 'width' => 160, 'height' => 120 )
	)
		+ array(
			'title'           => 'Made-up product, hand-made of oak, 24 cm',
			'detail_page_url' => 'https://www.amazon.com/dp/B0?tag=t-20',
			'fetched_at'      => time(),
		)
);
$words  = Creators_Image_Refresh\Storage\Listing\Title_Index::of( json_decode( $json, true ) );
$hosts  = array( 'www.amazon.com', 'www.amazon.de', 'www.amazon.co.uk' );
$codes  = array( '', '', '', '', '', '', '', 'ItemNotAccessible', 'InvalidParameterValue', '' );
for ( $from = 'kept' === ( $argv[2] ?? '' ) ? $number : 0; $from < $number; $from += 500 ) {
	$rows = array();
	$used = array();
	for ( $i = $from; $i < $from + 500; $i++ ) {
		$asin   = sprintf( 'ZZ%08d', $i );
		$host   = $hosts[ $i % 3 ];
		$age    = ( $i * 7919 ) % 200000;
		$rows[] = $wpdb->prepare(
			'(%s, %s, %s, %s, 2, %d, %d, %s, %d)',
			$host,
			$asin,
			$json,
			$words,
			time() - $age,
			time() - $age + 43200,
			$codes[ $i % 10 ],
			(int) ( 0 === $i % 50 )
		);
		$used[] = $wpdb->prepare(
			'(%d, %s, %s), (%d, %s, %s)',
			1000000 + $i % 20000,
			$host,
			$asin,
			1100000 + $i % 777,
			$host,
			$asin
		);
	}
	$wpdb->query(
		"INSERT INTO $images (marketplace, asin, image, words, posts, fetched_at, due_at, failed_code, excluded) VALUES "
			. implode( ', ', $rows )
	);
	$wpdb->query( "INSERT INTO $uses (post_id, marketplace, asin) VALUES " . implode( ', ', $used ) );
}

$query  = new Image_Query();
$clock  = static function ( string $what, callable $do ): void {
	Image_Counts::forget();
	$start = microtime( true );
	$do();
	printf( "%-44s %6.0f ms\n", $what, 1000 * ( microtime( true ) - $start ) );
};
$wpdb->query( "ANALYZE TABLE $images" );
$clock( 'counts', static fn() => $query->counts() );
$clock( 'counts of one country', static fn() => $query->counts( 'www.amazon.de' ) );
$clock( 'hours ahead', static fn() => Image_Counts::hours_ahead() );
$clock( 'countries', static fn() => Image_Keys::marketplaces() );
foreach ( Image_Query::ORDERS as $order ) {
	$clock( "first page by $order", static fn() => $query->pictures( array(), $order, false, 20, 0 ) );
	$clock( "first page by $order, downwards", static fn() => $query->pictures( array(), $order, true, 20, 0 ) );
	$clock( "last page by $order", static fn() => $query->pictures( array(), $order, false, 20, max( 0, $number - 20 ) ) );
}
foreach ( Image_Query::STATES as $state ) {
	$clock(
		"first page of $state by number",
		static fn() => $query->pictures( array( 'state' => $state ), 'asin', false, 20, 0 )
	);
	$clock(
		"first page of $state by age, one country",
		static fn() => $query->pictures( array( 'state' => $state, 'marketplace' => 'www.amazon.de' ), 'age', false, 20, 0 )
	);
}
$clock(
	'search by number',
	static fn() => $query->count( array( 'search' => 'ZZ00012345' ) )
		. $query->pictures( array( 'search' => 'ZZ00012345' ), 'asin', false, 20, 0 )[0]['asin']
);
$clock( 'search by title, count', static fn() => $query->count( array( 'search' => 'no such words' ) ) );
$clock( 'search by title, page', static fn() => $query->pictures( array( 'search' => 'made of oak' ), 'asin', false, 20, 0 ) );
$clock( 'search by title, by age', static fn() => $query->pictures( array( 'search' => 'made of oak' ), 'age', false, 20, 0 ) );
$clock( 'what is due', static fn() => Due_Images::asins( $hosts, 200 ) );

if ( 'keep' !== ( $argv[2] ?? '' ) ) {
	$wpdb->query( "DELETE FROM $images WHERE asin LIKE 'ZZ%'" );
	$wpdb->query( "DELETE FROM $uses WHERE asin LIKE 'ZZ%'" );
}
