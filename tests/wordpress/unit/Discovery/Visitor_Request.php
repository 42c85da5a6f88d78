<?php

use Creators_Image_Refresh\Discovery\Visitor_Request;

const PRODUCT = 'B0VISIT001';

$brought = static fn( bool $with_comments = true ): bool => array( PRODUCT ) === ( new Visitor_Request() )->brought(
	array( PRODUCT, 'B0OTHER001' ),
	$with_comments
);
same( false, $brought(), 'a plain request brings nothing' );
$_SERVER['REQUEST_URI'] = '/review/' . PRODUCT . '/';
same( false, $brought(), 'the address is the site’s' );
$said = array(
	'as it is'                => PRODUCT,
	'in small letters'        => strtolower( PRODUCT ),
	'in the way of addresses' => '%42%30VISIT001',
	'twice so'                => '%2542%2530VISIT001',
	'as HTML'                 => '&#66;0VISIT001',
	'as JSON'                 => '\\\\u00420VISIT001',
	'as JSON before no digit' => 'B\\\\u0030VISIT001',
	'as script'               => '\\\\x420VISIT001',
	'as script, in braces'    => '\\\\u{42}0VISIT001',
	'with tags in it'         => 'B0VI<b></b>SIT001',
	'with a tag in a tag'     => 'B0VI<x <y>SIT001',
	'with a shortcode in it'  => 'B0VI[caption x]words[/caption]SIT001',
	'with C’s zeros in it'    => 'B0VI\\\\\\\\0000SIT001',
	'with an accent'          => 'B0VÉSIT001 ' . PRODUCT,
	'with a line in it'       => "B0VIS\nIT001",
	'as base64'               => base64_encode( 'see ' . PRODUCT . ' there' ),
	'as base64 from the middle of a word' => 'xx' . base64_encode( 'see ' . PRODUCT . ' there' ),
);
foreach ( $said as $way => $text ) {
	$_GET = array( 'q' => array( 'deep' => $text ) );
	same( true, $brought(), "in the query $way" );
}
$_GET = array();
foreach ( array( '_GET', '_POST', '_COOKIE' ) as $where ) {
	$GLOBALS[ $where ] = array( PRODUCT => 'x' );
	same( true, $brought(), "as a name in $where" );
	$GLOBALS[ $where ] = array();
}
$grows = static fn( int $times ): string => str_repeat(
	base64_encode( base64_encode( base64_encode( '%25%32%35 &amp;amp; a word or two' ) ) ) . " <b>\n",
	$times
);
$_GET  = array( 'q' => $grows( 400 ) );
same(
	array( PRODUCT, 'B0OTHER001' ),
	( new Visitor_Request() )->brought( array( PRODUCT, 'B0OTHER001' ) ),
	'what goes too far is taken for brought'
);
$_GET    = array();
$request = new Visitor_Request();
$request->note_comment( new WP_Comment( '7', 'I like ' . PRODUCT ) );
$request->note_comment( 'no comment' );
same( array( PRODUCT ), $request->brought( array( PRODUCT ) ), 'in a comment' );
same( array(), $request->brought( array( PRODUCT ), false ), 'unless comments do not count' );
for ( $id = 8; $id < 12; $id++ ) {
	$request->note_comment( new WP_Comment( (string) $id, $id . $grows( 60 * $id ) ) );
}
same( array( PRODUCT ), $request->brought( array( PRODUCT, 'B0OTHER001' ) ), 'a comment that grows speaks for no other product' );
$request->note_comment( new WP_Comment( '12', $grows( 400 ) . base64_encode( rawurlencode( 'see B0OTHER001 there' ) ) ) );
same( 2, count( $request->brought( array( PRODUCT, 'B0OTHER001' ) ) ), 'and what it names itself is found all the same' );

// Most of a picture's address may be the page's.
$_SERVER['REQUEST_URI'] = '/38';
$request                = new Visitor_Request();
$request->note_comment( new WP_Comment( '13', '//m.media-amazon.com/images/P/3821234567.jpg' ) );
same( array( '3821234567' ), $request->brought( array( '3821234567' ) ), 'the address of a page is no part of a product’s name' );
$_SERVER['REQUEST_URI'] = '/';

// An address in an address, as a proxy of a proxy has it, behind words that grow.
$request = new Visitor_Request();
$packed  = array_reduce( range( 1, 6 ), static fn( string $text ): string => rawurlencode( $text ), '//x?u=B0VISIT%3001' );
$request->note_comment( new WP_Comment( '14', $grows( 400 ) . $packed ) );
same( array( PRODUCT ), $request->brought( array( PRODUCT ) ), 'an address in addresses is found, however long the comment' );

// A theme may print them with nothing between, and has fields of its own.
$request = new Visitor_Request();
$request->note_comment( new WP_Comment( '15', 'images/P/B0VIS' ) );
$request->note_comment( new WP_Comment( '16', 'IT001.jpg and words' ) );
same( array( PRODUCT ), $request->brought( array( PRODUCT ) ), 'half in one comment, half in another' );
$request                  = new Visitor_Request();
$GLOBALS['comment_meta'] = array( PRODUCT => array( 'x' ) );
$request->note_comment( new WP_Comment( '17', 'words' ) );
same( array( PRODUCT ), $request->brought( array( PRODUCT ) ), 'as the name of a comment’s field' );
$GLOBALS['comment_meta'] = array();

// PHP ends whoever asks for more memory than there is.
$limit   = ini_get( 'memory_limit' );
$request = new Visitor_Request();
$request->note_comment( new WP_Comment( '18', str_repeat( 'words ', 10000 ) ) );
same( array(), $request->brought( array( PRODUCT ) ), 'a long comment without the product names none' );
ini_set( 'memory_limit', (string) ( memory_get_usage() + 16000000 ) );
same( array( PRODUCT ), $request->brought( array( PRODUCT ) ), 'but may, where there is no memory to look at it' );
ini_set( 'memory_limit', $limit );
