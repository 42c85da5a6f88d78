<?php
/**
 * Every account, and every marketplace that has none.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Accounts;

use Creators_Image_Refresh\Api\Extension;
use Creators_Image_Refresh\Refresh\Run_Log;
use Creators_Image_Refresh\Storage\Image_Repository;
use WP_Error;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Puts together, for tables and reports, who asks for the pictures of which marketplace, and how that stands.
 *
 * @phpstan-import-type Account from Extension
 * @phpstan-type Entry array{id: string, marketplace: string, is_default: bool, state: string, partner_tag: string,
 *     credential_version: string, known: int, fresh: int, pause: array{status: string, until: int}|null}
 */
final class Account_Overview {

	public const DEFAULT_ID = 'default';

	/**
	 * Takes what it puts together.
	 *
	 * @param Account_Resolver   $accounts   Who asks.
	 * @param Account_Repository $repository What is saved.
	 * @param Image_Repository   $images     Numbers of pictures.
	 * @param Run_Log            $log        Who was refused.
	 */
	public function __construct(
		private Account_Resolver $accounts,
		private Account_Repository $repository,
		private Image_Repository $images,
		private Run_Log $log
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
		$counts  = $this->images->counts_by_marketplace();
		$serving = $this->accounts->default_marketplace();
		$entries = array(
			array(
				'id'                 => self::DEFAULT_ID,
				'marketplace'        => $serving,
				'is_default'         => true,
				'state'              => self::state( $this->accounts->default_account() ),
				'partner_tag'        => $this->accounts->value( 'partner_tag' ),
				'credential_version' => $this->accounts->value( 'credential_version' ),
			),
		);
		foreach ( $this->repository->others() as $id => $record ) {
			$resting   = $record['marketplace'] === $serving && 'on' === $entries[0]['state'];
			$entries[] = array(
				'id'                 => $id,
				'marketplace'        => $record['marketplace'],
				'is_default'         => false,
				'state'              => $resting ? 'resting' : self::state( $this->accounts->own_account( $id ) ),
				'partner_tag'        => $record['partner_tag'],
				'credential_version' => $record['credential_version'],
			);
		}
		foreach ( array_diff( array_keys( $counts ), array_column( $entries, 'marketplace' ) ) as $marketplace ) {
			$entries[] = array(
				'id'                 => '',
				'marketplace'        => $marketplace,
				'is_default'         => false,
				'state'              => 'none',
				'partner_tag'        => '',
				'credential_version' => '',
			);
		}
		return array_map( fn( array $entry ): array => $this->with_numbers( $entry, $counts ), $entries );
	}

	/**
	 * Whether there is any account besides the default one.
	 *
	 * @return bool
	 */
	public function has_others(): bool {
		return array() !== $this->repository->others();
	}

	/**
	 * How many pictures are not fresh and nobody is asked for.
	 *
	 * @return int
	 */
	public function left_alone(): int {
		if ( ! $this->has_others() ) {
			return 0;
		}
		$has_default = $this->has_default();
		$left_alone  = 0;
		foreach ( $this->entries() as $entry ) {
			if (
				in_array( $entry['state'], array( 'off', 'incomplete', 'unreadable' ), true )
				|| ( 'none' === $entry['state'] && ! $has_default )
			) {
				$left_alone += $entry['known'] - $entry['fresh'];
			}
		}
		return $left_alone;
	}

	/**
	 * Whether the default account can ask for anything.
	 *
	 * @return bool
	 */
	public function has_default(): bool {
		return ! is_wp_error( $this->accounts->default_account() );
	}

	/**
	 * The state of an account.
	 *
	 * @param array<string, string>|WP_Error $account The account, or why not.
	 * @return string
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
	 * An entry with what is counted.
	 *
	 * @param array<string, mixed>                           $entry  An entry.
	 * @param array<string, array{known: int, fresh: int}> $counts By marketplace.
	 * @return Entry
	 */
	private function with_numbers( array $entry, array $counts ): array {
		// Pictures of a marketplace are counted once.
		$count   = 'resting' === $entry['state'] ? array() : ( $counts[ $entry['marketplace'] ] ?? array() );
		$account = 'on' === $entry['state'] ? $this->account( $entry['id'] ) : null;
		return $entry + array(
			'known' => $count['known'] ?? 0,
			'fresh' => $count['fresh'] ?? 0,
			'pause' => is_array( $account ) ? $this->log->pause( Account_Resolver::key( $account ) ) : null,
		);
	}
}
