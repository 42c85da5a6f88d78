<?php
/**
 * One line on the dashboard.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Admin;

use Creators_Image_Refresh\Reporting\Status_Report;
use Creators_Image_Refresh\Settings\Settings_Screen;

defined( 'ABSPATH' ) || exit;

/**
 * One line on the dashboard, and nowhere else: that something needs a person; for as long as it does, or until that person
 * does not want to hear of it any more. Another reason, or the same one after it was gone, is said anew.
 */
final class Dashboard_Notice {

	public const ACTION    = 'creators_image_refresh_dismiss';
	public const DISMISSED = 'creators_image_refresh_dismissed';

	/**
	 * Takes who knows.
	 *
	 * @param Status_Report $report What needs a person.
	 */
	public function __construct( private Status_Report $report ) {}

	/** Renders the line, where there is a reason for one. */
	public function render(): void {
		if ( 'dashboard' !== get_current_screen()?->id || ! current_user_can( 'manage_options' ) ) {
			return;
		}
		$reason    = $this->report->alarm();
		$dismissed = get_user_option( self::DISMISSED );
		if ( false !== $dismissed && $dismissed !== ( $reason['reason'] ?? '' ) ) {
			delete_user_option( get_current_user_id(), self::DISMISSED );
		} elseif ( false !== $dismissed ) {
			return;
		}
		if ( null === $reason ) {
			return;
		}
		wp_admin_notice(
			sprintf(
				'<strong>%s</strong> %s <a href="%s">%s</a> | <a href="%s">%s</a>',
				esc_html__( 'Your Amazon pictures need you.', 'creators-image-refresh' ),
				esc_html( $reason['sentence'] ),
				esc_url( Settings_Screen::url() ),
				esc_html__( 'Open the settings', 'creators-image-refresh' ),
				esc_url( Page::action_url( self::ACTION, array( 'reason' => $reason['reason'] ) ) ),
				esc_html__( 'Do not show this again', 'creators-image-refresh' )
			),
			array(
				'type'       => 'warning',
				'id'         => 'creators-image-refresh-dashboard',
				'attributes' => array( 'data-reason' => $reason['reason'] ),
			)
		);
	}

	/** Answers “Do not show this again”. */
	public function on_dismiss(): void {
		Page::authorize( self::ACTION );
		$reason = sanitize_key( Page::asked( 'reason' ) );
		if ( '' !== $reason ) {
			update_user_option( get_current_user_id(), self::DISMISSED, $reason );
		}
		Page::go( admin_url() );
	}
}
