<?php
/**
 * The room of integrations: where WordPress or another plugin offers a place for what this plugin knows. No rule of its own
 * stands here.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Integrations;

use Creators_Image_Refresh\Deferred_Hooks;
use Creators_Image_Refresh\Hook_Names;
use Creators_Image_Refresh\Plugin;

defined( 'ABSPATH' ) || exit;

return static function ( Plugin $plugin ): void {
	// Both are WordPress 6.9's.
	$abilities = static fn(): Abilities => new Abilities( $plugin );
	add_action( 'wp_abilities_api_categories_init', static fn() => $abilities()->register_category(), 10, 0 );
	add_action( 'wp_abilities_api_init', static fn() => $abilities()->register(), 10, 0 );

	// The card under Settings > Connectors. No page view shows it, but what one writes is encrypted too.
	$card = static fn(): Connectors_Card => new Connectors_Card( $plugin->accounts(), $plugin->account_service( ... ) );
	$save = static fn( #[\SensitiveParameter] mixed $input ) => Connectors_Card::is_possible() ? $card()->save( $input ) : $input;
	$set  = static function () use ( $card, $save ): void {
		if ( Deferred_Hooks::is_page_view() ) {
			add_filter( 'sanitize_option_' . Hook_Names::CONNECTOR, $save );
		} else {
			$card()->register_setting();
		}
	};
	if ( did_action( 'init' ) ) {
		$set();
	}
	add_action( 'init', $set, 10, 0 );
	add_action(
		'wp_connectors_init',
		static function ( mixed $registry ) use ( $card ): void {
			if ( ! Deferred_Hooks::is_page_view() ) {
				$card()->register( $registry );
			}
		}
	);
	add_filter( 'pre_option_' . Hook_Names::CONNECTOR, static fn() => $card()->shown(), 10, 0 );
	add_filter( 'script_module_data_options-connectors-wp-admin', static fn( mixed $data ) => $card()->say_where( $data ), 20 );
};
