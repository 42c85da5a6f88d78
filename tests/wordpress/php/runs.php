<?php
/** Prints when the last run ended that has asked Amazon or came to something. */

require __DIR__ . '/site.php';

echo get_option( 'creators_image_refresh_last_run' )['finished_at'] ?? 'none', "\n";
