<?php
/**
 * What the tests of faults do inside a site: faults/inside VERB.
 *
 *   begin COUNT [alone]   that many pictures that were never fetched, in no post, and those of the posts are due too, or
 *                  else are not; the hourly slice is due now, and nothing else is under way
 *   pass SECONDS   lets time pass for all that waits: the lock, the pace, refused accounts, pictures, and what is planned
 *   forget         has every process forget what it remembers of pages, as five minutes do
 *   state          prints "KNOWN known, FRESH fresh, DUE due, REFUSED refused"
 *   planned [later]        prints in how many seconds the next slice is planned; or the next that does not follow another at once
 *   press          presses "Refresh now" once, and prints what is said
 *   runs           prints what stopped the last run
 *   cookie         prints what a browser sends where the administrator is logged in
 */

require dirname( __DIR__ ) . '/php/site.php';
require dirname( __DIR__ ) . '/php/pass-time.php';

global $wpdb;
$table = $wpdb->prefix . 'creators_image_refresh_images';
$rows  = "FROM $wpdb->options WHERE option_name LIKE 'creators_image_refresh_pace_%' OR option_name = 'creators_image_refresh_lock'";

switch ( $argv[1] ) {
	case 'begin':
		$wpdb->query( "DELETE FROM $table WHERE asin LIKE 'B0CLK%'" );
		foreach ( array_chunk( $argv[2] > 0 ? range( 1, (int) $argv[2] ) : array(), 200 ) as $numbers ) {
			must(
				$wpdb->query(
					"INSERT INTO $table (marketplace, asin) VALUES " . implode(
						', ',
						array_map( static fn( int $number ) => sprintf( "('www.amazon.com', 'B0CLK%05d')", $number ), $numbers )
					)
				),
				'adding pictures'
			);
		}
		$wpdb->query(
			$wpdb->prepare(
				"UPDATE $table SET due_at = %d WHERE failed_code = '' AND asin NOT LIKE 'B0CLK%%'",
				isset( $argv[3] ) ? time() + 2 * DAY_IN_SECONDS : 1
			)
		);
		$wpdb->query( "DELETE $rows" );
		delete_option( 'creators_image_refresh_answers' );
		delete_option( 'creators_image_refresh_database_refusal' );
		delete_transient( 'doing_cron' );
		// WordPress's own jobs wait for servers that are not there.
		_set_cron_array( array() );
		wp_schedule_event( time() - 1, 'hourly', 'creators_image_refresh_run' );
		wp_schedule_event( time() + 30 * MINUTE_IN_SECONDS, 'hourly', 'creators_image_refresh_scan' );
		break;
	case 'forget':
		Creators_Image_Refresh\Rendering\Cache_Generation::renew();
		break;
	case 'pass':
		pass_time( (int) $argv[2] );
		$wpdb->query(
			$wpdb->prepare(
				"UPDATE $table SET due_at = CASE WHEN due_at > %d THEN due_at - %d ELSE due_at END, fetched_at = CASE WHEN fetched_at > %d THEN fetched_at - %d ELSE fetched_at END",
				$argv[2],
				$argv[2],
				$argv[2],
				$argv[2]
			)
		);
		Creators_Image_Refresh\Rendering\Cache_Generation::renew();
		$events = array();
		foreach ( _get_cron_array() as $time => $hooks ) {
			foreach ( $hooks as $hook => $planned ) {
				$events[ max( 1, $time - $argv[2] ) ][ $hook ] = $planned + (
					$events[ max( 1, $time - $argv[2] ) ][ $hook ] ?? array()
				);
			}
		}
		ksort( $events );
		_set_cron_array( $events );
		delete_transient( 'doing_cron' );
		break;
	case 'state':
		$state = $wpdb->get_row(
			$wpdb->prepare(
				"SELECT COUNT(*) AS known, SUM(CASE WHEN fetched_at > %d AND image IS NOT NULL THEN 1 ELSE 0 END) AS fresh, SUM(CASE WHEN due_at <= %d THEN 1 ELSE 0 END) AS due FROM $table WHERE failed_code = ''",
				time() - DAY_IN_SECONDS,
				time()
			),
			ARRAY_A
		);
		printf(
			'%d known, %d fresh, %d due, %d refused',
			$state['known'],
			$state['fresh'],
			$state['due'],
			count( array_filter( array_column( get_option( 'creators_image_refresh_answers', array() ), 'until' ) ) )
		);
		break;
	case 'planned':
		$times = array(
			wp_next_scheduled( 'creators_image_refresh_run' ),
			wp_next_scheduled( 'creators_image_refresh_run', array( 'later' ) ),
		);
		$times = isset( $argv[2] )
			? $times
			: array( ...$times, wp_next_scheduled( 'creators_image_refresh_run', array( 'next' ) ) );
		echo min( array_filter( $times ) ) - time();
		break;
	case 'press':
		echo Creators_Image_Refresh\Plugin::instance()->refresh_now( 5.0, true )['sentence'];
		break;
	case 'runs':
		echo get_option( 'creators_image_refresh_last_run' )['stopped']['status'] ?? 'nothing';
		break;
	case 'cookie':
		$_COOKIE = array();
		$expires = time() + HOUR_IN_SECONDS;
		$token   = WP_Session_Tokens::get_instance( 1 )->create( $expires );
		echo LOGGED_IN_COOKIE, '=', wp_generate_auth_cookie(
			1,
			$expires,
			'logged_in',
			$token
		), '; ', AUTH_COOKIE, '=', wp_generate_auth_cookie( 1, $expires, 'auth', $token );
		break;
}
