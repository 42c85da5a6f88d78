<?php
/**
 * The room of settings: what the owner chooses, and what is fixed in wp-config.php. No secret is kept here, and nothing is shown.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Settings;

use Creators_Image_Refresh\Deferred_Hooks;
use Creators_Image_Refresh\Hook_Names;
use Creators_Image_Refresh\Plugin;

defined( 'ABSPATH' ) || exit;

return static function ( Plugin $plugin ): void {
	$options  = array(
		Hook_Names::SETTINGS     => array(
			'type'              => 'object',
			'show_in_rest'      => false,
			'sanitize_callback' => static fn( #[\SensitiveParameter] mixed $input ) => $plugin->settings_form()->save( $input ),
		),
		Hook_Names::WHEN_REFUSED => array(
			'type'              => 'string',
			'show_in_rest'      => false,
			'default'           => 'last_picture',
			'sanitize_callback' => array( Fallback_Policy::class, 'sanitize' ),
		),
	);
	$register = static function () use ( $options ): void {
		foreach ( $options as $option => $arguments ) {
			// A page view has no use for registered options, but whatever writes one in it goes through the same sanitizers.
			if ( Deferred_Hooks::is_page_view() ) {
				add_filter( 'sanitize_option_' . $option, $arguments['sanitize_callback'] );
			} else {
				register_setting( Hook_Names::SETTINGS_GROUP, $option, $arguments );
			}
		}
	};
	if ( did_action( 'init' ) ) {
		// The request that activates the plugin: nothing may be saved in clear in it either.
		$register();
	}
	add_action( 'init', $register, 10, 0 );
	add_action( 'load-options.php', static fn() => $plugin->settings_form()->submit(), 10, 0 );
	foreach ( array( 'add_option_', 'update_option_' ) as $change ) {
		// Perhaps it is switched on now.
		add_action( $change . Hook_Names::SETTINGS, static fn() => $plugin->scheduler()->scan_soon(), 10, 0 );
		add_action( $change . Hook_Names::SETTINGS, static fn() => $plugin->scheduler()->run_soon(), 10, 0 );
	}
};
