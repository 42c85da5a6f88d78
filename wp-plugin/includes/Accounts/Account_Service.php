<?php
/**
 * Changes of accounts.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Accounts;

use Creators_Image_Refresh\Api\Extension;
use Creators_Image_Refresh\Api\Marketplaces;
use Creators_Image_Refresh\Connection\Save_Guard;
use Creators_Image_Refresh\Messages\Account_Messages;
use Creators_Image_Refresh\Messages\Advice;
use Creators_Image_Refresh\Messages\Notices;
use Creators_Image_Refresh\Settings\Config_Constants;
use Creators_Image_Refresh\Settings\Input;
use Creators_Image_Refresh\Settings\Settings;
use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Saves, swaps and removes accounts, and says what became of it. Whatever is refused changes nothing.
 *
 * @phpstan-import-type Account from Extension
 */
final class Account_Service {

	/** What makes an account; the marketplace of one besides the default one is never another. */
	public const FIELDS = array( 'marketplace', 'credential_id', 'credential_secret', 'credential_version', 'partner_tag' );

	/** How often a change that touches nothing else is tried while others change the same account. */
	private const TRIES = 9;

	/**
	 * Takes what it works with.
	 *
	 * @param Settings               $settings   Reads fields.
	 * @param Account_Resolver       $accounts   Who asks.
	 * @param Account_Repository     $repository What is saved.
	 * @param \Closure(): Save_Guard $guard      Makes what tests; most changes need no test.
	 */
	public function __construct(
		private Settings $settings,
		private Account_Resolver $accounts,
		private Account_Repository $repository,
		private \Closure $guard
	) {}

	/**
	 * Saves what a person has entered for an account besides the default one, and says what became of it.
	 *
	 * @param string                  $id   The account's id; empty for a new account, whose form names its marketplace.
	 * @param array<array-key, mixed> $form Fields as submitted.
	 * @return bool False where the form is to be shown again.
	 */
	public function submit( string $id, #[\SensitiveParameter] array $form ): bool {
		$record = $this->repository->find( $id );
		$fields = array();
		$wrong  = array();
		foreach ( null === $record ? self::FIELDS : array_slice( self::FIELDS, 1 ) as $field ) {
			$fields[ $field ] = $this->settings->accept( $field, $form[ $field ] ?? '' );
			if ( ! is_string( $fields[ $field ] ) ) {
				$wrong[] = Account_Messages::nothing_changed( $field );
			}
		}
		$removes = self::removes_secret( $fields, $form );
		$account = $fields + ( $record ?? array() );
		if ( '' === $account['credential_secret'] && null !== $record && ! $removes ) {
			$account['credential_secret'] = $this->repository->secret( $record );
		}
		$may_lack = null !== $record && $removes ? array( 'credential_secret' ) : array();
		$empty    = array_diff( Account_Resolver::still_empty( $account ), $may_lack );
		$error    = match ( true ) {
			array() !== $wrong                                            => null,
			null === $record && $this->is_taken( $fields['marketplace'] ) => new WP_Error( 'account_exists' ),
			is_wp_error( $account['credential_secret'] )                  => $account['credential_secret'],
			array() !== $empty                                            => new WP_Error( 'account_incomplete', '', $empty ),
			default                                                       => null,
		};
		if ( null !== $error ) {
			$wrong[] = Advice::for_error( $error );
		}
		foreach ( $wrong as $sentence ) {
			Notices::add( 'error', $sentence );
		}
		if ( array() !== $wrong ) {
			return false;
		}
		$removed = Account_Messages::removed_spaces( $form, self::FIELDS );
		if ( '' !== $removed ) {
			Notices::add( 'info', $removed );
		}
		$enabled = true === Input::flag( $form['enabled'] ?? false );
		// What is disabled is not asked with, not even for a test.
		$new   = $enabled ? $this->accounts->whole( $account ) : null;
		$error = $this->test_and_save( $record['id'] ?? $account['marketplace'], $record, compact( 'enabled' ) + $account, $new );
		return 'account_exists' !== $error?->get_error_code();
	}

	/**
	 * Saves an account that Amazon accepts, or that has nothing better to keep, and says so where its form was.
	 *
	 * @param string                     $id     Its id, or Account_Repository::DEFAULT_ID.
	 * @param array<string, mixed>|null  $record What is there; null for a new account.
	 * @param array<string, string|bool> $fields What is another now; an empty secret is one that was removed.
	 * @param Account|null               $new    The account with them; null where it is not to be tested.
	 * @return WP_Error|null Why it was not saved, where that is not Amazon's doing.
	 */
	private function test_and_save(
		string $id,
		?array $record,
		#[\SensitiveParameter] array $fields,
		#[\SensitiveParameter] ?array $new
	): ?WP_Error {
		$is_default = Account_Repository::DEFAULT_ID === $id;
		$say        = $is_default ? Settings_Form::say( ... ) : Notices::add( ... );
		$other      = null === $record ? new WP_Error( 'no_account' ) : $this->accounts->saved( $record );
		$saved      = $is_default ? $this->accounts->default_account() : $other;
		$decision   = null === $new || $new === $saved ? null : ( $this->guard )()->decide( $id, $new, $saved );
		$saves      = $decision['save'] ?? true;
		$error      = match ( true ) {
			! $saves         => $this->change( $id, array_intersect_key( $fields, array( 'enabled' => true ) ) ),
			null === $record => $this->repository->add( $fields, $fields['enabled'] ),
			default          => $this->repository->update( $record, $fields ),
		};
		if ( null !== $error ) {
			$say( 'error', Advice::for_error( $error ) );
			return $error;
		}
		// WordPress has a word of its own for the settings, and leaves it out where there is any other.
		$is_said = $is_default && null === $decision && array() === get_settings_errors( Settings::OPTION );
		if ( $saves && ! $is_said && 'success' !== ( $decision['type'] ?? '' ) ) {
			/* translators: %s: a marketplace, for instance amazon.de. */
			$done = __( 'The account for %s is saved.', 'creators-image-refresh' );
			$done = sprintf( $done, Marketplaces::short( $record['marketplace'] ?? $fields['marketplace'] ) );
			$say( 'success', $is_default ? __( 'Settings saved.', 'creators-image-refresh' ) : $done );
		}
		if ( null !== $decision ) {
			$say( $decision['type'], $decision['sentence'], $decision['amazon'] );
		}
		return null;
	}

	/**
	 * Saves what the form of the settings says of the default account: tests credentials that are others now, and leaves
	 * those that are there where Amazon refuses the new ones. For the page after options.php.
	 *
	 * @param array<array-key, mixed> $input What was submitted.
	 */
	public function submit_default( #[\SensitiveParameter] array $input ): void {
		$version = Input::choice( $input['use_version'] ?? '', Settings::VERSIONS );
		if ( null !== $version && '' !== $version ) {
			$input['credential_version'] = $version;
		}
		$removed = Account_Messages::removed_spaces( $input, array( ...self::FIELDS, 'license_key' ) );
		if ( '' !== $removed ) {
			Settings_Form::say( 'info', $removed );
		}

		$record  = $this->repository->default_record();
		$fields  = $this->read_default( $input );
		$account = '' === ( $fields['credential_secret'] ?? null ) ? null : $this->accounts->from_form( $fields );
		$new     = is_array( $account ) ? $this->accounts->whole( $account ) : null;
		$this->test_and_save( Account_Repository::DEFAULT_ID, $record, $fields, $new );
	}

	/**
	 * Saves fields of the default account, whoever brings them, without asking Amazon.
	 *
	 * @param array<array-key, mixed> $input Fields as they come; an empty secret keeps the saved one.
	 * @return WP_Error|null Why they are not saved.
	 */
	public function store_default( #[\SensitiveParameter] array $input ): ?WP_Error {
		return $this->change( Account_Repository::DEFAULT_ID, $this->read_default( $input ) );
	}

	/**
	 * Changes something of an account, however the rest of it stands by then.
	 *
	 * @param string                     $id     Its id, or Account_Repository::DEFAULT_ID.
	 * @param array<string, string|bool> $fields What is another now.
	 * @return WP_Error|null Why it was not changed.
	 */
	public function change( string $id, #[\SensitiveParameter] array $fields ): ?WP_Error {
		$tries = 0;
		do {
			$this->repository->forget();
			$record = Account_Repository::DEFAULT_ID === $id ? $this->repository->default_record() : $this->repository->find( $id );
			$error  = null === $record ? new WP_Error( 'no_account' ) : $this->repository->update( $record, $fields );
			++$tries;
		} while ( 'account_changed' === $error?->get_error_code() && $tries < self::TRIES );
		return $error;
	}

	/**
	 * Saves an account, whatever Amazon says.
	 *
	 * @param string  $id      Its id, or Account_Repository::DEFAULT_ID.
	 * @param Account $account The account.
	 */
	public function save_anyway( string $id, #[\SensitiveParameter] array $account ): bool {
		$record = $this->repository->find( $id );
		$error  = match ( true ) {
			Account_Repository::DEFAULT_ID === $id => $this->store_default( $account ),
			null === $record                     => $this->repository->add( $account, true ),
			default                              => $this->repository->update( $record, $account ),
		};
		if ( null !== $error ) {
			Notices::add( 'error', Advice::for_error( $error ) );
		}
		return null === $error;
	}

	/**
	 * Sets the version of a saved account, the default one by DEFAULT_ID; whether it could.
	 *
	 * @param string $id      Its id, or Account_Repository::DEFAULT_ID.
	 * @param string $version A version.
	 */
	public function set_version( string $id, string $version ): bool {
		$is_fixed = Account_Repository::DEFAULT_ID === $id && null !== Config_Constants::get( 'credential_version' );
		return ! $is_fixed && null === $this->change( $id, array( 'credential_version' => $version ) );
	}

	/**
	 * Makes an account the default one; the one that was it is an account of its marketplace then. Null, or why nothing was
	 * changed.
	 *
	 * @param string $id The account's id.
	 */
	public function make_default( string $id ): ?WP_Error {
		$record = $this->repository->find( $id );
		$secret = null === $record ? '' : $this->repository->secret( $record );
		$old    = $this->repository->default_record();
		$second = $this->repository->for_marketplace( $old['marketplace'] )['id'] ?? $id;
		return match ( true ) {
			is_wp_error( $secret )                   => $secret,
			'' === $secret                           => new WP_Error( 'account_incomplete', '', array( 'credential_secret' ) ),
			! $this->can_swap()                      => new WP_Error( 'default_is_fixed' ),
			'' !== $old['stored'] && $second !== $id => new WP_Error( 'place_taken' ),
			default                                  => $this->repository->make_default( $id, $old['id'] ),
		};
	}

	/** Whether the default account is one that can be changed here. */
	public function can_swap(): bool {
		$fixed = array_map( array( Config_Constants::class, 'get' ), self::FIELDS );
		return ! $this->accounts->is_shared() && array() === array_diff( $fixed, array( null ) );
	}

	/**
	 * Whether a marketplace has an account.
	 *
	 * @param string $marketplace Its host.
	 */
	public function is_taken( string $marketplace ): bool {
		return null !== $this->repository->for_marketplace( $marketplace )
			|| ( $marketplace === $this->accounts->default_marketplace() && ! is_wp_error( $this->accounts->default_account() ) );
	}

	/**
	 * Reads what is to be saved of the default account. A field that is set elsewhere is left out, and so is one that
	 * cannot be meant; a message says that the earlier value stays. An empty secret is one that is to be removed.
	 *
	 * @param array<array-key, mixed> $input Fields as they come.
	 */
	private function read_default( #[\SensitiveParameter] array $input ): array {
		$fields = array();
		foreach ( array_intersect( self::FIELDS, array_keys( $input ) ) as $field ) {
			if ( null !== Config_Constants::get( $field ) ) {
				continue;
			}
			$value = $this->settings->accept( $field, $input[ $field ] );
			if ( is_string( $value ) ) {
				$fields[ $field ] = $value;
			} else {
				Settings_Form::say( 'error', Account_Messages::not_changed( $field ) );
			}
		}
		if ( '' === ( $fields['credential_secret'] ?? null ) && ! self::removes_secret( $fields, $input ) ) {
			unset( $fields['credential_secret'] );
		}
		return $fields;
	}

	/**
	 * Whether the saved secret is to be removed.
	 *
	 * @param array<string, string>   $fields Fields that were read.
	 * @param array<array-key, mixed> $form   Fields as submitted.
	 */
	private static function removes_secret( #[\SensitiveParameter] array $fields, #[\SensitiveParameter] array $form ): bool {
		return '' === ( $fields['credential_secret'] ?? '' )
			&& true === Input::flag( $form['remove_credential_secret'] ?? false );
	}
}
