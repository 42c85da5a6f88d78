<?php
/**
 * Sentences on the license.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\License;

use WP_Error;

defined( 'ABSPATH' ) || exit;

/** Says how the license stands and what to do next. */
final class License_Messages {

	/**
	 * The sentence for a status.
	 *
	 * @param string               $status As License::status().
	 * @param array<string, mixed> $state  As License::state().
	 */
	public static function for_status( string $status, array $state ): string {
		$time    = strtotime( ( $state['expires'] ?? '' ) . ' UTC' );
		$expires = '' === ( $state['expires'] ?? '' ) || false === $time
			? ''
			: (string) wp_date( (string) get_option( 'date_format' ), $time );
		$limit   = (int) ( $state['limit'] ?? 0 );
		if ( 'no_store' === $status ) {
			return '';
		}
		if ( 'valid' === $status && '' !== $expires ) {
			/* translators: %s: a date. */
			return sprintf( __( 'The license is valid until %s.', 'creators-image-refresh' ), $expires );
		}
		if ( 'expired' === $status && '' !== $expires ) {
			return sprintf(
				/* translators: %s: a date. */
				__(
					'The license expired on %s, so no fresh pictures are fetched. Renew it where you bought it; it is noticed by itself.',
					'creators-image-refresh'
				),
				$expires
			);
		}
		if ( 'limit_reached' === $status && 0 !== $limit ) {
			return sprintf(
				/* translators: %s: a number of sites. */
				_n(
					'The license is for %s site, and another one uses it, so no fresh pictures are fetched here. Take it off the other site, or get one for more sites.',
					'The license is for %s sites, and all of them are taken, so no fresh pictures are fetched here. Take it off another site, or get one for more sites.',
					$limit,
					'creators-image-refresh'
				),
				number_format_i18n( $limit )
			);
		}
		$sentences = array(
			'valid'         => __( 'The license is valid.', 'creators-image-refresh' ),
			'expired'       => __(
				'The license has expired, so no fresh pictures are fetched. Renew it where you bought it; it is noticed by itself.',
				'creators-image-refresh'
			),
			'limit_reached' => __(
				'The license is in use on as many sites as it allows, so no fresh pictures are fetched here. Take it off another site, or get one for more sites.',
				'creators-image-refresh'
			),
			'none' => __(
				'There is no license key yet, so no fresh pictures are fetched. Enter the one that came with your purchase, and save.',
				'creators-image-refresh'
			),
			'unreadable' => __(
				'The saved license key cannot be read any more; that happens when a site moves or its security keys change. Enter it again and save.',
				'creators-image-refresh'
			),
			'unchecked' => __(
				'The license could not be checked yet, because the store did not answer. It is tried again by itself, and everything works in the meantime.',
				'creators-image-refresh'
			),
			'silent' => __(
				'The license could not be checked for two weeks, because the store does not answer, so no fresh pictures are fetched. Ask your host whether the site may open connections to the store; it is tried again every hour.',
				'creators-image-refresh'
			),
			'disabled'      => __(
				'The license was switched off by the store, so no fresh pictures are fetched. Ask where you bought it.',
				'creators-image-refresh'
			),
			'site_inactive' => __(
				'The license is not active for this site’s address, so no fresh pictures are fetched. Enter the key again and save.',
				'creators-image-refresh'
			),
			'other_product' => __(
				'The license key belongs to another product, so no fresh pictures are fetched. Look for the one that came with this plugin.',
				'creators-image-refresh'
			),
			'unknown' => __(
				'The store does not know this license key, so no fresh pictures are fetched. Copy it once more from the e-mail that came with your purchase.',
				'creators-image-refresh'
			),
			'not_activable' => __(
				'This key is the one of a bundle and cannot be used itself, so no fresh pictures are fetched. Look for the key of this plugin in the same e-mail.',
				'creators-image-refresh'
			),
		);
		return $sentences[ $status ] ?? $sentences['unknown'];
	}

	/**
	 * The sentence for what License::obstacle() gave.
	 *
	 * @param WP_Error $error Its code begins with 'license_'.
	 */
	public static function for_error( WP_Error $error ): string {
		return self::for_status(
			substr( (string) $error->get_error_code(), strlen( 'license_' ) ),
			(array) $error->get_error_data()
		)
			. ' '
			. __( 'Your pages stay as they are.', 'creators-image-refresh' );
	}
}
