<?php
/**
 * The route that counts dead pictures on.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Rest;

use Creators_Image_Refresh\Discovery\Site_Survey;
use WP_REST_Response;
use WP_REST_Server;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Counts a slice of the site each time it is asked.
 */
final class Survey_Controller {

	private const ROUTE = '/survey';

	/**
	 * Short enough for somebody who waits.
	 */
	private const SECONDS = 4.0;

	/**
	 * Takes who counts.
	 *
	 * @param Site_Survey $survey Counts.
	 */
	public function __construct( private Site_Survey $survey ) {}

	/**
	 * Registers the route.
	 */
	public function register(): void {
		register_rest_route(
			Refresh_Controller::NAMESPACE,
			self::ROUTE,
			array(
				'methods'             => WP_REST_Server::CREATABLE,
				'callback'            => fn() => new WP_REST_Response( $this->survey->slice( self::SECONDS ) ),
				'permission_callback' => static fn() => current_user_can( 'manage_options' ),
				'args'                => array(),
			)
		);
	}
}
