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
	// WordPress fires them from 6.9 on.
	add_action( 'wp_abilities_api_categories_init', static fn() => ( new Abilities( $plugin ) )->register_category(), 10, 0 );
	add_action( 'wp_abilities_api_init', static fn() => ( new Abilities( $plugin ) )->register(), 10, 0 );

	// The card under Settings > Connectors. No page view shows it, but what one writes is encrypted too.
	if ( ! Connectors_Card::is_possible() ) {
		return;
	}
	$card = new Connectors_Card( $plugin );
	if ( Deferred_Hooks::is_page_view() ) {
		add_filter( 'sanitize_option_' . Hook_Names::CONNECTOR, array( $card, 'save' ) );
	} else {
		if ( did_action( 'init' ) ) {
			$card->register_setting();
		}
		add_action( 'init', array( $card, 'register_setting' ), 10, 0 );
		add_action( 'wp_connectors_init', array( $card, 'register' ) );
	}
	add_filter( 'pre_option_' . Hook_Names::CONNECTOR, array( $card, 'shown' ), 10, 0 );
	add_filter( 'script_module_data_options-connectors-wp-admin', array( $card, 'say_where' ), 20 );
};
