<?php
/**
 * The room of the license: the key, the store that knows it, and what is said of it. Nothing else of the plugin asks the
 * store.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\License;

use Creators_Image_Refresh\Hook_Names;
use Creators_Image_Refresh\Plugin;

defined( 'ABSPATH' ) || exit;

return static function ( Plugin $plugin ): void {
	$key   = Hook_Names::LICENSE_KEY;
	$saved = static fn( #[\SensitiveParameter] mixed $old = '' ) => $plugin->license()->on_key_saved( $old );
	$gone  = static fn( mixed $option ) => $key === $option ? $plugin->license()->before_key_removed() : null;
	add_action( 'add_option_' . $key, $saved, 10, 0 );
	add_action( 'update_option_' . $key, $saved );
	add_action( 'delete_option', $gone );
	add_action( Hook_Names::RUN, static fn() => $plugin->license()->on_schedule(), 5, 0 );

	// The build for the plugin directory is without it.
	$host = class_exists( Updates::class ) ? Updates::host() : '';
	if ( '' !== $host ) {
		$updates = static fn(): Updates => new Updates( $plugin->license(), new License_Client() );
		add_filter( 'update_plugins_' . $host, static fn( mixed ...$asked ): mixed => $updates()->offer( ...$asked ), 10, 3 );
		add_filter( 'upgrader_pre_download', static fn( mixed ...$asked ): mixed => $updates()->fetch( ...$asked ), 10, 4 );
	}
};
