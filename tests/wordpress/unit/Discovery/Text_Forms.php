<?php

use Creators_Image_Refresh\Discovery\Text_Forms;

$forms_of = static function ( string $text ): Text_Forms {
	$forms = new Text_Forms( array( 'B0VISIT001', 'B0OTHER001' ) );
	$forms->add( array( $text ), true );
	return $forms;
};
$names    = static fn( string $text ): bool => array( 'B0VISIT001' ) === $forms_of( $text )->named();
foreach (
	array(
		'an octet in an octet, in an octet'        => array( 'B0VI%%%414141SIT001', true ),
		'many octets in each other'                => array( 'B0VI' . str_repeat( '%', 3000 ) . str_repeat( '41', 3000 ) . 'SIT001', true ),
		'what is cleaned, decoded and cleaned'     => array( 'B0V<b>I&lt;b&gt;</b>SIT001', true ),
		'what is decoded, cleaned and decoded'     => array( 'B0V%26%23<b>7</b>3;SIT001', true ),
		'what is packed into itself many times'     => array( 'B0VI%' . str_repeat( '25', 12 ) . '53IT001', true ),
		'a reference in references'                 => array( 'B0VI&' . str_repeat( 'amp;', 12 ) . '#83;IT001', true ),
		'a number without its semicolon'           => array( 'B&#48VISIT001', true ),
		'a hexadecimal one'                        => array( 'B0&#x56ISIT001', true ),
		'a reference with words in it, as a login'  => array( 'B0V& a b ;ISIT001', true ),
		'a line break in an escaped address'       => array( 'B0V%0%0ddI%53IT001', true ),
		'a script in an address in a tag'          => array( '<img src="P/B0V<script>a</script>ISIT001">', true ),
		'a slashed zero before a zero'             => array( 'B0VISIT\\0001', true ),
		'a mail\'s escape behind a zero byte'      => array( "B0V\0ISIT=3001", true ),
		'soft hyphens in base64'                   => array( base64_encode( "a picture of P/B0V\u{ad}ISI\u{ad}T001.jpg" ), true ),
		'zero bytes in base64'                     => array( base64_encode( "a picture of P/B0V\0ISI\0T001.jpg" ), true ),
		'a number that an escape ends'             => array( 'B0VISIT&#48%301', true ),
		'what names another'                       => array( 'B0VISIT0012 B0VISITOO1', true ),
		'what names none'                          => array( 'B0VISITOO1 and words', false ),
	) as $name => list( $text, $is_named )
) {
	same( $is_named, $names( $text ), $name );
}
// Everything that can be cleaned or decoded, as long as a comment may be.
$mixed = substr( str_repeat( "<b>[a b] &amp;amp;%2541%41 \\u0041 =41 \\101 é </b>\n", 2000 ), 0, 65000 );
same( true, $forms_of( $mixed )->work() < 8000000, 'what is looked at is bounded' );
same( true, $forms_of( 'a reader’s words, and no more' )->work() < 1000, 'and little where there is little' );

if ( function_exists( 'iconv' ) ) {
	$forms = new Text_Forms( array( 'B0VISIX001' ) );
	$forms->add( array( 'a picture of P/B0VISI×001.jpg' ), true );
	same( array( 'B0VISIX001' ), $forms->named(), 'a letter as it is written in ASCII' );
}

$forms = new Text_Forms( array() );
same( false, $forms->add( array( $mixed, $mixed . ' ' ), false ), 'what goes too far is told' );
same( true, $forms->work() < 10000000, 'as soon as it does' );

$forms = new Text_Forms( array( 'B0VISIT001' ) );
$forms->add( array( 'a picture of P/B0VIS' ), true );
same( array(), $forms->named(), 'half a name is none' );
$forms->add( array( 'IT001.jpg and words' ), true );
same( array( 'B0VISIT001' ), $forms->named(), 'two halves, which a page may print side by side, are one' );

// Packed into itself, of the size that a comment may have.
$packed = str_repeat( '%2541 &amp;amp; <b> [x] =41 \\101 ', 400 );
while ( strlen( $packed ) < 45000 ) {
	$packed = base64_encode( $packed ) . ' <b>[x]&a;%41\\0é=41';
}
$before = memory_get_usage();
function_exists( 'memory_reset_peak_usage' ) && memory_reset_peak_usage();
$forms = $forms_of( $packed . 'B0VI<b>S&#x49;T001' );
same( true, memory_get_peak_usage() - $before < 32000000, 'what it stands for takes little memory' );
same( true, $forms->work() < 20000000, 'and as little time' );
same( array( 'B0VISIT001' ), $forms->named(), 'and hides nothing that stands behind it' );
