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

defined( 'ABSPATH' ) || exit;

/**
 * Reads what other plugins have saved: the Associate Tag, the Amazon country, and credentials where they are some of the
 * Creators API. Keys of the Product Advertising API are never read: they open nothing any more.
 *
 * @phpstan-type Source array{id: string, plugin: string, values: array<string, string>}
 */
final class Import_Sources {

	/**
	 * Each name was looked up in the source of its plugin; one that could not be is not here.
	 *
	 * @var array<string, list<string>> The plugin's name, its option (empty where each field is one), and the names of FIELDS.
	 */
	private const PLUGINS = array(
		'aawp'         => array( 'AAWP', 'aawp_api', 'associate_tag', 'country' ),
		'affiliatex'   => array(
			...array( 'AffiliateX', 'affiliatex_amazon_settings', 'tracking_id', 'country' ),
			...array( 'creator_client_id', 'creator_client_secret' ),
		),
		'asa1'         => array( 'Amazon Simple Admin (ASA1)', '', '_asa_amazon_tracking_id', '_asa_amazon_country_code' ),
		'azonmate'     => array( 'AzonMate', '', 'azon_mate_partner_tag', 'azon_mate_marketplace' ),
		'amazonjs'     => array( 'AmazonJS', 'amazonjs_settings' ),
		'easyazon'     => array( 'EasyAzon', 'easyazon-settings' ),
		'woozone'      => array( 'WZone', 'WooZone_amazon' ),
		'data-machine' => array(
			...array( 'Data Machine', 'datamachine_amazon_config', 'partner_tag', 'marketplace' ),
			...array( 'client_id', 'client_secret' ),
		),
	);
	private const FIELDS  = array( 'partner_tag', 'marketplace', 'credential_id', 'credential_secret' );

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
		foreach ( self::PLUGINS as $id => $plugin ) {
			$values = $this->clean( $this->values( $id, ...array_slice( $plugin, 1 ) ) );
			if ( array() !== $values ) {
				$found[] = array(
					'id'     => $id,
					'plugin' => $plugin[0],
					'values' => $values,
				);
			}
		}
		return $found;
	}

	/**
	 * What a plugin has saved.
	 *
	 * @param string $id     Its id.
	 * @param string $option Empty where each field is one.
	 * @param string ...$names What it calls FIELDS.
	 * @return array<string, mixed> By our own fields.
	 */
	private function values( string $id, string $option, string ...$names ): array {
		$saved = '' === $option ? array_combine( $names, array_map( 'get_option', $names ) ) : get_option( $option );
		$saved = 'data-machine' === $id ? get_site_option( $option ) : $saved;
		$saved = is_array( $saved ) ? $saved : array();
		if ( 'amazonjs' === $id || 'easyazon' === $id ) {
			return $this->only_tag( $saved, 'amazonjs' === $id ? 'associateTag' : 'associates_' );
		}
		if ( 'woozone' === $id ) {
			[ $country, $tags ] = array( $saved['main_aff_id'] ?? '', $saved['AffiliateID'] ?? '' );
			return array(
				'partner_tag' => is_array( $tags ) && is_string( $country ) ? $tags[ $country ] ?? '' : '',
				'marketplace' => $country,
			);
		}
		if ( 'affiliatex' === $id && 'creator' !== ( $saved['api_type'] ?? '' ) ) {
			$names = array_slice( $names, 0, 2 );
		}
		$values = array();
		foreach ( $names as $place => $name ) {
			$values[ self::FIELDS[ $place ] ] = $saved[ $name ] ?? '';
		}
		return $values;
	}

	/**
	 * The tag of a plugin that keeps one for each country, if it has one only: of several, none is the right one for sure.
	 *
	 * @param array<array-key, mixed> $saved  The plugin's option.
	 * @param string                  $prefix What stands before the country in a tag's name.
	 * @return array<string, mixed>
	 */
	private function only_tag( array $saved, string $prefix ): array {
		$tags = array();
		foreach ( $saved as $name => $tag ) {
			$country = strtolower( substr( (string) $name, strlen( $prefix ) ) );
			if (
				str_starts_with( (string) $name, $prefix )
				&& '' !== $this->host( $country )
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
		$country = array(
			'us' => 'com',
			'gb' => 'uk',
		)[ $country ] ?? $country;
		foreach ( array( '', 'www.amazon.', 'www.amazon.com.', 'www.amazon.co.' ) as $begin ) {
			if ( $this->marketplaces->is_known( $begin . $country ) ) {
				return $begin . $country;
			}
		}
		return '';
	}
}
