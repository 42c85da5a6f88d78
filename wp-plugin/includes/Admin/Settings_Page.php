<?php
/**
 * The page under Settings.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Admin;

use Creators_Image_Refresh\Accounts\Account_Service;
use Creators_Image_Refresh\Admin\Accounts\Account_Form;
use Creators_Image_Refresh\Admin\Accounts\Accounts_Tab;
use Creators_Image_Refresh\Admin\Images\Images_Tab;
use Creators_Image_Refresh\Integrations\Import_Offers;
use Creators_Image_Refresh\Messages\Account_Messages;
use Creators_Image_Refresh\Messages\Notices;
use Creators_Image_Refresh\Plugin;
use Creators_Image_Refresh\Reporting\Requirements;
use Creators_Image_Refresh\Settings\Input;
use Creators_Image_Refresh\Settings\Settings;
use Creators_Image_Refresh\Settings\Settings_Screen;

defined( 'ABSPATH' ) || exit;

/**
 * Puts it together and answers its forms. Everything on it works without JavaScript; the script makes it pleasant.
 */
final class Settings_Page {

	/** Carries an answer over the redirect after a post, for one user; holds nothing secret. */
	private const ANSWER = 'creators_image_refresh_answer_';

	/** A slice for somebody who waits for a page. */
	private const SLICE_SECONDS = 15.0;

	/**
	 * Takes the plugin, whose services it calls.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public function __construct( private Plugin $plugin ) {}

	/**
	 * Adds a link to the page to the plugin's row on the Plugins page.
	 *
	 * @param mixed $links Links.
	 */
	public static function add_link( mixed $links ): mixed {
		if ( is_array( $links ) && current_user_can( 'manage_options' ) ) {
			$word = esc_html__( 'Settings', 'creators-image-refresh' );
			array_unshift( $links, '<a href="' . esc_url( Settings_Screen::url() ) . '">' . $word . '</a>' );
		}
		return $links;
	}

	/** Loads the page's scripts and styles. */
	public static function enqueue(): void {
		Page::style( 'settings-page.css' );
		Page::script( 'settings-page.js' );
		Page::style( 'accounts.css', Settings_Screen::SLUG . '-accounts', Settings_Screen::SLUG );
		if ( Accounts_Tab::TAB === Page::asked( 'tab' ) ) {
			Page::script( 'accounts.js', Settings_Screen::SLUG . '-accounts' );
		}
		if ( Images_Tab::TAB === Page::asked( 'tab' ) ) {
			Page::style( 'images.css', Settings_Screen::SLUG . '-images', Settings_Screen::SLUG );
			Page::script( 'images.js', Settings_Screen::SLUG . '-images' );
		}
	}

	/** Renders the page. */
	public function render(): void {
		if ( ! current_user_can( 'manage_options' ) ) {
			return;
		}
		echo '<div class="wrap creators-image-refresh"><h1>' . esc_html( get_admin_page_title() ) . '</h1>';
		Notices::render();
		( new Requirements( $this->plugin->extension() ) )->render();
		self::render_tabs();
		( new Account_Form( $this->plugin ) )->render_pending();
		match ( Page::asked( 'tab' ) ) {
			Accounts_Tab::TAB => ( new Accounts_Tab( $this->plugin ) )->render(),
			Images_Tab::TAB   => ( new Images_Tab( $this->plugin ) )->render(),
			default           => $this->render_settings(),
		};
		echo '</div>';
	}

	/** The tabs. */
	private static function render_tabs(): void {
		$tabs  = array(
			''                => __( 'Settings', 'creators-image-refresh' ),
			Accounts_Tab::TAB => __( 'Accounts', 'creators-image-refresh' ),
			Images_Tab::TAB   => __( 'Images', 'creators-image-refresh' ),
		);
		$shown = isset( $tabs[ Page::asked( 'tab' ) ] ) ? Page::asked( 'tab' ) : '';
		echo '<nav class="nav-tab-wrapper" aria-label="' . esc_attr__( 'Parts of this page', 'creators-image-refresh' ) . '">';
		foreach ( $tabs as $tab => $label ) {
			printf(
				'<a href="%1$s" class="nav-tab%2$s"%3$s>%4$s</a>',
				esc_url( '' === $tab ? Settings_Screen::url() : add_query_arg( 'tab', $tab, Settings_Screen::url() ) ),
				$tab === $shown ? ' nav-tab-active' : '',
				$tab === $shown ? ' aria-current="page"' : '',
				esc_html( $label )
			);
		}
		echo '</nav>';
	}

	/** The tab of the settings. */
	private function render_settings(): void {
		$answer  = Page::take( self::ANSWER );
		$verdict = is_array( $answer['verdict'] ?? null ) ? $answer['verdict'] : null;
		$unsaved = array_filter( (array) ( $answer['form'] ?? array() ), 'is_string' );
		( new Settings_Fields( $this->plugin ) )->register( static fn() => Status_Panel::render_test( $verdict ), $unsaved );
		echo '<p class="creators-image-refresh-intro">';
		esc_html_e(
			'Amazon switched off the pictures of many affiliate links. With your Amazon credentials, this plugin shows them again and keeps them fresh, without changing a word of your posts.',
			'creators-image-refresh'
		);
		echo '</p>';
		( new Network_Page( $this->plugin ) )->render_on_site();
		( new Survey_Panel( $this->plugin ) )->render();
		( new Import_Offers( $this->plugin ) )->render();
		echo '<div class="creators-image-refresh-columns">';
		echo '<form method="post" action="options.php" id="creators-image-refresh-form">';
		settings_fields( Settings::GROUP );
		// The first button of a form is the one that the Enter key presses: it saves.
		echo '<button type="submit" class="screen-reader-text" tabindex="-1" aria-hidden="true"></button>';
		do_settings_sections( Settings_Screen::SLUG );
		submit_button();
		echo '</form>';
		$outcome = is_array( $answer['outcome'] ?? null ) ? $answer['outcome'] : null;
		( new Status_Panel( $this->plugin->status_report() ) )->render( $outcome );
		echo '</div>';
	}

	/** Answers the test button without the script. */
	public function on_test(): void {
		// The form was made for options.php, so it carries that nonce.
		Page::authorize( Settings::GROUP . '-options', '_wpnonce' );
		$sent = Page::fields( Settings::OPTION );
		$form = array();
		foreach ( array_diff( Account_Service::FIELDS, array( 'credential_secret' ) ) as $field ) {
			$form[ $field ] = Input::text( $sent[ $field ] ?? null );
		}
		$form    = array_filter( $form, 'is_string' );
		$verdict = $this->plugin->connection_tester()->test_form( $sent );
		if ( '' !== (string) Input::text( $sent['credential_secret'] ?? null ) ) {
			$verdict['sentence'] .= ' ' . Account_Messages::secret_not_kept();
		}
		Page::keep( self::ANSWER, compact( 'verdict', 'form' ) );
		Page::go( Settings_Screen::url() );
	}

	/** Answers "Refresh now" without the script: one slice, and the schedule goes on. */
	public function on_refresh(): void {
		Page::authorize( Status_Panel::REFRESH_ACTION );
		$outcome = $this->plugin->refresh_now( self::SLICE_SECONDS, true );
		if ( 'running' === $outcome['state'] ) {
			$outcome['sentence'] = __(
				'A good part is done. The rest goes on in the background; come back in a few minutes.',
				'creators-image-refresh'
			);
		}
		$outcome = array_intersect_key( $outcome, array_flip( array( 'state', 'sentence', 'amazon' ) ) );
		Page::keep( self::ANSWER, compact( 'outcome' ) );
		Page::go( Settings_Screen::url() );
	}
}
