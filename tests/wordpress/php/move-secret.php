<?php
/** Puts the encrypted secret of one account in the place of another's: move-secret FROM TO. */

require __DIR__ . '/site.php';

$from         = get_option( "creators_image_refresh_account_$argv[1]" );
$to           = get_option( "creators_image_refresh_account_$argv[2]" );
$to['sealed'] = $from['sealed'];
must( update_option( "creators_image_refresh_account_$argv[2]", $to, false ), 'moving the secret' );
