<?php
/** Has the last run stopped by a status, or by nothing: say-refused invalid_credentials. */

require __DIR__ . '/site.php';

$run            = (array) get_option( 'creators_image_refresh_last_run' );
$run['stopped'] = '' === $argv[1]
    ? null
    : array( 'status' => $argv[1], 'reason' => '', 'message' => '', 'retry_after' => null, 'marketplace' => 'www.amazon.com' );
update_option( 'creators_image_refresh_last_run', $run, false );
