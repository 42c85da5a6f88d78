<?php

use Creators_Image_Refresh\Rendering\Page_Rewriter;

$entry = array( 'image' => null, 'fetched_at' => 0, 'failed' => false, 'seen_at' => 0 );
same( false, Page_Rewriter::may_have_discovered( array() ), 'nothing is nothing new' );
same( false, Page_Rewriter::may_have_discovered( array( 'a' => $entry ) ), 'what stored content holds is not new' );
same( true, Page_Rewriter::may_have_discovered( array( 'a' => $entry, 'b' => false ) ), 'what nobody knows is' );
same(
	true,
	Page_Rewriter::may_have_discovered( array( 'a' => array( 'seen_at' => 5 ) + $entry ) ),
	'what only pages show is noted again'
);
