<?php
/**
 * Messages that wait for the next page.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Messages;

defined( 'ABSPATH' ) || exit;

/**
 * Messages that wait for the next page: carried over a redirect, for one user; they hold nothing secret.
 */
final class Notices {

	private const NAME     = 'creators_image_refresh_notices_';
	private const LIFETIME = 5 * MINUTE_IN_SECONDS;

	/**
	 * Adds a message.
	 *
	 * @param string $type     success, info, warning or error.
	 * @param string $sentence For people.
	 * @param string $amazon   Amazon's own words, for the small print.
	 */
	public static function add( string $type, string $sentence, string $amazon = '' ): void {
		$waiting   = self::waiting();
		$waiting[] = compact( 'type', 'sentence', 'amazon' );
		set_transient( self::NAME . get_current_user_id(), $waiting, self::LIFETIME );
	}

	/** Shows what waits, once. */
	public static function render(): void {
		foreach ( self::waiting() as $notice ) {
			delete_transient( self::NAME . get_current_user_id() );
			$type = $notice['type'];
			wp_admin_notice(
				esc_html( $notice['sentence'] ) . Account_Messages::small_line( $notice['amazon'] ),
				array(
					'type'               => $type,
					'dismissible'        => true,
					'additional_classes' => array( 'creators-image-refresh-notice' ),
					'attributes'         => array( 'role' => 'error' === $type ? 'alert' : 'status' ),
				)
			);
		}
	}

	/**
	 * What waits.
	 *
	 * @return list<array<string, string>>
	 */
	private static function waiting(): array {
		$waiting = get_transient( self::NAME . get_current_user_id() );
		return is_array( $waiting ) ? array_values( array_filter( $waiting, 'is_array' ) ) : array();
	}
}
