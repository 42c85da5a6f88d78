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
	array( 100, 100, 1 ),
	array_map( static fn( array $part ): int => count( $part[1] ) - 1, Image_Keys::conditions( array_fill( 0, 201, $pictures[0] ) ) ),
	'no more at once than a statement takes'
);
same( array(), Image_Keys::conditions( array() ), 'and none for none' );
same(
	array( '((marketplace = %s AND asin IN (%s)))', array( 'www.amazon.de', 'B000000001' ) ),
	Image_Keys::any_of( array( $pictures[0] ) ),
	'the only table of a query needs no name'
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
same( '(%s, %d), (%s, %d)', Image_Keys::placeholders( $pictures[0], '(%s, %d)' ), 'a list of rows has one for each' );
