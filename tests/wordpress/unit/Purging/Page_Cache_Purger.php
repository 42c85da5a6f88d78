<?php

use Creators_Image_Refresh\Purging\Page_Cache_Purger;

function rocket_clean_post( int $post_id ): void {
	do_action( 'rocket', $post_id );
	throw new Error( 'a page cache that fails' );
}
function sg_cachepress_purge_cache( string $url ): void {
	do_action( 'sg', $url );
}
function wp_cache_clear_cache(): void {
	do_action( 'wp super cache, all' );
}

same( true, Page_Cache_Purger::may_be_anywhere( array( 0 => '' ) ), 'widgets stand on any page' );
same( true, Page_Cache_Purger::may_be_anywhere( array( 3 => 'post', 4 => 'wp_template_part' ) ), 'so do parts of templates' );
same( false, Page_Cache_Purger::may_be_anywhere( array( 3 => 'post' ) ), 'a post has its own page' );

$purger = new Page_Cache_Purger();
$purger->purge_posts( array( 3 ) );
same(
	array(
		'clean_post_cache 3',
		'creators_image_refresh_post_changed 3',
		'rocket 3',
		'litespeed_purge_post 3',
		'cache_enabler_clear_page_cache_by_post 3',
		'sg "https://example.org/3/"',
	),
	array_map( 'stripslashes', $GLOBALS['done'] ),
	'each page cache that is there is told as it wants it, whatever another one throws'
);
$GLOBALS['done'] = array();
$purger->purge_posts( array( 3, 4 ), false );
same(
	array(
		'clean_post_cache 3',
		'creators_image_refresh_post_changed 3',
		'clean_post_cache 4',
		'creators_image_refresh_post_changed 4',
	),
	$GLOBALS['done'],
	'without page caches, where they were told of the whole site'
);
$GLOBALS['done'] = array();
$purger->purge_site();
same(
	array( 'creators_image_refresh_site_changed', 'litespeed_purge_all', 'wp super cache, all', 'cache_enabler_clear_site_cache' ),
	$GLOBALS['done'],
	'the whole site'
);
