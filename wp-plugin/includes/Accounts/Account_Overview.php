<?php
/**
 * Every account, and every marketplace that has none.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Accounts;

use Creators_Image_Refresh\Api\Extension;
use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Puts together, for tables and reports, who asks for the pictures of which marketplace, and how that stands.
 *
 * @phpstan-import-type Account from Extension
 * @phpstan-type Entry array{id: string, marketplace: string, is_default: bool, state: string, partner_tag: string,
 *     credential_version: string, known: int, fresh: int, pause: array{status: string, until: int}|null}
 */
final class Account_Overview {

	public const DEFAULT_ID = Account_Repository::DEFAULT_ID;

	/**
	 * Takes what it puts together.
	 *
	 * @param Account_Resolver                                           $accounts   Who asks.
	 * @param Account_Repository                                         $repository What is saved.
	 * @param \Closure(): array<string, array{known: int, fresh: int}>   $counts     Pictures by marketplace.
	 * @param \Closure(string): (array{status: string, until: int}|null) $pause      Why an account waits, by its key.
	 */
	public function __construct(
		private Account_Resolver $accounts,
		private Account_Repository $repository,
		private \Closure $counts,
		private \Closure $pause
	) {}

	/**
	 * An account by its id.
	 *
	 * @param string $id An account's id, or DEFAULT_ID.
	 * @return Account|WP_Error The account; or why nothing can be asked with it.
	 */
	public function account( string $id ): array|WP_Error {
		return self::DEFAULT_ID === $id ? $this->accounts->default_account() : $this->accounts->own_account( $id );
	}

	/**
	 * Everything: the default account, the others, and the marketplaces of posts that have none.
	 *
	 * @return list<Entry> state: on, off (disabled), incomplete, unreadable (its secret), resting (the default account serves its
	 *                     marketplace), none.
	 */
	public function entries(): array {
		$counts  = ( $this->counts )();
		$serving = $this->accounts->default_marketplace();
		$default = array( 'marketplace' => $serving );
		foreach ( array( 'partner_tag', 'credential_version' ) as $field ) {
			$default[ $field ] = $this->accounts->value( $field );
		}
		$state   = self::state( $this->accounts->default_account() );
		$entries = array( $this->entry( self::DEFAULT_ID, $state, $default, $counts ) );
		foreach ( $this->repository->others() as $id => $record ) {
			$rests     = $record['marketplace'] === $serving && 'on' === $entries[0]['state'];
			$state     = $rests ? 'resting' : self::state( $this->accounts->own_account( $id ) );
			$entries[] = $this->entry( $id, $state, $record, $counts );
		}
		foreach ( array_diff( array_keys( $counts ), array_column( $entries, 'marketplace' ) ) as $marketplace ) {
			$entries[] = $this->entry( '', 'none', compact( 'marketplace' ), $counts );
		}
		return $entries;
	}

	/** Whether there is any account besides the default one. */
	public function has_others(): bool {
		return array() !== $this->repository->others();
	}

	/**
	 * The entries whose pictures nobody is asked for.
	 *
	 * @return list<Entry>
	 */
	public function left_alone(): array {
		$states = array( 'off', 'incomplete', 'unreadable', ...( $this->has_default() ? array() : array( 'none' ) ) );
		return array_values(
			array_filter( $this->entries(), static fn( array $entry ): bool => in_array( $entry['state'], $states, true ) )
		);
	}

	/** Whether the default account can ask for anything. */
	public function has_default(): bool {
		return ! is_wp_error( $this->accounts->default_account() );
	}

	/**
	 * The state of an account.
	 *
	 * @param array<string, string>|WP_Error $account The account, or why not.
	 */
	private static function state( #[\SensitiveParameter] array|WP_Error $account ): string {
		if ( ! is_wp_error( $account ) ) {
			return 'on';
		}
		return array(
			'account_disabled'   => 'off',
			'account_incomplete' => 'incomplete',
		)[ $account->get_error_code() ] ?? 'unreadable';
	}

	/**
	 * An entry.
	 *
	 * @param string                                       $id     An id.
	 * @param string                                       $state  Its state.
	 * @param array<string, mixed>                         $fields What it shows of the account.
	 * @param array<string, array{known: int, fresh: int}> $counts By marketplace.
	 * @return Entry
	 */
	private function entry( string $id, string $state, array $fields, array $counts ): array {
		// Pictures of a marketplace are counted once.
		$count   = 'resting' === $state ? array() : ( $counts[ $fields['marketplace'] ] ?? array() );
		$account = 'on' === $state ? $this->account( $id ) : null;
		return array(
			'id'                 => $id,
			'marketplace'        => $fields['marketplace'],
			'is_default'         => self::DEFAULT_ID === $id,
			'state'              => $state,
			'partner_tag'        => $fields['partner_tag'] ?? '',
			'credential_version' => $fields['credential_version'] ?? '',
			'known'              => $count['known'] ?? 0,
			'fresh'              => $count['fresh'] ?? 0,
			'pause'              => is_array( $account ) ? ( $this->pause )( Account_Resolver::key( $account ) ) : null,
		);
	}
}
