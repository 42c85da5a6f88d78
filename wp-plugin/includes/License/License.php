<?php
/**
 * The license.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\License;

use Creators_Image_Refresh\Secrets\Secret_Vault;
use Creators_Image_Refresh\Settings\Config_Constants;
use Creators_Image_Refresh\Settings\Input;
use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Knows the license key and what the store said of it. It decides about fetching from Amazon and about nothing else: what is
 * shown on pages never depends on it.
 *
 * Without a store, a key is kept and nothing depends on it.
 *
 * @phpstan-type State array{of: string, status: string, expires: string, limit: int, used: int, asked_at: int, answered_at: int,
 *     since: int}
 */
final class License {

	public const OPTION = 'creators_image_refresh_license';

	private const NOTHING = array(
		'of'          => '',
		'status'      => '',
		'expires'     => '',
		'limit'       => 0,
		'used'        => 0,
		'asked_at'    => 0,
		'answered_at' => 0,
		'since'       => 0,
	);

	/** How long the last good answer holds where the store does not give another. */
	public const GRACE = 14 * DAY_IN_SECONDS;

	/** A little less than a day, for the sake of the hourly run. */
	private const ASK_AGAIN       = DAY_IN_SECONDS - 10 * MINUTE_IN_SECONDS;
	private const ASK_AGAIN_SOON  = HOUR_IN_SECONDS - 10 * MINUTE_IN_SECONDS;
	private const ASK_ON_THE_PAGE = 5 * MINUTE_IN_SECONDS;

	/**
	 * Takes what it works with.
	 *
	 * @param Secret_Vault   $secrets Keeps the key that was entered.
	 * @param License_Client $store   Says how the license stands.
	 */
	public function __construct( private Secret_Vault $secrets, private License_Client $store ) {}

	/** The key: environment or wp-config.php, then another plugin's, then the saved one. Empty where there is none. */
	public function key(): string|WP_Error {
		return Config_Constants::get( 'license_key' )
			?? $this->provided()['key']
			?? $this->secrets->get( Secret_Vault::LICENSE_KEY );
	}

	/**
	 * The key that another plugin hands over.
	 *
	 * @return array{key: string, by: string}|null Null where none does.
	 */
	public function provided(): ?array {
		/**
		 * Filters the license key that another plugin of the same maker brings along, so that nobody has to enter it again.
		 *
		 * @param array{key: string, by: string}|null $provided The key, and the name of the plugin that brings it; null where
		 *                                                       none does. It is never saved.
		 */
		$provided = apply_filters( 'creators_image_refresh_license_key', null );
		$provided = is_string( $provided ) ? array( 'key' => $provided ) : $provided;
		$key      = is_array( $provided ) ? (string) Input::token( $provided['key'] ?? '' ) : '';
		if ( '' === $key ) {
			return null;
		}
		return array(
			'key' => $key,
			'by'  => (string) Input::text( $provided['by'] ?? '' ),
		);
	}

	/**
	 * How the license stands. no_store, none, unreadable, unchecked, silent (no answer for too long), valid, or what
	 * License_Client says.
	 */
	public function status(): string {
		if ( null === $this->store->config() ) {
			return 'no_store';
		}
		$key = $this->key();
		if ( is_wp_error( $key ) ) {
			return 'unreadable';
		}
		if ( '' === $key ) {
			return 'none';
		}
		$state = $this->state();
		if ( $state['of'] !== self::name( $key ) ) {
			return 'unchecked';
		}
		if ( '' === $state['status'] ) {
			return $state['since'] > time() - self::GRACE ? 'unchecked' : 'silent';
		}
		return 'valid' === $state['status'] && $state['answered_at'] <= time() - self::GRACE ? 'silent' : $state['status'];
	}

	/** Why nothing is fetched from Amazon. Null where the license does not stand in the way. */
	public function obstacle(): ?WP_Error {
		$status = $this->status();
		return in_array( $status, array( 'no_store', 'valid', 'unchecked' ), true )
			? null
			: new WP_Error( 'license_' . $status, '', $this->state() );
	}

	/**
	 * What the store said last.
	 *
	 * @return State
	 */
	public function state(): array {
		$saved = get_option( self::OPTION );
		$state = array_intersect_key( is_array( $saved ) ? $saved : array(), self::NOTHING );
		$is_so = static fn( mixed $value, string $field ): bool => gettype( self::NOTHING[ $field ] ) === gettype( $value );
		return array_filter( $state, $is_so, ARRAY_FILTER_USE_BOTH ) + self::NOTHING;
	}

	/** Asks the store where it is time to: once a day, every hour where it did not answer. Runs with the schedule. */
	public function on_schedule(): void {
		$this->ask_after( self::ASK_AGAIN, self::ASK_AGAIN_SOON );
	}

	/** Asks the store where somebody who looks at the settings may have just put things right. */
	public function on_settings_page(): void {
		$this->ask_after( self::ASK_AGAIN, self::ASK_ON_THE_PAGE );
	}

	/**
	 * Goes along with another key in the form: the old one's place is given back, the new one takes one.
	 *
	 * @param mixed $old Envelope of the old key.
	 */
	public function on_key_saved( mixed $old = '' ): void {
		$key = $this->secrets->get( Secret_Vault::LICENSE_KEY );
		$was = is_string( $old ) && '' !== $old ? $this->secrets->open( Secret_Vault::LICENSE_KEY, $old ) : '';
		if ( $was === $key ) {
			return;
		}
		if ( is_string( $was ) && '' !== $was ) {
			$this->store->ask( 'deactivate_license', $was );
		}
		$this->ask_after( 0, 0 );
	}

	/** Gives the place of the saved key back before it is gone. */
	public function before_key_removed(): void {
		$key = $this->secrets->get( Secret_Vault::LICENSE_KEY );
		if ( is_string( $key ) && '' !== $key ) {
			$this->store->ask( 'deactivate_license', $key );
		}
		delete_option( self::OPTION );
	}

	/**
	 * Asks the store if the last time is long enough ago, or was about another key.
	 *
	 * @param int $good Seconds after a good answer.
	 * @param int $else Seconds after any other, or none.
	 */
	private function ask_after( int $good, int $else ): void {
		$key = $this->key();
		if ( null === $this->store->config() || is_wp_error( $key ) || '' === $key ) {
			return;
		}
		$now   = time();
		$name  = self::name( $key );
		$state = $this->state();
		$new   = $state['of'] !== $name;
		$fine  = 'valid' === $state['status'] && $state['asked_at'] === $state['answered_at'];
		if ( ! $new && $state['asked_at'] + ( $fine ? $good : $else ) > $now ) {
			return;
		}
		$state = $new ? array_merge( self::NOTHING, array( 'of' => $name, 'since' => $now ) ) : $state;
		// Two who come at once ask once, and one that is killed while it waits does not ask again at once.
		$state['asked_at'] = $now;
		update_option( self::OPTION, $state, false );

		$answer = $this->store->ask( $new ? 'activate_license' : 'check_license', $key );
		if ( ! $new && 'site_inactive' === ( $answer['status'] ?? '' ) ) {
			// The site's address is another now, or somebody took it out by hand: its place is asked for once more.
			$answer = $this->store->ask( 'activate_license', $key );
		}
		if ( null !== $answer ) {
			update_option( self::OPTION, array_merge( $state, $answer, array( 'answered_at' => $now ) ), false );
		}
	}

	/**
	 * A name for a key by which another one is noticed, and from which it cannot be worked out.
	 *
	 * @param string $key A license key.
	 */
	private static function name( #[\SensitiveParameter] string $key ): string {
		return substr( wp_hash( 'license|' . $key ), 0, 16 );
	}
}
