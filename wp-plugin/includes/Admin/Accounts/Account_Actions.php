<?php
/**
 * What the buttons of accounts do.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Admin\Accounts;

use Creators_Image_Refresh\Accounts\Account_Overview;
use Creators_Image_Refresh\Accounts\Account_Repository;
use Creators_Image_Refresh\Accounts\Account_Service;
use Creators_Image_Refresh\Admin\Page;
use Creators_Image_Refresh\Api\Marketplaces;
use Creators_Image_Refresh\Connection\Test_Queue;
use Creators_Image_Refresh\Messages\Account_Messages;
use Creators_Image_Refresh\Messages\Notices;
use Creators_Image_Refresh\Plugin;
use Creators_Image_Refresh\Settings\Input;
use Creators_Image_Refresh\Settings\Settings;
use Creators_Image_Refresh\Settings\Settings_Screen;

defined( 'ABSPATH' ) || exit;

/**
 * What the buttons of accounts do: answers the forms that are posted to admin-post.php, and goes back to the page.
 */
final class Account_Actions {

	public const SAVE    = 'creators_image_refresh_account_save';
	public const CHANGE  = 'creators_image_refresh_account_change';
	public const VERSION = 'creators_image_refresh_account_version';
	public const CHECK   = 'creators_image_refresh_connections';
	public const PENDING = 'creators_image_refresh_pending';

	/** Carries what was entered over the redirect, for one user; never the secret. */
	public const ENTERED = 'creators_image_refresh_entered_';

	/**
	 * Takes the plugin, whose services it calls.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public function __construct( private Plugin $plugin ) {}

	/** Saves a new or an edited account. */
	public function on_save(): void {
		Page::authorize( self::SAVE );
		$account = $this->id();
		$form    = Page::fields( 'fields' );
		if ( $this->plugin->account_service()->submit( $account, $form ) ) {
			Page::go( Accounts_Tab::url() );
		}
		$entered = array();
		foreach ( array_diff( Account_Service::FIELDS, array( 'credential_secret' ) ) as $field ) {
			$entered[ $field ] = (string) Input::text( $form[ $field ] ?? '' );
		}
		$entered['enabled'] = Input::flag( $form['enabled'] ?? false ) ? '1' : '';
		if ( '' !== (string) Input::text( $form['credential_secret'] ?? '' ) ) {
			Notices::add( 'info', Account_Messages::secret_not_kept() );
		}
		Page::keep( self::ENTERED, $entered );
		Page::go( add_query_arg( 'again', '1', Accounts_Tab::edit_url( '' === $account ? 'add' : 'edit', $account ) ) );
	}

	/** Enables, disables, deletes, or makes default. */
	public function on_change(): void {
		Page::authorize( self::CHANGE );
		$id     = $this->id();
		$change = Page::asked( 'change' );
		$error  = null;
		if ( '' !== $id && in_array( $change, array( 'enable', 'disable' ), true ) ) {
			$error = $this->plugin->account_service()->change( $id, array( 'enabled' => 'enable' === $change ) );
		} elseif ( '' !== $id && 'default' === $change ) {
			$error = $this->plugin->account_service()->make_default( $id );
		} elseif ( '' !== $id && 'delete' === $change ) {
			$this->plugin->account_repository()->delete( $id );
		}
		$sentences = array(
			/* translators: %s: a marketplace, for instance amazon.de. */
			'enable'  => __( 'The account for %s is enabled.', 'creators-image-refresh' ),
			/* translators: %s: a marketplace, for instance amazon.de. */
			'disable' => __(
				'The account for %s is disabled. Nothing is asked for this country until you enable it.',
				'creators-image-refresh'
			),
			/* translators: %s: a marketplace, for instance amazon.de. */
			'delete'  => __( 'The account for %s is deleted, its secret with it.', 'creators-image-refresh' ),
			/* translators: %s: a marketplace, for instance amazon.de. */
			'default' => __( 'The account for %s is the default one now.', 'creators-image-refresh' ),
		);
		if ( '' === $id || 'no_account' === $error?->get_error_code() ) {
			Notices::add( 'error', __( 'There is no such account any more.', 'creators-image-refresh' ) );
		} elseif ( null !== $error ) {
			Notices::add( 'error', Account_Messages::for_swap( $error ) );
		} elseif ( ! isset( $sentences[ $change ] ) ) {
			Notices::add( 'error', Account_Messages::nothing_done() );
		} else {
			$shop = Marketplaces::short( Account_Repository::marketplace_of( $id ) );
			Notices::add( 'success', sprintf( $sentences[ $change ], $shop ) );
		}
		Page::go( Accounts_Tab::url() );
	}

	/** Sets the version that Amazon accepts, and checks again. */
	public function on_version(): void {
		Page::authorize( self::VERSION );
		$id      = Account_Overview::DEFAULT_ID === Page::asked( 'account' ) ? Account_Overview::DEFAULT_ID : $this->id();
		$version = Input::choice( Page::sent( 'version' ), Settings::VERSIONS );
		if ( '' === $id || null === $version || ! $this->plugin->account_service()->set_version( $id, $version ) ) {
			Notices::add( 'error', Account_Messages::nothing_done() );
			Page::go( Accounts_Tab::url() );
		}
		$row = $this->plugin->connection_tester()->check( $id );
		/* translators: 1: a version, 2: what Amazon says to it. */
		$sentence = sprintf( __( 'Version %1$s is set. %2$s', 'creators-image-refresh' ), $version, $row['sentence'] );
		Notices::add( $row['ok'] ? 'success' : 'warning', $sentence, $row['amazon'] );
		Page::go( Accounts_Tab::url() );
	}

	/** “Check connections” without the script. */
	public function on_check(): void {
		Page::authorize( self::CHECK );
		$not_asked = array_filter(
			$this->plugin->connection_tester()->check_all(),
			static fn( array $row ): bool => in_array( $row['status'], Test_Queue::NOT_ASKED, true )
		);
		foreach ( array_unique( array_column( $not_asked, 'sentence' ) ) as $sentence ) {
			Notices::add( 'info', $sentence );
		}
		Page::go( Accounts_Tab::url() . '#creators-image-refresh-connections' );
	}

	/** Saves the account that Amazon refused anyway, saves it with the version that Amazon accepts, or drops it. */
	public function on_pending(): void {
		Page::authorize( self::PENDING );
		$guard   = $this->plugin->save_guard();
		$waiting = $guard->account();
		$choice  = Page::asked( 'choice' );
		$version = (string) Input::choice( $choice, Settings::VERSIONS );
		$version = array_filter( array( 'credential_version' => $version ) );
		$guard->forget();
		if ( null === $waiting ) {
			$sentence = __(
				'The new credentials were kept for a quarter of an hour, and that is over. Enter them once more.',
				'creators-image-refresh'
			);
			Notices::add( 'error', $sentence );
		} elseif ( 'save' !== $choice && array() === $version ) {
			Notices::add( 'info', __( 'The new credentials are dropped, and the earlier ones stay.', 'creators-image-refresh' ) );
		} elseif ( $this->plugin->account_service()->save_anyway( $waiting['id'], $version + $waiting['account'] ) ) {
			$row = array() === $version ? null : $this->plugin->connection_tester()->check( $waiting['id'] );
			/* translators: %s: what Amazon says to it; may be empty. */
			$sentence = sprintf( __( 'The new credentials are saved. %s', 'creators-image-refresh' ), $row['sentence'] ?? '' );
			Notices::add( $row['ok'] ?? true ? 'success' : 'warning', trim( $sentence ) );
		}
		$is_default = Account_Overview::DEFAULT_ID === ( $waiting['id'] ?? Account_Overview::DEFAULT_ID );
		Page::go( $is_default ? Settings_Screen::url() : Accounts_Tab::url() );
	}

	/** The id of the account besides the default one that is meant; empty where it is none. */
	private function id(): string {
		return $this->plugin->account_repository()->find( Page::asked( 'account' ) )['id'] ?? '';
	}
}
