<?php
/** Prints every row of every table, a line of JSON each. */

require __DIR__ . '/site.php';

global $wpdb;
foreach ( $wpdb->get_col( 'SHOW TABLES' ) as $table ) {
	foreach ( $wpdb->get_results( "SELECT * FROM `$table`", ARRAY_A ) as $row ) {
		echo $table, ' ', json_encode(
			$row,
			JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE
		), "\n";
	}
}
