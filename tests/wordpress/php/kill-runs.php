<?php
/**
 * Begins to refresh again and again and kills it, each time at another moment: kill-runs TIMES SEED. Between two runs the time
 * passes for which a killed one holds the others up.
 */

[ , $times, $seed ] = $argv;
mt_srand( (int) $seed );

for ( $time = 0; $time < $times; $time++ ) {
	[ $mine, $child ] = stream_socket_pair( STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0 );
	$pid              = pcntl_fork();
	if ( 0 === $pid ) {
		require __DIR__ . '/site.php';
		global $wpdb;
		foreach ( array( 'lock', 'pace_%' ) as $name ) {
			$wpdb->query(
				"UPDATE $wpdb->options SET option_value = '0|killed' WHERE option_name LIKE 'creators_image_refresh_$name'"
			);
		}
		fwrite( $child, '.' );
		do_action( 'creators_image_refresh_run' );
		exit;
	}
	fclose( $child );
	fread( $mine, 1 );
	usleep( mt_rand( 0, 350000 ) );
	posix_kill( $pid, SIGKILL );
	pcntl_waitpid( $pid, $status );
	fclose( $mine );
	echo pcntl_wifsignaled( $status ) ? 'killed' : 'ended', "\n";
}
