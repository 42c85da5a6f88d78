<?php
/**
 * Changes of accounts.
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
 * Saves, swaps and removes accounts, and sees to what follows from it. Whatever is refused changes nothing.
 *
 * @phpstan-import-type Account from Extension
 */
final class Account_Editor {

	private const FIELDS = array( 'credential_id', 'credential_secret', 'credential_version', 'partner_tag' );

	/**
	 * Takes what it works with.
	 *
	 * @param Settings      $settings Reads fields, holds the default account.
	 * @param Accounts      $accounts The default account.
	 * @param Account_Store $others   The others.
	 * @param Save_Test     $test     Asks Amazon before it saves.
	 * @param Image_Store   $images   Their pictures.
	 * @param Run_Log       $log      Their refusals.
	 */
	public function __construct( private Settings $settings, private Accounts $accounts, private Account_Store $others, private Save_Test $test, private Image_Store $images, private Run_Log $log ) {}

	/**
	 * Saves what a person has entered, and says what became of it.
	 *
	 * @param string                  $marketplace The account's host; empty for a new account, whose form names it.
	 * @param array<array-key, mixed> $form        Fields as submitted.
	 * @return bool False where the form is to be shown again.
	 */
	public function submit( string $marketplace, #[\SensitiveParameter] array $form ): bool {
		$record = '' === $marketplace ? null : $this->others->find( $marketplace );
		$fields = $this->read( $form, null === $record );
		if ( null === $fields ) {
			return false;
		}
		$host = null === $record ? $fields['marketplace'] : $marketplace;
		if ( null === $record && $this->is_taken( $host ) ) {
			Notices::add( 'error', __( 'There is an account for this country already. Edit that one.', 'creators-image-refresh' ) );
			return false;
		}

		$account = array( 'marketplace' => $host ) + $fields + array_intersect_key( $record ?? array(), array_flip( self::FIELDS ) );
		$removes = '' === ( $fields['credential_secret'] ?? '' ) && ( Input::flag( $form['remove_credential_secret'] ?? false ) ?? false );
		if ( $removes && null !== $record ) {
			$account['credential_secret'] = '';
		} elseif ( '' === ( $fields['credential_secret'] ?? '' ) ) {
			$kept = $this->others->secret( $host );
			if ( is_wp_error( $kept ) ) {
				Notices::add( 'error', Status_Messages::for_error( $kept ) );
				return false;
			}
			$account['credential_secret'] = $kept;
		}
		$empty = array_keys( array_intersect_key( $account, array_flip( array( 'credential_id', 'credential_secret', 'partner_tag' ) ) ), '', true );
		if ( array() !== $empty && ! ( $removes && array( 'credential_secret' ) === $empty ) ) {
			Notices::add( 'error', Status_Messages::still_empty( $empty ) );
			return false;
		}
		$this->say_removed_spaces( $form );
		$this->save( $account, Input::flag( $form['enabled'] ?? false ) ?? false );
		return true;
	}

	/**
	 * Saves an account that Amazon accepts, or that has nothing better to keep.
	 *
	 * @param array<string, string> $account All fields; an empty secret is one that was removed.
	 * @param bool                  $enabled Whether it is asked with.
	 */
	private function save( #[\SensitiveParameter] array $account, bool $enabled ): void {
		$host     = $account['marketplace'];
		$saved    = $this->saved( $host );
		$new      = $this->accounts->whole( $account );
		$decision = null;
		// What is disabled is not asked with, not even for a test.
		if ( $enabled && null !== $new && $new !== $saved ) {
			$decision = $this->test->decide( $host, $new, $saved ?? new WP_Error( 'no_account' ) );
		}
		if ( null !== $decision && ! $decision['save'] ) {
			$this->others->set_enabled( $host, $enabled );
			Notices::add( $decision['type'], $decision['sentence'], $decision['amazon'] );
			return;
		}
		$error = $this->others->save( $account, $enabled );
		if ( null !== $error ) {
			Notices::add( 'error', Status_Messages::for_error( $error ) );
			return;
		}
		if ( null === $decision || 'success' !== $decision['type'] ) {
			/* translators: %s: a marketplace, for instance amazon.de. */
			Notices::add( 'success', sprintf( __( 'The account for %s is saved.', 'creators-image-refresh' ), Marketplaces::short( $host ) ) );
		}
		if ( null !== $decision ) {
			Notices::add( $decision['type'], $decision['sentence'], $decision['amazon'] );
		}
		if ( $new !== $saved ) {
			$this->give_a_chance( $account );
		}
	}

	/**
	 * Saves an account, whatever Amazon says.
	 *
	 * @param string  $id      Its id: a marketplace, or Account_List::DEFAULT_ID.
	 * @param Account $account The account.
	 * @return bool Whether it is saved.
	 */
	public function save_anyway( string $id, #[\SensitiveParameter] array $account ): bool {
		$error = Account_List::DEFAULT_ID === $id ? $this->save_default( $account ) : $this->others->save( $account, $this->others->find( $id )['enabled'] ?? true );
		if ( null !== $error ) {
			Notices::add( 'error', Status_Messages::for_error( $error ) );
			return false;
		}
		$this->give_a_chance( $account );
		return true;
	}

	/**
	 * Sets the version of a saved account.
	 *
	 * @param string $id      Its id.
	 * @param string $version A version.
	 * @return bool Whether it is set.
	 */
	public function set_version( string $id, string $version ): bool {
		if ( Account_List::DEFAULT_ID === $id ) {
			return null === Fixed_Values::get( 'credential_version' ) && update_option( Settings::OPTION, array( 'credential_version' => $version ) + $this->settings->all(), true );
		}
		$record = $this->others->find( $id );
		if ( null === $record ) {
			return false;
		}
		$account = array(
			'marketplace'        => $id,
			'credential_version' => $version,
		) + $record;
		$this->give_a_chance( $account );
		return null === $this->others->save( array_diff_key( $account, array_flip( array( 'enabled', 'sealed' ) ) ), $record['enabled'] );
	}

	/**
	 * Makes an account the default one, and the default one an account of its marketplace. At every point of it, both stand
	 * whole in some place.
	 *
	 * @param string $marketplace The account's host.
	 * @return WP_Error|null Why nothing was changed.
	 */
	public function make_default( string $marketplace ): ?WP_Error {
		$record = $this->others->find( $marketplace );
		$secret = $this->others->secret( $marketplace );
		$old    = $this->accounts->default_account();
		if ( is_wp_error( $secret ) ) {
			return $secret;
		}
		if ( null === $record || '' === $secret ) {
			return new WP_Error( 'account_incomplete', '', array( 'credential_secret' ) );
		}
		if ( ! $this->can_swap() ) {
			return new WP_Error( 'default_is_fixed' );
		}
		if ( is_wp_error( $old ) && 'account_incomplete' !== $old->get_error_code() ) {
			return $old;
		}
		if ( is_array( $old ) ) {
			if ( null !== $this->others->find( $old['marketplace'] ) ) {
				return new WP_Error( 'place_taken' );
			}
			$error = $this->others->save( $old, true );
			if ( null !== $error ) {
				return $error;
			}
		}
		$error = $this->save_default(
			array(
				'marketplace'       => $marketplace,
				'credential_secret' => $secret,
			) + $record
		);
		if ( null === $error ) {
			$this->others->delete( $marketplace );
		} elseif ( is_array( $old ) && $this->accounts->default_account() === $old ) {
			$this->others->delete( $old['marketplace'] );
		}
		return $error;
	}

	/**
	 * Whether the default account is one that can be changed here.
	 *
	 * @return bool
	 */
	public function can_swap(): bool {
		if ( $this->accounts->is_shared() ) {
			return false;
		}
		foreach ( array( 'credential_id', 'credential_secret', 'credential_version', 'partner_tag', 'marketplace' ) as $field ) {
			if ( null !== Fixed_Values::get( $field ) ) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Enables or disables an account.
	 *
	 * @param string $marketplace Its host.
	 * @param bool   $enabled     Whether it is asked with.
	 */
	public function set_enabled( string $marketplace, bool $enabled ): void {
		$this->others->set_enabled( $marketplace, $enabled );
	}

	/**
	 * Removes an account.
	 *
	 * @param string $marketplace Its host.
	 */
	public function delete( string $marketplace ): void {
		$this->others->delete( $marketplace );
		// Their links carry its tag.
		$this->images->make_due_at( $marketplace );
	}

	/**
	 * Whether a marketplace has an account.
	 *
	 * @param string $marketplace Its host.
	 * @return bool
	 */
	public function is_taken( string $marketplace ): bool {
		return null !== $this->others->find( $marketplace ) || ( $marketplace === $this->accounts->default_marketplace() && ! is_wp_error( $this->accounts->default_account() ) );
	}

	/**
	 * Reads the form.
	 *
	 * @param array<array-key, mixed> $form   Fields as submitted.
	 * @param bool                    $is_new Whether the marketplace is among them.
	 * @return array<string, string>|null Null where a field cannot be meant; a message says which.
	 */
	private function read( #[\SensitiveParameter] array $form, bool $is_new ): ?array {
		$fields  = array();
		$is_fine = true;
		foreach ( $is_new ? array( 'marketplace', ...self::FIELDS ) : self::FIELDS as $field ) {
			$value = $this->settings->accept( $field, $form[ $field ] ?? '' );
			if ( is_string( $value ) ) {
				$fields[ $field ] = $value;
			} else {
				$is_fine = false;
				Notices::add( 'error', Account_Messages::nothing_changed( $field ) );
			}
		}
		return $is_fine ? $fields : null;
	}

	/**
	 * Says which spaces were taken away.
	 *
	 * @param array<array-key, mixed> $form Fields as submitted.
	 */
	private function say_removed_spaces( #[\SensitiveParameter] array $form ): void {
		$removed = Account_Messages::removed_spaces( array_values( array_intersect( Account_Messages::with_spaces( $form ), self::FIELDS ) ) );
		if ( '' !== $removed ) {
			Notices::add( 'info', $removed );
		}
	}

	/**
	 * A saved account, disabled or not.
	 *
	 * @param string $marketplace Its host.
	 * @return Account|null Null where it is not whole.
	 */
	private function saved( string $marketplace ): ?array {
		$record = $this->others->find( $marketplace );
		$secret = $this->others->secret( $marketplace );
		return null === $record || is_wp_error( $secret ) ? null : $this->accounts->whole( compact( 'marketplace' ) + array( 'credential_secret' => $secret ) + $record );
	}

	/**
	 * Saves the default account, by the way that the form takes.
	 *
	 * @param array<string, mixed> $account The account.
	 * @return WP_Error|null
	 */
	private function save_default( #[\SensitiveParameter] array $account ): ?WP_Error {
		$fields = array_intersect_key( $account, array_flip( array( 'marketplace', ...self::FIELDS ) ) );
		update_option( Settings::OPTION, $fields + $this->settings->all(), true );
		$kept = $this->accounts->default_account();
		return is_array( $kept ) && $this->accounts->whole( $account ) === $kept ? null : new WP_Error( 'secret_not_saved' );
	}

	/**
	 * Has an account that is another now asked at once.
	 *
	 * @param array<string, string> $account The account.
	 */
	private function give_a_chance( #[\SensitiveParameter] array $account ): void {
		$this->log->served( Accounts::key( $account ) );
		$this->images->make_due_at( $account['marketplace'] );
	}
}
