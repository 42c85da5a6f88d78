<?php
/** Runs one slice of refreshing, as WP-Cron would. */

require __DIR__ . '/site.php';

do_action( 'creators_image_refresh_run' );
