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
			$wpdb->query(
				$wpdb->prepare( "UPDATE $table SET image = REPLACE( image, 'images', 'images-of-old' ) WHERE asin = %s", $spoil )
			);
		}
		$wpdb->query(
			$wpdb->prepare(
				"UPDATE $table SET due_at = CASE WHEN asin IN ('B0SPOON001', 'B0FORKS001', 'B01OX38TW6') THEN 0 ELSE %d END",
				time() + HOUR_IN_SECONDS
			)
		);
		$GLOBALS['told'] = array();
		$run             = Creators_Image_Refresh\Plugin::instance()->refresher()->run_slice( 60.0, 'person' );
		check( '(they were fetched)', is_array( $run ) && null === $run['stopped'] && ! $run['more'] && $run['refreshed'] >= 3 );
	}

	function told_of( string $path, int $id ): array {
		$told = array(
			"cache enabler $id",
			"cloudflare $id",
			"litespeed $id",
			"post changed $id",
			"rocket $id",
			"speed optimizer $path",
			"super cache $id",
			"w3tc $id",
			"wordpress $id",
		);
		sort( $told );
		return $told;
	}

	$post = new_post(
		array( 'post_name' => 'check-caches', 'post_content' => site_stripe( 'B0SPOON001' ) . site_stripe( 'B0FORKS001' ) )
	);

	refresh();
	check(
		'a picture that comes alive: every cache is told of its post, and the broken one does no harm',
		all_told(),
		told_of( '/check-caches/', $post )
	);

	refresh();
	check( 'links that came back the same: nobody is told', all_told(), array() );

	refresh( 'B0SPOON001' );
	check( 'a picture that has changed: its post, once', all_told(), told_of( '/check-caches/', $post ) );

	// Whoever is told changes it once more: what was read before is not what is taken out.
	$plugin = Creators_Image_Refresh\Plugin::instance();
	$table  = $wpdb->prefix . 'creators_image_refresh_images';
	$again  = static function () use ( &$again, $plugin ): void {
		remove_action( 'creators_image_refresh_post_changed', $again, 99 );
		$image = array(
			'medium'     => array( 'url' => 'https://m.media-amazon.com/images/I/again.jpg', 'width' => 160, 'height' => 120 ),
			'fetched_at' => time(),
		);
		$plugin->images()->save_images( array( 'www.amazon.com' ), array( 'B0SPOON001' => $image ) );
	};
	add_action( 'creators_image_refresh_post_changed', $again, 99 );
	refresh( 'B0SPOON001' );
	$twice = array_merge( told_of( '/check-caches/', $post ), told_of( '/check-caches/', $post ) );
	sort( $twice );
	check( 'a picture that changes while its post is told: the post, once more', all_told(), $twice );
	check( 'and then there is nothing left to tell', $plugin->purge_outbox()->is_empty() );

	$throws = static fn() => throw new RuntimeException( 'this listener is broken' );
	foreach ( array( 'images_changed', 'post_changed' ) as $hook ) {
		add_action( "creators_image_refresh_$hook", $throws, 0 );
	}
	refresh( 'B0SPOON001' );
	$others = told_of( '/check-caches/', $post );
	unset( $others[ array_search( "post changed $post", $others, true ) ] );
	check( 'whoever listens and fails: the others are told', all_told(), array_values( $others ) );
	foreach ( array( 'images_changed', 'post_changed' ) as $hook ) {
		remove_action( "creators_image_refresh_$hook", $throws, 0 );
	}

	$sent = $plugin->images()->save_images(
		array( 'www.amazon.com' ),
		array( 'B0SPOON001' => array( 'medium' => null, 'fetched_at' => time() ) )
	);
	$plugin->purge_outbox()->tell( 0.0 );
	check(
		'no time left: nothing is told, and nothing forgotten',
		array( $sent, all_told(), $plugin->purge_outbox()->is_empty() ),
		array( 1, array(), false )
	);
	$plugin->scheduler()->purge_soon();
	check( 'a slice is planned for it', is_int( wp_next_scheduled( 'creators_image_refresh_purge', array( 'next' ) ) ) );
	do_action( 'creators_image_refresh_purge' );
	check( 'which tells', all_told(), told_of( '/check-caches/', $post ) );
	wp_unschedule_hook( 'creators_image_refresh_purge' );

	// Where words are wanted, one that Amazon turns out not to have becomes what its author wrote.
	update_option( 'creators_image_refresh_when_refused', 'words' );
	all_told();
	$fail = static fn() => $plugin->images()->save_failures(
		array( 'www.amazon.com' ),
		array( 'B0FORKS001' => array( 'code' => 'ItemNotAccessible' ) )
	);
	$fail();
	$plugin->purge_outbox()->tell( 9.0 );
	check( 'a failure of one whose link is still good: nobody is told', all_told(), array() );
	$wpdb->query(
		$wpdb->prepare(
			"UPDATE $table SET fetched_at = %d, failed_code = '' WHERE asin = 'B0FORKS001'",
			time() - DAY_IN_SECONDS - 60
		)
	);
	$fail();
	$plugin->purge_outbox()->tell( 9.0 );
	check( 'of one that words stand for: its post', all_told(), told_of( '/check-caches/', $post ) );
	$fail();
	$plugin->purge_outbox()->tell( 9.0 );
	check( 'the same failure again: nobody', all_told(), array() );
	$wpdb->query( "UPDATE $table SET fetched_at = 0, failed_code = '', attempts = 0 WHERE asin = 'B0FORKS001'" );
	delete_option( 'creators_image_refresh_when_refused' );
	$plugin->purge_outbox()->tell( 9.0 );
	refresh();
	all_told();

	// A page that was kept for longer than a picture is known that only pages show.
	$wpdb->insert(
		$table,
		array(
			'marketplace' => 'www.amazon.com',
			'asin'        => 'B0UNSEEN01',
			'due_at'      => time() + DAY_IN_SECONDS,
			'seen_at'     => 1,
			'posts'       => 1,
		)
	);
	$wpdb->insert(
		$wpdb->prefix . 'creators_image_refresh_uses',
		array( 'post_id' => $post, 'marketplace' => 'www.amazon.com', 'asin' => 'B0UNSEEN01', 'on_page' => 1 )
	);
	$plugin->scanner()->restart();
	while ( ! $plugin->scanner()->scan_slice( 9.0 )['complete'] ) {
		continue;
	}
	check(
		'a picture that is dropped since no page has shown it: its page is made anew',
		array( all_told(), $wpdb->get_var( "SELECT COUNT(*) FROM $table WHERE asin = 'B0UNSEEN01'" ) ),
		array( told_of( '/check-caches/', $post ), '0' )
	);

	refresh( 'B01OX38TW6' );
	$site = array_filter(
		all_told(),
		static fn( string $told ): bool => ! str_starts_with( $told, 'wordpress' ) && ! str_starts_with( $told, 'post changed' )
	);
	check(
		'a picture in a widget: the site',
		array_values( $site ),
		array(
			'cache enabler site',
			'cloudflare site',
			'litespeed site',
			'rocket site',
			'speed optimizer site',
			'super cache site',
			'w3tc site',
		)
	);

	wp_delete_post( $post, true );
}
