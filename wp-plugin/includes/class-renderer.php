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
	 * Takes what it works with.
	 *
	 * @param Extension      $extension Rewrites.
	 * @param Settings       $settings  Whether it may.
	 * @param Accounts       $accounts  Knows the default marketplace.
	 * @param Picture_Finder $finder    Finds pictures.
	 * @param Page_Images    $images    What may be shown.
	 * @param Met_Pictures   $met       Is told what stands on the page.
	 * @param Comment_Guard  $comments  Keeps comments as they are.
	 */
	public function __construct( private Extension $extension, private Settings $settings, private Accounts $accounts, private Picture_Finder $finder, private Page_Images $images, private Met_Pictures $met, private Comment_Guard $comments ) {}

	/**
	 * Whether pages are rewritten at all.
	 *
	 * @return bool
	 */
	public function is_active(): bool {
		return $this->extension->is_available() && $this->settings->is_on() && Schema::is_ready();
	}

	/**
	 * Filters a piece of a page.
	 *
	 * @param mixed $html Mostly HTML; other plugins pass other things through the same filters.
	 * @return mixed
	 */
	public function rewrite( mixed $html ): mixed {
		if ( ! is_string( $html ) || ! Picture_Finder::may_have_pictures( $html ) || ! $this->is_active() ) {
			return $html;
		}
		$pictures = $this->finder->find( $html );
		$kinds    = Picture_Finder::kinds();
		$pixels   = in_array( Picture_Finder::PIXEL, $kinds, true );
		if ( array() === $pictures && ! $pixels ) {
			return $html;
		}
		$entries = $this->images->look_up( $pictures );
		$this->met->note( $pictures, $entries );
		$images = self::with_links( $this->images->shown( $entries ), $pictures );
		$words  = $this->images->words( $entries );
		$words  = array() !== $words ? array( 'words' => $words ) : array();
		if ( array() === $images && array() === $words && ! $pixels ) {
			return $html;
		}
		return $this->extension->rewrite_images(
			$html,
			$images,
			array(
				'default_marketplace' => $this->accounts->default_marketplace(),
				'kinds'               => $kinds,
			) + $words
		);
	}

	/**
	 * Gives a link to pictures that have none: those of a country that another country's account serves. Boxes are links, and
	 * what stands in the post says to which shop, and with whose tag.
	 *
	 * @param array<string, array<array-key, array<string, mixed>>>       $images   By marketplace, then by ASIN.
	 * @param list<array{marketplace: string, asin: string, tag: string}> $pictures What stands on the page.
	 * @return array<string, array<array-key, array<string, mixed>>>
	 */
	private static function with_links( array $images, array $pictures ): array {
		foreach ( $pictures as $picture ) {
			$image = $images[ $picture['marketplace'] ][ $picture['asin'] ] ?? null;
			if ( null !== $image && '' === (string) ( $image['detail_page_url'] ?? '' ) && '' !== (string) Input::tag( $picture['tag'] ) ) {
				$images[ $picture['marketplace'] ][ $picture['asin'] ]['detail_page_url'] = 'https://' . $picture['marketplace'] . '/dp/' . $picture['asin'] . '?tag=' . rawurlencode( (string) Input::tag( $picture['tag'] ) );
			}
		}
		return $images;
	}

	/**
	 * Filters a template part, but for its comments; where the page is rewritten as a whole, it waits for that.
	 *
	 * @param mixed $html The part.
	 * @return mixed
	 */
	public function rewrite_part( mixed $html ): mixed {
		return $this->comments->leave() ? $this->rewrite_page( $html ) : $html;
	}

	/**
	 * Filters a whole page, but for its comments.
	 *
	 * @param mixed $html The page as WordPress has collected it.
	 * @return mixed
	 */
	public function rewrite_page( mixed $html ): mixed {
		if ( ! is_string( $html ) || ! Picture_Finder::may_have_pictures( $html ) ) {
			return $html;
		}
		return $this->comments->without_comments( $html, fn( string $rest ): string => (string) $this->rewrite( $rest ) );
	}
}
