<?php
/**
 * Has page caches drop pages.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Purging;

defined( 'ABSPATH' ) || exit;

/**
 * Knows the page caches there are, and what each of them wants to be told. Whoever calls it knows which posts show something
 * else now; nothing is remembered here. What goes wrong in a page cache, or in whoever listens to the hooks, concerns that post
 * alone.
 */
final class Page_Cache_Purger {

	/** Posts of these kinds stand on any page, as widgets do. */
	private const ON_ANY_PAGE = array( 'wp_block', 'wp_template', 'wp_template_part', 'wp_navigation' );

	/**
	 * What each page cache offers, as its makers document it: a function to call, or an action to do, with a post's id and
	 * for the whole site. `url` marks what takes an address instead of an id.
	 */
	private const CACHES = array(
		'WP Rocket'        => array( 'function rocket_clean_post', 'function rocket_clean_domain' ),
		'LiteSpeed Cache'  => array( 'action litespeed_purge_post', 'action litespeed_purge_all' ),
		'W3 Total Cache'   => array( 'function w3tc_flush_post', 'function w3tc_flush_posts' ),
		'WP Super Cache'   => array( 'function wp_cache_post_change', 'function wp_cache_clear_cache' ),
		'WP Fastest Cache' => array( 'function wpfc_clear_post_cache_by_id', 'function wpfc_clear_all_cache' ),
		'Cache Enabler'    => array( 'action cache_enabler_clear_page_cache_by_post', 'action cache_enabler_clear_site_cache' ),
		'Speed Optimizer'  => array( 'url sg_cachepress_purge_cache', 'function sg_cachepress_purge_everything' ),
	);

	/** Cloudflare's plugin offers methods of a class, under its newer and its older name. */
	private const CLOUDFLARE = array( '\Cloudflare\APO\WordPress\Hooks', '\CF\WordPress\Hooks' );

	/**
	 * Whether what one of these posts shows may stand on any page.
	 *
	 * @param array<int, string> $posts Kind of post by id; 0 for the widgets and whatever is no single post.
	 */
	public static function may_be_anywhere( array $posts ): bool {
		return isset( $posts[0] ) || array() !== array_intersect( $posts, self::ON_ANY_PAGE );
	}

	/**
	 * Has the pages of some posts dropped.
	 *
	 * @param list<int> $posts       Their ids.
	 * @param bool      $page_caches Whether page caches are told as well: not where they were told of the whole site.
	 */
	public function purge_posts( array $posts, bool $page_caches = true ): void {
		foreach ( $posts as $post_id ) {
			self::quietly( static fn() => clean_post_cache( $post_id ) );

			/**
			 * Fires for each post that shows another picture than before, so that page caches drop its page. Fires again where
			 * the process that has told was killed before it could note that.
			 *
			 * @param int $post_id The post.
			 */
			self::quietly( static fn() => do_action( 'creators_image_refresh_post_changed', $post_id ) );
			foreach ( $page_caches ? self::CACHES : array() as $offers ) {
				self::call( $offers[0], array( $post_id ) );
			}
		}
		if ( $page_caches && array() !== $posts ) {
			self::call_cloudflare( 'purgeCacheByRelevantURLs', array( $posts ) );
		}
	}

	/** Has all pages dropped: what stands beside the posts stands on every page. */
	public function purge_site(): void {
		/**
		 * Fires when a picture that may stand on any page is another one, or a setting changes what pages show, so that page
		 * caches drop all pages. Fires again where the process that has told was killed before it could note that.
		 */
		self::quietly( static fn() => do_action( 'creators_image_refresh_site_changed' ) );

		foreach ( self::CACHES as $offers ) {
			self::call( $offers[1], array() );
		}
		self::call_cloudflare( 'purgeCacheEverything', array() );
	}

	/**
	 * Calls what a page cache offers, if it is there.
	 *
	 * @param string    $offer     From the table.
	 * @param list<int> $arguments A post's id, or nothing.
	 */
	private static function call( string $offer, array $arguments ): void {
		list( $way, $name ) = explode( ' ', $offer );
		if ( 'action' === $way ) {
			// phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals -- the page cache's own hook.
			self::quietly( static fn() => do_action( $name, ...$arguments ) );
		} elseif ( function_exists( $name ) ) {
			$told = 'url' === $way ? array( (string) get_permalink( $arguments[0] ) ) : $arguments;
			self::quietly( static fn() => $name( ...$told ) );
		}
	}

	/**
	 * Calls Cloudflare's plugin, if it is there.
	 *
	 * @param string      $method    A method.
	 * @param list<mixed> $arguments Its arguments.
	 */
	private static function call_cloudflare( string $method, array $arguments ): void {
		foreach ( self::CLOUDFLARE as $name ) {
			if ( class_exists( $name ) && method_exists( $name, $method ) ) {
				self::quietly( static fn() => ( new $name() )->$method( ...$arguments ) );
				return;
			}
		}
	}

	/**
	 * Does what others have written. Whatever goes wrong in it is not ours to pass on, and is not to hold up the others, now and
	 * each time again.
	 *
	 * @param callable(): mixed $work What to do.
	 */
	public static function quietly( callable $work ): void {
		try {
			$work();
		} catch ( \Throwable ) {
			return;
		}
	}
}
