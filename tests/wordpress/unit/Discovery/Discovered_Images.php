<?php

use Creators_Image_Refresh\Discovery\Discovered_Images;

$entry = array( 'image' => null, 'fetched_at' => 0, 'failed' => false, 'seen_at' => 0 );
same( false, Discovered_Images::may_be_among( array() ), 'nothing is nothing new' );
same( false, Discovered_Images::may_be_among( array( 'a' => $entry ) ), 'what stored content holds is not new' );
same( true, Discovered_Images::may_be_among( array( 'a' => $entry, 'b' => false ) ), 'what nobody knows is' );
same(
	true,
	Discovered_Images::may_be_among( array( 'a' => array( 'seen_at' => 5 ) + $entry ) ),
	'what only pages show is noted again'
);
same( true, Discovered_Images::KEPT > Discovered_Images::NOTED, 'a use is noted again before it is dropped' );
