<?php
/**
 * How many dead pictures there are.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Discovery;

use Creators_Image_Refresh\Storage\Database;
use Creators_Image_Refresh\Storage\Schema;

defined( 'ABSPATH' ) || exit;

/**
 * Counts the dead pictures in the table of uses, span by span of posts, so that no query is long.
 *
 * @phpstan-type Row array{marketplace: string, pictures: int}
 * @phpstan-type Example array{post_id: string, pictures: string}
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
		$countries = array();
		$examples  = array();
		$posts     = 0;
		$last      = -1;
		do {
			$next   = 'SELECT post_id FROM %i WHERE post_id > %d ORDER BY post_id LIMIT 1 OFFSET %d';
			$first  = (int) $last + 1;
			$last   = Database::value( $next, Schema::uses(), $first - 1, self::ROWS_A_STEP );
			$within = array( Schema::uses(), $first, null === $last ? PHP_INT_MAX : (int) $last );
			$dead   = 'FROM %i WHERE post_id BETWEEN %d AND %d AND dead > 0';
			$found  = Database::rows( "SELECT marketplace, SUM(dead) AS pictures {$dead} GROUP BY marketplace", ...$within );
			foreach ( $found as $row ) {
				$row['pictures'] = (int) $row['pictures'] + ( $countries[ $row['marketplace'] ]['pictures'] ?? 0 );

				$countries[ $row['marketplace'] ] = $row;
			}
			$posts += (int) Database::value( "SELECT COUNT(DISTINCT post_id) {$dead} AND post_id > 0", ...$within );
			$most   = "SELECT post_id, SUM(dead) AS pictures {$dead} AND post_id > 0"
				. ' GROUP BY post_id ORDER BY pictures DESC, post_id DESC LIMIT %d';
			array_push( $examples, ...Database::rows( $most, ...$within, ...array( self::EXAMPLES ) ) );
		} while ( null !== $last );
		usort(
			$countries,
			static fn( array $one, array $other ): int => array( $other['pictures'], $one['marketplace'] )
				<=> array( $one['pictures'], $other['marketplace'] )
		);
		usort(
			$examples,
			static fn( array $one, array $other ): int => array( (int) $other['pictures'], (int) $other['post_id'] )
				<=> array( (int) $one['pictures'], (int) $one['post_id'] )
		);
		return array( $countries, $posts, array_slice( $examples, 0, self::EXAMPLES ) );
	}
}
