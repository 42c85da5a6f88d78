<?php
/**
 * Pictures for the tests of the clock, known by their ASINs: clock VERB.
 *
 *   begin MARKETPLACE COUNT [MARKETPLACE COUNT]...   makes them known, in no post; nothing is under way or planned but the
 *                           hourly slice, in an hour
 *   state                   prints how many are known, fresh and due, and by marketplace
 *   pass SECONDS            lets time pass for whatever waits: the leases, refused accounts, what is planned
 *   planned                 prints in how many seconds the next slice is planned
 *   remove                  forgets them and what they left
 */

require __DIR__ . '/site.php';
require __DIR__ . '/pass-time.php';

global $wpdb;
$table   = $wpdb->prefix . 'creators_image_refresh_images';
$planned = wp_next_scheduled( 'creators_image_refresh_run', array( 'later' ) );

switch ( $argv[1] ) {
	case 'begin':
		$last = (int) $wpdb->get_var( "SELECT COUNT(*) FROM $table WHERE asin LIKE 'B0CLK%'" );
		foreach ( array_chunk( array_slice( $argv, 2 ), 2 ) as [ $marketplace, $count ] ) {
			foreach ( array_chunk( range( $last + 1, $last + $count ), 200 ) as $numbers ) {
				$rows = implode(
					', ',
					array_map( static fn( int $number ) => sprintf( "('%s', 'B0CLK%05d')", $marketplace, $number ), $numbers )
				);
				must( $wpdb->query( "INSERT INTO $table (marketplace, asin) VALUES $rows" ), 'adding pictures' );
			}
			$last += $count;
		}
		$wpdb->query(
			"DELETE FROM $wpdb->options WHERE option_name LIKE 'creators_image_refresh_pace_%' OR option_name = 'creators_image_refresh_lock'"
		);
		wp_unschedule_hook( 'creators_image_refresh_run' );
		wp_schedule_event( time() + HOUR_IN_SECONDS, 'hourly', 'creators_image_refresh_run' );
		break;
	case 'state':
		$rows = $wpdb->get_results(
			$wpdb->prepare(
				"SELECT marketplace, COUNT(*) AS known, SUM(CASE WHEN fetched_at > %d AND image IS NOT NULL THEN 1 ELSE 0 END) AS fresh, SUM(CASE WHEN due_at <= %d THEN 1 ELSE 0 END) AS due FROM $table WHERE asin LIKE 'B0CLK%%' GROUP BY marketplace",
				time() - DAY_IN_SECONDS,
				time()
			)
		);
		echo wp_json_encode(
			array(
				'known' => array_sum( array_column( $rows, 'known' ) ),
				'fresh' => array_sum( array_column( $rows, 'fresh' ) ),
				'due'   => array_sum( array_column( $rows, 'due' ) ),
				'by'    => array_column( $rows, 'fresh', 'marketplace' ),
			)
		);
		break;
	case 'pass':
		pass_time( (int) $argv[2] );
		if ( false !== $planned ) {
			wp_unschedule_event( $planned, 'creators_image_refresh_run', array( 'later' ) );
			wp_schedule_single_event( max( 1, $planned - $argv[2] ), 'creators_image_refresh_run', array( 'later' ) );
		}
		break;
	case 'planned':
		echo min( array_filter( array( $planned, wp_next_scheduled( 'creators_image_refresh_run' ) ) ) ) - time();
		break;
	case 'remove':
		$wpdb->query( "DELETE FROM $table WHERE asin LIKE 'B0CLK%'" );
		delete_option( 'creators_image_refresh_answers' );
		wp_unschedule_hook( 'creators_image_refresh_run' );
		break;
}
