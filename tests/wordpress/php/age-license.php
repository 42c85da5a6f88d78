<?php
/** Makes the store's last answer on the license older: age-license DAYS. */

require __DIR__ . '/site.php';

$state = get_option( 'creators_image_refresh_license' );
is_array( $state ) || must( false, 'finding an answer of the store' );
foreach ( array( 'asked_at', 'answered_at', 'since' ) as $time ) {
	$state[ $time ] = max( 0, $state[ $time ] - (int) $argv[1] * DAY_IN_SECONDS );
}
update_option( 'creators_image_refresh_license', $state, false );
