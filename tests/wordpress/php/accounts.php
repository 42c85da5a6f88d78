<?php
/** Prints the accounts besides the default one, as they stand in the database. */

require __DIR__ . '/site.php';

echo wp_json_encode( get_option( 'creators_image_refresh_accounts' ) );
