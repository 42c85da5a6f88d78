<?php
/** Prints what the plugin has left in the database: nothing, if it was deleted. */

require __DIR__ . '/site.php';

global $wpdb;
$name = '%' . $wpdb->esc_like( 'creators_image_refresh' ) . '%';
echo implode(
	"\n",
	array_merge(
		$wpdb->get_col( $wpdb->prepare( "SELECT option_name FROM $wpdb->options WHERE option_name LIKE %s", $name ) ),
		$wpdb->get_col( $wpdb->prepare( "SELECT meta_key FROM $wpdb->usermeta WHERE meta_key LIKE %s", $name ) ),
		$wpdb->get_col( $wpdb->prepare( "SELECT meta_key FROM $wpdb->postmeta WHERE meta_key LIKE %s", $name ) ),
		preg_grep( '/creators_image_refresh/', $wpdb->get_col( 'SHOW TABLES' ) ),
		preg_grep( '/creators_image_refresh/', array_merge( ...array_map( 'array_keys', array_values( _get_cron_array() ) ) ) )
	)
);
