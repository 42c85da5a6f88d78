<?php
/**
 * REST routes of the screen of pictures.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Rest;

use Creators_Image_Refresh\Refresh\Image_Actions;
use WP_REST_Response;
use WP_REST_Server;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Goes on with the selected pictures, slice by slice, and stops. They are selected by the form, with and without the script.
 */
final class Images_Controller {

	/**
	 * Short, so that the bar moves and "Stop" is soon heard.
	 */
	private const SLICE_SECONDS = 4.0;

	/**
	 * Takes who does it.
	 *
	 * @param Image_Actions $choice Refreshes what was selected.
	 */
	public function __construct( private Image_Actions $choice ) {}

	/**
	 * Registers the routes.
	 */
	public function register(): void {
		$routes = array(
			'/images/refresh' => fn() => new WP_REST_Response( $this->choice->slice( self::SLICE_SECONDS ) ),
			'/images/stop'    => fn() => new WP_REST_Response( $this->choice->stop() ),
		);
		foreach ( $routes as $route => $callback ) {
			register_rest_route(
				Refresh_Controller::NAMESPACE,
				$route,
				array(
					'methods'             => WP_REST_Server::CREATABLE,
					'callback'            => $callback,
					'permission_callback' => static fn() => current_user_can( 'manage_options' ),
					'args'                => array(),
				)
			);
		}
	}
}
