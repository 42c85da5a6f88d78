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
$cache->add( array( 'a' => $old ) );
same( array( 'a' => $new ), ( new Image_Cache() )->get( array( 'a' ) ), 'what a writer has put stays' );
$GLOBALS['blog'] = 2;
same( array(), $cache->get( array( 'a' ) ), 'each site has its own' );
$GLOBALS['blog'] = 1;
$cache->forget( array( 'a' ) );
same( array( 'b' => false ), $cache->get( array( 'a', 'b' ) ), 'what is forgotten is asked for again' );

wp_cache_set_multiple( array( 'odd' => array( 'image' => 7 ), 'other' => 'text', 'none' => array( 'image' => null ) + $old ) );
same(
	array( 'none' => array( 'image' => null ) + $old ),
	$cache->get( array( 'odd', 'other', 'none' ) ),
	'whatever else stands in an object cache is nothing'
);

same( false, $cache->is_shown( 5, 'a' ), 'nobody knows what a post shows' );
$cache->add_shown( 5, array( 'a' ) );
same( array( true, false ), array( $cache->is_shown( 5, 'a' ), $cache->is_shown( 6, 'a' ) ), 'until it was noted' );
$cache->add_shown( 5, array( 'b' ) );
same( array( true, true ), array( $cache->is_shown( 5, 'a' ), $cache->is_shown( 5, 'b' ) ), 'what is new comes to it' );
