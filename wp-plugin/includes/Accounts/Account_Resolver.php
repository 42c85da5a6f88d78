<?php
/**
 * Who asks Amazon, for which marketplace.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Accounts;

use Creators_Image_Refresh\Api\Extension;
use Creators_Image_Refresh\Api\Marketplaces;
use Creators_Image_Refresh\Settings\Config_Constants;
use Creators_Image_Refresh\Settings\Input;
use Creators_Image_Refresh\Settings\Settings;
use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Puts the accounts together: the default one of environment, then wp-config.php, then the form; and those that single
 * marketplaces have of their own.
 *
 * @phpstan-import-type Account from Extension
 */
final class Account_Resolver {

	private const NEEDED = array( 'credential_id', 'credential_secret', 'partner_tag' );
	private const FIELDS = array( 'credential_id', 'credential_secret', 'credential_version', 'marketplace', 'partner_tag' );

	/**
	 * Takes where accounts stand.
	 *
	 * @param Account_Repository $repository   What is saved.
	 * @param Network_Defaults   $network      What a network shares with its sites.
	 * @param Marketplaces       $marketplaces Known hosts.
	 */
	public function __construct(
		private Account_Repository $repository,
		private Network_Defaults $network,
		private Marketplaces $marketplaces
	) {}

	/**
	 * A field that is no secret.
	 *
	 * @param string $field A field of the default account.
	 */
	public function value( string $field ): string {
		return Config_Constants::get( $field )
			?? $this->network->value( $field )
			?? ( 'marketplace' === $field
				? $this->repository->default_marketplace()
				: $this->repository->default_record()[ $field ] );
	}

	/** The secret. Empty where there is none. */
	public function secret(): string|WP_Error {
		return Config_Constants::get( 'credential_secret' ) ?? $this->network->secret() ?? $this->own_secret();
	}

	/**
	 * The secret that is this site's own. Whoever looks after one site of a network is shown nothing of what all share. Empty
	 * where there is none.
	 */
	public function own_secret(): string|WP_Error {
		return Config_Constants::get( 'credential_secret' ) ?? $this->repository->secret( $this->repository->default_record() );
	}

	/** Whether the default account is one that a network shares with its sites. */
	public function is_shared(): bool {
		return $this->network->apply();
	}

	/** The marketplace of links that name none, and of the default account. Reads no secret: it is asked for on pages. */
	public function default_marketplace(): string {
		return strtolower( $this->value( 'marketplace' ) );
	}

	/**
	 * The default account.
	 *
	 * @return Account|WP_Error 'account_incomplete' (data: list of empty fields), 'unknown_marketplace', or why the secret cannot
	 *                          be read.
	 */
	public function default_account(): array|WP_Error {
		$secret = $this->secret();
		if ( is_wp_error( $secret ) ) {
			return $secret;
		}
		$fields  = array( 'credential_id', 'credential_version', 'partner_tag' );
		$account = array_combine( $fields, array_map( array( $this, 'value' ), $fields ) );
		$account = $account + array(
			'credential_secret' => $secret,
			'marketplace'       => $this->default_marketplace(),
		);
		return $this->complete( $account );
	}

	/**
	 * An account besides the default one.
	 *
	 * @param string $id Its id.
	 * @return Account|WP_Error 'no_account', 'account_disabled', 'account_incomplete' (data: list of empty fields), or why
	 *     the secret cannot be read.
	 */
	public function own_account( string $id ): array|WP_Error {
		$record = $this->repository->find( $id );
		if ( null === $record ) {
			return new WP_Error( 'no_account' );
		}
		return $record['enabled'] ? $this->saved( $record ) : new WP_Error( 'account_disabled' );
	}

	/**
	 * A saved account, disabled or not.
	 *
	 * @param array<string, mixed> $record As the repository has it.
	 * @return Account|WP_Error 'account_incomplete' (data: list of empty fields), or why the secret cannot be read.
	 */
	public function saved( array $record ): array|WP_Error {
		$secret = $this->repository->secret( $record );
		return is_wp_error( $secret ) ? $secret : $this->complete( array( 'credential_secret' => $secret ) + $record );
	}

	/** Whether anybody can ask Amazon. What the default account lacks, where no other is complete either. */
	public function obstacle(): ?WP_Error {
		$default = $this->default_account();
		if ( ! is_wp_error( $default ) ) {
			return null;
		}
		foreach ( array_keys( $this->repository->others() ) as $id ) {
			if ( ! is_wp_error( $this->own_account( $id ) ) ) {
				return null;
			}
		}
		return $default;
	}

	/**
	 * The account that serves a marketplace.
	 *
	 * A marketplace that nobody joined must never be called: Amazon revokes access for that. Its pictures are therefore
	 * asked for at the default account's own marketplace, where an ASIN nearly always names the same product. Where its own
	 * account is disabled, it is left alone.
	 *
	 * @param string $marketplace A marketplace's host, as it stands in posts.
	 * @return Account|null Null where its pictures are to be left alone.
	 */
	public function for_marketplace( string $marketplace ): ?array {
		$own     = $this->own_account( $this->repository->for_marketplace( $marketplace )['id'] ?? '' );
		$default = $this->default_account();
		$chosen  = $own;
		if (
			! is_wp_error( $default )
			&& ( $marketplace === $default['marketplace'] || ( is_wp_error( $own ) && 'no_account' === $own->get_error_code() ) )
		) {
			$chosen = $default;
		}

		/**
		 * Filters the account that fetches the pictures of a marketplace.
		 *
		 * @param array<string, string>|null $account     The account, its secret in clear; null leaves the marketplace alone.
		 * @param string                     $marketplace Its host, for instance `www.amazon.de`.
		 */
		$account = apply_filters( 'creators_image_refresh_account', is_wp_error( $chosen ) ? null : $chosen, $marketplace );
		if ( ! is_array( $account ) ) {
			return null;
		}
		$account = $this->complete( $account );
		return is_wp_error( $account ) ? null : $account;
	}

	/**
	 * The account as a form shows it: what is fixed elsewhere wins, an empty secret means the saved one. The account,
	 * perhaps with empty fields; or why the saved secret cannot be read.
	 *
	 * @param array<string, string> $form Fields of the form, already read.
	 */
	public function from_form( #[\SensitiveParameter] array $form ): array|WP_Error {
		// A form without a Credential ID means the one that is shared; one with an ID never goes with the shared secret.
		$shared  = $this->is_shared() && '' === ( $form['credential_id'] ?? '' );
		$secret  = null === Config_Constants::get( 'credential_secret' ) ? $form['credential_secret'] ?? '' : '';
		$account = array();
		foreach ( array_diff( self::FIELDS, array( 'credential_secret' ) ) as $field ) {
			$entered = $form[ $field ] ?? null;
			if ( $shared && ( 'credential_id' === $field || '' === $entered ) ) {
				$entered = null;
			}
			$account[ $field ] = Config_Constants::get( $field ) ?? $entered ?? $this->value( $field );
		}
		if ( '' === $secret ) {
			$secret = $shared ? $this->secret() : $this->own_secret();
		}
		return is_wp_error( $secret ) ? $secret : array_merge( $account, array( 'credential_secret' => $secret ) );
	}

	/**
	 * An account, if it is whole.
	 *
	 * @param array<array-key, mixed> $account Perhaps an account.
	 * @return Account|null
	 */
	public function whole( #[\SensitiveParameter] array $account ): ?array {
		$whole = $this->complete( $account );
		return is_wp_error( $whole ) ? null : $whole;
	}

	/**
	 * A name for an account under which its refusals are remembered; holds nothing of the secret.
	 *
	 * @param array<string, string> $account An account.
	 */
	public static function key( #[\SensitiveParameter] array $account ): string {
		$parts = array( $account['credential_id'], $account['marketplace'], $account['partner_tag'] );
		return substr( hash( 'sha256', implode( '|', $parts ) ), 0, 16 );
	}

	/**
	 * Fields that an account cannot do without, and has not.
	 *
	 * @param array<array-key, mixed> $account Perhaps an account.
	 */
	public static function still_empty( #[\SensitiveParameter] array $account ): array {
		return array_keys( array_intersect_key( $account, array_flip( self::NEEDED ) ), '', true );
	}

	/**
	 * An account with everything that a call needs.
	 *
	 * @param array<array-key, mixed> $account Perhaps an account.
	 * @return Account|WP_Error
	 */
	private function complete( #[\SensitiveParameter] array $account ): array|WP_Error {
		$whole = array();
		foreach ( self::FIELDS as $field ) {
			$whole[ $field ] = (string) Input::text( $account[ $field ] ?? '' );
		}
		$empty = self::still_empty( $whole );
		if ( array() !== $empty ) {
			return new WP_Error( 'account_incomplete', '', $empty );
		}
		if ( ! $this->marketplaces->is_known( $whole['marketplace'] ) ) {
			return new WP_Error( 'unknown_marketplace' );
		}
		return in_array( $whole['credential_version'], Settings::VERSIONS, true ) ? $whole : new WP_Error( 'unknown_version' );
	}
}
