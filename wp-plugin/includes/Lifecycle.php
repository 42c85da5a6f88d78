<?php
/**
 * The plugin comes and goes.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh;

defined( 'ABSPATH' ) || exit;

/** What is done when the plugin is activated and deactivated; uninstall.php has what is done when it is deleted. */
final class Lifecycle {

	/** Runs when the plugin is activated. */
	public static function activate(): void {
		Storage\Schema::install();
		// Nobody has looked at what was written in the meantime.
		Plugin::instance()->scanner()->restart();
		Refresh\Scheduler::ensure();
	}

	/**
	 * Runs when the plugin is deactivated. What is known stays; only the work stops.
	 *
	 * @param mixed $network_wide Whether for all sites of a network.
	 */
	public static function deactivate( mixed $network_wide ): void {
		$stop = static function (): void {
			Refresh\Scheduler::clear();
			delete_option( Discovery\Post_Scanner::OPTION );
		};
		if ( is_multisite() && $network_wide ) {
			Accounts\Network_Defaults::on_every_site( $stop );
		} else {
			$stop();
		}
	}

	/**
	 * Names the folder of the plugin's own translations; nothing is loaded before it is needed. WordPress reads it from the
	 * plugin's head by itself, but up to 7.1 not where the plugin is activated for a whole network.
	 */
	public static function load_languages(): void {
		$folder = dirname( plugin_basename( CREATORS_IMAGE_REFRESH_FILE ) ) . '/languages';
		// phpcs:ignore PluginCheck.CodeAnalysis.DiscouragedFunctions.load_plugin_textdomainFound -- above.
		load_plugin_textdomain( 'creators-image-refresh', false, $folder );
	}

	/**
	 * Creates what is not there yet: on activation, after an update, and on a network's sites one by one. Never while a
	 * visitor waits.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public static function set_up( Plugin $plugin ): void {
		if ( ! Storage\Schema::is_ready() ) {
			Storage\Schema::install();
		}
		if ( ! is_string( get_option( Hook_Names::DEFAULT_ACCOUNT ) ) ) {
			// Upgrades what 0.1.0 has saved.
			$plugin->account_repository()->all();
		}
		Refresh\Scheduler::ensure();
		if ( 'cli' === PHP_SAPI ) {
			Reporting\Requirements::remember_command_line( $plugin->extension() );
		}
	}
}
