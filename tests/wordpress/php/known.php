<?php
/** Prints the products whose pictures the plugin knows, "marketplace ASIN" each, sorted. */

require __DIR__ . '/site.php';

global $wpdb;
$known = $wpdb->get_col( "SELECT CONCAT( marketplace, ' ', asin ) FROM {$wpdb->prefix}creators_image_refresh_images" );
sort( $known, SORT_STRING );
echo implode( "\n", $known ), "\n";
