<?php
/**
 * Hooks of what goes on behind pages.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Adds the hooks of posts, of work in the background, of settings and of what follows from their change. Each asks for the
 * part that it needs when it fires: nearly all page views fire none of them.
 */
final class Background_Hooks {

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
		$plugin = $this->plugin;
		$this->add_for_posts();
		$this->add_for_settings();
		$this->add_for_page_caches();
		$this->add_for_license();
		$this->add_for_connectors();

		if ( is_multisite() ) {
			add_action( 'init', array( Languages::class, 'register' ), 0, 0 );
		}
		add_action( 'init', array( $this, 'set_up' ), 10, 0 );
		add_action( Names::SCAN, static fn() => $plugin->schedule->on_scan(), 10, 0 );
		add_action( Names::RUN, static fn() => $plugin->schedule->on_run(), 10, 0 );
		add_action( Names::PURGE, static fn() => $plugin->schedule->on_purge(), 10, 0 );
		add_action( 'creators_image_refresh_images_found', static fn() => $plugin->schedule->run_soon(), 10, 0 );
		foreach ( array( 'add_option_', 'update_option_' ) as $change ) {
			add_action( $change . Names::LAST_RUN, static fn( mixed $one, mixed $other ) => $plugin->history->note( $one, $other ), 10, 2 );
		}

		// Both are WordPress 6.9's.
		add_action( 'wp_abilities_api_categories_init', static fn() => $plugin->abilities()->register_category(), 10, 0 );
		add_action( 'wp_abilities_api_init', static fn() => $plugin->abilities()->register(), 10, 0 );
		add_filter( 'wpmu_drop_tables', static fn( mixed $tables, mixed $site ) => Schema::with_own_tables( $tables, $site ), 10, 2 );
		add_action( 'rest_api_init', array( $this, 'add_routes' ), 10, 0 );
		// Also asked for in the background, once a week.
		add_filter( 'site_status_tests', static fn( mixed $tests ) => $plugin->site_health()->add_tests( $tests ) );
		add_filter( 'debug_information', static fn( mixed $info ) => $plugin->site_health()->add_information( $info ) );
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
		if ( ! is_string( get_option( Names::DEFAULT_ACCOUNT ) ) ) {
			// Upgrades what 0.1.0 has saved.
			$this->plugin->saved_accounts->all();
		}
		$this->plugin->schedule->ensure();
		Requirements::remember_command_line( $this->plugin->extension );
	}

	/**
	 * Gives an account that is another now its chance at once. Another tag or country makes every link another one.
	 *
	 * @param string       $marketplace The account's marketplace.
	 * @param bool         $is_default  Whether it is the default account.
	 * @param list<string> $fields      What has changed.
	 */
	public function on_account_changed( string $marketplace, bool $is_default, array $fields ): void {
		$plugin = $this->plugin;
		if ( $is_default ) {
			$plugin->log->forget_refusal( $plugin->accounts->default_account() );
			if ( array() === array_intersect( array( 'partner_tag', 'marketplace' ), $fields ) ) {
				$plugin->images->retry_failed();
			} else {
				$plugin->images->make_due();
			}
			Page_Memory::renew();
			$plugin->schedule->scan_soon();
		} elseif ( array( 'enabled' ) !== $fields ) {
			$id = $plugin->saved_accounts->for_marketplace( $marketplace )['id'] ?? '';
			$plugin->log->forget_refusal( $plugin->accounts->own_account( $id ) );
			$plugin->images->make_due_at( $marketplace );
		}
		$plugin->schedule->run_soon();
	}

	/**
	 * Adds the REST routes.
	 */
	public function add_routes(): void {
		( new Rest_Controller( $this->plugin->connection_tester(), $this->plugin->job(), $this->plugin->report() ) )->register();
		( new Survey_Panel( $this->plugin->survey, $this->plugin->accounts ) )->register_route();
		( new Connections_Controller( $this->plugin->connection_tester() ) )->register();
		( new Images_Controller( $this->plugin->image_choice() ) )->register();
	}

	/**
	 * Adds the hooks of posts and widgets.
	 */
	private function add_for_posts(): void {
		$plugin = $this->plugin;
		add_action( 'save_post', static fn( mixed $id, mixed $post ) => $plugin->scanner->on_save_post( $id, $post ), 20, 2 );
		add_action( 'deleted_post', static fn( mixed $id ) => $plugin->scanner->on_deleted_post( $id ) );
		// Importers write past WordPress's own functions.
		add_action( 'import_end', static fn() => $plugin->scanner->restart(), 10, 0 );
		add_action( 'import_end', static fn() => $plugin->schedule->scan_soon(), 11, 0 );
		foreach ( array( 'widget_block', 'widget_text', 'widget_custom_html' ) as $widgets ) {
			add_action( 'update_option_' . $widgets, static fn() => $plugin->scanner->scan_widgets(), 10, 0 );
		}
	}

	/**
	 * Adds the hooks of settings, and of what follows from a change.
	 */
	private function add_for_settings(): void {
		$plugin = $this->plugin;
		if ( did_action( 'init' ) ) {
			// The request that activates the plugin: nothing may be saved in clear in it either.
			$this->register_settings();
		}
		add_action( 'init', array( $this, 'register_settings' ), 10, 0 );
		add_action( 'creators_image_refresh_account_changed', array( $this, 'on_account_changed' ), 10, 3 );
		foreach ( array( 'add_option_', 'update_option_' ) as $change ) {
			// Perhaps it is switched on now.
			add_action( $change . Names::SETTINGS, static fn() => $plugin->schedule->scan_soon(), 10, 0 );
			add_action( $change . Names::SETTINGS, static fn() => $plugin->schedule->run_soon(), 10, 0 );
		}
	}

	/**
	 * Registers the options. A page view has no use for that, but whatever writes an option in one goes through the same
	 * sanitizers.
	 */
	public function register_settings(): void {
		$plugin       = $this->plugin;
		$form         = static fn(): Settings_Form => new Settings_Form( $plugin->settings, $plugin->secrets, $plugin->account_service( ... ) );
		$when_refused = static fn(): When_Refused => new When_Refused();
		if ( self::is_page_view() ) {
			add_filter( 'sanitize_option_' . Names::SETTINGS, static fn( #[\SensitiveParameter] mixed $input ) => $form()->save( $input ) );
			add_filter( 'sanitize_option_' . Names::WHEN_REFUSED, static fn( mixed $input ) => $when_refused()->save( $input ) );
			add_filter( 'sanitize_option_' . Names::CONNECTOR, fn( #[\SensitiveParameter] mixed $input ) => Connectors_Card::is_possible() ? $this->plugin->connectors_card()->save( $input ) : $input );
			return;
		}
		$form()->register();
		$when_refused()->register();
	}

	/**
	 * Adds the hooks by which page caches are told, and by which processes forget what they remember of pages.
	 */
	private function add_for_page_caches(): void {
		$plugin = $this->plugin;
		add_action( 'creators_image_refresh_slice_over', static fn() => $plugin->schedule->purge_soon(), 10, 0 );
		add_action(
			'shutdown',
			static function () use ( $plugin ): void {
				// Only a request that has changed pictures has loaded it.
				if ( class_exists( Purge_Outbox::class, false ) && Purge_Outbox::is_marked() ) {
					$plugin->purge_outbox->tell( Purge_Outbox::AT_SHUTDOWN );
					$plugin->schedule->purge_soon();
				}
			},
			20,
			0
		);
		// What is saved for the first time, or differs from the default for the first time, is added and not updated.
		foreach ( array( Names::SETTINGS, Names::WHEN_REFUSED ) as $option ) {
			foreach ( array( 'add_option_', 'update_option_' ) as $change ) {
				add_action( $change . $option, array( Page_Memory::class, 'renew' ), 9, 0 );
				add_action( $change . $option, static fn() => $plugin->purge_outbox->tell_of_settings(), 10, 0 );
			}
		}
	}

	/**
	 * Adds the hooks of the license: with another key, and with the hourly run.
	 */
	private function add_for_license(): void {
		$plugin = $this->plugin;
		add_action( 'add_option_' . Names::LICENSE_KEY, static fn() => $plugin->license->on_key_saved(), 10, 0 );
		add_action( 'update_option_' . Names::LICENSE_KEY, static fn( #[\SensitiveParameter] mixed $old ) => $plugin->license->on_key_saved( $old ), 10, 1 );
		add_action(
			'delete_option',
			static function ( mixed $option ) use ( $plugin ): void {
				if ( Names::LICENSE_KEY === $option ) {
					$plugin->license->before_key_removed();
				}
			}
		);
		add_action( Names::RUN, static fn() => $plugin->license->on_schedule(), 5, 0 );
	}

	/**
	 * Adds the hooks of the card under Settings > Connectors. No page view shows it.
	 */
	private function add_for_connectors(): void {
		$plugin = $this->plugin;
		add_action(
			'wp_connectors_init',
			static function ( mixed $registry ) use ( $plugin ): void {
				if ( ! self::is_page_view() ) {
					$plugin->connectors_card()->register( $registry );
				}
			}
		);
		add_action(
			'init',
			static function () use ( $plugin ): void {
				if ( ! self::is_page_view() ) {
					$plugin->connectors_card()->register_setting();
				}
			},
			10,
			0
		);
		add_filter( 'pre_option_' . Names::CONNECTOR, static fn() => $plugin->connectors_card()->shown(), 10, 0 );
		add_filter( 'script_module_data_options-connectors-wp-admin', static fn( mixed $data ) => $plugin->connectors_card()->say_where( $data ), 20 );
	}

	/**
	 * Whether a visitor asks for a page: on any doubt it is none.
	 *
	 * @return bool
	 */
	private static function is_page_view(): bool {
		$address = $_SERVER['REQUEST_URI'] ?? ''; // phpcs:ignore WordPress.Security.ValidatedSanitizedInput -- compared, and nothing else.
		return ! is_admin() && ! wp_doing_cron() && 'cli' !== PHP_SAPI && in_array( $_SERVER['REQUEST_METHOD'] ?? '', array( 'GET', 'HEAD' ), true )
			&& is_string( $address ) && ! str_contains( $address, '/' . rest_get_url_prefix() ) && ! str_contains( $address, 'rest_route' );
	}
}
