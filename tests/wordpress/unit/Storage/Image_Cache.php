<?php

use Creators_Image_Refresh\Storage\Image_Cache;

$old = array( 'image' => '{"a":1}', 'fetched_at' => 1, 'failed' => false, 'seen_at' => 0 );
$new = array( 'fetched_at' => 2 ) + $old;

$cache = new Image_Cache();
$cache->add( array( 'a' => $old, 'b' => false ) );
same(
	array( 'a' => $old, 'b' => false ),
	$cache->get( array( 'a', 'b', 'c' ) ),
	'what is not known is missing, what has no row is known'
);
$cache->add( array( 'a' => $new ) );
same( array( 'a' => $old ), $cache->get( array( 'a' ) ), 'what is read later is no newer' );
$cache->put( array( 'a' => $new ) );
same( array( 'a' => $new ), $cache->get( array( 'a' ) ), 'what is written is' );
$GLOBALS['blog'] = 2;
same( array(), $cache->get( array( 'a' ) ), 'each site has its own' );
$GLOBALS['blog'] = 1;
$cache->forget( array( 'a' ) );
same( array( 'b' => false ), $cache->get( array( 'a', 'b' ) ), 'what is forgotten is asked for again' );

$GLOBALS['cache'] = array( 'odd' => array( 'image' => 7 ), 'other' => 'text' );
$cache->add( array( 'a' => $old, 'b' => false ) );
$other = new Image_Cache();
same(
	array( 'a' => $old, 'b' => false ),
	$other->get( array( 'a', 'b', 'c', 'odd', 'other' ) ),
	'another request finds it in an object cache, and nothing odd'
);
$cache->put( array( 'a' => $new ) );
$cache->add( array( 'a' => $old ) );
same( array( 'a' => $new ), ( new Image_Cache() )->get( array( 'a' ) ), 'there, too, what a writer has put stays' );
$cache->forget( array( 'a' ) );
same( array(), ( new Image_Cache() )->get( array( 'a' ) ), 'until it is forgotten' );

same( false, $cache->is_shown( 5, 'a' ), 'nobody knows what a post shows' );
$cache->add_shown( 5, array( 'a' ) );
same( array( true, false ), array( $cache->is_shown( 5, 'a' ), $cache->is_shown( 6, 'a' ) ), 'until it was noted' );
same( false, ( new Image_Cache() )->is_shown( 5, 'a' ), 'what was read is not told to others' );
$cache->add_shown( 5, array( 'b' ), true );
same(
	array( true, true ),
	array( ( new Image_Cache() )->is_shown( 5, 'a' ), ( new Image_Cache() )->is_shown( 5, 'b' ) ),
	'what is new is'
);
