<?php

use Creators_Image_Refresh\Settings\Input;

same( 'a b', Input::text( "\u{200B} a b\u{A0}\n" ), 'what comes along when one copies is taken away' );
same(
	array( '7', null, null, null ),
	array( Input::text( 7 ), Input::text( array() ), Input::text( "\xff" ), Input::text( str_repeat( 'x', 1025 ) ) ),
	'what cannot be meant is null'
);
same(
	array( 'amzn1.x', null, null ),
	array( Input::token( ' amzn1.x ' ), Input::token( 'a b' ), Input::token( 'a<b' ) ),
	'a token is one piece'
);
same(
	array( 'kueche-21', '', null ),
	array( Input::tag( 'kueche-21' ), Input::tag( '' ), Input::tag( 'küche-21' ) ),
	'a tag has letters, digits and a few marks'
);
same(
	array( 'a', null ),
	array( Input::choice( ' a', array( 'a' ) ), Input::choice( 'b', array( 'a' ) ) ),
	'one of a few words'
);
same(
	array( true, false, null, null ),
	array( Input::flag( 'on' ), Input::flag( '0' ), Input::flag( 'maybe' ), Input::flag( array() ) ),
	'a checkbox'
);
