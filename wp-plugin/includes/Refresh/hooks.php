<?php
/**
 * The room of refreshing: which links are fetched when, with which account, and what came of it; who may work or ask, across
 * processes and web servers. What Amazon is asked, and how fast, is decided in the extension.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Refresh;

use Creators_Image_Refresh\Hook_Names;
use Creators_Image_Refresh\Plugin;

defined( 'ABSPATH' ) || exit;

return static function ( Plugin $plugin ): void {
	add_action( Hook_Names::SCAN, static fn() => $plugin->scheduler()->on_scan(), 10, 0 );
	add_action( Hook_Names::RUN, static fn() => $plugin->scheduler()->on_run(), 10, 0 );
	add_action( Hook_Names::PURGE, static fn() => $plugin->scheduler()->on_purge(), 10, 0 );
	add_action( 'creators_image_refresh_images_found', static fn() => $plugin->scheduler()->run_soon(), 10, 0 );
};
