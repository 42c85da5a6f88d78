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
use Creators_Image_Refresh\Api\Marketplaces;
use Creators_Image_Refresh\Connection\Connection_Tester;
use Creators_Image_Refresh\Connection\Save_Guard;
use Creators_Image_Refresh\Connection\Test_Queue;
use Creators_Image_Refresh\Messages\Account_Messages;
use Creators_Image_Refresh\Messages\Notices;
use Creators_Image_Refresh\Settings\Input;
use Creators_Image_Refresh\Settings\Settings;
use Creators_Image_Refresh\Settings\Settings_Screen;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Answers the forms of accounts that are posted to admin-post.php, and goes back to the page.
 */
final class Account_Actions {

	public const SAVE    = 'creators_image_refresh_account_save';
	public const CHANGE  = 'creators_image_refresh_account_change';
	public const VERSION = 'creators_image_refresh_account_version';
	public const CHECK   = 'creators_image_refresh_connections';
	public const PENDING = 'creators_image_refresh_pending';
	public const NONCE   = 'creators_image_refresh_nonce';

	/**
	 * Carries what was entered over the redirect, for one user; never the secret.
	 */
	private const ENTERED = 'creators_image_refresh_entered_';

	/**
	 * Takes what it works with.
	 *
	 * @param Account_Service    $service    Changes accounts.
	 * @param Connection_Tester  $tester     Checks them.
	 * @param Save_Guard         $guard      Keeps the account that waits for a word.
	 * @param Account_Repository $repository Which accounts there are.
	 */
	public function __construct(
		private Account_Service $service,
		private Connection_Tester $tester,
		private Save_Guard $guard,
		private Account_Repository $repository
	) {}

	/**
	 * Saves the default account, when options.php is about to save the settings: what the form says of it goes here, and
	 * the sanitizer of the settings finds it no more in what it is given.
	 */
	public function on_settings(): void {
		// phpcs:disable WordPress.Security.ValidatedSanitizedInput.InputNotSanitized -- compared, or read field by field.
		$page  = isset( $_POST['option_page'] ) ? wp_unslash( $_POST['option_page'] ) : '';
		$input = isset( $_POST[ Settings::OPTION ] ) ? wp_unslash( $_POST[ Settings::OPTION ] ) : null;
		// phpcs:enable
		if ( Settings::GROUP !== $page || ! is_array( $input ) || ! current_user_can( 'manage_options' ) ) {
			return;
		}
		check_admin_referer( Settings::GROUP . '-options' );
		$this->service->submit_default( $input );
		$own  = array_flip( array( ...Account_Service::FIELDS, 'remove_credential_secret' ) );
		$rest = static fn( mixed $input ): mixed => is_array( $input ) ? array_diff_key( $input, $own ) : $input;
		add_filter( 'sanitize_option_' . Settings::OPTION, $rest, 9 );
	}

	/**
	 * Saves a new or an edited account.
	 */
	public function on_save(): void {
		$this->authorize( self::SAVE );
		$id   = $this->id();
		$form = self::posted( 'fields' );
		$form = is_array( $form ) ? $form : array();
		if ( $this->service->submit( $id, $form ) ) {
			self::back();
		}
		$entered = array();
		foreach ( array( 'marketplace', 'credential_id', 'credential_version', 'partner_tag' ) as $field ) {
			$entered[ $field ] = (string) Input::text( $form[ $field ] ?? '' );
		}
		$entered['enabled'] = Input::flag( $form['enabled'] ?? false ) ? '1' : '';
		if ( '' !== (string) Input::text( $form['credential_secret'] ?? '' ) ) {
			Notices::add(
				'info',
				__(
					'For safety the secret that you entered was not kept: enter it once more before you save.',
					'creators-image-refresh'
				)
			);
		}
		set_transient( self::ENTERED . get_current_user_id(), $entered, 5 * MINUTE_IN_SECONDS );
		self::back(
			array(
				'do'      => '' === $id ? 'add' : 'edit',
				'account' => $id,
				'again'   => '1',
			)
		);
	}

	/**
	 * What was entered and not saved, once.
	 *
	 * @return array<string, string>
	 */
	public static function take_entered(): array {
		$name    = self::ENTERED . get_current_user_id();
		$entered = get_transient( $name );
		if ( is_array( $entered ) ) {
			delete_transient( $name );
		}
		return is_array( $entered ) ? array_filter( $entered, 'is_string' ) : array();
	}

	/**
	 * Enables, disables, deletes, or makes default.
	 */
	public function on_change(): void {
		$this->authorize( self::CHANGE );
		$id   = $this->id();
		$shop = Marketplaces::short( Account_Repository::marketplace_of( $id ) );
		if ( '' === $id ) {
			Notices::add( 'error', __( 'There is no such account any more.', 'creators-image-refresh' ) );
			self::back();
		}
		$change  = Input::text( self::posted( 'change' ) );
		$enabled = in_array( $change, array( 'enable', 'disable' ), true ) ? 'enable' === $change : null;
		if ( null !== $enabled && null !== $this->service->change( $id, compact( 'enabled' ) ) ) {
			Notices::add( 'error', __( 'There is no such account any more.', 'creators-image-refresh' ) );
			self::back();
		}
		switch ( $change ) {
			case 'enable':
				/* translators: %s: a marketplace, for instance amazon.de. */
				Notices::add( 'success', sprintf( __( 'The account for %s is enabled.', 'creators-image-refresh' ), $shop ) );
				break;
			case 'disable':
				Notices::add(
					'success',
					sprintf(
						/* translators: %s: a marketplace, for instance amazon.de. */
						__( 'The account for %s is disabled. Nothing is asked for this country until you enable it.', 'creators-image-refresh' ),
						$shop
					)
				);
				break;
			case 'delete':
				$this->repository->delete( $id );
				Notices::add(
					'success',
					/* translators: %s: a marketplace, for instance amazon.de. */
					sprintf( __( 'The account for %s is deleted, its secret with it.', 'creators-image-refresh' ), $shop )
				);
				break;
			case 'default':
				$error = $this->service->make_default( $id );
				if ( null === $error ) {
					Notices::add(
						'success',
						/* translators: %s: a marketplace, for instance amazon.de. */
						sprintf( __( 'The account for %s is the default one now.', 'creators-image-refresh' ), $shop )
					);
				} else {
					Notices::add( 'error', Account_Messages::for_swap( $error ) );
				}
				break;
			default:
				Notices::add( 'error', __( 'Nothing was changed. Please try again.', 'creators-image-refresh' ) );
		}
		self::back();
	}

	/**
	 * Sets the version that Amazon accepts, and checks again.
	 */
	public function on_version(): void {
		$this->authorize( self::VERSION );
		$id      = Account_Overview::DEFAULT_ID === self::posted( 'account' ) ? Account_Overview::DEFAULT_ID : $this->id();
		$version = Input::choice( self::posted( 'version' ), Settings::VERSIONS );
		if ( '' === $id || null === $version || ! $this->service->set_version( $id, $version ) ) {
			Notices::add( 'error', __( 'Nothing was changed. Please try again.', 'creators-image-refresh' ) );
			self::back();
		}
		$row = $this->tester->check( $id );
		Notices::add(
			$row['ok'] ? 'success' : 'warning',
			/* translators: 1: a version, 2: what Amazon says to it. */
			sprintf( __( 'Version %1$s is set. %2$s', 'creators-image-refresh' ), $version, $row['sentence'] ),
			$row['amazon']
		);
		self::back();
	}

	/**
	 * “Check connections” without the script.
	 */
	public function on_check(): void {
		$this->authorize( self::CHECK );
		$not_asked = array();
		foreach ( $this->tester->check_all() as $row ) {
			if ( in_array( $row['status'], Test_Queue::NOT_ASKED, true ) ) {
				$not_asked[] = $row['sentence'];
			}
		}
		foreach ( array_unique( $not_asked ) as $sentence ) {
			Notices::add( 'info', $sentence );
		}
		self::back( array(), '#creators-image-refresh-connections' );
	}

	/**
	 * Saves the account that Amazon refused anyway, saves it with the version that Amazon accepts, or drops it.
	 */
	public function on_pending(): void {
		$this->authorize( self::PENDING );
		$waiting = $this->guard->account();
		$choice  = Input::text( self::posted( 'choice' ) );
		$this->guard->forget();
		if ( null === $waiting ) {
			Notices::add(
				'error',
				__(
					'The new credentials were kept for a quarter of an hour, and that is over. Enter them once more.',
					'creators-image-refresh'
				)
			);
		} elseif ( 'save' === $choice || in_array( $choice, array_filter( Settings::VERSIONS ), true ) ) {
			$account = 'save' === $choice ? $waiting['account'] : array( 'credential_version' => $choice ) + $waiting['account'];
			if ( $this->service->save_anyway( $waiting['id'], $account ) ) {
				$row = 'save' === $choice ? null : $this->tester->check( $waiting['id'] );
				Notices::add(
					null === $row || $row['ok'] ? 'success' : 'warning',
					/* translators: %s: what Amazon says to it; may be empty. */
					trim( sprintf( __( 'The new credentials are saved. %s', 'creators-image-refresh' ), $row['sentence'] ?? '' ) )
				);
			}
		} else {
			Notices::add( 'info', __( 'The new credentials are dropped, and the earlier ones stay.', 'creators-image-refresh' ) );
		}
		wp_safe_redirect(
			Account_Overview::DEFAULT_ID === ( $waiting['id'] ?? Account_Overview::DEFAULT_ID )
				? Settings_Screen::url()
				: Accounts_Tab::url()
		);
		exit;
	}

	/**
	 * Lets in only those who may, from a form of this page.
	 *
	 * @param string $action The nonce's action.
	 */
	private function authorize( string $action ): void {
		// phpcs:ignore WordPress.Security.NonceVerification.Recommended -- verified below.
		if ( ! current_user_can( 'manage_options' ) || ! is_string( $_REQUEST[ self::NONCE ] ?? '' ) ) {
			wp_die( esc_html__( 'You are not allowed to do this.', 'creators-image-refresh' ), '', array( 'response' => 403 ) );
		}
		check_admin_referer( $action, self::NONCE );
	}

	/**
	 * A posted value.
	 *
	 * @param string $name Its name.
	 * @return mixed
	 */
	private static function posted( string $name ): mixed {
		// phpcs:ignore WordPress.Security.NonceVerification.Missing, WordPress.Security.ValidatedSanitizedInput.InputNotSanitized -- authorize() has verified; whoever reads it, checks it.
		return isset( $_POST[ $name ] ) ? wp_unslash( $_POST[ $name ] ) : null;
	}

	/**
	 * The id of the account besides the default one that is meant.
	 *
	 * @return string Empty where it is none.
	 */
	private function id(): string {
		return $this->repository->find( (string) Input::text( self::posted( 'account' ) ) )['id'] ?? '';
	}

	/**
	 * Goes back to the tab.
	 *
	 * @param array<string, string> $query What to show there.
	 * @param string                $place Where on the page.
	 * @return never
	 */
	private static function back( array $query = array(), string $place = '' ): void {
		wp_safe_redirect( Accounts_Tab::url( $query ) . $place );
		exit;
	}
}
