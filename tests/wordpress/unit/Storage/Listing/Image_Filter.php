<?php

use Creators_Image_Refresh\Storage\Listing\Image_Filter;
use Creators_Image_Refresh\Storage\Listing\Image_Query;

foreach ( array( 'B0', 'b00tsug', 'B00TSUGXKE', '0306406152', '306406152X' ) as $number ) {
	same( 'B0' !== $number, Image_Filter::is_asin( $number ), "$number begins a product number" );
}
foreach ( array( 'kettle', 'BLACKBERRY', 'B00TSUGXKEX', 'B0 kettle', "B00TSUGXKE\n", '' ) as $word ) {
	same( false, Image_Filter::is_asin( $word ), json_encode( $word ) . ' is none' );
}
same( array( '1 = 1', array() ), Image_Filter::where( array() ), 'no filter takes all' );
foreach (
	array(
		array(),
		array( 'search' => 'red kettle' ),
		array( 'search' => 'B00TS', 'marketplace' => 'www.amazon.de', 'asins' => array( 'A', 'B' ) ),
	) as $filter
) {
	foreach ( array( '', ...Image_Query::STATES ) as $state ) {
		[ $where, $values ] = Image_Filter::where( array( 'state' => $state ) + $filter );
		same(
			count( $values ),
			preg_match_all( '/%[sd]/', $where ),
			"as many values as placeholders: $state " . json_encode( $filter )
		);
	}
}
same(
	array( '1 = 1 AND images.asin IN (%s)', array( '' ) ),
	Image_Filter::where( array( 'asins' => array() ) ),
	'no products are none, not all'
);
same(
	array( '1 = 1 AND images.asin LIKE %s', array( 'B00TS%' ) ),
	Image_Filter::where( array( 'search' => ' b00ts ' ) ),
	'a number is looked for by its beginning'
);
same(
	array( '1 = 1 AND 1 = 0', array() ),
	Image_Filter::where( array( 'search' => '𝄞' ) ),
	'what no title can have finds nothing'
);
foreach ( array( 'failed' => true, 'gone' => false ) as $state => $others ) {
	same(
		$others,
		str_contains( Image_Filter::where( array( 'state' => $state ) )[0], ' NOT IN ' ),
		"$state: what Amazon says of products that are gone"
	);
}
same( false, Image_Filter::is_search( array( 'search' => ' ' ) ), 'a blank is no search' );
