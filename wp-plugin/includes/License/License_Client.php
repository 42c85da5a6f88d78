<?php
/**
 * The store that sells licenses.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\License;

use Creators_Image_Refresh\Settings\Config_Constants;
use Creators_Image_Refresh\Settings\Input;

defined( 'ABSPATH' ) || exit;

/**
 * Speaks the protocol of Easy Digital Downloads Software Licensing. The store is set in wp-config.php, in the environment or
 * by a filter; where it is not, there is none, and nobody is asked anything.
 *
 * @phpstan-type Answer array{status: string, expires: string, limit: int, used: int}
 */
final class License_Client {

	/** What a store may say of a license, and what it is called here. Any other word is no answer. */
	private const WORDS = array(
		'valid'                 => 'valid',
		'expired'               => 'expired',
		'disabled'              => 'disabled',
		'revoked'               => 'disabled',
		'no_activations_left'   => 'limit_reached',
		'site_inactive'         => 'site_inactive',
		'inactive'              => 'site_inactive',
		'deactivated'           => 'site_inactive',
		'item_name_mismatch'    => 'other_product',
		'invalid_item_id'       => 'other_product',
		'key_mismatch'          => 'other_product',
		'missing'               => 'unknown',
		'invalid'               => 'unknown',
		'license_not_activable' => 'not_activable',
	);

	private const SECONDS      = 10;
	private const MAX_BYTES    = 262144;
	private const PRODUCT_NAME = 'Creators Image Refresh for Amazon';

	/**
	 * Where it is and what it sells.
	 *
	 * @return array{url: string, item_id: int, item_name: string}|null Null where there is no store.
	 */
	public function config(): ?array {
		$fixed = array(
			'url'       => (string) Config_Constants::get( 'license_store_url' ),
			'item_id'   => (int) Config_Constants::get( 'license_item_id' ),
			'item_name' => self::PRODUCT_NAME,
		);

		/**
		 * Filters the store that licenses are checked with.
		 *
		 * @param array{url: string, item_id: int, item_name: string} $store Its address; what the plugin is called there, by
		 *                                                                    number (0 where only the name counts) and by name.
		 */
		$store = apply_filters( 'creators_image_refresh_license_store', $fixed );
		$store = is_string( $store ) ? array( 'url' => $store ) : $store;
		$url   = is_array( $store ) ? (string) Input::text( $store['url'] ?? '' ) : '';
		if ( ! self::is_trustworthy( $url ) ) {
			return null;
		}
		return array(
			'url'       => $url,
			'item_id'   => max( 0, (int) ( $store['item_id'] ?? $fixed['item_id'] ) ),
			'item_name' => (string) ( $store['item_name'] ?? $fixed['item_name'] ),
		);
	}

	/**
	 * Asks the store about a license. What is no answer is silence: a page of an error, or of a hotel's Wi-Fi, must not end one.
	 *
	 * @param string $action activate_license takes this site into a license, check_license asks how it stands,
	 *                       deactivate_license gives this site's place back.
	 * @param string $key    The license key.
	 * @return Answer|null Null where the store did not answer.
	 */
	public function ask( string $action, #[\SensitiveParameter] string $key ): ?array {
		$said = $this->post( $action, $key );
		if ( ! is_bool( $said['success'] ?? null ) || ! is_string( $said['license'] ?? null ) ) {
			return null;
		}
		// An activation that failed gives its reason apart, and calls every license invalid.
		$word = ! $said['success'] && is_string( $said['error'] ?? null ) && '' !== $said['error']
			? $said['error']
			: $said['license'];
		if ( ! isset( self::WORDS[ $word ] ) || ( 'valid' === $word && ! $said['success'] ) ) {
			return null;
		}
		$expires = is_string( $said['expires'] ?? null ) ? $said['expires'] : '';
		return array(
			'status'  => self::WORDS[ $word ],
			'expires' => 1 === preg_match( '/\A\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?\z/', $expires ) ? $expires : '',
			'limit'   => self::number( $said['license_limit'] ?? 0 ),
			'used'    => self::number( $said['site_count'] ?? 0 ),
		);
	}

	/**
	 * Sends the store a question in the words of its protocol.
	 *
	 * @param string                $action What is asked.
	 * @param string                $key    The license key.
	 * @param array<string, string> $more   What is said besides.
	 * @return array<array-key, mixed>|null Null where there is no store, or no answer.
	 */
	public function post( string $action, #[\SensitiveParameter] string $key, array $more = array() ): ?array {
		$store = $this->config();
		if ( null === $store ) {
			return null;
		}
		$name   = $store['item_id'] > 0 ? 'item_id' : 'item_name';
		$answer = wp_remote_post(
			$store['url'],
			array(
				'body'                => array(
					'edd_action' => $action,
					'license'    => $key,
					'url'        => home_url(),
					$name        => $store[ $name ],
				) + $more,
				'timeout'             => self::SECONDS,
				// A redirect would carry the key to a place that nobody has chosen.
				'redirection'         => 0,
				'limit_response_size' => self::MAX_BYTES,
			)
		);
		$said   = 200 === wp_remote_retrieve_response_code( $answer )
			? json_decode( wp_remote_retrieve_body( $answer ), true, 8 )
			: null;
		return is_array( $said ) ? $said : null;
	}

	/**
	 * A number of an answer.
	 *
	 * @param mixed $value Anything; "unlimited" counts as none.
	 */
	private static function number( mixed $value ): int {
		return is_numeric( $value ) ? max( 0, min( PHP_INT_MAX >> 1, (int) $value ) ) : 0;
	}

	/**
	 * Whether a key may be sent there: encrypted on its way, except from a site that is not so itself.
	 *
	 * @param string $url An address.
	 */
	private static function is_trustworthy( string $url ): bool {
		$parts = wp_parse_url( $url );
		if ( ! is_array( $parts ) || '' === ( $parts['host'] ?? '' ) || isset( $parts['user'] ) ) {
			return false;
		}
		$scheme = strtolower( $parts['scheme'] ?? '' );
		return 'https' === $scheme || ( 'http' === $scheme && 'http' === wp_parse_url( home_url(), PHP_URL_SCHEME ) );
	}
}
