<?php
/**
 * REST routes.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Rest;

use Creators_Image_Refresh\Connection\Connection_Tester;
use Creators_Image_Refresh\Refresh\Refresh_Job;
use Creators_Image_Refresh\Reporting\Status_Report;
use Creators_Image_Refresh\Settings\Settings_Sanitizer;
use WP_REST_Request;
use WP_REST_Response;
use WP_REST_Server;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * What the settings page's script talks to. No route ever answers with a secret.
 */
final class Refresh_Controller {

	public const NAMESPACE = 'creators-image-refresh/v1';

	/**
	 * Short, so that the bar moves and no host's time limit is met.
	 */
	private const SLICE_SECONDS = 8.0;

	/**
	 * Takes what the routes do.
	 *
	 * @param Connection_Tester $tester Tests credentials.
	 * @param Refresh_Job       $job    Refreshes.
	 * @param Status_Report     $report Says how things stand.
	 */
	public function __construct( private Connection_Tester $tester, private Refresh_Job $job, private Status_Report $report ) {}

	/**
	 * Registers the routes.
	 */
	public function register(): void {
		$may = array( $this, 'may' );
		register_rest_route(
			self::NAMESPACE,
			'/test',
			array(
				'methods'             => WP_REST_Server::CREATABLE,
				'callback'            => array( $this, 'test' ),
				'permission_callback' => $may,
				'args'                => self::account_fields(),
			)
		);
		register_rest_route(
			self::NAMESPACE,
			'/refresh',
			array(
				'methods'             => WP_REST_Server::CREATABLE,
				'callback'            => array( $this, 'refresh' ),
				'permission_callback' => $may,
				'args'                => array(
					'start' => array(
						'description' => __( 'Whether this is the first slice.', 'creators-image-refresh' ),
						'type'        => 'boolean',
						'default'     => false,
					),
				),
			)
		);
		register_rest_route(
			self::NAMESPACE,
			'/status',
			array(
				'methods'             => WP_REST_Server::READABLE,
				'callback'            => array( $this, 'status' ),
				'permission_callback' => $may,
				'args'                => array(),
			)
		);
	}

	/**
	 * Who may: those who may change the settings.
	 *
	 * @return bool
	 */
	public function may(): bool {
		return current_user_can( 'manage_options' );
	}

	/**
	 * Tests credentials; those that are not sent are the saved ones.
	 *
	 * @param WP_REST_Request $request The request.
	 * @return WP_REST_Response
	 */
	public function test( #[\SensitiveParameter] WP_REST_Request $request ): WP_REST_Response {
		$form = array();
		foreach ( array_keys( self::account_fields() ) as $field ) {
			if ( null !== $request[ $field ] ) {
				$form[ $field ] = $request[ $field ];
			}
		}
		return new WP_REST_Response( $this->tester->test_form( $form ) );
	}

	/**
	 * Does one slice of refreshing.
	 *
	 * @param WP_REST_Request $request The request.
	 * @return WP_REST_Response
	 */
	public function refresh( WP_REST_Request $request ): WP_REST_Response {
		return new WP_REST_Response( $this->job->slice( self::SLICE_SECONDS, (bool) $request['start'] ) );
	}

	/**
	 * Says how things stand.
	 *
	 * @return WP_REST_Response
	 */
	public function status(): WP_REST_Response {
		return new WP_REST_Response( $this->report->all() );
	}

	/**
	 * The fields of an account, as arguments.
	 *
	 * @return array<string, array{description: string, type: string, maxLength: int}>
	 */
	private static function account_fields(): array {
		$fields = array();
		foreach ( array( 'credential_id', 'credential_secret', 'credential_version', 'partner_tag', 'marketplace' ) as $field ) {
			$fields[ $field ] = array(
				'description' => Settings_Sanitizer::label( $field ),
				'type'        => 'string',
				'maxLength'   => 1024,
			);
		}
		return $fields;
	}
}
