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

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Puts the accounts together: the default one of environment, then wp-config.php, then the form; and those that single
 * marketplaces have of their own.
 *
 * @phpstan-import-type Account from Extension
 */
final class Account_Resolver {

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
	 * @return string
	 */
	public function value( string $field ): string {
		$fixed = Config_Constants::get( $field ) ?? $this->network->value( $field );
		if ( null !== $fixed ) {
			return $fixed;
		}
		return 'marketplace' === $field
			? $this->repository->default_marketplace()
			: $this->repository->default_record()[ $field ];
	}

	/**
	 * The secret.
	 *
	 * @return string|WP_Error Empty where there is none.
	 */
	public function secret(): string|WP_Error {
		return Config_Constants::get( 'credential_secret' ) ?? $this->network->secret() ?? $this->own_secret();
	}

	/**
	 * The secret that is this site's own. Whoever looks after one site of a network is shown nothing of what all share.
	 *
	 * @return string|WP_Error Empty where there is none.
	 */
	public function own_secret(): string|WP_Error {
		return Config_Constants::get( 'credential_secret' ) ?? $this->repository->secret( $this->repository->default_record() );
	}

	/**
	 * Whether the default account is one that a network shares with its sites.
	 *
	 * @return bool
	 */
	public function is_shared(): bool {
		return $this->network->apply();
	}

	/**
	 * The marketplace of links that name none, and of the default account. Reads no secret: it is asked for on pages.
	 *
	 * @return string
	 */
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
		return $this->complete(
			array(
				'credential_id'      => $this->value( 'credential_id' ),
				'credential_secret'  => $secret,
				'credential_version' => $this->value( 'credential_version' ),
				'marketplace'        => $this->default_marketplace(),
				'partner_tag'        => $this->value( 'partner_tag' ),
			)
		);
	}

	/**
	 * An account besides the default one.
	 *
	 * @param string $id Its id.
	 * @return Account|WP_Error 'no_account', 'account_disabled', 'account_incomplete' (data: list of empty fields), or why the
	 *                          secret cannot be read.
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

	/**
	 * Whether anybody can ask Amazon.
	 *
	 * @return WP_Error|null What the default account lacks, where no other is complete either.
	 */
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
	 * A marketplace that nobody joined must never be called: Amazon revokes access for that. Its pictures are therefore asked
	 * for at the default account's own marketplace, where an ASIN nearly always names the same product. Where its own account
	 * is disabled, it is left alone.
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
	 * The account as a form shows it: what is fixed elsewhere wins, an empty secret means the saved one.
	 *
	 * @param array<string, string> $form Fields of the form, already read.
	 * @return array<string, string>|WP_Error The account, perhaps with empty fields; or why the saved secret cannot be read.
	 */
	public function from_form( #[\SensitiveParameter] array $form ): array|WP_Error {
		$account = array();
		// A form without a Credential ID means the one that is shared; one with an ID never goes with the shared secret.
		$shared = $this->is_shared() && '' === ( $form['credential_id'] ?? '' );
		foreach ( array( 'credential_id', 'credential_version', 'marketplace', 'partner_tag' ) as $field ) {
			$entered           = $shared && ( 'credential_id' === $field || '' === ( $form[ $field ] ?? '' ) )
				? null
				: $form[ $field ] ?? null;
			$account[ $field ] = Config_Constants::get( $field ) ?? $entered ?? $this->value( $field );
		}
		$secret = $form['credential_secret'] ?? '';
		if ( '' === $secret || null !== Config_Constants::get( 'credential_secret' ) ) {
			$secret = $shared ? $this->secret() : $this->own_secret();
		}
		if ( is_wp_error( $secret ) ) {
			return $secret;
		}
		return array_merge( $account, array( 'credential_secret' => $secret ) );
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
	 * @return string
	 */
	public static function key( #[\SensitiveParameter] array $account ): string {
		return substr(
			hash( 'sha256', $account['credential_id'] . '|' . $account['marketplace'] . '|' . $account['partner_tag'] ),
			0,
			16
		);
	}

	/**
	 * An account with everything that a call needs.
	 *
	 * @param array<array-key, mixed> $account Perhaps an account.
	 * @return Account|WP_Error
	 */
	private function complete( #[\SensitiveParameter] array $account ): array|WP_Error {
		$whole = array();
		foreach ( array( 'credential_id', 'credential_secret', 'credential_version', 'marketplace', 'partner_tag' ) as $field ) {
			$whole[ $field ] = (string) Input::text( $account[ $field ] ?? '' );
		}
		$needed = array_intersect_key( $whole, array_flip( array( 'credential_id', 'credential_secret', 'partner_tag' ) ) );
		$empty  = array_keys( $needed, '', true );
		if ( array() !== $empty ) {
			return new WP_Error( 'account_incomplete', '', $empty );
		}
		if ( ! $this->marketplaces->is_known( $whole['marketplace'] ) ) {
			return new WP_Error( 'unknown_marketplace' );
		}
		if ( ! in_array( $whole['credential_version'], Settings::VERSIONS, true ) ) {
			return new WP_Error( 'unknown_version' );
		}
		return $whole;
	}
}
