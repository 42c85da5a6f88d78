<?php
/**
 * Finds a class by its name, as PSR-4 has it: `Creators_Image_Refresh\Storage\Schema` stands in `includes/Storage/Schema.php`.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh;

defined( 'ABSPATH' ) || exit;

spl_autoload_register(
	static function ( string $class_name ): void {
		$prefix = __NAMESPACE__ . '\\';
		if ( ! str_starts_with( $class_name, $prefix ) ) {
			return;
		}
		// A file that is not there is no class, and no more is said of it. To ask for it first would cost every page as much as the
		// file itself.
		// phpcs:ignore WordPress.PHP.NoSilencedErrors, WordPressVIPMinimum.Files -- as above; in our own folder.
		@include __DIR__ . '/' . str_replace( '\\', '/', substr( $class_name, strlen( $prefix ) ) ) . '.php';
	}
);
