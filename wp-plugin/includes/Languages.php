<?php
/**
 * Where the translations are.
 *
 * @package Creators_Image_Refresh
 */

declare(strict_types=1);

namespace Creators_Image_Refresh;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Names the folder of the plugin's own translations. WordPress reads it from the plugin's head by itself, but not where the
 * plugin is activated for a whole network.
 */
final class Languages {
	/**
	 * Names it; nothing is loaded before it is needed.
	 */
	public static function register(): void {
		// phpcs:ignore PluginCheck.CodeAnalysis.DiscouragedFunctions.load_plugin_textdomainFound -- WordPress up to 7.1 does it for plugins of a site, not of a network.
		load_plugin_textdomain(
			'creators-image-refresh',
			false,
			dirname( plugin_basename( CREATORS_IMAGE_REFRESH_FILE ) ) . '/languages'
		);
	}
}
