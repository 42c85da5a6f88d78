<?php

use Creators_Image_Refresh\Settings\Fallback_Policy;

$fresh = time() - 60;
$old   = time() - DAY_IN_SECONDS;
same(
	array( true, true, false ),
	array( Fallback_Policy::may_show( $fresh ), Fallback_Policy::may_show( $old ), Fallback_Policy::may_show( 0 ) ),
	'the last picture is shown however old, unless told'
);
$GLOBALS['options'][ Fallback_Policy::OPTION ] = 'nonsense';
same( true, Fallback_Policy::may_show( $old ), 'a choice that is none is the usual one' );
$GLOBALS['options'][ Fallback_Policy::OPTION ] = Fallback_Policy::WORDS;
same(
	array( true, false, false ),
	array( Fallback_Policy::may_show( $fresh ), Fallback_Policy::may_show( $old ), Fallback_Policy::may_show( 0 ) ),
	'where words are wanted, for 24 hours'
);
same(
	array( true, false ),
	array( Fallback_Policy::may_end( $old + 30, 60 ), Fallback_Policy::may_end( $fresh, 60 ) ),
	'and it may end while a page is kept'
);
