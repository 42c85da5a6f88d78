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
	public readonly Accounts $accounts;
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
		$this->extension    = $extension;
		$this->marketplaces = new Marketplaces( $extension );
		$this->settings     = new Settings( $this->marketplaces );
		$this->secrets      = new Secrets();
		$this->accounts     = new Accounts( $this->settings, $this->secrets, $this->marketplaces );
		$cache              = new Image_Cache();
		$this->images       = new Image_Store( $cache );
		$this->log          = new Run_Log();
		$this->license      = new License( $this->secrets, new License_Store() );
		$finder             = new Picture_Finder( $extension, $this->accounts );
		$uses               = new Use_Store( $this->images );
		$this->scanner      = new Scanner( $extension, $finder, $uses, $this->accounts );
		$this->refresher    = new Refresher( $extension, $this->settings, $this->accounts, $this->images, $this->log, $this->license );
		$this->schedule     = new Schedule( $this->scanner, $this->refresher, $this->images );

		$this->page_images   = new Page_Images( new Image_Reader(), $cache, $finder );
		$this->met_pictures  = new Met_Pictures( $uses, $this->marketplaces );
		$this->comment_guard = new Comment_Guard();
		$this->page_caches   = new Page_Caches( $uses );
		$this->renderer      = new Renderer( $extension, $this->settings, $this->accounts, $finder, $this->page_images, $this->met_pictures, $this->comment_guard );
		$this->survey        = new Survey( $extension, $this->scanner, $this->marketplaces );
	}

	/**
	 * Adds all hooks.
	 */
	public function add_hooks(): void {
		// Pages: after shortcodes (11, added earlier), before WordPress adds attributes to images (12).
		$pieces = array( 'the_content', 'get_the_excerpt', 'the_excerpt', 'the_content_feed', 'the_excerpt_rss', 'widget_text', 'widget_text_content', 'widget_block_content', 'term_description', 'get_the_archive_description' );
		foreach ( $pieces as $piece ) {
			add_filter( $piece, array( $this->renderer, 'rewrite' ), 11 );
		}
		$this->add_page_hooks();

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

		add_filter( 'wpmu_drop_tables', array( Schema::class, 'with_own_tables' ), 10, 2 );
		add_action( 'rest_api_init', array( $this, 'add_routes' ) );
		// Also asked for in the background, once a week.
		add_filter( 'site_status_tests', fn( mixed $tests ) => $this->site_health()->add_tests( $tests ) );
		add_filter( 'debug_information', fn( mixed $info ) => $this->site_health()->add_information( $info ) );
		$this->add_license_hooks();
		$this->add_connector_hooks();
		if ( is_admin() ) {
			$this->add_admin_hooks();
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
	 * Adds the hooks of pages as a whole: what no filter has seen, and what is done once a page is out.
	 */
	private function add_page_hooks(): void {
		add_filter( 'render_block_data', array( $this->comment_guard, 'enter' ) );
		add_filter( 'render_block_core/template-part', array( $this->renderer, 'rewrite_part' ), 11 );
		add_filter( 'comment_text', array( $this->comment_guard, 'mark' ), PHP_INT_MAX );
		// Both are WordPress 6.9's. It collects a page only for whom it has a filter by then.
		add_action( 'wp_before_include_template', array( $this, 'collect_page' ), 10, 0 );
		add_action( 'wp_template_enhancement_output_buffer_started', array( $this, 'guard_comments' ), 10, 0 );
		add_action( 'shutdown', array( $this->met_pictures, 'store' ), 20, 0 );
		add_filter( 'creators_image_refresh_lookup', array( $this->page_images, 'answer' ), 10, 3 );
	}

	/**
	 * Has WordPress collect the page before it goes out, so that page builders, custom fields and a theme's own code are
	 * covered.
	 */
	public function collect_page(): void {
		if ( $this->renderer->is_active() ) {
			// Before others: they are to see the pictures that visitors see.
			add_filter( 'wp_template_enhancement_output_buffer', array( $this->renderer, 'rewrite_page' ), 5 );
		}
	}

	/**
	 * Keeps comments as they are, once a page is being collected.
	 */
	public function guard_comments(): void {
		if ( $this->renderer->is_active() ) {
			$this->comment_guard->start();
		}
	}

	/**
	 * Adds the hooks of the administration.
	 */
	private function add_admin_hooks(): void {
		$requirements = new Requirements( $this->extension );
		$offers       = new Import_Offers( new Import_Sources( $this->settings, $this->marketplaces ), $this->settings, $this->secrets );
		$survey       = new Survey_Panel( $this->survey, $this->accounts );
		$page         = new Settings_Page(
			new Settings_Fields( $this->settings, $this->accounts, $this->license, $this->marketplaces ),
			new Status_Panel( $this->report() ),
			$requirements,
			$this->credential_check(),
			$this->job(),
			array( array( $survey, 'render' ), array( $offers, 'render' ) )
		);
		add_action( 'admin_menu', array( $page, 'add' ) );
		add_action( 'admin_enqueue_scripts', array( $page, 'enqueue' ) );
		add_action( 'admin_post_' . Status_Panel::TEST_ACTION, array( $page, 'on_test' ) );
		add_action( 'admin_post_' . Status_Panel::REFRESH_ACTION, array( $page, 'on_refresh' ) );
		add_action( 'admin_post_' . Import_Offers::ACTION, array( $offers, 'on_import' ) );
		add_action( 'admin_enqueue_scripts', array( $survey, 'enqueue' ) );
		add_action( 'admin_init', array( Privacy::class, 'suggest_text' ) );
		add_filter( 'plugin_action_links_' . plugin_basename( CREATORS_IMAGE_REFRESH_FILE ), array( $page, 'add_link' ) );
		add_action( 'admin_notices', array( $requirements, 'notice_on_plugins_page' ) );
		add_action( 'network_admin_notices', array( $requirements, 'notice_on_plugins_page' ) );
	}

	/**
	 * Adds the REST routes.
	 */
	public function add_routes(): void {
		( new Rest_Controller( $this->credential_check(), $this->job(), $this->report() ) )->register();
		( new Survey_Panel( $this->survey, $this->accounts ) )->register_route();
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
	 * "Refresh now".
	 *
	 * @return Job
	 */
	public function job(): Job {
		return new Job( $this->scanner, $this->refresher, $this->images, $this->log, $this->schedule, $this->report() );
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
		return new Report( $this->scanner, $this->refresher, $this->images, $this->log );
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
