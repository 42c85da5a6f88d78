<?php
/**
 * Ways through the table of pictures.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Storage\Listing;

use Creators_Image_Refresh\Storage\Database;
use Creators_Image_Refresh\Storage\Schema;

defined( 'ABSPATH' ) || exit;

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
		$step = 'SELECT MAX(asin) FROM'
			. ' (SELECT asin FROM %i WHERE marketplace = %s AND asin > %s ORDER BY asin LIMIT %d) AS step';
		if ( ! Schema::is_ready() ) {
			return;
		}
		foreach ( null === $marketplace ? Image_Counts::marketplaces() : array( $marketplace ) as $host ) {
			$first = '';
			$last  = Database::value( $step, Schema::images(), $host, $first, self::ROWS );
			while ( null !== $last ) {
				yield array( $host, $first, $last );
				$first = $last;
				$last  = Database::value( $step, Schema::images(), $host, $first, self::ROWS );
			}
		}
	}

	/**
	 * The last ASIN of a step of about so many rows; null where there are fewer.
	 *
	 * @param string $after The ASIN before the first.
	 * @param int    $rows  About so many pictures.
	 */
	public static function end_after( string $after, int $rows ): ?string {
		$query = 'SELECT asin FROM %i WHERE asin > %s ORDER BY asin LIMIT 1 OFFSET %d';
		return Database::value( $query, Schema::images(), $after, $rows - 1 );
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
