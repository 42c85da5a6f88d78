<?php
/** Runs one slice of refreshing, as WP-Cron would. */

require __DIR__ . '/site.php';

wp_unschedule_hook( 'creators_image_refresh_run' );
Creators_Image_Refresh\Plugin::instance()->schedule->ensure();
do_action( 'creators_image_refresh_run' );
