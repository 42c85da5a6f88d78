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
 * Rewrites HTML on its way to the visitor. On any doubt it goes out byte for byte as it came in.
 */
final class Renderer {

	/**
	 * Takes what it works with.
	 *
	 * @param Extension      $extension Rewrites.
	 * @param Settings       $settings  Whether it may.
	 * @param Accounts       $accounts  Knows the default marketplace.
	 * @param Picture_Finder $finder    Finds pictures.
	 * @param Image_Store    $images    Fresh links.
	 */
	public function __construct( private Extension $extension, private Settings $settings, private Accounts $accounts, private Picture_Finder $finder, private Image_Store $images ) {}

	/**
	 * Filters a piece of a page.
	 *
	 * @param mixed $html Mostly HTML; other plugins pass other things through the same filters.
	 * @return mixed
	 */
	public function rewrite( mixed $html ): mixed {
		if ( ! is_string( $html ) || ! Picture_Finder::may_have_pictures( $html ) || ! $this->extension->is_available() || ! $this->settings->is_on() ) {
			return $html;
		}
		$pictures = $this->finder->find( $html );
		if ( array() === $pictures ) {
			return $html;
		}
		$images = $this->images->fresh( $pictures );
		if ( array() === $images ) {
			return $html;
		}
		return $this->extension->rewrite_images(
			$html,
			$images,
			array(
				'default_marketplace' => $this->accounts->default_marketplace(),
				'kinds'               => Picture_Finder::KINDS,
			)
		);
	}
}
