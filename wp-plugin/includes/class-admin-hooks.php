<?php
/**
 * Hooks of the administration.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Adds the hooks of the screens behind the log-in.
 */
final class Admin_Hooks {

	/**
	 * Takes the plugin, whose parts are hooked in.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public function __construct( private Plugin $plugin ) {}

	/**
	 * Adds them.
	 */
	public function add(): void {
		$requirements = new Requirements( $this->plugin->extension );
		$plugin       = $this->plugin;
		$service      = $this->plugin->account_service();
		$guard        = $this->plugin->save_guard();
		$accounts     = $this->plugin->saved_accounts;
		$form         = new Account_Form( $accounts, $service, $guard, $plugin->marketplaces );
		$offers       = new Import_Offers( new Import_Sources( $this->plugin->settings, $this->plugin->marketplaces ), $accounts, $service );
		$survey       = new Survey_Panel( $this->plugin->survey, $this->plugin->accounts );
		$images       = $this->plugin->images_tab();
		$network      = new Network_Page( $this->plugin->network, $this->plugin->settings, $this->plugin->marketplaces );
		$page         = new Settings_Page(
			new Settings_Fields( $this->plugin->settings, $this->plugin->accounts, $accounts, $this->plugin->license, $this->plugin->marketplaces ),
			new Status_Panel( $this->plugin->report() ),
			$requirements,
			$this->plugin->connection_tester(),
			$this->plugin->job(),
			new Accounts_Tab( $plugin->account_list(), $form, $plugin->connection_tester(), $service, $plugin->marketplaces, $plugin->settings ),
			$form,
			$images,
			array( array( $network, 'render_on_site' ), array( $survey, 'render' ), array( $offers, 'render' ) )
		);
		add_action( 'admin_menu', array( $page, 'add' ) );
		add_action( 'load-settings_page_' . Settings_Page::SLUG, array( $this->plugin->license, 'on_settings_page' ), 10, 0 );
		add_action( 'admin_enqueue_scripts', array( $page, 'enqueue' ) );
		add_action( 'admin_post_' . Status_Panel::TEST_ACTION, array( $page, 'on_test' ) );
		add_action( 'admin_post_' . Status_Panel::REFRESH_ACTION, array( $page, 'on_refresh' ) );
		add_action( 'admin_post_' . Import_Offers::ACTION, array( $offers, 'on_import' ) );
		add_action( 'admin_enqueue_scripts', array( $survey, 'enqueue' ) );
		add_action( 'load-' . Images_Tab::SCREEN, array( $images, 'on_load' ) );
		add_action( 'admin_post_' . Images_Tab::STOP, array( $images, 'on_stop' ) );
		add_action( 'admin_post_' . Image_Export::ACTION, array( new Image_Export( $this->plugin->image_query() ), 'on_export' ) );
		add_filter( 'set_screen_option_' . Images_Tab::PER_PAGE, array( Images_Tab::class, 'accept_per_page' ), 10, 3 );
		add_action( 'network_admin_menu', array( $network, 'add' ) );
		add_action( 'network_admin_edit_' . Network_Page::ACTION, array( $network, 'on_save' ) );
		$dashboard = new Dashboard_Line( $this->plugin->attention() );
		add_action( 'admin_notices', array( $dashboard, 'render' ) );
		add_action( 'admin_post_' . Dashboard_Line::ACTION, array( $dashboard, 'on_dismiss' ) );
		add_action( 'admin_init', array( Privacy::class, 'suggest_text' ) );

		$actions = new Account_Actions( $service, $this->plugin->connection_tester(), $guard, $accounts );
		add_action( 'load-options.php', array( $actions, 'on_settings' ) );
		add_action( 'admin_post_' . Account_Actions::SAVE, array( $actions, 'on_save' ) );
		add_action( 'admin_post_' . Account_Actions::CHANGE, array( $actions, 'on_change' ) );
		add_action( 'admin_post_' . Account_Actions::VERSION, array( $actions, 'on_version' ) );
		add_action( 'admin_post_' . Account_Actions::CHECK, array( $actions, 'on_check' ) );
		add_action( 'admin_post_' . Account_Actions::PENDING, array( $actions, 'on_pending' ) );

		add_filter( 'plugin_action_links_' . plugin_basename( CREATORS_IMAGE_REFRESH_FILE ), array( $page, 'add_link' ) );
		add_action( 'admin_notices', array( $requirements, 'notice_on_plugins_page' ) );
		add_action( 'network_admin_notices', array( $requirements, 'notice_on_plugins_page' ) );
	}
}
