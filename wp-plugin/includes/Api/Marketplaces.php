<?php
/**
 * Amazon's marketplaces.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Api;

defined( 'ABSPATH' ) || exit;

/**
 * Knows the marketplaces by their hosts. The plugin's own list stands in where the extension is missing, so that
 * settings can be saved all the same.
 */
final class Marketplaces {

	public const FALLBACK = 'www.amazon.com';

	/**
	 * Takes the extension.
	 *
	 * @param Extension $extension Its list may be newer than the plugin's.
	 */
	public function __construct( private Extension $extension ) {}

	/**
	 * Whether a host is a marketplace.
	 *
	 * @param string $host `www.amazon.de`.
	 */
	public function is_known( string $host ): bool {
		return isset( self::countries()[ $host ] ) || isset( $this->extension->marketplaces()[ $host ] );
	}

	/**
	 * All marketplaces with names for people.
	 *
	 * @return array<string, string> Name by host.
	 */
	public function names(): array {
		$known = $this->extension->marketplaces();
		$ours  = self::countries();
		$names = array();
		foreach ( array_keys( array() === $known ? $ours : $known ) as $host ) {
			$country        = $ours[ $host ] ?? (string) ( $known[ $host ]['country'] ?? '' );
			$names[ $host ] = '' === $country ? self::short( $host ) : sprintf( '%1$s (%2$s)', $country, self::short( $host ) );
		}
		return $names;
	}

	/**
	 * A marketplace's name for people.
	 *
	 * @param string $host `www.amazon.de`.
	 */
	public function name( string $host ): string {
		return $this->names()[ $host ] ?? self::short( $host );
	}

	/**
	 * A marketplace as people write it.
	 *
	 * @param string $host `www.amazon.de`.
	 * @return string `amazon.de`.
	 */
	public static function short( string $host ): string {
		return str_starts_with( $host, 'www.' ) ? substr( $host, 4 ) : $host;
	}

	/**
	 * The countries, translated.
	 *
	 * @return array<string, string> By host.
	 */
	private static function countries(): array {
		return array(
			'www.amazon.com'    => __( 'United States', 'creators-image-refresh' ),
			'www.amazon.ca'     => __( 'Canada', 'creators-image-refresh' ),
			'www.amazon.com.mx' => __( 'Mexico', 'creators-image-refresh' ),
			'www.amazon.com.br' => __( 'Brazil', 'creators-image-refresh' ),
			'www.amazon.co.uk'  => __( 'United Kingdom', 'creators-image-refresh' ),
			'www.amazon.de'     => __( 'Germany', 'creators-image-refresh' ),
			'www.amazon.fr'     => __( 'France', 'creators-image-refresh' ),
			'www.amazon.it'     => __( 'Italy', 'creators-image-refresh' ),
			'www.amazon.es'     => __( 'Spain', 'creators-image-refresh' ),
			'www.amazon.nl'     => __( 'Netherlands', 'creators-image-refresh' ),
			'www.amazon.com.be' => __( 'Belgium', 'creators-image-refresh' ),
			'www.amazon.pl'     => __( 'Poland', 'creators-image-refresh' ),
			'www.amazon.se'     => __( 'Sweden', 'creators-image-refresh' ),
			'www.amazon.ie'     => __( 'Ireland', 'creators-image-refresh' ),
			'www.amazon.com.tr' => __( 'Türkiye', 'creators-image-refresh' ),
			'www.amazon.ae'     => __( 'United Arab Emirates', 'creators-image-refresh' ),
			'www.amazon.sa'     => __( 'Saudi Arabia', 'creators-image-refresh' ),
			'www.amazon.eg'     => __( 'Egypt', 'creators-image-refresh' ),
			'www.amazon.in'     => __( 'India', 'creators-image-refresh' ),
			'www.amazon.co.jp'  => __( 'Japan', 'creators-image-refresh' ),
			'www.amazon.com.au' => __( 'Australia', 'creators-image-refresh' ),
			'www.amazon.sg'     => __( 'Singapore', 'creators-image-refresh' ),
		);
	}
}
