<?php
/**
 * One line on the dashboard.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Admin;

use Creators_Image_Refresh\Reporting\Attention;
use Creators_Image_Refresh\Settings\Input;
use Creators_Image_Refresh\Settings\Settings_Screen;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Says on the dashboard, and nowhere else, that something needs a person; for as long as it does, or until that person does
 * not want to hear of it any more. Another reason, or the same one after it was gone, is said anew.
 */
final class Dashboard_Notice {

	public const ACTION    = 'creators_image_refresh_dismiss';
	public const DISMISSED = 'creators_image_refresh_dismissed';

	/**
	 * Takes who knows.
	 *
	 * @param Attention $attention What needs a person.
	 */
	public function __construct( private Attention $attention ) {}

	/**
	 * Renders the line, where there is a reason for one.
	 */
	public function render(): void {
		$screen = get_current_screen();
		if ( null === $screen || 'dashboard' !== $screen->id || ! current_user_can( 'manage_options' ) ) {
			return;
		}
		$reason    = $this->attention->reason();
		$dismissed = get_user_option( self::DISMISSED );
		if ( false !== $dismissed && $dismissed !== ( $reason['reason'] ?? '' ) ) {
			delete_user_option( get_current_user_id(), self::DISMISSED );
		} elseif ( false !== $dismissed ) {
			return;
		}
		if ( null === $reason ) {
			return;
		}
		$dismiss = add_query_arg(
			array(
				'action'   => self::ACTION,
				'reason'   => $reason['reason'],
				'_wpnonce' => wp_create_nonce( self::ACTION ),
			),
			admin_url( 'admin-post.php' )
		);
		wp_admin_notice(
			'<strong>'
				. esc_html__( 'Your Amazon pictures need you.', 'creators-image-refresh' )
				. '</strong> '
				. esc_html( $reason['sentence'] )
			. ' <a href="'
				. esc_url( Settings_Screen::url() )
				. '">'
				. esc_html__( 'Open the settings', 'creators-image-refresh' )
				. '</a> | <a href="'
				. esc_url( $dismiss )
				. '">'
				. esc_html__( 'Do not show this again', 'creators-image-refresh' )
				. '</a>',
			array(
				'type'       => 'warning',
				'id'         => 'creators-image-refresh-dashboard',
				'attributes' => array( 'data-reason' => $reason['reason'] ),
			)
		);
	}

	/**
	 * Answers “Do not show this again”.
	 */
	public function on_dismiss(): void {
		if ( ! current_user_can( 'manage_options' ) ) {
			wp_die( esc_html__( 'You are not allowed to do this.', 'creators-image-refresh' ), '', array( 'response' => 403 ) );
		}
		check_admin_referer( self::ACTION );
		// phpcs:ignore WordPress.Security.ValidatedSanitizedInput.InputNotSanitized -- sanitize_key().
		$reason = sanitize_key( (string) Input::text( isset( $_GET['reason'] ) ? wp_unslash( $_GET['reason'] ) : '' ) );
		if ( '' !== $reason ) {
			update_user_option( get_current_user_id(), self::DISMISSED, $reason );
		}
		wp_safe_redirect( admin_url() );
		exit;
	}
}
