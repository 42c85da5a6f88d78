<?php
/**
 * Credentials that all sites of a network share.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Accounts;

use Creators_Image_Refresh\Secrets\Secret_Vault;
use Creators_Image_Refresh\Settings\Option_Row;
use Creators_Image_Refresh\Settings\Settings;
use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Credentials that all sites of a network share, in one option of the network, the secret encrypted for that place. A site
 * that has a Credential ID of its own uses nothing of them; one that has only an Associate Tag of its own keeps that, with
 * its country.
 *
 * @phpstan-type Shared array{credential_id: string, credential_version: string, partner_tag: string, marketplace: string,
 *     sealed: string}
 */
final class Network_Defaults {

	public const OPTION = Secret_Vault::NETWORK;

	private const FIELDS = array( 'credential_id', 'credential_version', 'partner_tag', 'marketplace' );

	/**
	 * Takes what it works with.
	 *
	 * @param Settings           $settings   Reads fields.
	 * @param Secret_Vault       $secrets    Encrypts.
	 * @param Account_Repository $repository Knows what the site has of its own.
	 */
	public function __construct(
		private Settings $settings,
		private Secret_Vault $secrets,
		private Account_Repository $repository
	) {}

	/**
	 * What is shared.
	 *
	 * @return Shared
	 */
	public function all(): array {
		return $this->read( is_multisite() ? get_site_option( self::OPTION ) : null );
	}

	/**
	 * Makes it of what is saved.
	 *
	 * @param mixed $saved What is saved.
	 * @return Shared
	 */
	private function read( mixed $saved ): array {
		$saved  = is_array( $saved ) ? $saved : array();
		$shared = array( 'sealed' => is_string( $saved['sealed'] ?? null ) ? $saved['sealed'] : '' );
		foreach ( self::FIELDS as $field ) {
			$shared[ $field ] = (string) $this->settings->accept( $field, $saved[ $field ] ?? '' );
		}
		return $shared;
	}

	/** Whether this site uses what is shared. */
	public function apply(): bool {
		// What the site has is a row more to read.
		return is_multisite()
			&& '' !== $this->all()['credential_id']
			&& '' === $this->repository->default_record()['credential_id'];
	}

	/**
	 * A field, for this site. Null where the site's own counts.
	 *
	 * @param string $field A field of an account.
	 */
	public function value( string $field ): ?string {
		$value = $this->all()[ $field ] ?? null;
		if ( ( '' === $value && 'credential_version' !== $field ) || ! $this->apply() ) {
			return null;
		}
		$own_tag = '' !== $this->repository->default_record()['partner_tag'];
		return $own_tag && in_array( $field, array( 'partner_tag', 'marketplace' ), true ) ? null : $value;
	}

	/** The secret, for this site. Null where the site's own counts. */
	public function secret(): string|WP_Error|null {
		return $this->apply() ? $this->shared_secret() : null;
	}

	/** The secret that is shared; empty where there is none. */
	public function shared_secret(): string|WP_Error {
		$sealed = $this->all()['sealed'];
		return '' === $sealed ? '' : $this->secrets->open( self::OPTION, $sealed );
	}

	/**
	 * Saves what is shared, unless somebody else does at the same time.
	 *
	 * @param array<string, string> $fields Fields; an empty secret means the saved one.
	 * @param bool                  $remove Whether the saved secret is to go.
	 * @return WP_Error|null Why it is not saved.
	 */
	public function save( #[\SensitiveParameter] array $fields, bool $remove ): ?WP_Error {
		$row    = new Option_Row( self::OPTION, true );
		$stored = $row->read();
		$shared = $this->read( maybe_unserialize( (string) $stored ) );
		$secret = '';
		foreach ( array( ...self::FIELDS, 'credential_secret' ) as $field ) {
			$accepted = '' === ( $fields[ $field ] ?? '' ) ? '' : $this->settings->accept( $field, $fields[ $field ] );
			if ( null === $accepted ) {
				return new WP_Error( 'field_refused', '', $field );
			} elseif ( 'credential_secret' === $field ) {
				$secret = (string) $accepted;
			} else {
				$shared[ $field ] = (string) $accepted;
			}
		}
		if ( $remove ) {
			$shared['sealed'] = '';
		} elseif ( '' !== $secret ) {
			$shared['sealed'] = $this->secrets->seal( self::OPTION, $secret );
			if ( is_wp_error( $shared['sealed'] ) ) {
				return $shared['sealed'];
			}
		}
		$after = maybe_serialize( $shared );
		if ( $after === $stored ) {
			return null;
		}
		$done = null === $stored ? $row->insert( $after ) : $row->replace( $stored, $after );
		return true === $done ? null : new WP_Error( null === $done ? 'secret_not_saved' : 'account_changed' );
	}

	/**
	 * Does something on every site of the network.
	 *
	 * @param callable(): void $what What.
	 */
	public static function on_every_site( callable $what ): void {
		$sites = array(
			'fields' => 'ids',
			'number' => 0,
		);
		foreach ( get_sites( $sites ) as $site ) {
			switch_to_blog( (int) $site );
			$what();
			restore_current_blog();
		}
	}
}
