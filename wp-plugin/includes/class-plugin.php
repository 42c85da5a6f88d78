<?php
/**
 * The plugin as a whole.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Puts the parts together and adds all hooks, here and nowhere else.
 */
final class Plugin {

	public readonly Extension $extension;
	public readonly Marketplaces $marketplaces;
	public readonly Settings $settings;
	public readonly Secrets $secrets;
	public readonly Account_Store $other_accounts;
	public readonly Accounts $accounts;
	public readonly Image_Store $images;
	public readonly Run_Log $log;
	public readonly Scanner $scanner;
	public readonly Refresher $refresher;
	public readonly Renderer $renderer;
	public readonly Schedule $schedule;

	/**
	 * The plugin of this request.
	 *
	 * @var self|null
	 */
	private static ?self $instance = null;

	/**
	 * The plugin of this request.
	 *
	 * @return self
	 */
	public static function instance(): self {
		if ( null === self::$instance ) {
			self::$instance = new self( new Extension() );
		}
		return self::$instance;
	}

	/**
	 * Puts the parts together; none of them does anything by that.
	 *
	 * @param Extension $extension The real one, or a stand-in.
	 */
	public function __construct( Extension $extension ) {
		$this->extension       = $extension;
		$this->marketplaces    = new Marketplaces( $extension );
		$this->settings        = new Settings( $this->marketplaces );
		$this->secrets         = new Secrets();
		$this->other_accounts  = new Account_Store( $this->settings, $this->secrets );
		$this->accounts        = new Accounts( $this->settings, $this->secrets, $this->marketplaces, $this->other_accounts );
		$this->images          = new Image_Store();
		$this->log             = new Run_Log();
		$finder                = new Picture_Finder( $extension, $this->accounts );
		$this->scanner         = new Scanner( $extension, $finder, new Use_Store( $this->images ), $this->accounts );
		$this->refresher       = new Refresher( $extension, $this->settings, $this->accounts, $this->images, $this->log );
		$this->renderer        = new Renderer( $extension, $this->settings, $this->accounts, $finder, $this->images );
		$this->schedule        = new Schedule( $this->scanner, $this->refresher, $this->images );
	}

	/**
	 * Adds all hooks.
	 */
	public function add_hooks(): void {
		// Pages: after shortcodes (11, added earlier), before WordPress adds attributes to images (12).
		add_filter( 'the_content', array( $this->renderer, 'rewrite' ), 11 );
		add_filter( 'widget_text', array( $this->renderer, 'rewrite' ), 11 );
		add_filter( 'widget_text_content', array( $this->renderer, 'rewrite' ), 11 );
		add_filter( 'widget_block_content', array( $this->renderer, 'rewrite' ), 11 );
		add_filter( 'render_block_core/template-part', array( $this->renderer, 'rewrite' ), 11 );

		// Posts and widgets.
		add_action( 'save_post', array( $this->scanner, 'on_save_post' ), 20, 2 );
		add_action( 'deleted_post', array( $this->scanner, 'on_deleted_post' ) );
		foreach ( array( 'widget_block', 'widget_text', 'widget_custom_html' ) as $widgets ) {
			add_action( 'update_option_' . $widgets, array( $this->scanner, 'scan_widgets' ), 10, 0 );
		}

		// Work in the background.
		add_action( Schedule::SCAN, array( $this->schedule, 'on_scan' ), 10, 0 );
		add_action( Schedule::RUN, array( $this->schedule, 'on_run' ), 10, 0 );
		add_action( 'creators_image_refresh_images_found', array( $this->schedule, 'run_soon' ), 10, 0 );

		// Settings, and what follows from a change.
		add_action( 'init', array( $this, 'set_up' ) );
		$form = new Settings_Form( $this->settings, $this->secrets );
		add_action( 'init', array( $form, 'register' ) );
		if ( did_action( 'init' ) ) {
			// The request that activates the plugin: nothing may be saved in clear in it either.
			$form->register();
		}
		foreach ( array( Settings::OPTION, Secrets::CREDENTIAL_SECRET ) as $option ) {
			add_action( 'add_option_' . $option, array( $this, 'on_account_changed' ), 10, 0 );
			add_action( 'update_option_' . $option, array( $this, 'on_account_changed' ), 10, 0 );
		}

		add_action( 'update_option_' . Settings::OPTION, array( $this, 'on_settings_changed' ), 9, 2 );

		foreach ( array( 'add_option_', 'update_option_' ) as $change ) {
			add_action( $change . Account_Store::OPTION, array( $this->schedule, 'run_soon' ), 10, 0 );
		}

		add_filter( 'wpmu_drop_tables', array( Schema::class, 'with_own_tables' ), 10, 2 );
		add_action( 'rest_api_init', array( $this, 'add_routes' ) );
		if ( is_admin() ) {
			$this->add_admin_hooks();
		}
	}

	/**
	 * Adds the hooks of the administration.
	 */
	private function add_admin_hooks(): void {
		$requirements = new Requirements( $this->extension );
		$page         = new Settings_Page(
			new Settings_Fields( $this->settings, $this->accounts, $this->secrets, $this->marketplaces ),
			new Status_Panel( $this->report() ),
			$requirements,
			$this->credential_check(),
			$this->job(),
			$this->accounts_tab(),
			new Pending_Box( new Pending_Account( $this->secrets ) )
		);
		add_action( 'admin_menu', array( $page, 'add' ) );
		add_action( 'admin_enqueue_scripts', array( $page, 'enqueue' ) );
		add_action( 'admin_post_' . Status_Panel::TEST_ACTION, array( $page, 'on_test' ) );
		add_action( 'admin_post_' . Status_Panel::REFRESH_ACTION, array( $page, 'on_refresh' ) );

		// Before the sanitizer of the settings.
		add_filter( 'sanitize_option_' . Settings::OPTION, array( new Save_Guard( $this->settings, $this->accounts, $this->save_test() ), 'filter' ), 9 );
		$actions = new Account_Actions( $this->account_editor(), $this->connection_check(), new Pending_Account( $this->secrets ), $this->settings );
		add_action( 'admin_post_' . Account_Actions::SAVE, array( $actions, 'on_save' ) );
		add_action( 'admin_post_' . Account_Actions::CHANGE, array( $actions, 'on_change' ) );
		add_action( 'admin_post_' . Account_Actions::VERSION, array( $actions, 'on_version' ) );
		add_action( 'admin_post_' . Account_Actions::CHECK, array( $actions, 'on_check' ) );
		add_action( 'admin_post_' . Account_Actions::PENDING, array( $actions, 'on_pending' ) );

		add_filter( 'plugin_action_links_' . plugin_basename( CREATORS_IMAGE_REFRESH_FILE ), array( $page, 'add_link' ) );
		add_action( 'admin_notices', array( $requirements, 'notice_on_plugins_page' ) );
		add_action( 'network_admin_notices', array( $requirements, 'notice_on_plugins_page' ) );
	}

	/**
	 * Adds the REST routes.
	 */
	public function add_routes(): void {
		( new Rest_Controller( $this->credential_check(), $this->job(), $this->report() ) )->register();
		( new Connections_Controller( $this->connection_check() ) )->register();
	}

	/**
	 * Creates what is not there yet: on activation, after an update, and on a network's sites one by one. Never while a
	 * visitor waits.
	 */
	public function set_up(): void {
		if ( ! is_admin() && ! wp_doing_cron() && 'cli' !== PHP_SAPI ) {
			return;
		}
		if ( ! Schema::is_ready() ) {
			Schema::install();
		}
		$this->schedule->ensure();
	}

	/**
	 * Another tag or country makes every link another one.
	 *
	 * @param mixed $old What was saved before.
	 * @param mixed $now What is saved now.
	 */
	public function on_settings_changed( mixed $old, mixed $now ): void {
		foreach ( array( 'partner_tag', 'marketplace' ) as $field ) {
			if ( ( $old[ $field ] ?? null ) !== ( $now[ $field ] ?? null ) ) {
				$this->images->make_due();
				return;
			}
		}
	}

	/**
	 * Gives another account its chance at once.
	 */
	public function on_account_changed(): void {
		$this->log->forget_refusals();
		$this->images->retry_failed();
		$this->schedule->scan_soon();
		$this->schedule->run_soon();
	}

	/**
	 * "Test credentials".
	 *
	 * @return Credential_Check
	 */
	public function credential_check(): Credential_Check {
		return new Credential_Check( $this->extension, $this->settings, $this->accounts );
	}

	/**
	 * All accounts, for tables and reports.
	 *
	 * @return Account_List
	 */
	public function account_list(): Account_List {
		return new Account_List( $this->accounts, $this->other_accounts, $this->images, $this->log );
	}

	/**
	 * Changes of accounts.
	 *
	 * @return Account_Editor
	 */
	public function account_editor(): Account_Editor {
		return new Account_Editor( $this->settings, $this->accounts, $this->other_accounts, $this->save_test(), $this->images, $this->log );
	}

	/**
	 * “Check connections”.
	 *
	 * @return Connection_Check
	 */
	public function connection_check(): Connection_Check {
		return new Connection_Check( $this->credential_check(), $this->account_list(), new Check_Results() );
	}

	/**
	 * The test before an account is saved.
	 *
	 * @return Save_Test
	 */
	private function save_test(): Save_Test {
		return new Save_Test( $this->credential_check(), new Pending_Account( $this->secrets ), new Check_Results() );
	}

	/**
	 * The tab of accounts.
	 *
	 * @return Accounts_Tab
	 */
	private function accounts_tab(): Accounts_Tab {
		$editor = $this->account_editor();
		return new Accounts_Tab( $this->account_list(), new Account_Form( $this->other_accounts, $editor, $this->marketplaces ), $this->connection_check(), $editor, $this->marketplaces, $this->settings );
	}

	/**
	 * "Refresh now".
	 *
	 * @return Job
	 */
	public function job(): Job {
		return new Job( $this->scanner, $this->refresher, $this->images, $this->log, $this->schedule, $this->report() );
	}

	/**
	 * How things stand.
	 *
	 * @return Report
	 */
	public function report(): Report {
		return new Report( $this->scanner, $this->refresher, $this->images, $this->log, $this->account_list() );
	}

	/**
	 * Runs when the plugin is activated.
	 */
	public static function activate(): void {
		Schema::install();
		// Nobody has looked at what was written in the meantime.
		self::instance()->scanner->restart();
		self::instance()->schedule->ensure();
	}

	/**
	 * Runs when the plugin is deactivated. What is known stays; only the work stops.
	 *
	 * @param mixed $network_wide Whether for all sites of a network.
	 */
	public static function deactivate( mixed $network_wide ): void {
		if ( ! is_multisite() || ! $network_wide ) {
			Schedule::clear();
			delete_option( Scanner::OPTION );
			return;
		}
		$sites = get_sites(
			array(
				'fields' => 'ids',
				'number' => 0,
			)
		);
		foreach ( $sites as $site ) {
			switch_to_blog( (int) $site );
			Schedule::clear();
			restore_current_blog();
		}
	}
}
