<?php
/**
 * REST routes.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Rest;

use Creators_Image_Refresh\Accounts\Account_Overview;
use Creators_Image_Refresh\Accounts\Account_Service;
use Creators_Image_Refresh\Messages\Account_Messages;
use Creators_Image_Refresh\Plugin;
use WP_REST_Request;
use WP_REST_Response;
use WP_REST_Server;

defined( 'ABSPATH' ) || exit;

/**
 * What the scripts of the settings pages talk to; those may who may change the settings. No route ever answers with a secret.
 */
final class Routes {

	public const NAMESPACE = 'creators-image-refresh/v1';

	/** Slices are short, so that a bar moves, "Stop" is soon heard, and no host's time limit is met. */
	private const REFRESH_SECONDS = 8.0;
	private const SLICE_SECONDS   = 4.0;

	/**
	 * Takes what the routes work with.
	 *
	 * @param Plugin $plugin Makes the services that are called.
	 */
	public function __construct( private Plugin $plugin ) {}

	/** Registers the routes. */
	public function register(): void {
		foreach ( $this->routes() as $route => list( $answer, $arguments ) ) {
			register_rest_route(
				self::NAMESPACE,
				$route,
				array(
					'methods'             => '/status' === $route ? WP_REST_Server::READABLE : WP_REST_Server::CREATABLE,
					'callback'            => static fn(
						#[\SensitiveParameter] WP_REST_Request $request
					): WP_REST_Response => new WP_REST_Response( $answer( $request ) ),
					'permission_callback' => static fn(): bool => current_user_can( 'manage_options' ),
					'args'                => $arguments,
				)
			);
		}
	}

	/**
	 * What answers on each route, and its arguments.
	 *
	 * @return array<string, array{0: callable(WP_REST_Request): mixed, 1: array<string, array<string, mixed>>}>
	 */
	private function routes(): array {
		$which   = __( 'A marketplace that has an account of its own, or “default”.', 'creators-image-refresh' );
		$account = array();
		foreach ( Account_Service::FIELDS as $field ) {
			$account[ $field ] = array(
				'description' => Account_Messages::label( $field ),
				'type'        => 'string',
				'maxLength'   => 1024,
			);
		}
		return array(
			// Of credentials, those that are not sent are the saved ones.
			'/test'           => array(
				fn( #[\SensitiveParameter] WP_REST_Request $form ) => $this->plugin->connection_tester()->test_form( $form->get_params() ),
				$account,
			),
			'/refresh'        => array(
				fn( WP_REST_Request $request ) => $this->plugin->refresh_now( self::REFRESH_SECONDS, (bool) $request['start'] ),
				array(
					'start' => array(
						'description' => __( 'Whether this is the first slice.', 'creators-image-refresh' ),
						'type'        => 'boolean',
						'default'     => false,
					),
				),
			),
			'/status'         => array( fn() => $this->plugin->status_report()->all(), array() ),
			'/survey'         => array( fn() => $this->plugin->site_survey()->slice( self::SLICE_SECONDS ), array() ),
			'/connections'    => array(
				fn( WP_REST_Request $request ) => $this->plugin->connection_tester()->check( (string) $request['account'] ),
				array(
					'account' => array(
						'description' => $which,
						'type'        => 'string',
						'default'     => Account_Overview::DEFAULT_ID,
						'maxLength'   => 64,
						'pattern'     => '^(default|www\.amazon\.[a-z.]{2,10}(-[2-9])?)$',
					),
				),
			),
			// The pictures were selected by the form.
			'/images/refresh' => array( fn() => $this->plugin->image_actions()->slice( self::SLICE_SECONDS ), array() ),
			'/images/stop'    => array( fn() => $this->plugin->image_actions()->stop(), array() ),
		);
	}
}
