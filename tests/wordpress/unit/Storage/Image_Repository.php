<?php

use Creators_Image_Refresh\Storage\Image_Repository;

same( 12 * HOUR_IN_SECONDS, Image_Repository::refresh_after(), 'a link is fetched anew at half of its life' );
foreach (
	array( 0 => HOUR_IN_SECONDS, 7200 => 7200, 999999 => 23 * HOUR_IN_SECONDS, -5 => HOUR_IN_SECONDS ) as $wanted => $taken
) {
	$GLOBALS['filters']['creators_image_refresh_max_age'] = static fn(): int => $wanted;
	same( $taken, Image_Repository::refresh_after(), "whoever filters it to $wanted" );
}
$hours = static fn( string $code ): array => array_map(
	static fn( int $at ): int => intdiv( $at - 1000, HOUR_IN_SECONDS ),
	Image_Repository::retry_times( $code, 1000 )
);
same( array( 1, 6, 24, 72 ), $hours( 'NotReturned' ), 'what an answer passed over is asked for soon, then later' );
same( array( 1, 6, 24, 72 ), $hours( '' ), 'so is what nobody has given a reason for' );
foreach ( array( 'ItemNotAccessible', 'ResourceNotFoundException', 'InvalidParameterValue', 'InvalidAsin' ) as $code ) {
	same( array( 24, 72, 168, 720 ), $hours( $code ), "$code: what is gone rarely comes back" );
}
