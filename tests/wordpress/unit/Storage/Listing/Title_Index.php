<?php

use Creators_Image_Refresh\Storage\Listing\Title_Index;

same(
	'kuche 500 ml',
	Title_Index::of( array( 'title' => " Küche\t５００  ml " ) ),
	'small letters, no accents, no wide forms, one blank'
);
same( 'a b', Title_Index::of( array( 'title' => 'A 𝄞 B' ) ), 'older tables hold no character of four bytes' );
same( 140, mb_strlen( Title_Index::of( array( 'title' => str_repeat( 'é', 300 ) ) ) ), 'as long as the column' );
same( '', Title_Index::of( array( 'title' => array( 'x' ) ) ), 'a title that is no text is none' );
same( '', Title_Index::of( null ), 'nor has nothing a title' );
same( array( 'red', 'kettle' ), Title_Index::asked( 'Red kettle RED' ), 'each word once' );
same( 8, count( Title_Index::asked( 'a b c d e f g h i j' ) ), 'and not too many' );
same( array(), Title_Index::asked( ' ' ), 'nothing asked is nothing' );
