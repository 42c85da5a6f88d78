<?php
/**
 * Accounts of version 0.1.0.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Accounts;

use Creators_Image_Refresh\Api\Marketplaces;
use Creators_Image_Refresh\Hook_Names;
use Creators_Image_Refresh\Secrets\Secret_Vault;
use Creators_Image_Refresh\Settings\Input;
use Creators_Image_Refresh\Settings\Option_Row;
use Creators_Image_Refresh\Settings\Settings;

defined( 'ABSPATH' ) || exit;

/**
 * Brings the accounts of 0.1.0 into the rows of today: the default one stood among the settings, its secret in an option of
 * its own, and all others in one option. What was saved goes last, when all of it stands in its new place; ended at any
 * point, the whole is done again and changes nothing of what is done already.
 */
final class Account_Upgrade {

	/**
	 * Takes what it works with.
	 *
	 * @param Settings     $settings The rest of the settings.
	 * @param Secret_Vault $secrets  Encrypts for the new place.
	 */
	public function __construct( private Settings $settings, private Secret_Vault $secrets ) {}

	/** Upgrades one site. */
	public function run(): void {
		$saved = Option_Row::all( 'creators_image_refresh_' );
		if ( null === $saved ) {
			return;
		}
		$settings = (array) maybe_unserialize( $saved[ Hook_Names::SETTINGS ] ?? '' );
		$accounts = (array) maybe_unserialize( $saved[ Hook_Names::ACCOUNTS ] ?? '' );
		$rows     = array();
		foreach ( $accounts as $marketplace => $account ) {
			if ( is_array( $account ) && self::is_host( $marketplace ) ) {
				$place = Hook_Names::ACCOUNTS . '|' . $marketplace;

				$rows[ $marketplace ] = $this->row( $marketplace, $account, $place, $account['sealed'] ?? '' );
			}
		}
		$default = self::is_host( $settings['marketplace'] ?? '' ) ? $settings['marketplace'] : Marketplaces::FALLBACK;
		$default = isset( $rows[ $default ] ) ? "{$default}-2" : $default;
		$secret  = $saved[ Hook_Names::CREDENTIAL_SECRET ] ?? '';
		$given   = array_filter( array_intersect_key( $settings, array_flip( Account_Repository::FIELDS ) ) );
		if ( array() !== $given || '' !== $secret ) {
			$rows[ $default ] = $this->row( $default, $given, Hook_Names::CREDENTIAL_SECRET, $secret );
		}
		foreach ( $rows as $id => $row ) {
			if ( null === ( new Option_Row( Account_Repository::PREFIX . $id ) )->insert( $row ) ) {
				return;
			}
		}
		if ( null === ( new Option_Row( Hook_Names::DEFAULT_ACCOUNT ) )->insert( $default, 'on' ) ) {
			return;
		}
		foreach ( array( Hook_Names::ACCOUNTS, Hook_Names::CREDENTIAL_SECRET ) as $name ) {
			if ( isset( $saved[ $name ] ) ) {
				( new Option_Row( $name ) )->remove( $saved[ $name ] );
			}
		}
		if ( isset( $saved[ Hook_Names::SETTINGS ] ) ) {
			update_option( Hook_Names::SETTINGS, $this->settings->all(), true );
		}
	}

	/**
	 * An account's row.
	 *
	 * @param string               $id      Its id.
	 * @param array<string, mixed> $account Its fields as they were saved.
	 * @param string               $place   What its secret was encrypted for.
	 * @param mixed                $sealed  The secret as it was saved.
	 */
	private function row( string $id, array $account, string $place, mixed $sealed ): string {
		$sealed = is_string( $sealed ) ? $sealed : '';
		$secret = '' === $sealed ? '' : $this->secrets->open( $place, $sealed );
		if ( is_string( $secret ) && '' !== $secret ) {
			$anew   = $this->secrets->seal( Account_Repository::PREFIX . $id, $secret );
			$sealed = is_string( $anew ) ? $anew : $sealed;
		}
		// What cannot be read now stays as it is: the key that opens it may still turn up, see Secret_Vault::open().
		$fields = array( 'enabled' => Input::flag( $account['enabled'] ?? true ) ?? true );
		foreach ( Account_Repository::FIELDS as $field ) {
			$fields[ $field ] = (string) Input::text( $account[ $field ] ?? '' );
		}
		return Account_Repository::row( $fields, $sealed );
	}

	/**
	 * Whether something looks like a host. Which of them are known is for those who read the rows.
	 *
	 * @param mixed $marketplace Anything.
	 */
	private static function is_host( mixed $marketplace ): bool {
		return is_string( $marketplace ) && 1 === preg_match( '/\A[a-z.]{4,32}\z/', $marketplace );
	}
}
