<?php
/**
 * The room of discovery: where Amazon's pictures stand, found by looking through posts or met on pages. It asks nobody, and
 * changes no post.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Discovery;

use Creators_Image_Refresh\Plugin;

defined( 'ABSPATH' ) || exit;

return static function ( Plugin $plugin ): void {
	add_action( 'save_post', static fn( mixed $id, mixed $post ) => $plugin->scanner()->on_save_post( $id, $post ), 20, 2 );
	add_action( 'deleted_post', static fn( mixed $id ) => $plugin->scanner()->on_deleted_post( $id ) );
	// Importers write past WordPress's own functions.
	add_action( 'import_end', static fn() => $plugin->scanner()->restart(), 10, 0 );
	add_action( 'import_end', static fn() => $plugin->scheduler()->scan_soon(), 11, 0 );
	foreach ( array( 'widget_block', 'widget_text', 'widget_custom_html' ) as $widgets ) {
		add_action( 'update_option_' . $widgets, static fn() => $plugin->scanner()->scan_widgets(), 10, 0 );
	}
};
