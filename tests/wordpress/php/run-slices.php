<?php
/**
 * Runs slice after slice of refreshing, as a cron that comes all the time would, until nothing of clock.php's is due any more
 * that may be asked for. Several of these at once are several servers.
 */

require __DIR__ . '/site.php';

global $wpdb;
$give_up = time() + 60;
while (
	$wpdb->get_var(
		$wpdb->prepare(
			"SELECT 1 FROM {$wpdb->prefix}creators_image_refresh_images WHERE asin LIKE 'B0CLK%%' AND due_at <= %d LIMIT 1",
			time()
		)
	)
) {
	time() < $give_up || must( false, 'finishing within 60 seconds' );
	do_action( 'creators_image_refresh_run' );
	wp_cache_delete( 'creators_image_refresh_answers', 'options' );
	if ( 0 < array_sum( array_column( get_option( 'creators_image_refresh_answers', array() ), 'until' ) ) ) {
		break;
	}
	usleep( 50000 );
}
