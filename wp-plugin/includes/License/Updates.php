<?php
/**
 * Updates from the store that sold the plugin.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\License;

use stdClass;
use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Offers a sold copy the newest version, on WordPress's own screens and by WordPress's own installer. The build for the plugin
 * directory has neither this class nor the two lines in the plugin's head, Update URI and Update Key, without which it rests.
 *
 * A version is taken only with the maker's signature: Ed25519, over the line that signed() makes of its number and its zip's sum.
 * So neither a store that was broken into nor anybody on the way can bring another zip, or an old one under a new number.
 */
final class Updates {

	private const SLUG = 'creators-image-refresh';

	/**
	 * Takes what it works with.
	 *
	 * @param License        $license The key.
	 * @param License_Client $store   Where the store is.
	 */
	public function __construct( private License $license, private License_Client $store ) {}

	/**
	 * The host of whoever provides updates, as the filter of WordPress is called.
	 *
	 * @return string Empty where this copy takes none from there.
	 */
	public static function host(): string {
		$head = self::head();
		return '' === $head['key'] ? '' : (string) wp_parse_url( $head['uri'], PHP_URL_HOST );
	}

	/**
	 * Answers WordPress when it asks for what is new.
	 *
	 * @param mixed $update What others have said.
	 * @param mixed $head   The plugin's head.
	 * @param mixed $file   The plugin that is asked for.
	 * @return mixed What WordPress takes for an offer; false where there is none.
	 */
	public function offer( mixed $update, mixed $head, mixed $file ): mixed {
		if ( self::file() !== $file ) {
			return $update;
		}
		$said = $this->ask();
		if ( null === $said ) {
			return false;
		}
		return array(
			'id'           => self::head()['uri'],
			'slug'         => self::SLUG,
			'version'      => $said['new_version'],
			'url'          => esc_url_raw( $said['url'] ?? '' ),
			// An expired license is told of the new version, and gets no package.
			'package'      => $said['package'] ?? '',
			'tested'       => $said['tested'] ?? '',
			'requires_php' => $said['requires_php'] ?? '',
			'signature'    => $said['signature'] ?? '',
		);
	}

	/**
	 * Fetches a package in WordPress's place, and hands it over only with the right signature. What was there stays otherwise.
	 *
	 * @param mixed $reply    What others have fetched.
	 * @param mixed $package  Its address.
	 * @param mixed $upgrader WordPress's installer.
	 * @param mixed $extra    What is being installed.
	 * @return mixed A file, or why there is none.
	 */
	public function fetch( mixed $reply, mixed $package, mixed $upgrader, mixed $extra ): mixed {
		$is_ours = is_array( $extra ) && self::file() === ( $extra['plugin'] ?? '' );
		if ( false !== $reply || ! is_string( $package ) || '' === $package || ! $is_ours ) {
			return $reply;
		}
		$known = get_site_transient( 'update_plugins' );
		$offer = $known instanceof stdClass ? ( $known->response[ self::file() ] ?? null ) : null;
		if ( is_object( $offer ) && ( $offer->package ?? '' ) === $package ) {
			$file    = download_url( $package );
			$version = (string) ( $offer->new_version ?? $offer->version ?? '' );
			if ( is_wp_error( $file ) ) {
				return $file;
			}
			if ( self::is_signed( $version, $file, (string) ( $offer->signature ?? '' ), self::head()['key'] ) ) {
				return $file;
			}
			wp_delete_file( $file );
		}
		return new WP_Error(
			'creators_image_refresh_not_signed',
			__(
				'The update was not installed: it does not bear the maker’s signature. The version that you have goes on working. Please tell whoever sold you the plugin.',
				'creators-image-refresh'
			)
		);
	}

	/**
	 * Whether the maker has signed a zip as this version.
	 *
	 * @param string $version   The version.
	 * @param string $file      The zip.
	 * @param string $signature The signature, in base64.
	 * @param string $key       The maker's key, in base64.
	 */
	public static function is_signed( string $version, string $file, string $signature, string $key ): bool {
		// phpcs:disable WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_decode
		$signature = (string) base64_decode( $signature, true );
		$key       = (string) base64_decode( $key, true );
		// phpcs:enable
		if ( SODIUM_CRYPTO_SIGN_BYTES !== strlen( $signature ) || SODIUM_CRYPTO_SIGN_PUBLICKEYBYTES !== strlen( $key ) ) {
			return false;
		}
		return sodium_crypto_sign_verify_detached( $signature, self::signed( $version, (string) hash_file( 'sha256', $file ) ), $key );
	}

	/**
	 * What is signed.
	 *
	 * @param string $version The version.
	 * @param string $sum     The zip's SHA-256 sum.
	 */
	public static function signed( string $version, string $sum ): string {
		return self::SLUG . ' ' . $version . ' ' . $sum;
	}

	/**
	 * Asks the store what is new.
	 *
	 * @return array<string, string>|null Null where it has not answered.
	 */
	private function ask(): ?array {
		$key  = $this->license->key();
		$mine = array(
			'slug'    => self::SLUG,
			'version' => CREATORS_IMAGE_REFRESH_VERSION,
		);
		$said = is_string( $key ) && '' !== $key ? $this->store->post( 'get_version', $key, $mine ) : null;
		$said = array_filter( $said ?? array(), 'is_string' );
		return 1 === preg_match( '/\A\d+(\.\d+)+\z/', $said['new_version'] ?? '' ) ? $said : null;
	}

	/** The plugin's file, as WordPress calls it. */
	private static function file(): string {
		return plugin_basename( CREATORS_IMAGE_REFRESH_FILE );
	}

	/**
	 * What a sold copy's head says besides.
	 *
	 * @return array{uri: string, key: string}
	 */
	private static function head(): array {
		static $head = null;
		return $head ??= get_file_data(
			CREATORS_IMAGE_REFRESH_FILE,
			array(
				'uri' => 'Update URI',
				'key' => 'Update Key',
			)
		);
	}
}
