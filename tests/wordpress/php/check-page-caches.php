<?php
/** Who is told when a picture has changed, and when nobody is. Needs fresh pictures; leaves the site as it was. */

namespace Cloudflare\APO\WordPress {
	class Hooks {
		public function purgeCacheByRelevantURLs( array $posts ): void {
			\told( 'cloudflare', implode( ' ', $posts ) );
		}
		public function purgeCacheEverything(): void {
			\told( 'cloudflare site' );
		}
	}
}

namespace {
	require __DIR__ . '/checks.php';

	$GLOBALS['told'] = array();

	function told( string $whom, mixed $what = '' ): void {
		$GLOBALS['told'][] = trim( "$whom $what" );
	}
	function all_told(): array {
		$told            = $GLOBALS['told'];
		$GLOBALS['told'] = array();
		sort( $told );
		return $told;
	}

	function rocket_clean_post( int $id ): void {
		told( 'rocket', $id );
	}
	function rocket_clean_domain(): void {
		told( 'rocket site' );
	}
	function w3tc_flush_post( int $id ): void {
		told( 'w3tc', $id );
	}
	function w3tc_flush_posts(): void {
		told( 'w3tc site' );
	}
	function wp_cache_post_change( int $id ): void {
		told( 'super cache', $id );
	}
	function wp_cache_clear_cache(): void {
		told( 'super cache site' );
	}
	function wpfc_clear_post_cache_by_id( int $id ): void {
		throw new RuntimeException( 'this cache is broken' );
	}
	function sg_cachepress_purge_cache( string $url ): void {
		told( 'speed optimizer', wp_parse_url( $url, PHP_URL_PATH ) );
	}
	function sg_cachepress_purge_everything(): void {
		told( 'speed optimizer site' );
	}
	foreach ( array(
		'litespeed_purge_post'                   => 'litespeed',
		'litespeed_purge_all'                    => 'litespeed site',
		'cache_enabler_clear_page_cache_by_post' => 'cache enabler',
		'cache_enabler_clear_site_cache'         => 'cache enabler site',
		'creators_image_refresh_post_changed'    => 'post changed',
		'clean_post_cache'                       => 'wordpress',
	) as $hook => $whom ) {
		add_action( $hook, static fn( $id = '' ) => told( $whom, $id ) );
	}

	/** Fetches a few pictures anew; $spoil has one look different before. */
	function refresh( string $spoil = '' ): void {
		global $wpdb;
		$table = $wpdb->prefix . 'creators_image_refresh_images';
		if ( '' !== $spoil ) {
			$wpdb->query( $wpdb->prepare( "UPDATE $table SET image = REPLACE( image, 'images', 'images-of-old' ) WHERE asin = %s", $spoil ) );
		}
		$wpdb->query( $wpdb->prepare( "UPDATE $table SET due_at = CASE WHEN asin IN ('B0SPOON001', 'B0FORKS001', 'B01OX38TW6') THEN 0 ELSE %d END", time() + HOUR_IN_SECONDS ) );
		$GLOBALS['told'] = array();
		$run             = Creators_Image_Refresh\Plugin::instance()->refresher->run_slice( 60.0, 'person' );
		check( '(they were fetched)', is_array( $run ) && null === $run['stopped'] && ! $run['more'] && $run['refreshed'] >= 3 );
	}

	function told_of( string $path, int $id ): array {
		$told = array( "cache enabler $id", "cloudflare $id", "litespeed $id", "post changed $id", "rocket $id", "speed optimizer $path", "super cache $id", "w3tc $id", "wordpress $id" );
		sort( $told );
		return $told;
	}

	$post = new_post( array( 'post_name' => 'check-caches', 'post_content' => site_stripe( 'B0SPOON001' ) . site_stripe( 'B0FORKS001' ) ) );

	refresh();
	check( 'a picture that comes alive: every cache is told of its post, and the broken one does no harm', all_told(), told_of( '/check-caches/', $post ) );

	refresh();
	check( 'links that came back the same: nobody is told', all_told(), array() );

	refresh( 'B0SPOON001' );
	check( 'a picture that has changed: its post, once', all_told(), told_of( '/check-caches/', $post ) );

	$wpdb->query( "UPDATE {$wpdb->prefix}creators_image_refresh_images SET fetched_at = fetched_at - 3600 WHERE asin <> 'B0SPOON001' AND fetched_at > 0" );
	( new Creators_Image_Refresh\Shared_Row( $wpdb->options, Creators_Image_Refresh\Lock::OPTION ) )->change( null, 'killed|1.0' );
	refresh();
	check( 'a slice that was killed before it could tell: the next one tells of what it may have changed', all_told(), told_of( '/check-caches/', $post ) );

	refresh( 'B01OX38TW6' );
	$site = array_filter( all_told(), static fn( string $told ): bool => ! str_starts_with( $told, 'wordpress' ) && ! str_starts_with( $told, 'post changed' ) );
	check( 'a picture in a widget: the site', array_values( $site ), array( 'cache enabler site', 'cloudflare site', 'litespeed site', 'rocket site', 'speed optimizer site', 'super cache site', 'w3tc site' ) );

	wp_delete_post( $post, true );
}
