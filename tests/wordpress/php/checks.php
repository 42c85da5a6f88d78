<?php
/** For scripts that look at the plugin from inside: each thing that must hold prints "ok" or "not ok" with its name. */

require __DIR__ . '/site.php';

function check( string $name, mixed $is, mixed $should = true ): void {
	if ( $is === $should ) {
		echo "ok $name\n";
		return;
	}
	echo "not ok $name: ", wp_json_encode( $is, JSON_UNESCAPED_SLASHES ), ', not ', wp_json_encode(
		$should,
		JSON_UNESCAPED_SLASHES
	), "\n";
}

/** The plugin as another request has it, which knows nothing of what this one has read. */
function another_request( ?Creators_Image_Refresh\Api\Extension $extension = null ): Creators_Image_Refresh\Plugin {
	wp_cache_flush_group( Creators_Image_Refresh\Storage\Image_Cache::GROUP );
	return new Creators_Image_Refresh\Plugin( $extension ?? new Creators_Image_Refresh\Api\Extension() );
}

/** A dead picture in its link, as SiteStripe wrote it. */
function site_stripe( string $asin ): string {
	return '<p><a href="https://www.amazon.com/dp/'
		. $asin
		. '?tag=saltmargins-20"><img border="0" alt="Spoon" src="//ws-na.amazon-adsystem.com/widgets/q?_encoding=UTF8&ASIN='
		. $asin
		. '&Format=_SL160_&ID=AsinImage&MarketPlace=US&ServiceVersion=20070822&WS=1&tag=saltmargins-20"></a></p>';
}

/** @return list<string> The posts, by id, whose pictures the plugin knows: "id ASIN", those that the scanner has found. */
function uses_of( int ...$posts ): array {
	global $wpdb;
	return $wpdb->get_col(
		"SELECT CONCAT( post_id, ' ', asin ) FROM {$wpdb->prefix}creators_image_refresh_uses WHERE on_page = 0 AND post_id IN ("
			. implode( ', ', $posts )
			. ') ORDER BY post_id, asin'
	);
}

function new_post( array $fields ): int {
	return must(
		wp_insert_post( wp_slash( $fields + array( 'post_title' => 'Check', 'post_status' => 'publish' ) ), true ),
		'adding a post'
	);
}

/** Gives a lease to somebody else, whoever has it: for so many seconds, also for less than none. */
function lease_to( string $owner, string $name, float $seconds ): void {
	$GLOBALS['wpdb']->delete( $GLOBALS['wpdb']->options, array( 'option_name' => $name ) );
	must( ( new Creators_Image_Refresh\Refresh\Lease( $name, $owner ) )->take( $seconds ), "giving away $name" );
}

/** Who has a lease, or had it last, with a ! where somebody waits for it; empty where there is none. */
function lease_of( string $name ): string {
	global $wpdb;
	$value = (string) $wpdb->get_var( $wpdb->prepare( "SELECT option_value FROM $wpdb->options WHERE option_name = %s", $name ) );
	return substr( (string) strrchr( $value, '|' ), 1 );
}

/** Whether a lease holds for so many seconds from a call on, however long the call took and the look at it. */
function holds_for( float $seconds, callable $call, string $name ): bool {
	$begun = microtime( true );
	$call();
	$left = ( new Creators_Image_Refresh\Refresh\Lease( $name ) )->left();
	return $left <= $seconds + 0.001 && $left >= $seconds - ( microtime( true ) - $begun ) - 0.001;
}

kses_remove_filters();
