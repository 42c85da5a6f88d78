<?php
/**
 * How many dead pictures there are.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Discovery;

use Creators_Image_Refresh\Storage\Schema;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Counts the dead pictures in the table of uses, span by span of posts, so that no query is long.
 *
 * @phpstan-type Row object{marketplace: string, pictures: int, posts: int}
 * @phpstan-type Example object{post_id: string, pictures: string}
 */
final class Dead_Images {

	private const ROWS_A_STEP = 5000;
	private const EXAMPLES    = 5;

	/**
	 * Counts.
	 *
	 * @return array{0: list<Row>, 1: int, 2: list<Example>} By marketplace, those with the most first; the posts in all; the
	 *                                                       posts with the most.
	 */
	public static function counted(): array {
		global $wpdb;
		$rows     = array();
		$posts    = 0;
		$examples = array();
		$after    = -1;
		// phpcs:disable WordPress.DB.DirectDatabaseQuery -- own table, must be current.
		do {
			$last   = $wpdb->get_var(
				$wpdb->prepare(
					'SELECT post_id FROM %i WHERE post_id > %d ORDER BY post_id LIMIT 1 OFFSET %d',
					Schema::uses(),
					$after,
					self::ROWS_A_STEP
				)
			);
			$within = array( Schema::uses(), $after + 1, null === $last ? PHP_INT_MAX : (int) $last );
			foreach (
				(array) $wpdb->get_results(
					$wpdb->prepare(
						'SELECT marketplace, SUM(dead) AS pictures, COUNT(DISTINCT CASE WHEN post_id > 0 THEN post_id END) AS posts FROM %i WHERE post_id BETWEEN %d AND %d AND dead > 0 GROUP BY marketplace',
						$within
					)
				) as $row
			) {
				$rows[ $row->marketplace ] = (object) array(
					'marketplace' => $row->marketplace,
					'pictures'    => (int) $row->pictures + ( $rows[ $row->marketplace ]->pictures ?? 0 ),
					'posts'       => (int) $row->posts + ( $rows[ $row->marketplace ]->posts ?? 0 ),
				);
			}
			$posts   += (int) $wpdb->get_var(
				$wpdb->prepare(
					'SELECT COUNT(DISTINCT post_id) FROM %i WHERE post_id BETWEEN %d AND %d AND dead > 0 AND post_id > 0',
					$within
				)
			);
			$examples = array_merge(
				$examples,
				(array) $wpdb->get_results(
					$wpdb->prepare(
						'SELECT post_id, SUM(dead) AS pictures FROM %i WHERE post_id BETWEEN %d AND %d AND dead > 0 AND post_id > 0 GROUP BY post_id ORDER BY pictures DESC, post_id DESC LIMIT %d',
						...array( ...$within, self::EXAMPLES )
					)
				)
			);
			$after    = (int) $last;
		} while ( null !== $last );
		// phpcs:enable
		usort(
			$rows,
			static fn( object $one, object $other ): int => array(
				$other->pictures,
				$one->marketplace,
			) <=> array( $one->pictures, $other->marketplace )
		);
		usort(
			$examples,
			static fn( object $one, object $other ): int => array(
				(int) $other->pictures,
				(int) $other->post_id,
			) <=> array( (int) $one->pictures, (int) $one->post_id )
		);
		return array( $rows, $posts, array_slice( $examples, 0, self::EXAMPLES ) );
	}
}
