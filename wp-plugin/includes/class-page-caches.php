<?php
/**
 * Tells page caches whose pictures have changed.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Collects pictures that look different now, and once a slice is over tells WordPress and the page caches there are which
 * posts show them. A link that came back the same tells nobody anything.
 */
final class Page_Caches {

	/**
	 * Posts of these kinds stand on any page, as widgets do.
	 */
	private const ON_ANY_PAGE = array( 'wp_block', 'wp_template', 'wp_template_part', 'wp_navigation' );

	/**
	 * What each page cache offers, as its makers document it: a function to call, or an action to do, with a post's id and
	 * for the whole site. `url` marks what takes an address instead of an id.
	 */
	private const CACHES = array(
		'WP Rocket'        => array(
			'post' => array( 'function', 'rocket_clean_post' ),
			'site' => array( 'function', 'rocket_clean_domain' ),
		),
		'LiteSpeed Cache'  => array(
			'post' => array( 'action', 'litespeed_purge_post' ),
			'site' => array( 'action', 'litespeed_purge_all' ),
		),
		'W3 Total Cache'   => array(
			'post' => array( 'function', 'w3tc_flush_post' ),
			'site' => array( 'function', 'w3tc_flush_posts' ),
		),
		'WP Super Cache'   => array(
			'post' => array( 'function', 'wp_cache_post_change' ),
			'site' => array( 'function', 'wp_cache_clear_cache' ),
		),
		'WP Fastest Cache' => array(
			'post' => array( 'function', 'wpfc_clear_post_cache_by_id' ),
			'site' => array( 'function', 'wpfc_clear_all_cache' ),
		),
		'Cache Enabler'    => array(
			'post' => array( 'action', 'cache_enabler_clear_page_cache_by_post' ),
			'site' => array( 'action', 'cache_enabler_clear_site_cache' ),
		),
		'Speed Optimizer'  => array(
			'post' => array( 'url', 'sg_cachepress_purge_cache' ),
			'site' => array( 'function', 'sg_cachepress_purge_everything' ),
		),
	);

	/**
	 * Cloudflare's plugin offers methods of a class, under its newer and its older name.
	 */
	private const CLOUDFLARE = array( '\Cloudflare\APO\WordPress\Hooks', '\CF\WordPress\Hooks' );

	/**
	 * Pictures that look different now.
	 *
	 * @var array<int, array<string, array{marketplace: string, asin: string}>> By site, then by key.
	 */
	private array $changed = array();

	/**
	 * Takes who knows where pictures stand.
	 *
	 * @param Use_Store $uses Knows which post shows which picture.
	 */
	public function __construct( private Use_Store $uses ) {}

	/**
	 * Notes pictures that look different now.
	 *
	 * @param mixed $pictures A list of pictures.
	 */
	public function note( mixed $pictures ): void {
		$site = get_current_blog_id();
		foreach ( is_array( $pictures ) ? $pictures : array() as $picture ) {
			$this->changed[ $site ][ Image_Cache::key( $picture['marketplace'], $picture['asin'] ) ] = $picture;
		}
	}

	/**
	 * Tells what was noted: when a slice is over, and at the end of a request whose slice did not come to its end.
	 */
	public function tell(): void {
		$site    = get_current_blog_id();
		$changed = array_values( $this->changed[ $site ] ?? array() );
		unset( $this->changed[ $site ] );
		if ( array() === $changed || Database::is_away() ) {
			return;
		}
		$posts = array();
		$all   = false;
		foreach ( $this->uses->posts_with( $changed ) as $post_id => $type ) {
			if ( 0 === $post_id || in_array( $type, self::ON_ANY_PAGE, true ) ) {
				$all = true;
			}
			if ( $post_id > 0 ) {
				$posts[] = $post_id;
			}
		}
		foreach ( $posts as $post_id ) {
			clean_post_cache( $post_id );

			/**
			 * Fires for each post that shows another picture than before, so that page caches drop its page.
			 *
			 * @param int $post_id The post.
			 */
			do_action( 'creators_image_refresh_post_changed', $post_id );
		}
		if ( $all ) {
			$this->tell_of_site();
		} else {
			$this->tell_of_posts( $posts );
		}
	}

	/**
	 * Tells of the whole site, where a setting has changed what pages show.
	 *
	 * @param mixed $old What was saved before.
	 * @param mixed $now What is saved now.
	 */
	public function on_settings_changed( mixed $old, mixed $now ): void {
		if ( ! is_array( $old ) || ! is_array( $now ) || ( $old['refresh_images'] ?? null ) !== ( $now['refresh_images'] ?? null ) ) {
			$this->tell_of_site();
		}
	}

	/**
	 * Tells the page caches of some posts.
	 *
	 * @param list<int> $posts Their ids.
	 */
	private function tell_of_posts( array $posts ): void {
		foreach ( $posts as $post_id ) {
			foreach ( self::CACHES as $offers ) {
				self::call( $offers['post'], array( $post_id ) );
			}
		}
		if ( array() !== $posts ) {
			self::call_cloudflare( 'purgeCacheByRelevantURLs', array( $posts ) );
		}
	}

	/**
	 * Tells the page caches of everything: what stands beside the posts stands on every page.
	 */
	private function tell_of_site(): void {
		/**
		 * Fires when a picture that may stand on any page is another one, so that page caches drop all pages.
		 */
		do_action( 'creators_image_refresh_site_changed' );

		foreach ( self::CACHES as $offers ) {
			self::call( $offers['site'], array() );
		}
		self::call_cloudflare( 'purgeCacheEverything', array() );
	}

	/**
	 * Calls what a page cache offers, if it is there. Whatever goes wrong in it is not ours to pass on.
	 *
	 * @param array{0: string, 1: string} $offer     From the table.
	 * @param list<int>                   $arguments A post's id, or nothing.
	 */
	private static function call( array $offer, array $arguments ): void {
		list( $way, $name ) = $offer;
		try {
			if ( 'action' === $way ) {
				do_action( $name, ...$arguments ); // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals -- the page cache's own hook.
			} elseif ( function_exists( $name ) ) {
				$name( ...( 'url' === $way ? array( (string) get_permalink( $arguments[0] ) ) : $arguments ) );
			}
		} catch ( \Throwable ) {
			return;
		}
	}

	/**
	 * Calls Cloudflare's plugin, if it is there.
	 *
	 * @param string       $method    A method.
	 * @param list<mixed>  $arguments Its arguments.
	 */
	private static function call_cloudflare( string $method, array $arguments ): void {
		foreach ( self::CLOUDFLARE as $name ) {
			if ( ! class_exists( $name ) || ! method_exists( $name, $method ) ) {
				continue;
			}
			try {
				( new $name() )->$method( ...$arguments );
			} catch ( \Throwable ) {
				return;
			}
			return;
		}
	}
}
