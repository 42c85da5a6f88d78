<?php
/**
 * Reads the report and has a slice done by hand, over and over, as people do beside each other: read-status ROUNDS. Says what
 * alarms were given.
 */

require __DIR__ . '/site.php';
require __DIR__ . '/answering-extension.php';

$plugin = new Creators_Image_Refresh\Plugin( new Answering_Extension() );
$alarms = 0;
for ( $round = 0; $round < (int) $argv[1]; $round++ ) {
	wp_cache_flush();
	$said    = wp_json_encode( $plugin->status_report()->all() );
	$pressed = $plugin->refresher()->run_slice( 0.01, 'person' );
	$stopped = is_wp_error( $pressed ) ? $pressed->get_error_code() : ( $pressed['stopped']['status'] ?? '' );
	$alarms += str_contains( $said, 'accepts no changes' ) || 'database_refuses' === $stopped ? 1 : 0;
}
echo $round, ' rounds, ', $alarms, ' alarms';
