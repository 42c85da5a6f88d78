<?php
/**
 * The room of the REST routes: each asks for the right to use it, reads what it was given, and calls a service.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Rest;

use Creators_Image_Refresh\Plugin;

defined( 'ABSPATH' ) || exit;

return static function ( Plugin $plugin ): void {
	add_action( 'rest_api_init', static fn() => ( new Routes( $plugin ) )->register(), 10, 0 );
};
