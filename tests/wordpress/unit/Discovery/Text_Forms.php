<?php

use Creators_Image_Refresh\Discovery\Text_Forms;

$forms_of = static function ( string $text ): Text_Forms {
	$forms = new Text_Forms();
	$forms->add( array( $text ), true );
	return $forms;
};
$names    = static fn( string $text ): bool => array( 'B0VISIT001' ) === $forms_of( $text )->named( array( 'B0VISIT001', 'B0OTHER001' ) );
foreach (
	array(
		'an octet in an octet, in an octet'        => array( 'B0VI%%%414141SIT001', true ),
		'many octets in each other'                => array( 'B0VI' . str_repeat( '%', 3000 ) . str_repeat( '41', 3000 ) . 'SIT001', true ),
		'what is cleaned, decoded and cleaned'     => array( 'B0V<b>I&lt;b&gt;</b>SIT001', true ),
		'what is decoded, cleaned and decoded'     => array( 'B0V%26%23<b>7</b>3;SIT001', true ),
		'what names another'                       => array( 'B0VISIT0012 B0VISITOO1', true ),
		'what names none'                          => array( 'B0VISITOO1 and words', false ),
	) as $name => list( $text, $is_named )
) {
	same( $is_named, $names( $text ), $name );
}
// Everything that can be cleaned or decoded, as long as a comment may be.
$mixed = substr( str_repeat( "<b>[a b] &amp;amp;%2541%41 \\u0041 =41 \\101 é </b>\n", 2000 ), 0, 65000 );
same( true, $forms_of( $mixed )->work() < 25000000, 'what is looked at is bounded' );
same( true, $forms_of( 'a reader’s words, and no more' )->work() < 1000, 'and little where there is little' );
$forms = new Text_Forms();
same( false, $forms->add( array( $mixed, $mixed . ' ' ), false ), 'what goes too far is told' );
same( true, $forms->work() < 10000000, 'as soon as it does' );
