<?php
/**
 * Ways through the table of pictures.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Storage\Listing;

use Creators_Image_Refresh\Storage\Schema;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Takes the table of pictures in steps, none of them long to read or to lock.
 */
final class Image_Batches {

	private const ROWS = 1000;

	/**
	 * The steps, marketplace by marketplace.
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
		$hosts = null === $marketplace ? Image_Counts::marketplaces() : array( $marketplace );
		foreach ( $hosts as $host ) {
			$last = '';
			while ( true ) {
				$first = $last;
				$last  = (string) $wpdb->get_var(
					$wpdb->prepare(
						'SELECT MAX(asin) FROM (SELECT asin FROM %i WHERE marketplace = %s AND asin > %s ORDER BY asin LIMIT %d) AS step',
						Schema::images(),
						$host,
						$first,
						self::ROWS
					)
				);
				if ( '' === $last ) {
					break;
				}
				yield array( $host, $first, $last );
			}
		}
		// phpcs:enable
	}

	/**
	 * The last ASIN of a step.
	 *
	 * @param string $after The ASIN before the first.
	 * @param int    $rows  About so many pictures.
	 * @return string|null Null where there are fewer.
	 */
	public static function end_after( string $after, int $rows ): ?string {
		global $wpdb;
		// phpcs:disable WordPress.DB.DirectDatabaseQuery -- own table, must be current.
		return $wpdb->get_var(
			$wpdb->prepare(
				'SELECT asin FROM %i WHERE asin > %s ORDER BY asin LIMIT 1 OFFSET %d',
				Schema::images(),
				$after,
				$rows - 1
			)
		);
		// phpcs:enable WordPress.DB.DirectDatabaseQuery
	}

	/**
	 * The condition of a step by ASIN.
	 *
	 * @param array{0: string, 1: string|null} $step The ASIN before the first, and the last; null for the last step, without end.
	 * @return array{0: string, 1: list<string>} With placeholders, and what they stand for.
	 */
	public static function where( array $step ): array {
		return null === $step[1]
			? array( 'images.asin > %s', array( $step[0] ) )
			: array( 'images.asin > %s AND images.asin <= %s', $step );
	}
}
