<?php
/**
 * Puts fresh pictures into pages.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Rewrites HTML on its way to the visitor: piece by piece where WordPress has a filter, and from WordPress 6.9 on the page as
 * a whole for what no filter sees. On any doubt it goes out byte for byte as it came in.
 */
final class Renderer {

	/**
	 * Takes the plugin: most of its parts are asked for only where there are pictures.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public function __construct( private Plugin $plugin ) {}

	/**
	 * Whether pages are rewritten at all.
	 *
	 * @return bool
	 */
	public function is_active(): bool {
		return $this->plugin->extension->is_available() && $this->plugin->settings->is_on() && Schema::is_readable();
	}

	/**
	 * Filters a piece of a page.
	 *
	 * @param mixed $html  Mostly HTML; other plugins pass other things through the same filters.
	 * @param bool  $whole Whether it is the whole page: nothing of it comes later.
	 * @return mixed
	 */
	public function rewrite( mixed $html, bool $whole = false ): mixed {
		if ( ! is_string( $html ) || '' === $html ) {
			return $html;
		}
		return $this->plugin->extension->rewrite_images( $html, fn( array $found ): ?array => $this->look_up( $html, $found, $whole ), Picture_Finder::kinds(), fn(): ?string => $this->is_active() ? Page_Memory::name() : null );
	}

	/**
	 * What is to be shown in the place of what was found.
	 *
	 * @param string                     $html  The markup.
	 * @param list<array<string, mixed>> $found From the extension.
	 * @param bool                       $whole As rewrite().
	 * @return array<string, array<array-key, string|array<string, mixed>|null>>|null By marketplace, then by ASIN; null for one
	 *                                                                                that is known to have nothing to show.
	 *                                                                                Null for all leaves the page as it is.
	 */
	private function look_up( string $html, array $found, bool $whole ): ?array {
		if ( ! $this->is_active() ) {
			return null;
		}
		$pictures = $this->plugin->finder->products( $html, $found );
		if ( array() === $pictures ) {
			return array();
		}
		$images  = $this->plugin->page_images;
		$entries = $images->look_up( $pictures, ! $whole );
		if ( Met_Pictures::may_be_among( $entries ) ) {
			$this->plugin->met_pictures->note( $pictures, $entries );
		}
		$shown = $images->shown( $entries );
		foreach ( $images->words( $entries ) as $marketplace => $words ) {
			foreach ( $words as $asin => $text ) {
				$shown[ $marketplace ][ $asin ] = array( 'words' => $text );
			}
		}
		foreach ( $pictures as $picture ) {
			$image = $shown[ $picture['marketplace'] ][ $picture['asin'] ] ?? null;
			if ( null === $image ) {
				if ( false !== ( $entries[ Image_Cache::key( $picture['marketplace'], $picture['asin'] ) ] ?? false ) ) {
					$shown[ $picture['marketplace'] ][ $picture['asin'] ] = null;
				}
				continue;
			}
			if ( $picture['in_box'] ) {
				$image = self::with_link( $image, $picture );
				$shown[ $picture['marketplace'] ][ $picture['asin'] ] = $image;
			}
			if ( ! $picture['named'] ) {
				$shown[''][ $picture['asin'] ] = $image;
			}
		}
		return $shown;
	}

	/**
	 * Gives a link to a picture in a box: boxes are links. Where another country's account serves it, what stands in the post
	 * says to which shop, and with whose tag.
	 *
	 * @param string|array<string, mixed>                          $image   An Image.
	 * @param array{marketplace: string, asin: string, tag: string} $picture What stands on the page.
	 * @return string|array<string, mixed>
	 */
	private static function with_link( string|array $image, array $picture ): string|array {
		$decoded = is_string( $image ) ? Image_Reader::image( $image, $picture['marketplace'] ) : $image;
		$tag     = (string) Input::tag( $picture['tag'] );
		if ( null !== $decoded && '' === (string) ( $decoded['detail_page_url'] ?? '' ) && '' !== $tag ) {
			$decoded['once']            = true;
			$decoded['detail_page_url'] = 'https://' . $picture['marketplace'] . '/dp/' . $picture['asin'] . '?tag=' . rawurlencode( $tag );
		}
		return $decoded ?? $image;
	}

	/**
	 * Filters a template part, but for its comments; where the page is rewritten as a whole, it waits for that.
	 *
	 * @param mixed $html The part.
	 * @return mixed
	 */
	public function rewrite_part( mixed $html ): mixed {
		return $this->plugin->comment_guard->leave() ? $this->rewrite_page( $html, false ) : $html;
	}

	/**
	 * Filters a whole page, but for its comments.
	 *
	 * @param mixed $html  The page as WordPress has collected it.
	 * @param bool  $whole Whether it is all of the page.
	 * @return mixed
	 */
	public function rewrite_page( mixed $html, bool $whole = true ): mixed {
		if ( ! is_string( $html ) || ! isset( $this->plugin->comment_guard ) ) {
			return $this->rewrite( $html, $whole );
		}
		return $this->plugin->comment_guard->without_comments( $html, fn( string $rest ): string => (string) $this->rewrite( $rest, $whole ) );
	}
}
