<?php
/**
 * The screens behind the log-in, put together.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Admin;

use Creators_Image_Refresh\Admin\Accounts\Account_Form;
use Creators_Image_Refresh\Admin\Accounts\Accounts_Tab;
use Creators_Image_Refresh\Admin\Images\Images_Overview;
use Creators_Image_Refresh\Admin\Images\Images_Tab;
use Creators_Image_Refresh\Integrations\Import_Offers;
use Creators_Image_Refresh\Plugin;
use Creators_Image_Refresh\Reporting\Requirements;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Makes each screen when it is first shown or answers: most requests of the administration show none of them.
 */
final class Screens {

	/**
	 * The screens that were asked for, each under the name of its method.
	 *
	 * @var array<string, mixed>
	 */
	private array $made = array();

	/**
	 * Takes the plugin, of whose services screens are made.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public function __construct( private Plugin $plugin ) {}

	/** The settings page, with its tabs. */
	public function settings_page(): Settings_Page {
		$plugin = $this->plugin;
		return $this->made[ __FUNCTION__ ] ??= new Settings_Page(
			new Settings_Fields(
				$plugin->settings(),
				$plugin->accounts(),
				$plugin->account_repository(),
				$plugin->license(),
				$plugin->marketplaces()
			),
			new Status_Panel( $plugin->status_report() ),
			$this->requirements(),
			$plugin->connection_tester(),
			$plugin->refresh_job(),
			$this->accounts_tab(),
			$this->account_form(),
			$this->images_tab(),
			array(
				array( $this->network_page(), 'render_on_site' ),
				array( $this->survey_panel(), 'render' ),
				array( $this->import_offers(), 'render' ),
			)
		);
	}

	/** The tab of accounts. */
	public function accounts_tab(): Accounts_Tab {
		$plugin = $this->plugin;
		return $this->made[ __FUNCTION__ ] ??= new Accounts_Tab(
			$plugin->account_overview(),
			$this->account_form(),
			$plugin->connection_tester(),
			$plugin->account_service(),
			$plugin->marketplaces(),
			$plugin->settings()
		);
	}

	/** The form of one account. */
	private function account_form(): Account_Form {
		$plugin = $this->plugin;
		return $this->made[ __FUNCTION__ ] ??= new Account_Form(
			$plugin->account_repository(),
			$plugin->account_service(),
			$plugin->save_guard(),
			$plugin->marketplaces()
		);
	}

	/** The tab of pictures. */
	public function images_tab(): Images_Tab {
		$plugin = $this->plugin;
		return $this->made[ __FUNCTION__ ] ??= new Images_Tab(
			$plugin->image_query(),
			$plugin->image_actions(),
			$plugin->account_overview(),
			$plugin->marketplaces(),
			new Images_Overview( $plugin->image_query(), $plugin->run_history(), $plugin->status_report() ),
			$plugin->usages()
		);
	}

	/** The page of a network. */
	public function network_page(): Network_Page {
		$plugin = $this->plugin;
		return $this->made[ __FUNCTION__ ] ??= new Network_Page(
			$plugin->network_defaults(),
			$plugin->settings(),
			$plugin->marketplaces()
		);
	}

	/** The dead pictures, before there are credentials. */
	public function survey_panel(): Survey_Panel {
		return $this->made[ __FUNCTION__ ] ??= new Survey_Panel( $this->plugin->site_survey(), $this->plugin->accounts() );
	}

	/** Settings of other plugins, offered. */
	public function import_offers(): Import_Offers {
		return $this->made[ __FUNCTION__ ] ??= new Import_Offers( $this->plugin );
	}

	/** What is missing. */
	public function requirements(): Requirements {
		return $this->made[ __FUNCTION__ ] ??= new Requirements( $this->plugin->extension() );
	}

	/** A line on the dashboard. */
	public function dashboard_notice(): Dashboard_Notice {
		return $this->made[ __FUNCTION__ ] ??= new Dashboard_Notice( $this->plugin->attention() );
	}
}
