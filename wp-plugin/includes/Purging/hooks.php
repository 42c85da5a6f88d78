<?php
/**
 * The room of purging: whoever keeps whole pages is told which of them show another picture. Nothing is fetched here.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Purging;

use Creators_Image_Refresh\Hook_Names;
use Creators_Image_Refresh\Plugin;
use Creators_Image_Refresh\Rendering\Cache_Generation;
use Creators_Image_Refresh\Storage\Purge_Marks;

defined( 'ABSPATH' ) || exit;

return static function ( Plugin $plugin ): void {
	add_action( 'creators_image_refresh_slice_over', static fn() => $plugin->scheduler()->purge_soon(), 10, 0 );
	add_action(
		'shutdown',
		static function () use ( $plugin ): void {
			// Only a request that has changed pictures has loaded it.
			if ( class_exists( Purge_Marks::class, false ) && Purge_Marks::is_marked() ) {
				$plugin->purge_outbox()->tell( Purge_Outbox::AT_SHUTDOWN );
				$plugin->scheduler()->purge_soon();
			}
		},
		21,
		0
	);
	// What is saved for the first time, or differs from the default for the first time, is added and not updated.
	foreach ( array( Hook_Names::SETTINGS, Hook_Names::WHEN_REFUSED ) as $option ) {
		foreach ( array( 'add_option_', 'update_option_' ) as $change ) {
			add_action( $change . $option, array( Cache_Generation::class, 'renew' ), 9, 0 );
			add_action( $change . $option, static fn() => $plugin->purge_outbox()->tell_of_settings(), 10, 0 );
		}
	}
};
