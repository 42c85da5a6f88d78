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
	add_filter( 'wpmu_drop_tables', static fn( mixed $tables, mixed $site ) => Schema::with_own_tables( $tables, $site ), 10, 2 );
};
