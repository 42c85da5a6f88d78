<?php
/**
 * The accounts besides the default one.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh;

use WP_Error;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Keeps accounts of single marketplaces in one option, by the marketplace's host. Each secret is encrypted for its own
 * marketplace: moved to another account, it cannot be read.
 *
 * @phpstan-type Record array{credential_id: string, credential_version: string, partner_tag: string, enabled: bool, sealed: string}
 */
final class Account_Store {

	public const OPTION = Names::ACCOUNTS;

	/**
	 * Takes what it works with.
	 *
	 * @param Settings $settings Reads fields.
	 * @param Secrets  $secrets  Encrypts.
	 */
	public function __construct( private Settings $settings, private Secrets $secrets ) {}

	/**
	 * All accounts. What cannot be meant is left out, however it came into the database.
	 *
	 * @return array<string, Record> By marketplace.
	 */
	public function all(): array {
		$saved   = get_option( self::OPTION );
		$records = array();
		foreach ( is_array( $saved ) ? $saved : array() as $marketplace => $record ) {
			if ( is_array( $record ) && $this->settings->accept( 'marketplace', $marketplace ) === $marketplace ) {
				$records[ $marketplace ] = array(
					'credential_id'      => (string) $this->settings->accept( 'credential_id', $record['credential_id'] ?? '' ),
					'credential_version' => (string) $this->settings->accept( 'credential_version', $record['credential_version'] ?? '' ),
					'partner_tag'        => (string) $this->settings->accept( 'partner_tag', $record['partner_tag'] ?? '' ),
					'enabled'            => Input::flag( $record['enabled'] ?? true ) ?? true,
					'sealed'             => is_string( $record['sealed'] ?? null ) ? $record['sealed'] : '',
				);
			}
		}
		ksort( $records );
		return $records;
	}

	/**
	 * One account.
	 *
	 * @param string $marketplace Its host.
	 * @return Record|null Null where there is none.
	 */
	public function find( string $marketplace ): ?array {
		return $this->all()[ $marketplace ] ?? null;
	}

	/**
	 * An account's secret.
	 *
	 * @param string $marketplace Its host.
	 * @return string|WP_Error Empty where there is none; an error where it cannot be read.
	 */
	public function secret( string $marketplace ): string|WP_Error {
		$sealed = $this->find( $marketplace )['sealed'] ?? '';
		return '' === $sealed ? '' : $this->secrets->open( self::place( $marketplace ), $sealed );
	}

	/**
	 * Saves an account.
	 *
	 * @param array<string, string> $account Its fields; a secret that is left out stays, an empty one is removed.
	 * @param bool                  $enabled Whether it is asked with.
	 * @return WP_Error|null An error where the secret cannot be kept; nothing is saved then.
	 */
	public function save( #[\SensitiveParameter] array $account, bool $enabled ): ?WP_Error {
		$marketplace = $account['marketplace'];
		$sealed      = $this->find( $marketplace )['sealed'] ?? '';
		if ( isset( $account['credential_secret'] ) ) {
			$sealed = '' === $account['credential_secret'] ? '' : $this->secrets->seal( self::place( $marketplace ), $account['credential_secret'] );
		}
		if ( is_wp_error( $sealed ) ) {
			return $sealed;
		}
		$records                 = $this->all();
		$records[ $marketplace ] = array(
			'credential_id'      => $account['credential_id'],
			'credential_version' => $account['credential_version'],
			'partner_tag'        => $account['partner_tag'],
			'enabled'            => $enabled,
			'sealed'             => $sealed,
		);
		update_option( self::OPTION, $records, false );
		return ( $this->find( $marketplace )['sealed'] ?? null ) === $sealed ? null : new WP_Error( 'secret_not_saved' );
	}

	/**
	 * Enables or disables an account.
	 *
	 * @param string $marketplace Its host.
	 * @param bool   $enabled     Whether it is asked with.
	 */
	public function set_enabled( string $marketplace, bool $enabled ): void {
		$records = $this->all();
		if ( isset( $records[ $marketplace ] ) ) {
			$records[ $marketplace ]['enabled'] = $enabled;
			update_option( self::OPTION, $records, false );
		}
	}

	/**
	 * Removes an account with its secret.
	 *
	 * @param string $marketplace Its host.
	 */
	public function delete( string $marketplace ): void {
		$records = $this->all();
		unset( $records[ $marketplace ] );
		update_option( self::OPTION, $records, false );
	}

	/**
	 * What a secret is bound to.
	 *
	 * @param string $marketplace A host.
	 * @return string
	 */
	private static function place( string $marketplace ): string {
		return self::OPTION . '|' . $marketplace;
	}
}
