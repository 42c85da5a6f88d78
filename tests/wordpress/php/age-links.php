<?php
/** Makes every picture link that the plugin keeps older: age-links HOURS. */

require __DIR__ . '/site.php';

global $wpdb;
must(
    $wpdb->query(
        $wpdb->prepare(
            "UPDATE {$wpdb->prefix}creators_image_refresh_images SET fetched_at = fetched_at - %d, due_at = 0 WHERE fetched_at > 0",
            HOUR_IN_SECONDS * $argv[1]
        )
    ),
    'ageing the links'
);
// Nothing that a process remembers lives so long.
Creators_Image_Refresh\Rendering\Cache_Generation::renew();
