<?php
/**
 * An account as it is saved.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Accounts;

use Creators_Image_Refresh\Settings\Input;
use Creators_Image_Refresh\Settings\Settings;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Reads and writes the row of an account.
 *
 * @phpstan-type Record array{
 *     id: string, marketplace: string, credential_id: string, credential_version: string, partner_tag: string, enabled: bool,
 *     sealed: string, stored: string
 * }
 * sealed: the secret, encrypted; stored: the row as it was read, by which a change is noticed, empty where there is none.
 */
final class Account_Record {

	public const FIELDS = array( 'credential_id', 'credential_version', 'partner_tag' );

	/**
	 * Reads a row.
	 *
	 * @param Settings $settings Reads fields.
	 * @param string   $id       The account's id.
	 * @param string   $stored   What stands there.
	 * @return Record|null Null where it is no account's.
	 */
	public static function read( Settings $settings, string $id, string $stored ): ?array {
		$saved = maybe_unserialize( $stored );
		if ( ! is_array( $saved ) ) {
			return null;
		}
		$record = array(
			'enabled' => Input::flag( $saved['enabled'] ?? true ) ?? true,
			'sealed'  => is_string( $saved['sealed'] ?? null ) ? $saved['sealed'] : '',
			'stored'  => $stored,
		);
		foreach ( self::FIELDS as $field ) {
			$record[ $field ] = (string) $settings->accept( $field, $saved[ $field ] ?? '' );
		}
		return $record + self::blank( $id );
	}

	/**
	 * What stands in a row.
	 *
	 * @param array<string, mixed> $fields The account's fields.
	 * @param string               $sealed Its secret, encrypted.
	 * @return string
	 */
	public static function row( array $fields, string $sealed ): string {
		return maybe_serialize(
			array(
				'credential_id'      => (string) $fields['credential_id'],
				'credential_version' => (string) $fields['credential_version'],
				'partner_tag'        => (string) $fields['partner_tag'],
				'enabled'            => (bool) ( $fields['enabled'] ?? true ),
				'sealed'             => $sealed,
			)
		);
	}

	/**
	 * An account of which nothing is saved.
	 *
	 * @param string $id Its id.
	 * @return Record
	 */
	public static function blank( string $id ): array {
		return array(
			'id'                 => $id,
			'marketplace'        => Account_Repository::marketplace_of( $id ),
			'credential_id'      => '',
			'credential_version' => '',
			'partner_tag'        => '',
			'enabled'            => true,
			'sealed'             => '',
			'stored'             => '',
		);
	}
}
