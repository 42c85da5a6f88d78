<?php
/**
 * What a page may show in the place of its pictures.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Rendering;

use Creators_Image_Refresh\Api\Extension;
use Creators_Image_Refresh\Discovery\Image_Finder;
use Creators_Image_Refresh\Settings\Fallback_Policy;
use Creators_Image_Refresh\Settings\Image_Age;
use Creators_Image_Refresh\Storage\Image_Cache;
use Creators_Image_Refresh\Storage\Image_Reader;
use Creators_Image_Refresh\Storage\Schema;
use WP_Post;
use WP_Term;

defined( 'ABSPATH' ) || exit;

/**
 * Looks up the pictures of a page: with one query for all its posts, its widgets and its template, made when the first
 * picture is met; with none where a persistent object cache has them; and never for a page without pictures.
 *
 * @phpstan-import-type Image from Extension
 * @phpstan-import-type Entry from Image_Cache
 */
final class Page_Image_Lookup {

	private const REUSABLE_BLOCK = '/<!--\s+wp:block\s+\{[^}]*"ref":(\d+)/';

	/**
	 * For which sites the page as a whole has been looked at.
	 *
	 * @var array<int, true>
	 */
	private array $primed = array();

	/**
	 * Takes what it works with.
	 *
	 * @param Image_Reader $reader Reads.
	 * @param Image_Cache  $cache  Remembers.
	 * @param Image_Finder $finder Finds pictures.
	 */
	public function __construct( private Image_Reader $reader, private Image_Cache $cache, private Image_Finder $finder ) {}

	/**
	 * What is known of some pictures.
	 *
	 * @param list<array{marketplace: string, asin: string}> $pictures Which. Others of the page are read along with the first,
	 *                                                                 which come later.
	 * @return array<string, Entry|false> By Image_Cache::key(); false where a picture has no row.
	 */
	public function look_up( array $pictures ): array {
		$wanted = self::by_key( $pictures );
		$known  = $this->cache->get( array_keys( $wanted ) );
		if ( count( $known ) === count( $wanted ) || ! Schema::is_readable() ) {
			return $known;
		}
		$site  = get_current_blog_id();
		$posts = array();
		$ask   = $wanted;
		if ( ! isset( $this->primed[ $site ] ) ) {
			$this->primed[ $site ] = true;
			$posts                 = self::posts_of_page();
			$ask                  += self::by_key( $this->finder->find( self::html_of_page( $posts ) ) );
		}
		$ask     = array_diff_key( $ask, $this->cache->get( array_keys( $ask ) ) );
		$entries = $this->reader->read( array_values( $ask ), array() === $posts ? null : array_keys( $posts ) );
		if ( null === $entries ) {
			return $known;
		}
		$this->cache->add( $entries + array_fill_keys( array_keys( $ask ), false ) );
		return $this->cache->get( array_keys( $wanted ) );
	}

	/**
	 * What is to be shown of each picture that has a row.
	 *
	 * @param array<string, Entry|false> $entries From look_up().
	 * @return array<string, array<array-key, string|array<string, mixed>|null>> By marketplace, then by ASIN: an Image, as JSON
	 *                                                                           unless somebody filters it; else 'words'; null
	 *                                                                           where neither is there.
	 */
	public function shown( array $entries ): array {
		$shown = array();
		foreach ( $entries as $key => $entry ) {
			if ( false !== $entry ) {
				list( $marketplace, $asin )     = explode( ':', $key, 2 );
				$shown[ $marketplace ][ $asin ] = null !== $entry['image'] && Image_Age::may_show( $entry['fetched_at'] )
					? self::image( $entry, $marketplace, $asin )
					: self::words( $entry, $marketplace, $asin );
			}
		}
		return $shown;
	}

	/**
	 * The Image to show of a picture.
	 *
	 * @param Entry  $entry       It has one that may be shown.
	 * @param string $marketplace Host.
	 * @param string $asin        ASIN.
	 * @return string|array<string, mixed>|null
	 */
	private static function image( array $entry, string $marketplace, string $asin ): string|array|null {
		$image = $entry['image'];
		if ( has_filter( 'creators_image_refresh_image' ) ) {
			/**
			 * Filters what is shown of a product, before the page is rewritten.
			 *
			 * @param array<string, mixed>|null $image       small, medium, large and hires (url, width, height), title,
			 *                                               detail_page_url, fetched_at; null leaves the picture as it was written.
			 * @param string                    $marketplace Its host, for instance `www.amazon.de`.
			 * @param string                    $asin        The product.
			 */
			try {
				$image = Image_Reader::image( $image, $marketplace );
				$image = apply_filters( 'creators_image_refresh_image', $image, $marketplace, $asin );
			} catch ( \Throwable ) {
				// It spoils this picture alone.
				return null;
			}
			return is_array( $image ) ? $image : null;
		}
		$ends = Image_Age::may_end( $entry['fetched_at'], Cache_Generation::LIFETIME );
		if ( ! $ends && Image_Reader::leads_to( $image, $marketplace ) ) {
			return $image;
		}
		$image = Image_Reader::image( $image, $marketplace );
		return null === $image ? null : array( 'once' => $ends ) + $image;
	}

	/**
	 * The words to show instead of a picture that has no link to show: only where the owner wants that, and not of a product that
	 * is gone, which stays as it was written.
	 *
	 * @param Entry  $entry       What is known.
	 * @param string $marketplace Host.
	 * @param string $asin        ASIN.
	 * @return array{words: string}|null
	 */
	private static function words( array $entry, string $marketplace, string $asin ): ?array {
		// The owner's choice is looked up last: it costs a query, and a page whose pictures are all there needs none.
		if ( $entry['failed'] || ! Fallback_Policy::wants_words() ) {
			return null;
		}

		/**
		 * Filters the words that a link shows while there is no picture to show in it.
		 *
		 * @param string $words       Plain text; empty leaves the picture as it was written.
		 * @param string $marketplace Its host, for instance `www.amazon.de`.
		 * @param string $asin        The product.
		 */
		try {
			$words = __( 'See it at Amazon', 'creators-image-refresh' );
			$words = apply_filters( 'creators_image_refresh_words', $words, $marketplace, $asin );
		} catch ( \Throwable ) {
			$words = '';
		}
		return is_string( $words ) && '' !== $words ? array( 'words' => $words ) : null;
	}

	/**
	 * Answers other plugins that ask for a product's picture.
	 *
	 * @param mixed $image       What they have.
	 * @param mixed $marketplace A host.
	 * @param mixed $asin        A product.
	 * @return mixed The Image that pages show, or what they have.
	 */
	public function answer( mixed $image, mixed $marketplace = '', mixed $asin = '' ): mixed {
		if ( ! is_string( $marketplace ) || ! is_scalar( $asin ) || '' === $marketplace || '' === (string) $asin ) {
			return $image;
		}
		$marketplace = strtolower( $marketplace );
		$asin        = strtoupper( (string) $asin );
		$shown       = $this->shown( $this->look_up( array( compact( 'marketplace', 'asin' ) ) ) );
		$known       = $shown[ $marketplace ][ $asin ] ?? null;
		$known       = is_string( $known ) ? Image_Reader::image( $known, $marketplace ) : $known;
		// That is between pages and the extension.
		unset( $known['once'] );
		return null === $known || isset( $known['words'] ) ? $image : $known;
	}

	/**
	 * Pictures by their names, each once.
	 *
	 * @param list<array{marketplace: string, asin: string}> $pictures Pictures.
	 * @return array<string, array{marketplace: string, asin: string}>
	 */
	private static function by_key( array $pictures ): array {
		$by_key = array();
		foreach ( $pictures as $picture ) {
			$by_key[ Image_Cache::key( $picture['marketplace'], $picture['asin'] ) ] = $picture;
		}
		return $by_key;
	}

	/**
	 * The posts that the page shows.
	 *
	 * @return array<int, WP_Post> By id.
	 */
	private static function posts_of_page(): array {
		$query   = $GLOBALS['wp_the_query'] ?? null;
		$is_post = static fn( mixed $post ): bool => $post instanceof WP_Post;
		return $query instanceof \WP_Query ? array_column( array_filter( (array) $query->posts, $is_post ), null, 'ID' ) : array();
	}

	/**
	 * The markup of the page, as far as it is at hand: its posts, the reusable blocks in them (which WordPress loads in any
	 * case), and the description of what is listed.
	 *
	 * @param array<int, WP_Post> $posts The page's posts.
	 */
	private static function html_of_page( array $posts ): string {
		$pieces = array();
		foreach ( $posts as $post ) {
			$pieces[] = $post->post_content;
			$pieces[] = $post->post_excerpt;
			if (
				str_contains( $post->post_content, '<!-- wp:block ' )
				&& preg_match_all( self::REUSABLE_BLOCK, $post->post_content, $found )
			) {
				foreach ( array_unique( $found[1] ) as $id ) {
					$pieces[] = get_post( (int) $id )->post_content ?? '';
				}
			}
		}
		$listed   = get_queried_object();
		$pieces[] = $listed instanceof WP_Term ? $listed->description : '';
		return implode( "\n\n", array_filter( $pieces, array( Image_Finder::class, 'may_have_pictures' ) ) );
	}
}
