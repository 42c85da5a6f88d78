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
 * The parts, each made when it is first asked for: most page views need a handful of them. Page_Hooks, Background_Hooks and
 * Admin_Hooks add all hooks, and nobody else adds any.
 *
 * @property-read Extension        $extension
 * @property-read Marketplaces     $marketplaces
 * @property-read Settings         $settings
 * @property-read Secrets          $secrets
 * @property-read Account_Repository $saved_accounts
 * @property-read Network_Defaults $network
 * @property-read Accounts         $accounts
 * @property-read Image_Cache      $image_cache
 * @property-read Image_Store      $images
 * @property-read Use_Store        $uses
 * @property-read Picture_Finder   $finder
 * @property-read Scanner          $scanner
 * @property-read Refresher        $refresher
 * @property-read Schedule         $schedule
 * @property-read Run_Log          $log
 * @property-read Run_History      $history
 * @property-read Renderer         $renderer
 * @property-read Page_Images      $page_images
 * @property-read Page_Memory      $page_memory
 * @property-read Discovered_Images $discovered
 * @property-read Visitor_Request  $request
 * @property-read Comment_Guard    $comment_guard
 * @property-read Page_Buffer      $page_buffer
 * @property-read Purge_Outbox     $purge_outbox
 * @property-read License          $license
 * @property-read Survey           $survey
 */
final class Plugin {

	/**
	 * The plugin of this request.
	 *
	 * @var self|null
	 */
	private static ?self $instance = null;

	/**
	 * The parts that were asked for.
	 *
	 * @var array<string, object>
	 */
	private array $parts;

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
	 * Takes the one part that a test may bring.
	 *
	 * @param Extension $extension The real one, or a stand-in.
	 */
	public function __construct( Extension $extension ) {
		$this->parts = array( 'extension' => $extension );
	}

	/**
	 * A part.
	 *
	 * @param string $part Its name.
	 * @return object
	 */
	public function __get( string $part ): object {
		return $this->parts[ $part ] ??= $this->make( $part );
	}

	/**
	 * Whether a part was asked for in this request.
	 *
	 * @param string $part Its name.
	 * @return bool
	 */
	public function __isset( string $part ): bool {
		return isset( $this->parts[ $part ] );
	}

	/**
	 * Makes a part; it does nothing by that.
	 *
	 * @param string $part Its name.
	 * @return object
	 * @throws \LogicException Where there is no such part.
	 */
	private function make( string $part ): object {
		return match ( $part ) {
			'marketplaces'   => new Marketplaces( $this->extension ),
			'settings'       => new Settings( $this->marketplaces ),
			'secrets'        => new Secrets(),
			'saved_accounts' => new Account_Repository( $this->settings, $this->secrets ),
			'network'        => new Network_Defaults( $this->settings, $this->secrets, $this->saved_accounts ),
			'accounts'       => new Accounts( $this->saved_accounts, $this->network, $this->marketplaces ),
			'image_cache'    => new Image_Cache(),
			'images'         => new Image_Store( $this->image_cache ),
			'uses'           => new Use_Store( $this->images ),
			'finder'         => new Picture_Finder( $this->extension, fn(): string => $this->accounts->default_marketplace() ),
			'scanner'        => new Scanner( $this->extension, $this->finder, $this->uses, $this->accounts, new Tidying( $this->images ) ),
			'refresher'      => $this->make_refresher(),
			'schedule'       => new Schedule( $this->scanner, $this->refresher, $this->images, $this->purge_outbox ),
			'log'            => new Run_Log(),
			'history'        => new Run_History(),
			'renderer'       => new Renderer( $this ),
			'page_images'    => new Page_Images( new Image_Reader(), $this->image_cache, $this->finder ),
			'page_memory'    => new Page_Memory(),
			'discovered'     => new Discovered_Images( $this->images, $this->image_cache, $this->marketplaces, $this->request ),
			'request'        => new Visitor_Request(),
			'comment_guard'  => new Comment_Guard(),
			'page_buffer'    => new Page_Buffer( $this->comment_guard ),
			'purge_outbox'   => new Purge_Outbox( $this->uses, $this->image_cache, new Page_Cache_Purger(), $this->settings ),
			'license'        => new License( $this->secrets, new License_Store() ),
			'survey'         => new Survey( $this->extension, $this->scanner, $this->marketplaces ),
			default          => throw new \LogicException( esc_html( "There is no part '{$part}'." ) ),
		};
	}

	/**
	 * Who fetches what is due.
	 *
	 * @return Refresher
	 */
	private function make_refresher(): Refresher {
		$queues = new Account_Queues( $this->images, $this->accounts, new Post_Accounts( $this->images, $this->uses, $this->accounts ) );
		return new Refresher(
			$this->extension,
			$this->settings,
			$this->accounts,
			$this->images,
			$this->log,
			$this->license,
			$queues,
			$this->purge_outbox
		);
	}

	/**
	 * Adds all hooks.
	 */
	public function add_hooks(): void {
		( new Page_Hooks( $this ) )->add();
		( new Background_Hooks( $this ) )->add();
		if ( is_admin() ) {
			( new Admin_Hooks( $this ) )->add();
		}
		if ( defined( 'WP_CLI' ) && WP_CLI ) {
			Cli::register( $this );
		}
	}

	/**
	 * All accounts, for tables and reports.
	 *
	 * @return Account_List
	 */
	public function account_list(): Account_List {
		return new Account_List( $this->accounts, $this->saved_accounts, $this->images, $this->log );
	}

	/**
	 * Changes of accounts.
	 *
	 * @return Account_Service
	 */
	public function account_service(): Account_Service {
		return new Account_Service( $this->settings, $this->accounts, $this->saved_accounts, $this->save_guard() );
	}

	/**
	 * “Test credentials” and “Check connections”.
	 *
	 * @return Connection_Tester
	 */
	public function connection_tester(): Connection_Tester {
		return new Connection_Tester( new Test_Turns( $this->extension ), $this->settings, $this->accounts, $this->account_list(), new Test_Results() );
	}

	/**
	 * The test before an account is saved.
	 *
	 * @return Save_Guard
	 */
	public function save_guard(): Save_Guard {
		return new Save_Guard( $this->connection_tester(), new Test_Results(), $this->secrets );
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
		return new Images_Tab( $this->image_query(), $this->image_choice(), $this->account_list(), $this->marketplaces, new Images_Overview( $this->image_query(), $this->history, $this->report() ), $this->uses );
	}

	/**
	 * What WordPress's abilities offer.
	 *
	 * @return Abilities
	 */
	public function abilities(): Abilities {
		return new Abilities( $this->extension, $this->accounts, $this->report(), $this->page_images );
	}

	/**
	 * The card under Settings > Connectors.
	 *
	 * @return Connectors_Card
	 */
	public function connectors_card(): Connectors_Card {
		return new Connectors_Card( $this->accounts, $this->account_service( ... ) );
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
		return new Site_Health( $this->extension, new Requirements( $this->extension ), $this->accounts, $this->license, $this->refresher, $this->report(), $this->log, $this->account_list() );
	}

	/**
	 * How things stand.
	 *
	 * @return Report
	 */
	public function report(): Report {
		return new Report( $this->scanner, $this->refresher, $this->images, $this->log, $this->account_list(), new Timetable( $this->accounts ) );
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
