<?php
/**
 * Finds a class by its name, as PSR-4 has it: `Creators_Image_Refresh\Storage\Schema` stands in `includes/Storage/Schema.php`.
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
		$file = __DIR__ . '/' . str_replace( '\\', '/', substr( $class_name, strlen( $prefix ) ) ) . '.php';
		// Unlike is_file(), it asks PHP's own cache of scripts, and not the disk.
		if ( false !== stream_resolve_include_path( $file ) ) {
			require_once $file;
		}
	}
);
