<?php
/**
 * What is known of pictures, kept where a page finds it without the database.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Storage;

defined( 'ABSPATH' ) || exit;

/**
 * Remembers entries for the request, and where the site has a persistent object cache, there too. Nothing in it is secret.
 *
 * An entry holds what a page needs to decide, and the Image as JSON; false stands for a picture that has no row.
 *
 * @phpstan-type Entry array{image: string|null, fetched_at: int, failed: bool, seen_at: int}
 */
final class Image_Cache {

	public const GROUP = 'creators_image_refresh';

	private const LIFETIME = 12 * HOUR_IN_SECONDS;

	/**
	 * What this request knows.
	 *
	 * @var array<int, array<string, Entry|false>> By site, then by key.
	 */
	private array $entries = array();

	/**
	 * Which pictures a post's page is known to show, so that nobody has to note it again.
	 *
	 * @var array<int, array<int, array<string, true>>> By site, then by post; 0 stands for whatever is no single post.
	 */
	private array $shown = array();

	/**
	 * The post whose page shows what is rendered at this moment.
	 *
	 * @return int 0 where it is none, or many.
	 */
	public static function current_post(): int {
		if ( in_the_loop() ) {
			return (int) get_the_ID();
		}
		return is_singular() ? (int) get_queried_object_id() : 0;
	}

	/**
	 * The name of a picture here.
	 *
	 * @param string $marketplace Host.
	 * @param string $asin        ASIN.
	 */
	public static function key( string $marketplace, string $asin ): string {
		return $marketplace . ':' . $asin;
	}

	/**
	 * What is known already.
	 *
	 * @param list<string> $keys Which.
	 * @return array<string, Entry|false> By key; what is not known is missing.
	 */
	public function get( array $keys ): array {
		$site  = get_current_blog_id();
		$known = array_intersect_key( $this->entries[ $site ] ?? array(), array_flip( $keys ) );
		$ask   = array_values( array_diff( $keys, array_keys( $known ) ) );
		if ( array() === $ask || ! wp_using_ext_object_cache() ) {
			return $known;
		}
		foreach ( wp_cache_get_multiple( $ask, self::GROUP ) as $key => $entry ) {
			$entry = self::read( $entry );
			if ( null !== $entry ) {
				$this->entries[ $site ][ $key ] = $entry;
				$known[ $key ]                  = $entry;
			}
		}
		return $known;
	}

	/**
	 * Keeps what was read. What a writer has put there meanwhile is newer, and stays.
	 *
	 * @param array<string, Entry|false> $entries By key.
	 */
	public function add( array $entries ): void {
		$site                   = get_current_blog_id();
		$this->entries[ $site ] = ( $this->entries[ $site ] ?? array() ) + $entries;
		if ( array() !== $entries && wp_using_ext_object_cache() ) {
			wp_cache_add_multiple( array_map( array( self::class, 'written' ), $entries ), self::GROUP, self::LIFETIME );
		}
	}

	/**
	 * Keeps what was written.
	 *
	 * @param array<string, Entry> $entries By key.
	 */
	public function put( array $entries ): void {
		$site                   = get_current_blog_id();
		$this->entries[ $site ] = $entries + ( $this->entries[ $site ] ?? array() );
		if ( array() !== $entries && wp_using_ext_object_cache() ) {
			wp_cache_set_multiple( array_map( array( self::class, 'written' ), $entries ), self::GROUP, self::LIFETIME );
		}
	}

	/**
	 * Forgets what is no longer so.
	 *
	 * @param list<string> $keys Which.
	 */
	public function forget( array $keys ): void {
		$site                   = get_current_blog_id();
		$this->entries[ $site ] = array_diff_key( $this->entries[ $site ] ?? array(), array_flip( $keys ) );
		if ( array() !== $keys && wp_using_ext_object_cache() ) {
			wp_cache_delete_multiple( $keys, self::GROUP );
		}
	}

	/**
	 * Whether a post's page is known to show a picture.
	 *
	 * @param int    $post_id The post.
	 * @param string $key     The picture.
	 */
	public function is_shown( int $post_id, string $key ): bool {
		return isset( $this->shown_on( $post_id )[ $key ] );
	}

	/**
	 * Keeps which pictures a post's page shows.
	 *
	 * @param int          $post_id The post.
	 * @param list<string> $keys    The pictures.
	 * @param bool         $is_new  Whether other requests are to know it, too.
	 */
	public function add_shown( int $post_id, array $keys, bool $is_new = false ): void {
		$shown = array_fill_keys( $keys, true ) + $this->shown_on( $post_id );

		$this->shown[ get_current_blog_id() ][ $post_id ] = $shown;
		if ( $is_new && wp_using_ext_object_cache() ) {
			wp_cache_set( "shown on $post_id", array_keys( $shown ), self::GROUP, self::LIFETIME );
		}
	}

	/**
	 * What a post's page is known to show.
	 *
	 * @param int $post_id The post.
	 * @return array<string, true> By key.
	 */
	private function shown_on( int $post_id ): array {
		$site = get_current_blog_id();
		if ( ! isset( $this->shown[ $site ][ $post_id ] ) ) {
			$kept = wp_using_ext_object_cache() ? wp_cache_get( "shown on $post_id", self::GROUP ) : false;

			$this->shown[ $site ][ $post_id ] = is_array( $kept )
				? array_fill_keys( array_filter( $kept, 'is_string' ), true )
				: array();
		}
		return $this->shown[ $site ][ $post_id ];
	}

	/**
	 * An entry as it is kept: object caches answer false for what they do not have.
	 *
	 * @param mixed $entry An entry.
	 */
	private static function written( mixed $entry ): mixed {
		return false === $entry ? 'unknown' : $entry;
	}

	/**
	 * An entry as it was kept; whatever else stands there is none.
	 *
	 * @param mixed $entry From an object cache.
	 * @return Entry|false|null
	 */
	private static function read( mixed $entry ): array|false|null {
		if ( 'unknown' === $entry ) {
			return false;
		}
		return is_array( $entry )
			&& isset( $entry['fetched_at'], $entry['seen_at'], $entry['failed'] )
			&& array_key_exists( 'image', $entry )
			&& ( null === $entry['image'] || is_string( $entry['image'] ) )
			? $entry
			: null;
	}
}
