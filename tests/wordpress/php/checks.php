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

/**
 * Whether what a call leaves in a shared row holds for so many seconds from the call on, however long the call took: until when
 * lies between the two times at which it may have begun to count.
 */
function holds_for( float $seconds, callable $call, Creators_Image_Refresh\Refresh\Lease\Shared_Row $row ): bool {
	$earliest = Creators_Image_Refresh\Refresh\Lease\Database_Clock::now() + $seconds;
	$call();
	$latest = Creators_Image_Refresh\Refresh\Lease\Database_Clock::now() + $seconds;
	$until  = (float) substr( (string) strrchr( (string) $row->read(), '|' ), 1 );
	// As it is written: to the microsecond.
	return round( $earliest, 4 ) - 0.001 <= $until && $until <= round( $latest, 4 ) + 0.001;
}

kses_remove_filters();
