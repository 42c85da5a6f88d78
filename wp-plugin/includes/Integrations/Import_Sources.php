<?php
/**
 * Settings of other Amazon plugins.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Integrations;

use Creators_Image_Refresh\Api\Marketplaces;
use Creators_Image_Refresh\Settings\Input;
use Creators_Image_Refresh\Settings\Settings;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Reads what other plugins have saved: the Associate Tag, the Amazon country, and credentials where they are some of the
 * Creators API. Keys of the Product Advertising API are never read: they open nothing any more.
 *
 * @phpstan-type Source array{id: string, plugin: string, values: array<string, string>}
 */
final class Import_Sources {

	/**
	 * A country as these plugins write it, by the host that it means. Hosts and their endings are understood as well.
	 */
	private const COUNTRIES = array(
		'us' => 'www.amazon.com',
		'ca' => 'www.amazon.ca',
		'mx' => 'www.amazon.com.mx',
		'br' => 'www.amazon.com.br',
		'uk' => 'www.amazon.co.uk',
		'gb' => 'www.amazon.co.uk',
		'de' => 'www.amazon.de',
		'fr' => 'www.amazon.fr',
		'it' => 'www.amazon.it',
		'es' => 'www.amazon.es',
		'nl' => 'www.amazon.nl',
		'be' => 'www.amazon.com.be',
		'pl' => 'www.amazon.pl',
		'se' => 'www.amazon.se',
		'ie' => 'www.amazon.ie',
		'tr' => 'www.amazon.com.tr',
		'ae' => 'www.amazon.ae',
		'sa' => 'www.amazon.sa',
		'eg' => 'www.amazon.eg',
		'in' => 'www.amazon.in',
		'jp' => 'www.amazon.co.jp',
		'au' => 'www.amazon.com.au',
		'sg' => 'www.amazon.sg',
	);

	/**
	 * Takes what values are read with.
	 *
	 * @param Settings     $settings     Reads fields.
	 * @param Marketplaces $marketplaces Knows hosts.
	 */
	public function __construct( private Settings $settings, private Marketplaces $marketplaces ) {}

	/**
	 * The plugins that have left something.
	 *
	 * @return list<Source> What each has, by the names of our own fields.
	 */
	public function all(): array {
		$found = array();
		foreach ( $this->read() as $id => $source ) {
			$values = $this->clean( $source['values'] );
			if ( array() !== $values ) {
				$found[] = array(
					'id'     => $id,
					'plugin' => $source['plugin'],
					'values' => $values,
				);
			}
		}
		return $found;
	}

	/**
	 * Reads the options. Each name and path was looked up in the source of its plugin; one that could not be is not here.
	 *
	 * @return array<string, array{plugin: string, values: array<string, mixed>}>
	 */
	private function read(): array {
		$aawp       = self::option( 'aawp_api' );
		$affiliatex = self::option( 'affiliatex_amazon_settings' );
		$creators   = 'creator' === ( $affiliatex['api_type'] ?? '' );
		$woozone    = self::option( 'WooZone_amazon' );
		$machine    = get_site_option( 'datamachine_amazon_config', array() );
		$machine    = is_array( $machine ) ? $machine : array();
		return array(
			'aawp'         => array(
				'plugin' => 'AAWP',
				'values' => array(
					'partner_tag' => $aawp['associate_tag'] ?? '',
					'marketplace' => $aawp['country'] ?? '',
				),
			),
			'affiliatex'   => array(
				'plugin' => 'AffiliateX',
				'values' => array(
					'partner_tag'       => $affiliatex['tracking_id'] ?? '',
					'marketplace'       => $affiliatex['country'] ?? '',
					'credential_id'     => $creators ? $affiliatex['creator_client_id'] ?? '' : '',
					'credential_secret' => $creators ? $affiliatex['creator_client_secret'] ?? '' : '',
				),
			),
			'asa1'         => array(
				'plugin' => 'Amazon Simple Admin (ASA1)',
				'values' => array(
					'partner_tag' => get_option( '_asa_amazon_tracking_id', '' ),
					'marketplace' => get_option( '_asa_amazon_country_code', '' ),
				),
			),
			'azonmate'     => array(
				'plugin' => 'AzonMate',
				'values' => array(
					'partner_tag' => get_option( 'azon_mate_partner_tag', '' ),
					'marketplace' => get_option( 'azon_mate_marketplace', '' ),
				),
			),
			'amazonjs'     => array(
				'plugin' => 'AmazonJS',
				'values' => self::first_tag( self::option( 'amazonjs_settings' ), 'associateTag' ),
			),
			'easyazon'     => array(
				'plugin' => 'EasyAzon',
				'values' => self::first_tag( self::option( 'easyazon-settings' ), 'associates_' ),
			),
			'woozone'      => array(
				'plugin' => 'WZone',
				'values' => array(
					'partner_tag' => is_array( $woozone['AffiliateID'] ?? null ) && is_string( $woozone['main_aff_id'] ?? null )
						? $woozone['AffiliateID'][ $woozone['main_aff_id'] ] ?? ''
						: '',
					'marketplace' => $woozone['main_aff_id'] ?? '',
				),
			),
			'data-machine' => array(
				'plugin' => 'Data Machine',
				'values' => array(
					'partner_tag'       => $machine['partner_tag'] ?? '',
					'marketplace'       => $machine['marketplace'] ?? '',
					'credential_id'     => $machine['client_id'] ?? '',
					'credential_secret' => $machine['client_secret'] ?? '',
				),
			),
		);
	}

	/**
	 * An option that is an array.
	 *
	 * @param string $name Its name.
	 * @return array<array-key, mixed>
	 */
	private static function option( string $name ): array {
		$value = get_option( $name, array() );
		return is_array( $value ) ? $value : array();
	}

	/**
	 * The tag of a plugin that keeps one for each country, if it has one only: of several, none is the right one for sure.
	 *
	 * @param array<array-key, mixed> $saved  The plugin's option.
	 * @param string                  $prefix What stands before the country in a tag's name.
	 * @return array<string, mixed>
	 */
	private static function first_tag( array $saved, string $prefix ): array {
		$tags = array();
		foreach ( $saved as $name => $tag ) {
			$country = strtolower( substr( (string) $name, strlen( $prefix ) ) );
			if (
				str_starts_with( (string) $name, $prefix )
				&& isset( self::COUNTRIES[ $country ] )
				&& '' !== (string) Input::tag( $tag )
			) {
				$tags[ $country ] = $tag;
			}
		}
		return 1 === count( $tags ) ? array(
			'partner_tag' => reset( $tags ),
			'marketplace' => (string) key( $tags ),
		) : array();
	}

	/**
	 * What of it can be meant. Credentials count only as a pair, and a country only beside a tag.
	 *
	 * @param array<string, mixed> $values By our own fields.
	 * @return array<string, string>
	 */
	private function clean( #[\SensitiveParameter] array $values ): array {
		$values['marketplace'] = $this->host( $values['marketplace'] ?? '' );
		$clean                 = array();
		foreach ( $values as $field => $value ) {
			$read = $this->settings->accept( $field, $value );
			if ( is_string( $read ) && '' !== $read ) {
				$clean[ $field ] = $read;
			}
		}
		if (
			! isset( $clean['credential_id'], $clean['credential_secret'] )
			|| 1 === preg_match( '/\A(AKIA|ASIA)[A-Z0-9]{16}\z/', $clean['credential_id'] )
		) {
			unset( $clean['credential_id'], $clean['credential_secret'] );
		}
		if ( ! isset( $clean['partner_tag'] ) ) {
			unset( $clean['marketplace'] );
		}
		return $clean;
	}

	/**
	 * The host that a country means.
	 *
	 * @param mixed $country As a plugin writes it: `de`, `DE`, `co.uk`, `com`, `www.amazon.de`.
	 * @return string Empty where it means none.
	 */
	private function host( mixed $country ): string {
		$country = strtolower( (string) Input::text( $country ) );
		foreach ( array( self::COUNTRIES[ $country ] ?? '', $country, 'www.amazon.' . $country ) as $host ) {
			if ( '' !== $host && $this->marketplaces->is_known( $host ) ) {
				return $host;
			}
		}
		return '';
	}
}
