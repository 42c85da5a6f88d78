<?php
/**
 * All accounts of a site.
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
use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Keeps each account in a row of its own of the options table, and in one more which of them is the default one. A row is
 * changed only while it stands as it was read, in one statement, so that of two people who save at once none undoes what the
 * other was told, see Option_Row.
 *
 * An account's id is its marketplace; the second of two for the same marketplace, of which one is the default one, has a
 * number behind it. A secret is encrypted for its own row: moved to another, it cannot be read.
 *
 * @phpstan-type Record array{
 *     id: string, marketplace: string, credential_id: string, credential_version: string, partner_tag: string, enabled: bool,
 *     sealed: string, stored: string
 * }
 * sealed: the secret, encrypted; stored: the row as it was read, by which a change is noticed, empty where there is none.
 */
final class Account_Repository {

	public const PREFIX = Hook_Names::ACCOUNT;
	public const FIELDS = array( 'credential_id', 'credential_version', 'partner_tag' );

	/** What stands for the default account, whichever it is. */
	public const DEFAULT_ID = 'default';

	/** Accounts of one marketplace that are looked through for a free id. */
	private const MOST = 9;

	/**
	 * What was read in this request, by site.
	 *
	 * @var array<int, array<string, Record>>
	 */
	private array $records = array();

	/**
	 * Takes what it works with.
	 *
	 * @param Settings     $settings Reads fields.
	 * @param Secret_Vault $secrets  Encrypts.
	 */
	public function __construct( private Settings $settings, private Secret_Vault $secrets ) {}

	/**
	 * All accounts. What cannot be meant is left out, however it came into the database.
	 *
	 * @return array<string, Record> By id.
	 */
	public function all(): array {
		$site = get_current_blog_id();
		if ( isset( $this->records[ $site ] ) ) {
			return $this->records[ $site ];
		}
		if ( ! is_string( get_option( Hook_Names::DEFAULT_ACCOUNT ) ) ) {
			( new Account_Upgrade( $this->settings, $this->secrets ) )->run();
		}
		$rows = Option_Row::all( self::PREFIX );
		$read = array();
		foreach ( $rows ?? array() as $option => $stored ) {
			$id     = substr( $option, strlen( self::PREFIX ) );
			$record = $this->is_id( $id ) ? $this->record( $id, $stored ) : null;
			if ( null !== $record ) {
				$read[ $id ] = $record;
			}
		}
		if ( null !== $rows ) {
			$this->records[ $site ] = $read;
		}
		return $read;
	}

	/**
	 * The accounts besides the default one.
	 *
	 * @return array<string, Record> By id.
	 */
	public function others(): array {
		return array_diff_key( $this->all(), array( $this->default_id() => true ) );
	}

	/**
	 * An account besides the default one.
	 *
	 * @param string $id Its id.
	 * @return Record|null Null where there is none.
	 */
	public function find( string $id ): ?array {
		return $this->others()[ $id ] ?? null;
	}

	/**
	 * The account that a marketplace has besides the default one.
	 *
	 * @param string $marketplace Its host.
	 * @return Record|null Null where there is none.
	 */
	public function for_marketplace( string $marketplace ): ?array {
		foreach ( $this->others() as $record ) {
			if ( $record['marketplace'] === $marketplace ) {
				return $record;
			}
		}
		return null;
	}

	/**
	 * The default account; empty fields where none was ever saved.
	 *
	 * @return Record
	 */
	public function default_record(): array {
		$id = $this->default_id();
		return $this->all()[ $id ] ?? self::blank( $id );
	}

	/** The marketplace of the default account. Reads no row of an account: pages ask for it. */
	public function default_marketplace(): string {
		return self::marketplace_of( $this->default_id() );
	}

	/** Reads everything anew: other processes may have changed it. */
	public function forget(): void {
		unset( $this->records[ get_current_blog_id() ] );
	}

	/**
	 * An account's secret.
	 *
	 * @param Record $record The account.
	 * @return string|WP_Error Empty where there is none; an error where it cannot be read.
	 */
	public function secret( array $record ): string|WP_Error {
		return '' === $record['sealed'] ? '' : $this->secrets->open( self::PREFIX . $record['id'], $record['sealed'] );
	}

	/**
	 * Adds an account.
	 *
	 * @param array<string, string> $account All its fields, the secret in clear.
	 * @param bool                  $enabled Whether it is asked with.
	 * @return WP_Error|null 'account_exists', or why the secret cannot be kept; nothing is saved then.
	 */
	public function add( #[\SensitiveParameter] array $account, bool $enabled ): ?WP_Error {
		$id    = $account['marketplace'];
		$id    = $id === $this->default_id() ? "{$id}-2" : $id;
		$error = $this->write( self::blank( $id ), compact( 'enabled' ) + $account );
		return 'account_changed' === $error?->get_error_code() ? new WP_Error( 'account_exists' ) : $error;
	}

	/**
	 * Changes an account, if it still stands as it was read.
	 *
	 * @param Record                     $record The account as it was read.
	 * @param array<string, string|bool> $fields What is another now; an empty secret removes the saved one. The marketplace
	 *                                           of the default account alone may be another.
	 * @return WP_Error|null 'account_changed' where it does not, or why the secret cannot be kept; nothing is saved then.
	 */
	public function update( array $record, #[\SensitiveParameter] array $fields ): ?WP_Error {
		$moves = ( $fields['marketplace'] ?? $record['marketplace'] ) !== $record['marketplace'];
		return $moves && $record['id'] === $this->default_id()
			? $this->move( $record, $fields )
			: $this->write( $record, $fields );
	}

	/**
	 * Gives the default account another marketplace, which is another row: it is there before the default is moved to it,
	 * and the former one goes last, so that at any point the account is whole.
	 *
	 * @param Record                $record The account as it was read.
	 * @param array<string, string> $fields What is another now.
	 */
	private function move( array $record, #[\SensitiveParameter] array $fields ): ?WP_Error {
		$secret = $fields['credential_secret'] ?? $this->secret( $record );
		if ( is_wp_error( $secret ) ) {
			return $secret;
		}
		$account = array( 'credential_secret' => $secret ) + $fields + $record;
		$id      = $fields['marketplace'];
		for ( $number = 2; null !== self::option( $id )->read() && $number <= self::MOST; $number++ ) {
			$id = "{$fields['marketplace']}-{$number}";
		}
		// Where nothing but a marketplace was chosen so far, there is nothing to write.
		$error = $this->write( self::blank( $id ), $account, false );
		if ( null !== $error ) {
			return $error;
		}
		$error  = $this->point( $record['id'], $id );
		$former = null === $error ? $record : $this->all()[ $id ] ?? $record;
		if ( '' !== $former['stored'] && ( null === $error || $former !== $record ) ) {
			self::option( $former['id'] )->remove( $former['stored'] );
			$this->forget();
		}
		if ( null === $error ) {
			$this->changed( $id, array( 'marketplace' ) );
		}
		return $error;
	}

	/**
	 * Removes an account with its secret.
	 *
	 * @param string $id Its id.
	 */
	public function delete( string $id ): void {
		if ( $id !== $this->default_id() && true === self::option( $id )->remove() ) {
			$this->forget();
			$this->changed( $id, array( 'deleted' ) );
		}
	}

	/**
	 * Makes an account the default one. 'account_changed' where that is not the default one any more.
	 *
	 * @param string $id   Its id.
	 * @param string $from The one that is it now.
	 */
	public function make_default( string $id, string $from ): ?WP_Error {
		$error = $this->point( $from, $id );
		if ( null === $error ) {
			$this->changed( $id, array( 'marketplace' ) );
		}
		return $error;
	}

	/** The id of the default account. */
	public function default_id(): string {
		$id = get_option( Hook_Names::DEFAULT_ACCOUNT );
		if ( is_string( $id ) && $this->is_id( $id ) ) {
			return $id;
		}
		// Until the first request behind the pages has upgraded what 0.1.0 has saved.
		$saved = get_option( Hook_Names::SETTINGS );
		$saved = $this->settings->accept( 'marketplace', is_array( $saved ) ? $saved['marketplace'] ?? '' : '' );
		return is_string( $saved ) ? $saved : Marketplaces::FALLBACK;
	}

	/**
	 * Writes a row.
	 *
	 * @param Record                     $record The account as it was read; nothing in 'stored' where it is not there yet.
	 * @param array<string, string|bool> $fields What is another now.
	 * @param bool                       $tell   Whether to tell of it.
	 */
	private function write( array $record, #[\SensitiveParameter] array $fields, bool $tell = true ): ?WP_Error {
		$known   = array( ...self::FIELDS, 'enabled' );
		$after   = array_intersect_key( $fields, array_flip( $known ) ) + $record;
		$changed = array_keys( array_diff_assoc( array_intersect_key( $after, array_flip( $known ) ), $record ) );
		$secret  = $fields['credential_secret'] ?? null;
		$sealed  = $record['sealed'];
		if ( is_string( $secret ) && $this->secret( $record ) !== $secret ) {
			$changed[] = 'credential_secret';
			$sealed    = '' === $secret ? '' : $this->secrets->seal( self::PREFIX . $record['id'], $secret );
			if ( is_wp_error( $sealed ) ) {
				return $sealed;
			}
		}
		if ( array() === $changed ) {
			return null;
		}
		$option = self::option( $record['id'] );
		$row    = self::row( $after, $sealed );
		$done   = '' === $record['stored'] ? $option->insert( $row ) : $option->replace( $record['stored'], $row );
		$this->forget();
		if ( true !== $done ) {
			return new WP_Error( null === $done ? 'secret_not_saved' : 'account_changed' );
		}
		if ( $tell ) {
			$this->changed( $record['id'], $changed );
		}
		return null;
	}

	/**
	 * Moves the default to another account.
	 *
	 * @param string $from The id of the one that is it.
	 * @param string $to   The id of the one that is to be it.
	 */
	private function point( string $from, string $to ): ?WP_Error {
		$done = ( new Option_Row( Hook_Names::DEFAULT_ACCOUNT ) )->replace( $from, $to );
		$this->forget();
		if ( true === $done ) {
			return null;
		}
		return new WP_Error( null === $done ? 'database_refuses' : 'account_changed' );
	}

	/**
	 * Tells of a change.
	 *
	 * @param string       $id     The account's id.
	 * @param list<string> $fields What has changed.
	 */
	private function changed( string $id, array $fields ): void {
		/**
		 * Fires once for each change of an account, when it is saved.
		 *
		 * @param string       $marketplace The account's marketplace, for instance `www.amazon.de`.
		 * @param list<string> $fields      What has changed: credential_id, credential_secret, credential_version, partner_tag,
		 *                                  enabled; marketplace where the default account is another; deleted.
		 */
		do_action( 'creators_image_refresh_account_changed', self::marketplace_of( $id ), $id === $this->default_id(), $fields );
	}

	/**
	 * Reads a row.
	 *
	 * @param string $id     An id.
	 * @param string $stored What stands there.
	 * @return Record|null Null where it is no account's.
	 */
	private function record( string $id, string $stored ): ?array {
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
			$record[ $field ] = (string) $this->settings->accept( $field, $saved[ $field ] ?? '' );
		}
		return $record + self::blank( $id );
	}

	/**
	 * What stands in a row.
	 *
	 * @param array<string, mixed> $fields The account's fields.
	 * @param string               $sealed Its secret, encrypted.
	 */
	public static function row( array $fields, string $sealed ): string {
		$enabled = (bool) ( $fields['enabled'] ?? true );
		$fields  = array_map( 'strval', array_intersect_key( $fields, array_flip( self::FIELDS ) ) );
		return maybe_serialize( $fields + compact( 'enabled', 'sealed' ) );
	}

	/**
	 * An account of which nothing is saved.
	 *
	 * @param string $id Its id.
	 * @return Record
	 */
	public static function blank( string $id ): array {
		return array_fill_keys( array( ...self::FIELDS, 'sealed', 'stored' ), '' ) + array(
			'id'          => $id,
			'marketplace' => self::marketplace_of( $id ),
			'enabled'     => true,
		);
	}

	/**
	 * An account's row.
	 *
	 * @param string $id Its id.
	 */
	private static function option( string $id ): Option_Row {
		return new Option_Row( self::PREFIX . $id );
	}

	/**
	 * Whether something is an account's id.
	 *
	 * @param string $id Anything.
	 */
	private function is_id( string $id ): bool {
		return 1 === preg_match( '/\A[a-z.]+(-[2-9])?\z/', $id )
			&& null !== $this->settings->accept( 'marketplace', self::marketplace_of( $id ) );
	}

	/**
	 * The marketplace of an account.
	 *
	 * @param string $id Its id.
	 */
	public static function marketplace_of( string $id ): string {
		return explode( '-', $id )[0];
	}
}
