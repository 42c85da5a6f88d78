<?php

use Creators_Image_Refresh\Settings\Fallback_Policy;
use Creators_Image_Refresh\Settings\Image_Age;

$fresh = time() - 60;
$old   = time() - DAY_IN_SECONDS;
same(
	array( true, true, false ),
	array( Image_Age::may_show( $fresh ), Image_Age::may_show( $old ), Image_Age::may_show( 0 ) ),
	'the last picture is shown however old, unless told'
);
$GLOBALS['options'][ Fallback_Policy::OPTION ] = 'nonsense';
same( true, Image_Age::may_show( $old ), 'a choice that is none is the usual one' );
$GLOBALS['options'][ Fallback_Policy::OPTION ] = Fallback_Policy::WORDS;
same(
	array( true, false, false ),
	array( Image_Age::may_show( $fresh ), Image_Age::may_show( $old ), Image_Age::may_show( 0 ) ),
	'where words are wanted, for 24 hours'
);
same(
	array( true, false ),
	array( Image_Age::may_end( $old + 30, 60 ), Image_Age::may_end( $fresh, 60 ) ),
	'and it may end while a page is kept'
);

same( 12 * HOUR_IN_SECONDS, Image_Age::refresh_after(), 'a link is fetched anew at half of its life' );
foreach (
	array( 0 => HOUR_IN_SECONDS, 7200 => 7200, 999999 => 23 * HOUR_IN_SECONDS, -5 => HOUR_IN_SECONDS ) as $wanted => $taken
) {
	$GLOBALS['filters']['creators_image_refresh_max_age'] = static fn(): int => $wanted;
	same( $taken, Image_Age::refresh_after(), "whoever filters it to $wanted" );
}
$hours = static fn( string $code ): array => array_map(
	static fn( int $at ): int => intdiv( $at - 1000, HOUR_IN_SECONDS ),
	Image_Age::retry_times( $code, 1000 )
);
same( array( 1, 6, 24, 72 ), $hours( 'NotReturned' ), 'what an answer passed over is asked for soon, then later' );
same( array( 1, 6, 24, 72 ), $hours( '' ), 'so is what nobody has given a reason for' );
foreach ( array( 'ItemNotAccessible', 'ResourceNotFoundException', 'InvalidParameterValue', 'InvalidAsin' ) as $code ) {
	same( array( 24, 72, 168, 720 ), $hours( $code ), "$code: what is gone rarely comes back" );
}
