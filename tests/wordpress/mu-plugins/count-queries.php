<?php
/**
 * Notes for every page how many queries it made to the plugin's tables, and which of them wrote: a line of JSON each in
 * log/queries.
 */

$GLOBALS['noted_queries'] = array();

add_filter(
	'query',
	static function ( string $query ): string {
		if ( preg_match( '/\bwp_creators_image_refresh_(images|uses)\b/', $query ) ) {
			$GLOBALS['noted_queries'][] = trim( (string) preg_replace( '/\s+/', ' ', $query ) );
		}
		return $query;
	}
);

add_action(
	'shutdown',
	static function (): void {
		$line = json_encode( array( 'path' => $_SERVER['REQUEST_URI'] ?? '', 'queries' => $GLOBALS['noted_queries'] ) );
		file_put_contents( dirname( ABSPATH ) . '/log/queries', $line . "\n", FILE_APPEND | LOCK_EX );
	},
	1000
);
