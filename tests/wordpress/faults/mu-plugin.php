<?php
/**
 * What Amazon grants here, and who it is that asks a database that is not there: WordPress itself does, while a page goes out.
 */

add_filter( 'creators_image_refresh_requests_per_second', static fn() => 10.0 );
add_action(
	'doing_it_wrong_run',
	static function ( $function ): void {
		if ( 'wpdb' === $function && str_contains( (string) wp_debug_backtrace_summary(), 'Creators_Image_Refresh' ) ) {
			error_log( 'The plugin asks a database that is not there: ' . wp_debug_backtrace_summary() );
		}
	}
);
