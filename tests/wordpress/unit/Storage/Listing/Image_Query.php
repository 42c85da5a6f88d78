<?php

use Creators_Image_Refresh\Storage\Listing\Image_Query;

$row = array( 'excluded' => '0', 'failed_code' => '', 'fetched_at' => (string) time() );
same( 'fresh', Image_Query::state( $row ), 'fetched just now' );
same(
	'fresh',
	Image_Query::state( array( 'failed_code' => 'NotReturned' ) + $row ),
	'a link that is still good counts for more than a later failure'
);
same( 'waiting', Image_Query::state( array( 'fetched_at' => '0' ) + $row ), 'never fetched' );
same( 'waiting', Image_Query::state( array( 'fetched_at' => (string) ( time() - DAY_IN_SECONDS ) ) + $row ), 'too old' );
same(
	'failed',
	Image_Query::state( array( 'fetched_at' => '0', 'failed_code' => 'InternalFailure' ) + $row ),
	'not given, for now'
);
foreach ( array( 'ItemNotAccessible', 'ResourceNotFoundException', 'NotReturned' ) as $code ) {
	same( 'gone', Image_Query::state( array( 'fetched_at' => '0', 'failed_code' => $code ) + $row ), "$code: not offered any more" );
}
same( 'excluded', Image_Query::state( array( 'excluded' => '1' ) + $row ), 'excluded counts for more than all' );
