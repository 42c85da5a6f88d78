<?php
/**
 * The plugin as a whole.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh;

defined( 'ABSPATH' ) || exit;

/**
 * The one place where the rooms are put together: which of them add hooks, and who is made of what. A service is made when
 * it is first asked for, so that a page view loads only the few that it needs.
 */
final class Plugin {

	/**
	 * The rooms that add hooks, each in its hooks.php; behind the log-in Admin does, too. Those of Rendering, which a page view
	 * needs, stand in its class Hooks.
	 */
	private const ROOMS = array(
		'Discovery', 'Settings', 'Accounts', 'Purging', 'License', 'Integrations', 'Refresh', 'Reporting', 'Storage', 'Rest',
	);

	/** The plugin of this request. */
	private static ?self $instance = null;

	/**
	 * The services that were asked for, each under the name of its method.
	 *
	 * @var array<string, mixed>
	 */
	private array $parts = array();

	/**
	 * Takes the one service that a test may bring.
	 *
	 * @param Api\Extension $extension The real one, or a stand-in.
	 */
	public function __construct( private Api\Extension $extension ) {}

	/** The plugin of this request. */
	public static function instance(): self {
		return self::$instance ??= new self( new Api\Extension() );
	}

	/** Adds all hooks; in a page view those alone that it needs. */
	public function add_hooks(): void {
		( new Rendering\Hooks( $this ) )->add();
		if ( is_multisite() ) {
			add_action( 'init', array( Lifecycle::class, 'load_languages' ), 0, 0 );
		}
		if ( Deferred_Hooks::is_page_view() ) {
			( new Deferred_Hooks( $this->add_room_hooks( ... ) ) )->wait();
			return;
		}
		$this->add_room_hooks();
		// After the settings are registered.
		add_action( 'init', array( $this, 'set_up' ), 10, 0 );
		if ( defined( 'WP_CLI' ) && WP_CLI ) {
			Cli\Commands::register( $this );
		}
	}

	/** Has the rooms add their hooks. */
	public function add_room_hooks(): void {
		register_activation_hook( CREATORS_IMAGE_REFRESH_FILE, array( Lifecycle::class, 'activate' ) );
		register_deactivation_hook( CREATORS_IMAGE_REFRESH_FILE, array( Lifecycle::class, 'deactivate' ) );
		foreach ( is_admin() ? array( ...self::ROOMS, 'Admin' ) : self::ROOMS as $room ) {
			( require __DIR__ . "/{$room}/hooks.php" )( $this );
		}
	}

	/** Creates what is not there yet, but never while a visitor waits. */
	public function set_up(): void {
		if ( is_admin() || wp_doing_cron() || 'cli' === PHP_SAPI ) {
			Lifecycle::set_up( $this );
		}
	}

	/** What Amazon's interface and the rewriting of pages are reached by. */
	public function extension(): Api\Extension {
		return $this->extension;
	}

	/** Amazon's shops. */
	public function marketplaces(): Api\Marketplaces {
		return $this->parts[ __FUNCTION__ ] ??= new Api\Marketplaces( $this->extension );
	}

	/** What the owner has set, but for secrets. */
	public function settings(): Settings\Settings {
		return $this->parts[ __FUNCTION__ ] ??= new Settings\Settings( $this->marketplaces( ... ) );
	}

	/** Secrets, encrypted. */
	public function secrets(): Secrets\Secret_Vault {
		return $this->parts[ __FUNCTION__ ] ??= new Secrets\Secret_Vault();
	}

	/** All accounts of a site. */
	public function account_repository(): Accounts\Account_Repository {
		return $this->parts[ __FUNCTION__ ] ??= new Accounts\Account_Repository( $this->settings(), $this->secrets() );
	}

	/** What a network shares with its sites. */
	public function network_defaults(): Accounts\Network_Defaults {
		return $this->parts[ __FUNCTION__ ] ??= new Accounts\Network_Defaults(
			$this->settings(),
			$this->secrets(),
			$this->account_repository()
		);
	}

	/** Which account asks for which marketplace. */
	public function accounts(): Accounts\Account_Resolver {
		return $this->parts[ __FUNCTION__ ] ??= new Accounts\Account_Resolver(
			$this->account_repository(),
			$this->network_defaults(),
			$this->marketplaces()
		);
	}

	/** All accounts, for tables and reports. */
	public function account_overview(): Accounts\Account_Overview {
		return new Accounts\Account_Overview(
			$this->accounts(),
			$this->account_repository(),
			Storage\Listing\Image_Counts::by_marketplace( ... ),
			fn( string $account ): ?array => $this->run_log()->pause( $account )
		);
	}

	/** Changes of accounts. */
	public function account_service(): Accounts\Account_Service {
		return new Accounts\Account_Service(
			$this->settings(),
			$this->accounts(),
			$this->account_repository(),
			$this->save_guard( ... )
		);
	}

	/** The form of the settings. */
	public function settings_form(): Accounts\Settings_Form {
		return new Accounts\Settings_Form( $this->settings(), $this->secrets(), $this->account_service( ... ) );
	}

	/** "Check connections". */
	public function connection_tester(): Connection\Connection_Tester {
		return new Connection\Connection_Tester(
			new Connection\Test_Queue( $this->extension ),
			$this->settings(),
			$this->accounts(),
			$this->account_overview()
		);
	}

	/** The test before an account is saved. */
	public function save_guard(): Connection\Save_Guard {
		return new Connection\Save_Guard( $this->connection_tester(), $this->secrets() );
	}

	/** What is known of pictures, remembered for this request and in an object cache. */
	public function image_cache(): Storage\Image_Cache {
		return $this->parts[ __FUNCTION__ ] ??= new Storage\Image_Cache();
	}

	/** The pictures. */
	public function images(): Storage\Image_Repository {
		return $this->parts[ __FUNCTION__ ] ??= new Storage\Image_Repository( $this->image_cache() );
	}

	/** Which post shows which picture. */
	public function usages(): Storage\Usage_Repository {
		return $this->parts[ __FUNCTION__ ] ??= new Storage\Usage_Repository( $this->images() );
	}

	/** The pictures, for people. */
	public function image_query(): Storage\Listing\Image_Query {
		return new Storage\Listing\Image_Query();
	}

	/** Finds pictures in HTML. */
	public function image_finder(): Discovery\Image_Finder {
		return $this->parts[ __FUNCTION__ ] ??= new Discovery\Image_Finder(
			$this->extension,
			fn(): string => $this->accounts()->default_marketplace()
		);
	}

	/** Looks through the posts. */
	public function scanner(): Discovery\Post_Scanner {
		return $this->parts[ __FUNCTION__ ] ??= new Discovery\Post_Scanner(
			$this->extension,
			$this->image_finder(),
			$this->usages(),
			$this->accounts(),
			new Storage\Maintenance( $this->images(), fn( array $posts ) => $this->page_cache_purger()->purge_posts( $posts ) )
		);
	}

	/** Those of the page that is being made. */
	public function discovered_images(): Discovery\Discovered_Images {
		return $this->parts[ __FUNCTION__ ] ??= new Discovery\Discovered_Images(
			$this->images(),
			$this->image_cache(),
			$this->marketplaces(),
			$this->visitor_request()
		);
	}

	/** The request that a page answers. */
	public function visitor_request(): Discovery\Visitor_Request {
		return $this->parts[ __FUNCTION__ ] ??= new Discovery\Visitor_Request();
	}

	/** The dead pictures, counted before there are credentials. */
	public function site_survey(): Discovery\Site_Survey {
		return $this->parts[ __FUNCTION__ ] ??= new Discovery\Site_Survey(
			$this->extension,
			$this->scanner(),
			$this->marketplaces()
		);
	}

	/** Fetches what is due. */
	public function refresher(): Refresh\Refresh_Runner {
		return $this->parts[ __FUNCTION__ ] ??= new Refresh\Refresh_Runner(
			$this->extension,
			$this->settings(),
			$this->accounts(),
			$this->images(),
			$this->run_log(),
			$this->license(),
			new Accounts\Post_Account_Resolver( $this->images(), $this->usages(), $this->accounts() ),
			$this->purge_outbox()
		);
	}

	/** Plans what is done in the background. */
	public function scheduler(): Refresh\Scheduler {
		return $this->parts[ __FUNCTION__ ] ??= new Refresh\Scheduler(
			$this->scanner( ... ),
			$this->refresher(),
			$this->purge_outbox()
		);
	}

	/** The last run, and who was refused. */
	public function run_log(): Refresh\Run_Log {
		return $this->parts[ __FUNCTION__ ] ??= new Refresh\Run_Log();
	}

	/**
	 * One slice of "Refresh now", and how things stand after it.
	 *
	 * @param float $seconds How long.
	 * @param bool  $start   Whether it is the first.
	 * @return array<string, mixed> See Status_Report::with_outcome().
	 */
	public function refresh_now( float $seconds, bool $start ): array {
		$job = new Refresh\Refresh_Job( $this->scanner(), $this->refresher(), $this->run_log(), $this->scheduler() );
		return $this->status_report()->with_outcome( $job->slice( $seconds, $start ) );
	}

	/** What people do with single pictures. */
	public function image_actions(): Refresh\Image_Actions {
		return new Refresh\Image_Actions(
			$this->refresher(),
			$this->scheduler(),
			$this->run_log(),
			$this->images(),
			fn( array $stopped ): string => $this->status_report()->reason( $stopped )
		);
	}

	/** Puts pictures into pages. */
	public function page_rewriter(): Rendering\Page_Rewriter {
		return $this->parts[ __FUNCTION__ ] ??= new Rendering\Page_Rewriter( $this );
	}

	/** What a page may show. */
	public function page_image_lookup(): Rendering\Page_Image_Lookup {
		return $this->parts[ __FUNCTION__ ] ??= new Rendering\Page_Image_Lookup(
			new Storage\Image_Reader( $this->image_cache() ),
			$this->image_cache(),
			$this->image_finder()
		);
	}

	/** Keeps the whole-page pass away from comments. */
	public function comment_protector(): Rendering\Comment_Protector {
		return $this->parts[ __FUNCTION__ ] ??= new Rendering\Comment_Protector();
	}

	/** Tells page caches. */
	public function page_cache_purger(): Purging\Page_Cache_Purger {
		return new Purging\Page_Cache_Purger();
	}

	/** What page caches are still to be told. */
	public function purge_outbox(): Purging\Purge_Outbox {
		return $this->parts[ __FUNCTION__ ] ??= new Purging\Purge_Outbox(
			$this->usages(),
			$this->image_cache(),
			$this->page_cache_purger(),
			$this->settings()
		);
	}

	/** The last runs. */
	public function run_history(): Reporting\Run_History {
		return $this->parts[ __FUNCTION__ ] ??= new Reporting\Run_History();
	}

	/** What is said under Site Health. */
	public function site_health(): Reporting\Site_Health {
		return new Reporting\Site_Health( $this );
	}

	/** How things stand. */
	public function status_report(): Reporting\Status_Report {
		return new Reporting\Status_Report( $this );
	}

	/** The license. */
	public function license(): License\License {
		return $this->parts[ __FUNCTION__ ] ??= new License\License( $this->secrets(), new License\License_Client() );
	}
}
