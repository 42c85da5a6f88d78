<?php
/**
 * REST routes for accounts.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Rest;

use Creators_Image_Refresh\Accounts\Account_Overview;
use Creators_Image_Refresh\Connection\Connection_Tester;
use WP_REST_Request;
use WP_REST_Response;
use WP_REST_Server;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * What the script of “Check connections” talks to. It never answers with a secret.
 */
final class Connections_Controller {

	/**
	 * Takes what the route does.
	 *
	 * @param Connection_Tester $tester Checks.
	 */
	public function __construct( private Connection_Tester $tester ) {}

	/**
	 * Registers the route.
	 */
	public function register(): void {
		register_rest_route(
			Refresh_Controller::NAMESPACE,
			'/connections',
			array(
				'methods'             => WP_REST_Server::CREATABLE,
				'callback'            => array( $this, 'check' ),
				'permission_callback' => static fn(): bool => current_user_can( 'manage_options' ),
				'args'                => array(
					'account' => array(
						'description' => __(
							'A marketplace that has an account of its own, or “default”.',
							'creators-image-refresh'
						),
						'type'        => 'string',
						'default'     => Account_Overview::DEFAULT_ID,
						'maxLength'   => 64,
						'pattern'     => '^(default|www\.amazon\.[a-z.]{2,10}(-[2-9])?)$',
					),
				),
			)
		);
	}

	/**
	 * Checks one saved account.
	 *
	 * @param WP_REST_Request $request The request.
	 * @return WP_REST_Response
	 */
	public function check( WP_REST_Request $request ): WP_REST_Response {
		return new WP_REST_Response( $this->tester->check( (string) $request['account'] ) );
	}
}
