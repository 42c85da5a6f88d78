<?php
/** Lets time pass for whatever waits between processes: the leases, refused accounts, and a database that refused. */

function pass_time( int $seconds ): void {
	global $wpdb;
	foreach (
		$wpdb->get_results(
			"SELECT option_name, option_value FROM $wpdb->options WHERE option_name LIKE 'creators_image_refresh_pace_%' OR option_name = 'creators_image_refresh_lock'"
		) as $row
	) {
		[ $until, $owner ] = explode( '|', $row->option_value );
		$wpdb->update(
			$wpdb->options,
			array( 'option_value' => ( $until - 1000000 * $seconds ) . "|$owner" ),
			array( 'option_name' => $row->option_name )
		);
	}
	$answers = get_option( 'creators_image_refresh_answers', array() );
	foreach ( $answers as $key => $answer ) {
		$answers[ $key ]['until'] -= $seconds;
		$answers[ $key ]['at']    -= $seconds;
	}
	update_option( 'creators_image_refresh_answers', $answers, false );
	$refusal = get_option( 'creators_image_refresh_database_refusal' );
	if ( is_array( $refusal ) ) {
		update_option(
			'creators_image_refresh_database_refusal',
			array( 'until' => $refusal['until'] - $seconds ) + $refusal,
			false
		);
	}
}
