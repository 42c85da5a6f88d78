<?php
/**
 * The product pictures in a piece of HTML.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Answers, for the scanner and for the page alike, which products a piece of HTML shows pictures of.
 */
final class Picture_Finder {

	/**
	 * Kinds of Amazon images that name a product. Pixels, banners and pictures without an ASIN are left alone.
	 */
	public const KINDS = array( 'sitestripe_image', 'product_iframe', 'cdn_asin' );
	public const PIXEL = 'tracking_pixel';

	/**
	 * Kinds that Amazon has switched off: nobody sees a picture there.
	 */
	public const DEAD_KINDS = array( 'sitestripe_image', 'product_iframe' );

	/**
	 * Takes who knows Amazon's markup, and which marketplace is meant where a link names none.
	 *
	 * @param Extension $extension Knows the markup.
	 * @param Accounts  $accounts  Knows the default marketplace.
	 */
	public function __construct( private Extension $extension, private Accounts $accounts ) {}

	/**
	 * The kinds of Amazon images that are taken care of.
	 *
	 * @return list<string>
	 */
	public static function kinds(): array {
		/**
		 * Filters which kinds of Amazon images are refreshed.
		 *
		 * @param list<string> $kinds Of sitestripe_image, product_iframe, cdn_asin; with tracking_pixel among them, Amazon's
		 *                            dead tracking pixels are removed from pages.
		 */
		$kinds = apply_filters( 'creators_image_refresh_kinds', self::KINDS );
		return is_array( $kinds ) ? array_values( array_intersect( array( ...self::KINDS, self::PIXEL ), $kinds ) ) : self::KINDS;
	}

	/**
	 * Whether it is worth looking: every Amazon image has the word in its host.
	 *
	 * @param string $html Any markup.
	 * @return bool
	 */
	public static function may_have_pictures( string $html ): bool {
		return false !== stripos( $html, 'amazon' );
	}

	/**
	 * The pictures of a piece of HTML.
	 *
	 * @param string $html Any markup.
	 * @return list<array{marketplace: string, asin: string, dead: int, tag: string}> Each once, with how many dead pictures
	 *                                       there are of it, and the Associate Tag in a box that shows it; mostly empty.
	 */
	public function find( string $html ): array {
		if ( ! self::may_have_pictures( $html ) ) {
			return array();
		}
		$default  = $this->accounts->default_marketplace();
		$kinds    = array_intersect( self::KINDS, self::kinds() );
		$pictures = array();
		$end      = 0;
		foreach ( $this->extension->find_images( $html ) as $image ) {
			// One tag may name its picture several times, for scripts and for dense screens.
			$is_other = str_contains( substr( $html, $end, $image['offset'] - $end ), '>' ) || 0 === $end;
			$end      = $image['offset'] + $image['length'];
			$asin        = (string) ( $image['asin'] ?? '' );
			$marketplace = (string) ( $image['marketplace'] ?? $default );
			if ( 10 === strlen( $asin ) && '' !== $marketplace && in_array( $image['kind'] ?? '', $kinds, true ) ) {
				$key              = $marketplace . ' ' . $asin;
				$pictures[ $key ] = array(
					'marketplace' => $marketplace,
					'asin'        => $asin,
					'dead'        => ( $pictures[ $key ]['dead'] ?? 0 ) + ( $is_other && in_array( $image['kind'], self::DEAD_KINDS, true ) ? 1 : 0 ),
					'tag'         => 'product_iframe' === $image['kind'] ? (string) $image['partner_tag'] : $pictures[ $key ]['tag'] ?? '',
				);
			}
		}
		return array_values( $pictures );
	}
}
