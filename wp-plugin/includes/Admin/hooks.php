<?php
/**
 * The room of the screens behind the log-in: each shows, asks for the right, and calls services. Nobody uses it.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Admin;

use Creators_Image_Refresh\Admin\Images\Images_Tab;
use Creators_Image_Refresh\Integrations\Import_Offers;
use Creators_Image_Refresh\Plugin;
use Creators_Image_Refresh\Settings\Settings_Screen;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

return static function ( Plugin $plugin ): void {
	$screens = new Screens( $plugin );
	add_action( 'admin_menu', static fn() => Settings_Page::add( static fn() => $screens->settings_page()->render() ), 10, 0 );
	add_filter(
		'plugin_action_links_' . plugin_basename( CREATORS_IMAGE_REFRESH_FILE ),
		array( Settings_Page::class, 'add_link' )
	);
	add_action( 'admin_enqueue_scripts', array( Settings_Page::class, 'enqueue' ) );
	add_action(
		'admin_enqueue_scripts',
		static fn( mixed $hook ) => Settings_Screen::HOOK === $hook && $screens->survey_panel()->enqueue( $hook )
	);
	add_action( 'load-' . Settings_Screen::HOOK, static fn() => $plugin->license()->on_settings_page(), 10, 0 );
	// The tab of pictures asks for its table before the page begins.
	add_action( 'load-' . Settings_Screen::HOOK, static fn() => $screens->images_tab()->on_load(), 10, 0 );

	add_action( 'network_admin_menu', static fn() => $screens->network_page()->add(), 10, 0 );
	add_action( 'admin_notices', static fn() => $screens->dashboard_notice()->render(), 10, 0 );
	foreach ( array( 'admin_notices', 'network_admin_notices' ) as $notices ) {
		add_action( $notices, static fn() => $screens->requirements()->notice_on_plugins_page(), 10, 0 );
	}

	// What forms send. Only these two files of WordPress fire the actions.
	if ( 'admin-post.php' === ( $GLOBALS['pagenow'] ?? '' ) ) {
		add_action( 'admin_post_' . Status_Panel::TEST_ACTION, static fn() => $screens->settings_page()->on_test(), 10, 0 );
		add_action( 'admin_post_' . Status_Panel::REFRESH_ACTION, static fn() => $screens->settings_page()->on_refresh(), 10, 0 );
		add_action( 'admin_post_' . Import_Offers::ACTION, static fn() => $screens->import_offers()->on_import(), 10, 0 );
		add_action( 'admin_post_' . Images_Tab::STOP, static fn() => $screens->images_tab()->on_stop(), 10, 0 );
		add_action( 'admin_post_' . Dashboard_Notice::ACTION, static fn() => $screens->dashboard_notice()->on_dismiss(), 10, 0 );
	}
	if ( is_network_admin() ) {
		add_action( 'network_admin_edit_' . Network_Page::ACTION, static fn() => $screens->network_page()->on_save(), 10, 0 );
	}
};
