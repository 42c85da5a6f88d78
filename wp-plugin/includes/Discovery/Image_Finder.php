<?php
/**
 * The product pictures in a piece of HTML.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Discovery;

use Closure;
use Creators_Image_Refresh\Api\Extension;

defined( 'ABSPATH' ) || exit;

/**
 * Answers, for the scanner and for the page alike, which products a piece of HTML shows pictures of.
 *
 * @phpstan-type Product array{marketplace: string, asin: string, dead: int, in_box: bool, tag: string, named: bool}
 */
final class Image_Finder {

	/** Kinds of Amazon images that name a product. Pixels, banners and pictures without an ASIN are left alone. */
	public const KINDS = array( 'sitestripe_image', 'product_iframe', 'cdn_asin' );
	public const PIXEL = 'tracking_pixel';

	/** Kinds that Amazon has switched off: nobody sees a picture there. */
	public const DEAD_KINDS = array( 'sitestripe_image', 'product_iframe' );

	/**
	 * Takes who knows Amazon's markup, and which marketplace is meant where a link names none.
	 *
	 * @param Extension         $extension           Knows the markup.
	 * @param Closure(): string $default_marketplace Asked where it is needed.
	 */
	public function __construct( private Extension $extension, private Closure $default_marketplace ) {}

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
		try {
			$kinds = apply_filters( 'creators_image_refresh_kinds', self::KINDS );
		} catch ( \Throwable ) {
			$kinds = null;
		}
		if ( self::KINDS === $kinds ) {
			// Each piece of a page asks, and nearly always nobody has filtered them.
			return $kinds;
		}
		$kinds = is_array( $kinds ) ? array_filter( $kinds, 'is_string' ) : null;
		return is_array( $kinds ) ? array_values( array_intersect( array( ...self::KINDS, self::PIXEL ), $kinds ) ) : self::KINDS;
	}

	/**
	 * Whether it is worth looking: every Amazon image has the word in its host.
	 *
	 * @param string $html Any markup.
	 */
	public static function may_have_pictures( string $html ): bool {
		return false !== stripos( $html, 'amazon' );
	}

	/**
	 * The pictures of a piece of HTML.
	 *
	 * @param string $html Any markup.
	 * @return list<Product> See products().
	 */
	public function find( string $html ): array {
		return $this->products( $html, $this->extension->find_images( $html ) );
	}

	/**
	 * Those that stand there as markup, not as Markdown: that is text, and a page may show a visitor's.
	 *
	 * @param string $html Any markup.
	 * @return list<Product> See products().
	 */
	public function find_markup( string $html ): array {
		$products = array();
		$take     = function ( array $found ) use ( $html, &$products ): void {
			$products = $this->products( $html, $found );
		};
		$options  = array(
			'kinds'    => self::kinds(),
			'markdown' => false,
		);
		$this->extension->rewrite_images( $html, $take, $options );
		return $products;
	}

	/**
	 * The products of what was found in a piece of HTML.
	 *
	 * @param string                     $html  The markup.
	 * @param list<array<string, mixed>> $found What the extension has found in it.
	 * @return list<Product> Each once. dead: how many dead pictures there are of it. in_box, tag: whether a box shows it, and
	 *                       the Associate Tag in that. named: whether all its links name a marketplace.
	 */
	public function products( string $html, array $found ): array {
		if ( array() === $found ) {
			return array();
		}
		$default  = null;
		$kinds    = array_intersect( self::KINDS, self::kinds() );
		$products = array();
		$end      = 0;
		foreach ( $found as $image ) {
			// One tag may name its picture several times, for scripts and for dense screens.
			$is_other = 0 === $end || str_contains( substr( $html, $end, $image['offset'] - $end ), '>' );
			$end      = $image['offset'] + $image['length'];
			$asin     = (string) ( $image['asin'] ?? '' );
			if ( 10 !== strlen( $asin ) || ! in_array( $image['kind'], $kinds, true ) ) {
				continue;
			}
			$marketplace = $image['marketplace'] ?? ( $default ??= ( $this->default_marketplace )() );
			if ( '' === $marketplace ) {
				continue;
			}
			$key    = $marketplace . ' ' . $asin;
			$known  = $products[ $key ] ?? null;
			$in_box = 'product_iframe' === $image['kind'];

			$products[ $key ] = array(
				'marketplace' => $marketplace,
				'asin'        => $asin,
				'dead'        => ( $known['dead'] ?? 0 ) + (
					$is_other && in_array( $image['kind'], self::DEAD_KINDS, true ) ? 1 : 0
				),
				'in_box'      => $in_box || ( $known['in_box'] ?? false ),
				'tag'         => $in_box ? (string) $image['partner_tag'] : $known['tag'] ?? '',
				'named'       => null !== $image['marketplace'] && ( $known['named'] ?? true ),
			);
		}
		return array_values( $products );
	}
}
