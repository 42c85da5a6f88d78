<?php

use Creators_Image_Refresh\Storage\Image_Reader;

$row   = array( 'image' => '{"title":"Spoon"}', 'fetched_at' => '7', 'failed_code' => '', 'seen_at' => '0', 'excluded' => '0' );
$entry = array( 'image' => '{"title":"Spoon"}', 'fetched_at' => 7, 'failed' => false, 'seen_at' => 0 );
same( $entry, Image_Reader::entry( $row ), 'an entry is the row, in PHP types' );
same(
	array_merge( $entry, array( 'image' => null, 'failed' => true ) ),
	Image_Reader::entry( array( 'excluded' => '1' ) + $row ),
	'what is excluded stays as it was written'
);
same( null, Image_Reader::entry( array( 'image' => '{"title":"Sp' ) + $row )['image'], 'an Image that was cut off is none' );
same( null, Image_Reader::entry( array( 'image' => null ) + $row )['image'], 'nor is nothing' );
same(
	true,
	Image_Reader::entry( array( 'failed_code' => 'NotReturned' ) + $row )['failed'],
	'one that Amazon does not give has failed'
);

$json = (string) json_encode( array( 'title' => 'Spoon', 'detail_page_url' => 'https://www.amazon.de/dp/B000000001?tag=a-21' ) );
same( true, Image_Reader::leads_to( $json, 'www.amazon.de' ), 'a link to the same shop' );
same( false, Image_Reader::leads_to( $json, 'www.amazon.com' ), 'and to another' );
same( true, Image_Reader::leads_to( '{"title":"Spoon"}', 'www.amazon.com' ), 'no link leads nowhere else' );
same(
	array( 'title' => 'Spoon' ),
	Image_Reader::image( $json, 'www.amazon.com' ),
	'the picture stays without a link to another shop'
);
same(
	'https://www.amazon.de/dp/B000000001?tag=a-21',
	Image_Reader::image( $json, 'www.amazon.de' )['detail_page_url'] ?? null,
	'its own link stays'
);
same(
	array(),
	Image_Reader::image( '{"detail_page_url":["https://www.amazon.de/"]}', 'www.amazon.de' ),
	'a link that is no text is none'
);
same( null, Image_Reader::image( '"text"', 'www.amazon.de' ), 'what is no Image is none' );
same( null, Image_Reader::image( null, 'www.amazon.de' ), 'and nothing is none' );
