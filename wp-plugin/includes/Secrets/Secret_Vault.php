<?php
/**
 * Encrypted options.
 *
 * The room of secrets: nobody else encrypts, decrypts or names a key. It does not know what a secret is for.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Secrets;

use Creators_Image_Refresh\Hook_Names;
use Creators_Image_Refresh\Settings\Config_Constants;
use Creators_Image_Refresh\Settings\Option_Row;
use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Keeps credential secrets and the license key encrypted: `v1:keyid:nonce:ciphertext`, XChaCha20-Poly1305.
 *
 * The key comes from wp-config.php and is therefore not in a database dump; the option's name and the blog's id are
 * authenticated along, so that a value cannot be moved to another place. This protects dumps and backups. It cannot protect
 * a site on which somebody runs PHP.
 */
final class Secret_Vault {

	public const LICENSE_KEY = Hook_Names::LICENSE_KEY;

	/** Every option of the plugin begins with this, and so does every option that holds a secret. */
	private const PREFIX = 'creators_image_refresh_';

	/** Places that all sites of a network share begin with this. */
	public const NETWORK = 'creators_image_refresh_network';

	private const FORMAT       = 'v1';
	private const PURPOSE      = 'creators-image-refresh/credentials/v1';
	private const SAMPLE       = 'put your unique phrase here';
	private const SHORTEST_KEY = 16;

	/**
	 * A saved secret. Empty where none is saved; an error where it cannot be read, which means "enter it again".
	 *
	 * @param string $option An option of this plugin.
	 */
	public function get( string $option ): string|WP_Error {
		$envelope = get_option( $option, '' );
		return '' === $envelope || ! is_string( $envelope ) ? '' : $this->open( $option, $envelope );
	}

	/**
	 * Every envelope that is saved now. They are found by their looks, so that no list of them has to be kept: an option is
	 * one, or an array that holds one. Envelope by place, as it was given to seal(): the option's name.
	 */
	public function places(): array {
		global $wpdb;
		$places = array();
		// phpcs:disable WordPress.DB -- the query is a constant, and is prepared; must be current; by hand, once in years.
		$query = 'SELECT option_name, option_value FROM %i WHERE option_name LIKE %s AND option_value LIKE %s ORDER BY 1';
		$likes = array( $wpdb->esc_like( self::PREFIX ) . '%', '%' . $wpdb->esc_like( self::FORMAT . ':' ) . '%' );
		$rows  = $wpdb->get_results( $wpdb->prepare( $query, $wpdb->options, ...$likes ), ARRAY_A );
		// phpcs:enable
		foreach ( (array) $rows as $row ) {
			foreach ( (array) maybe_unserialize( $row['option_value'] ) as $value ) {
				if ( is_string( $value ) && str_starts_with( $value, self::FORMAT . ':' ) ) {
					$places[ $row['option_name'] ] = $value;
				}
			}
		}
		// What a network shares is looked after from its main site.
		$shared = is_multisite() && is_main_site() ? get_site_option( self::NETWORK ) : null;
		if ( is_array( $shared ) && is_string( $shared['sealed'] ?? null ) && '' !== $shared['sealed'] ) {
			$places[ self::NETWORK ] = $shared['sealed'];
		}
		return $places;
	}

	/**
	 * Encrypts every saved secret with the key that is in use now. A secret that cannot be read stays as it is: the key that
	 * opens it may still turn up. Running it twice changes nothing.
	 *
	 * @param bool $dry Whether only to say what would be done.
	 * @return array<string, list<string>>|WP_Error Places, as places() has them, under rotated, current, unreadable and failed;
	 *     an error where this site has no key at all.
	 */
	public function rotate( bool $dry ): array|WP_Error {
		$key = $this->key();
		if ( is_wp_error( $key ) ) {
			return $key;
		}
		$outcome = array_fill_keys( array( 'rotated', 'current', 'unreadable', 'failed' ), array() );
		foreach ( $this->places() as $place => $envelope ) {
			$secret = $this->open( $place, $envelope );
			$became = match ( true ) {
				is_wp_error( $secret )                                => 'unreadable',
				$this->is_current( $envelope )                        => 'current',
				$dry || $this->exchange( $place, $envelope, $secret ) => 'rotated',
				default                                               => 'failed',
			};

			$outcome[ $became ][] = $place;
		}
		return $outcome;
	}

	/**
	 * Whether an envelope was made with the key that is in use now.
	 *
	 * @param string $envelope An envelope.
	 */
	public function is_current( string $envelope ): bool {
		$key = $this->key();
		return is_string( $key ) && $this->key_id( $key ) === ( explode( ':', $envelope )[1] ?? '' );
	}

	/**
	 * Encrypts a secret anew, if its envelope still stands where it stood; whether it did.
	 *
	 * @param string $place  Its place.
	 * @param string $old    The envelope.
	 * @param string $secret The secret.
	 */
	public function exchange( string $place, string $old, #[\SensitiveParameter] string $secret ): bool {
		$row   = new Option_Row( $place, self::NETWORK === $place );
		$saved = (string) $row->read();
		$now   = $this->seal( $place, $secret );
		// In a serialized array its length stands before it, and that depends on the length of the secret alone.
		return is_string( $now ) && strlen( $old ) === strlen( $now ) && str_contains( $saved, $old )
			&& true === $row->replace( $saved, str_replace( $old, $now, $saved ) );
	}

	/**
	 * Saves a secret.
	 *
	 * @param string $option An option of this plugin.
	 * @param string $secret Not empty.
	 * @return WP_Error|null An error where this site has no key worth the name; nothing is saved then.
	 */
	public function set( string $option, #[\SensitiveParameter] string $secret ): ?WP_Error {
		$envelope = $this->seal( $option, $secret );
		if ( is_wp_error( $envelope ) ) {
			return $envelope;
		}
		update_option( $option, $envelope, false );
		$kept = $this->get( $option );
		return is_string( $kept ) && hash_equals( $secret, $kept ) ? null : new WP_Error( 'secret_not_saved' );
	}

	/**
	 * Encrypts a secret for one place; anywhere else it cannot be read.
	 *
	 * @param string $place  The option's name; behind it, parted by `|`, whatever else tells the place from others.
	 * @param string $secret The secret.
	 * @return string|WP_Error The envelope; an error where this site has no key worth the name.
	 */
	public function seal( string $place, #[\SensitiveParameter] string $secret ): string|WP_Error {
		$key = $this->key();
		if ( is_wp_error( $key ) ) {
			return $key;
		}
		try {
			$nonce      = random_bytes( SODIUM_CRYPTO_AEAD_XCHACHA20POLY1305_IETF_NPUBBYTES );
			$ciphertext = sodium_crypto_aead_xchacha20poly1305_ietf_encrypt( $secret, $this->bound_to( $place ), $nonce, $key );
		} catch ( \Throwable ) {
			return new WP_Error( 'secret_not_saved' );
		}
		$envelope = array(
			self::FORMAT,
			$this->key_id( $key ),
			sodium_bin2base64( $nonce, SODIUM_BASE64_VARIANT_ORIGINAL ),
			sodium_bin2base64( $ciphertext, SODIUM_BASE64_VARIANT_ORIGINAL ),
		);
		return implode( ':', $envelope );
	}

	/**
	 * Reads what was encrypted for one place. An error where it cannot be read, which means "enter it again".
	 *
	 * @param string $place    As it was given to seal().
	 * @param string $envelope What seal() has made.
	 */
	public function open( string $place, string $envelope ): string|WP_Error {
		$parts = explode( ':', $envelope );
		$keys  = $this->keys();
		if ( is_wp_error( $keys ) ) {
			return $keys;
		}
		if ( 4 !== count( $parts ) || self::FORMAT !== $parts[0] || ! isset( $keys[ 'k' . $parts[1] ] ) ) {
			return new WP_Error( 'secret_unreadable' );
		}
		foreach ( array( $place, ...self::former_places( $place ) ) as $bound ) {
			try {
				$nonce      = sodium_base642bin( $parts[2], SODIUM_BASE64_VARIANT_ORIGINAL );
				$ciphertext = sodium_base642bin( $parts[3], SODIUM_BASE64_VARIANT_ORIGINAL );
				$key        = $keys[ 'k' . $parts[1] ];
				$secret     = sodium_crypto_aead_xchacha20poly1305_ietf_decrypt(
					$ciphertext,
					$this->bound_to( $bound ),
					$nonce,
					$key
				);
			} catch ( \Throwable ) {
				$secret = false;
			}
			if ( is_string( $secret ) ) {
				return $secret;
			}
		}
		return new WP_Error( 'secret_unreadable' );
	}

	/**
	 * The last four characters, by which a person knows a secret again. Empty where four would be too much of it.
	 *
	 * @param string $secret A secret.
	 */
	public static function ending( #[\SensitiveParameter] string $secret ): string {
		return strlen( $secret ) >= 12 ? substr( $secret, -4 ) : '';
	}

	/**
	 * What 0.1.0 has encrypted an account's secret for. Account_Upgrade leaves one as it is that it cannot read: the key
	 * that opens it may still turn up.
	 *
	 * @param string $place The place of an account.
	 */
	private static function former_places( string $place ): array {
		if ( ! str_starts_with( $place, Hook_Names::ACCOUNT ) ) {
			return array();
		}
		return array(
			Hook_Names::ACCOUNTS . '|' . substr( $place, strlen( Hook_Names::ACCOUNT ) ),
			Hook_Names::CREDENTIAL_SECRET,
		);
	}

	/**
	 * What a ciphertext is bound to.
	 *
	 * @param string $place The option's name, and perhaps more.
	 */
	private function bound_to( string $place ): string {
		return $place . '|' . ( str_starts_with( $place, self::NETWORK ) ? 'network' : get_current_blog_id() );
	}

	/** The encryption key of this site. 32 bytes. */
	private function key(): string|WP_Error {
		return $this->key_from( 'encryption_key' ) ?? $this->key_from_salts();
	}

	/**
	 * The keys that open envelopes: the one in use, the one before it where somebody has named it, and the salts, with which
	 * a site begins before it has a key of its own.
	 *
	 * @return non-empty-array<string, string>|WP_Error By the key's id, behind a letter: PHP makes a number of one that looks
	 *                                                  like it.
	 */
	private function keys(): array|WP_Error {
		$key = $this->key();
		if ( is_wp_error( $key ) ) {
			return $key;
		}
		$keys = array();
		foreach ( array( $key, $this->key_from( 'encryption_key_previous' ), $this->key_from_salts() ) as $one ) {
			if ( is_string( $one ) ) {
				$keys[ 'k' . $this->key_id( $one ) ] = $one;
			}
		}
		return $keys;
	}

	/**
	 * A key that stands in wp-config.php or the environment. Null where there is none.
	 *
	 * @param string $field Its field.
	 */
	private function key_from( string $field ): string|WP_Error|null {
		$phrase = Config_Constants::get( $field );
		if ( null === $phrase ) {
			return null;
		}
		return strlen( $phrase ) < self::SHORTEST_KEY ? new WP_Error( 'encryption_key_too_short' ) : $this->derive( $phrase );
	}

	/** The key that is made of the site's salts. */
	private function key_from_salts(): string|WP_Error {
		$phrases = array();
		foreach ( array( 'LOGGED_IN_KEY', 'LOGGED_IN_SALT' ) as $name ) {
			$phrase = defined( $name ) ? (string) constant( $name ) : '';
			// WordPress keeps a salt of its own in the database then: beside the ciphertext it would protect nothing.
			if ( strlen( $phrase ) < self::SHORTEST_KEY || self::SAMPLE === $phrase ) {
				return new WP_Error( 'salts_missing' );
			}
			$phrases[] = $phrase;
		}
		// The sample phrase of a translated wp-config-sample.php: the same everywhere, and no secret.
		if ( $phrases[0] === $phrases[1] ) {
			return new WP_Error( 'salts_missing' );
		}
		return $this->derive( implode( '', $phrases ) );
	}

	/**
	 * Makes a key of a phrase.
	 *
	 * @param string $phrase A long phrase.
	 */
	private function derive( #[\SensitiveParameter] string $phrase ): string {
		return hash_hkdf( 'sha256', $phrase, SODIUM_CRYPTO_AEAD_XCHACHA20POLY1305_IETF_KEYBYTES, self::PURPOSE );
	}

	/**
	 * Names a key without giving it away, to tell a changed key from a damaged value.
	 *
	 * @param string $key A key.
	 */
	private function key_id( #[\SensitiveParameter] string $key ): string {
		return substr( hash_hmac( 'sha256', 'key id', $key ), 0, 8 );
	}
}
