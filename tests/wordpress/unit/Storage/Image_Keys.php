<?php

use Creators_Image_Refresh\Storage\Image_Keys;

$picture  = static fn( string $host, string $asin ): array => array( 'marketplace' => $host, 'asin' => $asin );
$pictures = array(
	$picture( 'www.amazon.de', 'B000000001' ),
	$picture( 'www.amazon.com', 'B000000002' ),
	$picture( 'www.amazon.de', 'B000000003' ),
);

same(
	array( 'www.amazon.de:B000000001', 'www.amazon.com:B000000002', 'www.amazon.de:B000000003' ),
	Image_Keys::names( $pictures ),
	'a name is the host and the number'
);
same( array(), Image_Keys::names( array() ), 'no pictures have no names' );
same(
	array( array( 'www.amazon.de', array( 'B000000001', 'B000000003' ) ), array( 'www.amazon.com', array( 'B000000002' ) ) ),
	Image_Keys::by_marketplace( $pictures, 100 ),
	'by marketplace, each in its order'
);
same(
	array(
		array( 'www.amazon.de', array( 'B000000001' ) ),
		array( 'www.amazon.de', array( 'B000000003' ) ),
		array( 'www.amazon.com', array( 'B000000002' ) ),
	),
	Image_Keys::by_marketplace( $pictures, 1 ),
	'no more at once than wanted'
);
same(
	array(
		'((used.marketplace = %s AND used.asin IN (%s, %s)) OR (used.marketplace = %s AND used.asin IN (%s)))',
		array( 'www.amazon.de', 'B000000001', 'B000000003', 'www.amazon.com', 'B000000002' ),
	),
	Image_Keys::any_of( $pictures, 'used' ),
	'a condition has as many placeholders as values'
);
same( '%s', Image_Keys::placeholders( array() ), 'an empty list is still SQL' );
