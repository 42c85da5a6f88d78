<?php

use Creators_Image_Refresh\Reporting\Csv;

$cells = array(
	'Spoon'         => 'Spoon',
	'=1+1'          => "'=1+1",
	' =1'           => "' =1",
	'-1'            => "'-1",
	'@sum'          => "'@sum",
	"\u{FF1D}1"     => "'\u{FF1D}1",
	"\tx"           => "'\tx",
	"a\n=1"         => "a\n'=1",
	'a;=1'          => "a;'=1",
	'a=1'           => 'a=1',
	"\xff"          => "'\xff",
);
foreach ( $cells as $text => $cell ) {
	same( $cell, Csv::cell( $text ), 'a cell of ' . json_encode( $text, JSON_PARTIAL_OUTPUT_ON_ERROR ) );
}
same( array( '7', '', '' ), array( Csv::cell( 7 ), Csv::cell( null ), Csv::cell( array( 'x' ) ) ), 'what is no text' );
