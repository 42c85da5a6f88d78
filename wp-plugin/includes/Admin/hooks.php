<?php
/**
 * The room of the screens behind the log-in: each shows, asks for the right, and calls services. Nobody uses it. The tab of
 * accounts and that of pictures have folders of their own.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Admin;

use Creators_Image_Refresh\Admin\Accounts\Account_Actions;
use Creators_Image_Refresh\Admin\Images\Image_Export;
use Creators_Image_Refresh\Admin\Images\Images_Tab;
use Creators_Image_Refresh\Hook_Names;
use Creators_Image_Refresh\Integrations\Import_Offers;
use Creators_Image_Refresh\Plugin;
use Creators_Image_Refresh\Reporting\Requirements;
use Creators_Image_Refresh\Settings\Settings_Screen;

defined( 'ABSPATH' ) || exit;

return static function ( Plugin $plugin ): void {
	// Each screen is made when it is shown or answers: most requests show none of them.
	$page    = static fn(): Settings_Page => new Settings_Page( $plugin );
	$images  = static fn(): Images_Tab => new Images_Tab( $plugin );
	$account = static fn(): Account_Actions => new Account_Actions( $plugin );
	$network = static fn(): Network_Page => new Network_Page( $plugin );
	$notice  = static fn(): Dashboard_Notice => new Dashboard_Notice( $plugin->status_report() );
	add_action(
		'admin_menu',
		static function () use ( $page ): void {
			add_options_page(
				__( 'Creators Image Refresh for Amazon', 'creators-image-refresh' ),
				__( 'Creators Image Refresh', 'creators-image-refresh' ),
				'manage_options',
				Settings_Screen::SLUG,
				static fn() => $page()->render()
			);
		},
		10,
		0
	);
	add_filter(
		'plugin_action_links_' . plugin_basename( CREATORS_IMAGE_REFRESH_FILE ),
		array( Settings_Page::class, 'add_link' )
	);
	add_action(
		'admin_enqueue_scripts',
		static function ( mixed $hook ) use ( $plugin ): void {
			if ( Settings_Screen::HOOK === $hook ) {
				Settings_Page::enqueue();
				if ( ( new Survey_Panel( $plugin ) )->is_wanted() ) {
					Page::script( 'survey.js', Settings_Screen::SLUG . '-survey' );
				}
			}
		}
	);
	add_action( 'load-' . Settings_Screen::HOOK, static fn() => $plugin->license()->on_settings_page(), 10, 0 );
	// The tab of pictures asks for its table before the page begins.
	add_action( 'load-' . Settings_Screen::HOOK, static fn() => $images()->on_load(), 10, 0 );

	add_action( 'network_admin_menu', static fn() => $network()->add(), 10, 0 );
	add_action( 'admin_notices', static fn() => $notice()->render(), 10, 0 );
	foreach ( array( 'admin_notices', 'network_admin_notices' ) as $notices ) {
		add_action( $notices, static fn() => ( new Requirements( $plugin->extension() ) )->notice_on_plugins_page(), 10, 0 );
	}

	add_filter( 'set_screen_option_' . Hook_Names::IMAGES_PER_PAGE, array( Images_Tab::class, 'accept_per_page' ), 10, 3 );

	// What forms send. Only these files of WordPress fire the actions.
	$answers = 'admin-post.php' !== ( $GLOBALS['pagenow'] ?? '' ) ? array() : array(
		Status_Panel::TEST_ACTION    => static fn() => $page()->on_test(),
		Status_Panel::REFRESH_ACTION => static fn() => $page()->on_refresh(),
		Import_Offers::ACTION        => static fn() => ( new Import_Offers( $plugin ) )->on_import(),
		Images_Tab::STOP             => static fn() => $images()->on_stop(),
		Image_Export::ACTION         => static fn() => ( new Image_Export( $plugin->image_query() ) )->on_export(),
		Dashboard_Notice::ACTION     => static fn() => $notice()->on_dismiss(),
		Account_Actions::SAVE        => static fn() => $account()->on_save(),
		Account_Actions::CHANGE      => static fn() => $account()->on_change(),
		Account_Actions::VERSION     => static fn() => $account()->on_version(),
		Account_Actions::CHECK       => static fn() => $account()->on_check(),
		Account_Actions::PENDING     => static fn() => $account()->on_pending(),
	);
	foreach ( $answers as $action => $answer ) {
		add_action( 'admin_post_' . $action, $answer, 10, 0 );
	}
	if ( is_network_admin() ) {
		add_action( 'network_admin_edit_' . Network_Page::ACTION, static fn() => $network()->on_save(), 10, 0 );
	}
};
