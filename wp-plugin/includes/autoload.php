<?php
/**
 * Finds a class by its name: `Image_Store` stands in `includes/class-image-store.php`.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

spl_autoload_register(
	static function ( string $class_name ): void {
		$prefix = __NAMESPACE__ . '\\';
		if ( ! str_starts_with( $class_name, $prefix ) ) {
			return;
		}
		$name = strtolower( str_replace( '_', '-', substr( $class_name, strlen( $prefix ) ) ) );
		$file = __DIR__ . '/class-' . $name . '.php';
		// Unlike is_file(), it asks PHP's own cache of scripts, and not the disk.
		if ( false !== stream_resolve_include_path( $file ) ) {
			require_once $file;
		}
	}
);
