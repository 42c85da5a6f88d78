<?php
/**
 * The database, where it is in trouble.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Knows whether it is any use to ask the database once more.
 */
final class Database {

	/**
	 * Whether the connection was lost and did not come back. WordPress tries for five seconds and then ends the request; what
	 * is done at its end would only have it wait and complain again.
	 *
	 * @return bool
	 */
	public static function is_away(): bool {
		global $wpdb;
		return ! isset( $wpdb->dbh );
	}
}
