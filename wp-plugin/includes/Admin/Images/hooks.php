<?php
/**
 * The room of the tab of pictures: its table, what stands above it, and the file to download. What is read from the tables
 * stands in Storage.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Admin\Images;

use Creators_Image_Refresh\Hook_Names;
use Creators_Image_Refresh\Plugin;

defined( 'ABSPATH' ) || exit;

return static function ( Plugin $plugin ): void {
	add_filter( 'set_screen_option_' . Hook_Names::IMAGES_PER_PAGE, array( Images_Tab::class, 'accept_per_page' ), 10, 3 );
	if ( 'admin-post.php' === ( $GLOBALS['pagenow'] ?? '' ) ) {
		add_action(
			'admin_post_' . Image_Export::ACTION,
			static fn() => ( new Image_Export( $plugin->image_query() ) )->on_export(),
			10,
			0
		);
	}
};
