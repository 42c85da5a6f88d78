<?php
/** Drops the plugin's tables, as a restored backup of WordPress's own tables alone would. */

require __DIR__ . '/site.php';

global $wpdb;
foreach ( array( 'images', 'uses' ) as $table ) {
	must( $wpdb->query( "DROP TABLE {$wpdb->prefix}creators_image_refresh_$table" ), "dropping $table" );
}
// What processes remember outlives that by five minutes.
Creators_Image_Refresh\Rendering\Cache_Generation::renew();
