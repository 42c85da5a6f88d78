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
 * Puts the parts together and adds the hooks of what goes on behind pages; Page_Hooks and Admin_Hooks add the others, and
 * nobody else adds any.
 */
final class Plugin {

	public readonly Extension $extension;
	public readonly Marketplaces $marketplaces;
	public readonly Settings $settings;
	public readonly Secrets $secrets;
	public readonly Account_Store $other_accounts;
	public readonly Accounts $accounts;
	public readonly Image_Cache $image_cache;
	public readonly Image_Store $images;
	public readonly Run_Log $log;
	public readonly Scanner $scanner;
	public readonly Refresher $refresher;
	public readonly Page_Images $page_images;
	public readonly Met_Pictures $met_pictures;
	public readonly Comment_Guard $comment_guard;
	public readonly Page_Caches $page_caches;
	public readonly Renderer $renderer;
	public readonly Schedule $schedule;
	public readonly License $license;
	public readonly Survey $survey;
	public readonly Network_Defaults $network;
	public readonly Run_History $history;

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
		$this->extension      = $extension;
		$this->marketplaces   = new Marketplaces( $extension );
		$this->settings       = new Settings( $this->marketplaces );
		$this->secrets        = new Secrets();
		$this->other_accounts = new Account_Store( $this->settings, $this->secrets );
		$this->network        = new Network_Defaults( $this->settings, $this->secrets );
		$this->accounts       = new Accounts( $this->settings, $this->secrets, $this->marketplaces, $this->other_accounts, $this->network );
		$cache                = new Image_Cache();
		$this->image_cache    = $cache;
		$this->images         = new Image_Store( $cache );
		$this->log            = new Run_Log();
		$this->license        = new License( $this->secrets, new License_Store() );
		$finder               = new Picture_Finder( $extension, $this->accounts );
		$uses                 = new Use_Store( $this->images );
		$this->scanner        = new Scanner( $extension, $finder, $uses, $this->accounts, new Tidying( $this->images ) );
		$this->refresher      = new Refresher( $extension, $this->settings, $this->accounts, $this->images, $this->log, $this->license );
		$this->schedule       = new Schedule( $this->scanner, $this->refresher, $this->images );
		$this->page_images    = new Page_Images( new Image_Reader(), $cache, $finder );
		$this->met_pictures   = new Met_Pictures( $uses, $this->marketplaces );
		$this->comment_guard  = new Comment_Guard();
		$this->page_caches    = new Page_Caches( $uses );
		$this->renderer       = new Renderer( $extension, $this->settings, $this->accounts, $finder, $this->page_images, $this->met_pictures, $this->comment_guard );
		$this->history        = new Run_History();
		$this->survey         = new Survey( $extension, $this->scanner, $this->marketplaces );
	}

	/**
	 * Adds all hooks.
	 */
	public function add_hooks(): void {
		( new Page_Hooks( $this ) )->add();
		add_action( 'init', array( Languages::class, 'register' ), 0, 0 );

		// Posts and widgets.
		add_action( 'save_post', array( $this->scanner, 'on_save_post' ), 20, 2 );
		add_action( 'deleted_post', array( $this->scanner, 'on_deleted_post' ) );
		// Importers write past WordPress's own functions.
		add_action( 'import_end', array( $this->scanner, 'restart' ), 10, 0 );
		add_action( 'import_end', array( $this->schedule, 'scan_soon' ), 11, 0 );
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

		$when_refused = new When_Refused();
		add_action( 'init', array( $when_refused, 'register' ) );
		add_action( 'update_option_' . Settings::OPTION, array( $this, 'on_settings_changed' ), 9, 2 );

		// Page caches.
		add_action( 'creators_image_refresh_images_changed', array( $this->page_caches, 'note' ) );
		add_action( 'creators_image_refresh_slice_over', array( $this->page_caches, 'tell' ), 10, 0 );
		add_action( 'shutdown', array( $this->page_caches, 'tell' ), 20, 0 );
		foreach ( array( Settings::OPTION, When_Refused::OPTION ) as $option ) {
			add_action( 'update_option_' . $option, array( $this->page_caches, 'on_settings_changed' ), 10, 2 );
		}
		foreach ( array( 'add_option_', 'update_option_' ) as $change ) {
			add_action( $change . Account_Store::OPTION, array( $this->schedule, 'run_soon' ), 10, 0 );
		}

		foreach ( array( 'add_option_', 'update_option_' ) as $change ) {
			add_action( $change . Run_Log::LAST_RUN, array( $this->history, 'note' ), 10, 2 );
		}
		// Both are WordPress 6.9's.
		$abilities = new Abilities( $this->extension, $this->accounts, $this->report(), $this->page_images );
		add_action( 'wp_abilities_api_categories_init', array( $abilities, 'register_category' ), 10, 0 );
		add_action( 'wp_abilities_api_init', array( $abilities, 'register' ), 10, 0 );
		add_filter( 'wpmu_drop_tables', array( Schema::class, 'with_own_tables' ), 10, 2 );
		add_action( 'rest_api_init', array( $this, 'add_routes' ) );
		// Also asked for in the background, once a week.
		add_filter( 'site_status_tests', fn( mixed $tests ) => $this->site_health()->add_tests( $tests ) );
		add_filter( 'debug_information', fn( mixed $info ) => $this->site_health()->add_information( $info ) );
		$this->add_license_hooks();
		$this->add_connector_hooks();
		if ( is_admin() ) {
			( new Admin_Hooks( $this ) )->add();
		}
		if ( defined( 'WP_CLI' ) && WP_CLI ) {
			Cli::register( $this );
		}
	}

	/**
	 * Adds the hooks of the license: with another key, and with the hourly run.
	 */
	private function add_license_hooks(): void {
		add_action( 'add_option_' . Secrets::LICENSE_KEY, array( $this->license, 'on_key_saved' ), 10, 0 );
		add_action( 'update_option_' . Secrets::LICENSE_KEY, array( $this->license, 'on_key_saved' ), 10, 1 );
		add_action(
			'delete_option',
			function ( mixed $option ): void {
				if ( Secrets::LICENSE_KEY === $option ) {
					$this->license->before_key_removed();
				}
			}
		);
		add_action( Schedule::RUN, array( $this->license, 'on_schedule' ), 5, 0 );
		add_action( 'load-settings_page_' . Settings_Page::SLUG, array( $this->license, 'on_settings_page' ), 10, 0 );
	}

	/**
	 * Adds the hooks of the card under Settings > Connectors.
	 */
	private function add_connector_hooks(): void {
		$card = new Connectors_Card( $this->settings, $this->accounts, $this->secrets );
		add_action( 'wp_connectors_init', array( $card, 'register' ) );
		add_action( 'init', array( $card, 'register_setting' ) );
		add_filter( 'pre_option_' . Connectors_Card::SETTING, array( $card, 'shown' ), 10, 0 );
		add_filter( 'script_module_data_options-connectors-wp-admin', array( $card, 'say_where' ), 20 );
	}

	/**
	 * Adds the REST routes.
	 */
	public function add_routes(): void {
		( new Rest_Controller( $this->credential_check(), $this->job(), $this->report() ) )->register();
		( new Survey_Panel( $this->survey, $this->accounts ) )->register_route();
		( new Connections_Controller( $this->connection_check() ) )->register();
		( new Images_Controller( $this->image_choice() ) )->register();
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
		Requirements::remember_command_line( $this->extension );
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
	public function save_test(): Save_Test {
		return new Save_Test( $this->credential_check(), new Pending_Account( $this->secrets ), new Check_Results() );
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
	 * The pictures, for people.
	 *
	 * @return Image_Query
	 */
	public function image_query(): Image_Query {
		return new Image_Query();
	}

	/**
	 * What people do with single pictures.
	 *
	 * @return Image_Choice
	 */
	public function image_choice(): Image_Choice {
		return new Image_Choice( $this->refresher, $this->schedule, $this->log, $this->report(), $this->image_cache );
	}

	/**
	 * The tab of pictures.
	 *
	 * @return Images_Tab
	 */
	public function images_tab(): Images_Tab {
		return new Images_Tab( $this->image_query(), $this->image_choice(), $this->account_list(), $this->marketplaces, new Images_Overview( $this->image_query(), $this->history, $this->report() ), new Use_Store( $this->images ) );
	}

	/**
	 * What needs a person.
	 *
	 * @return Attention
	 */
	public function attention(): Attention {
		return new Attention( $this->refresher, $this->log, $this->report() );
	}

	/**
	 * What is said under Site Health.
	 *
	 * @return Site_Health
	 */
	public function site_health(): Site_Health {
		return new Site_Health( $this->extension, new Requirements( $this->extension ), $this->accounts, $this->license, $this->refresher, $this->report(), $this->log );
	}

	/**
	 * How things stand.
	 *
	 * @return Report
	 */
	public function report(): Report {
		return new Report( $this->scanner, $this->refresher, $this->images, $this->log, $this->account_list(), new Timetable( $this->images->counts_by_marketplace( ... ), $this->accounts ) );
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
		$stop = static function (): void {
			Schedule::clear();
			delete_option( Scanner::OPTION );
		};
		if ( is_multisite() && $network_wide ) {
			Network_Defaults::on_every_site( $stop );
		} else {
			$stop();
		}
	}
}
