<?php
/**
 * A way through the table of pictures.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Takes the table of pictures in steps, none of them long to read or to lock.
 */
final class Image_Steps {

	private const ROWS = 1000;

	/**
	 * The steps.
	 *
	 * @param string|null $marketplace Host; null for all.
	 * @return \Generator<array{0: string, 1: string, 2: string}> A marketplace, the ASIN before the first, and the last.
	 */
	public static function of( ?string $marketplace = null ): \Generator {
		global $wpdb;
		if ( ! Schema::is_ready() ) {
			return;
		}
		// phpcs:disable WordPress.DB.DirectDatabaseQuery -- own table, must be current.
		$hosts = null === $marketplace ? $wpdb->get_col( $wpdb->prepare( 'SELECT marketplace FROM %i GROUP BY marketplace', Schema::images() ) ) : array( $marketplace );
		foreach ( $hosts as $host ) {
			$last = '';
			while ( true ) {
				$first = $last;
				$last  = (string) $wpdb->get_var( $wpdb->prepare( 'SELECT MAX(asin) FROM (SELECT asin FROM %i WHERE marketplace = %s AND asin > %s ORDER BY asin LIMIT %d) AS step', Schema::images(), $host, $first, self::ROWS ) );
				if ( '' === $last ) {
					break;
				}
				yield array( $host, $first, $last );
			}
		}
		// phpcs:enable
	}
}
