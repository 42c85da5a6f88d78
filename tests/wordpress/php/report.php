<?php
/** Prints what the plugin knows, marketplace by marketplace. Fails where a picture is still without a fresh link. */

require __DIR__ . '/site.php';

global $wpdb;
$rows = $wpdb->get_results(
	$wpdb->prepare(
		"SELECT i.marketplace, COUNT(*) AS found, SUM( CASE WHEN i.fetched_at > %d THEN 1 ELSE 0 END ) AS fresh
		FROM {$wpdb->prefix}creators_image_refresh_images AS i GROUP BY i.marketplace ORDER BY found DESC, i.marketplace",
		time() - DAY_IN_SECONDS
	)
);
array() === $rows && must( false, 'finding pictures in the posts' );

$found = array_sum( array_column( $rows, 'found' ) );
$fresh = array_sum( array_column( $rows, 'fresh' ) );
printf( "%-20s %6s %10s\n", 'marketplace', 'found', 'refreshed' );
foreach ( $rows as $row ) {
	printf( "%-20s %6d %10d\n", preg_replace( '/^www\./', '', $row->marketplace ), $row->found, $row->fresh );
}
printf( "%-20s %6d %10d\n", 'together', $found, $fresh );

if ( $fresh < $found ) {
	$run = get_option( 'creators_image_refresh_last_run' );
	must( false, 'refreshing every picture (the last run: ' . wp_json_encode( $run ) . ')' );
}
