<?php
/** Runs the plugin's jobs and every further slice they plan, as WP-Cron would: until nothing is planned for now. */

require __DIR__ . '/site.php';

const JOBS = array( 'creators_image_refresh_scan', 'creators_image_refresh_run', 'creators_image_refresh_purge' );

/** @return array{time: int, hook: string, args: array}|null */
function next_slice(): ?array {
	foreach ( _get_cron_array() as $time => $hooks ) {
		foreach ( array_intersect_key( $hooks, array_flip( JOBS ) ) as $hook => $events ) {
			foreach ( $events as $event ) {
				// What is planned for later is no slice that follows another.
				if ( array( 'next' ) === $event['args'] ) {
					return array( 'time' => $time, 'hook' => $hook, 'args' => $event['args'] );
				}
			}
		}
	}
	return null;
}

$give_up = time() + 90;
array_map( 'do_action', JOBS );
for ( $slice = next_slice(); null !== $slice; $slice = next_slice() ) {
	time() < $give_up || must( false, 'finishing the refresh within 90 seconds' );
	if ( $slice['time'] > time() ) {
		usleep( 100000 );
		continue;
	}
	wp_unschedule_event( $slice['time'], $slice['hook'], $slice['args'] );
	do_action_ref_array( $slice['hook'], $slice['args'] );
}
