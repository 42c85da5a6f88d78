<?php
/**
 * The room of settings: what the owner chooses, its form's rules, and what is fixed in wp-config.php. No secret is kept
 * here, and nothing is shown but the choice's own field.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Settings;

use Creators_Image_Refresh\Deferred_Hooks;
use Creators_Image_Refresh\Hook_Names;
use Creators_Image_Refresh\Plugin;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

return static function ( Plugin $plugin ): void {
	/*
	 * A page view has no use for registered options, but whatever writes one in it goes through the same sanitizers.
	 */
	$register = static function () use ( $plugin ): void {
		$form   = static fn(): Settings_Sanitizer => new Settings_Sanitizer(
			$plugin->settings(),
			$plugin->secrets(),
			$plugin->account_service( ... )
		);
		$policy = static fn(): Fallback_Policy => new Fallback_Policy();
		if ( ! Deferred_Hooks::is_page_view() ) {
			$form()->register();
			$policy()->register();
			return;
		}
		add_filter(
			'sanitize_option_' . Hook_Names::SETTINGS,
			static fn( #[\SensitiveParameter] mixed $input ) => $form()->save( $input )
		);
		add_filter( 'sanitize_option_' . Hook_Names::WHEN_REFUSED, static fn( mixed $input ) => $policy()->save( $input ) );
	};
	if ( did_action( 'init' ) ) {
		// The request that activates the plugin: nothing may be saved in clear in it either.
		$register();
	}
	add_action( 'init', $register, 10, 0 );
	foreach ( array( 'add_option_', 'update_option_' ) as $change ) {
		// Perhaps it is switched on now.
		add_action( $change . Hook_Names::SETTINGS, static fn() => $plugin->scheduler()->scan_soon(), 10, 0 );
		add_action( $change . Hook_Names::SETTINGS, static fn() => $plugin->scheduler()->run_soon(), 10, 0 );
	}
};
