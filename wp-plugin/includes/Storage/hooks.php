<?php
/**
 * The room of storage: the plugin's tables, and nobody else's SQL on them. It knows no account and asks no one.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Storage;

defined( 'ABSPATH' ) || exit;

return static function (): void {
	// The tables go with their site.
	add_filter(
		'wpmu_drop_tables',
		static function ( mixed $tables, mixed $site_id ): mixed {
			$prefix = $GLOBALS['wpdb']->get_blog_prefix( (int) $site_id ) . 'creators_image_refresh_';
			return is_array( $tables ) ? array( ...$tables, "{$prefix}images", "{$prefix}uses" ) : $tables;
		},
		10,
		2
	);
};
