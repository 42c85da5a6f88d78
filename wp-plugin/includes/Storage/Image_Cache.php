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
 * Remembers entries in WordPress's object cache: for the request, and where the site has a persistent one, for all. Nothing in
 * it is secret.
 *
 * An entry holds what a page needs to decide, and the Image as JSON; false stands for a picture that has no row.
 *
 * @phpstan-type Entry array{image: string|null, fetched_at: int, failed: bool, seen_at: int}
 */
final class Image_Cache {

	public const GROUP = 'creators_image_refresh';

	private const KEPT_FOR = 12 * HOUR_IN_SECONDS;

	/** Stands for false, which object caches answer for what they do not have. */
	private const NO_ROW = 'unknown';

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
	 * @return array<string, Entry|false> By key; what is not known, or odd, is missing.
	 */
	public function get( array $keys ): array {
		$known = array();
		foreach ( wp_cache_get_multiple( $keys, self::GROUP ) as $key => $entry ) {
			if ( self::NO_ROW === $entry ) {
				$known[ $key ] = false;
			} elseif (
				is_array( $entry )
				&& isset( $entry['fetched_at'], $entry['seen_at'], $entry['failed'] )
				&& is_string( $entry['image'] ?? '' )
			) {
				$known[ $key ] = $entry + array( 'image' => null );
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
		$kept = array_map( static fn( array|false $entry ): array|string => false === $entry ? self::NO_ROW : $entry, $entries );
		wp_cache_add_multiple( $kept, self::GROUP, self::KEPT_FOR );
	}

	/**
	 * Keeps what was written.
	 *
	 * @param array<string, Entry> $entries By key.
	 */
	public function put( array $entries ): void {
		wp_cache_set_multiple( $entries, self::GROUP, self::KEPT_FOR );
	}

	/**
	 * Forgets what is no longer so.
	 *
	 * @param list<string> $keys Which.
	 */
	public function forget( array $keys ): void {
		wp_cache_delete_multiple( $keys, self::GROUP );
	}

	/**
	 * Whether a post's page is known to show a picture, so that nobody has to note it again.
	 *
	 * @param int    $post_id The post; 0 stands for whatever is no single post.
	 * @param string $key     The picture.
	 */
	public function is_shown( int $post_id, string $key ): bool {
		return in_array( $key, (array) wp_cache_get( "shown on $post_id", self::GROUP ), true );
	}

	/**
	 * Keeps which pictures a post's page shows.
	 *
	 * @param int          $post_id The post.
	 * @param list<string> $keys    The pictures.
	 */
	public function add_shown( int $post_id, array $keys ): void {
		$shown = array_filter( (array) wp_cache_get( "shown on $post_id", self::GROUP ), 'is_string' );
		wp_cache_set( "shown on $post_id", array_values( array_unique( array( ...$shown, ...$keys ) ) ), self::GROUP, self::KEPT_FOR );
	}
}
