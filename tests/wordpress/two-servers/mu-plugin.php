<?php
/** What this site's owner has set: the agreed rate, and short slices, so that many take turns. Notes down who did a slice. */

add_filter(
	'creators_image_refresh_requests_per_second',
	static fn(): float => (float) file_get_contents( ABSPATH . '../run/rate' )
);
add_filter( 'creators_image_refresh_slice_seconds', static fn(): float => 3.0 );
add_action(
	'creators_image_refresh_slice_over',
	static function (): void {
		$who = 'cli' === PHP_SAPI
			? basename( $_SERVER['argv'][0], '.php' )
			: ( wp_doing_cron() ? 'WP-Cron' : 'person' ) . ':' . $_SERVER['SERVER_PORT'];
		file_put_contents( ABSPATH . '../run/slices', $who . ' ' . getmypid() . "\n", FILE_APPEND );
	}
);
