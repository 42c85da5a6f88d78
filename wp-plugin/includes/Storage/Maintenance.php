<?php
/**
 * What is put right once all posts have been looked through.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Storage;

use Creators_Image_Refresh\Discovery\Discovered_Images;
use Creators_Image_Refresh\Storage\Listing\Image_Query;

defined( 'ABSPATH' ) || exit;

/**
 * Drops the uses of posts that are not there any more, what no page has shown for a long time, and pictures that nothing shows;
 * gives a row to pictures that are used and have none, since that table was lost or broken; and counts the posts of each picture
 * anew. In short steps, so that it ends with a slice and goes on with the next one.
 */
final class Maintenance {

	private const ROWS_A_STEP = 1000;

	/**
	 * Takes what it puts right, and what has the pages of posts made anew.
	 *
	 * @param Image_Repository          $images Pictures.
	 * @param \Closure(list<int>): void $purge  Told before a use is dropped.
	 */
	public function __construct( private Image_Repository $images, private \Closure $purge ) {}

	/**
	 * Goes on, for at least one step.
	 *
	 * @param string $at    Where the last slice has ended; empty to begin.
	 * @param float  $until When to stop: microtime.
	 * @return string|null Where to go on; null at the end.
	 */
	public function slice( string $at, float $until ): ?string {
		do {
			if ( str_starts_with( $at, 'picture ' ) ) {
				$last = $this->pictures_after( substr( $at, 8 ) );
				if ( null === $last ) {
					return null;
				}
				$at = "picture $last";
			} else {
				$last = $this->uses_after( (int) $at );
				$at   = 0 === $last ? 'picture ' : (string) $last;
			}
		} while ( microtime( true ) < $until );
		return $at;
	}

	/**
	 * One step through the uses.
	 *
	 * @param int $after The post after which to begin.
	 * @return int The last post of this step; 0 where there are no more.
	 */
	private function uses_after( int $after ): int {
		$uses = Schema::uses();
		$step = 'SELECT MAX(post_id) FROM (SELECT post_id FROM %i WHERE post_id > %d ORDER BY post_id LIMIT %d) AS step';
		$last = (int) Database::value( $step, $uses, $after, self::ROWS_A_STEP );
		// What stands in no single post has the number 0.
		$within = array( $uses, 0 === $after ? 0 : $after + 1, $last );
		$ours   = 'FROM %i AS used WHERE post_id BETWEEN %d AND %d AND';
		$query  = "SELECT DISTINCT post_id {$ours} post_id > 0"
			. ' AND NOT EXISTS (SELECT 1 FROM %i AS posts WHERE posts.ID = used.post_id)';
		foreach ( Database::column( $query, ...$within, ...array( $GLOBALS['wpdb']->posts ) ) as $post_id ) {
			Database::run( 'DELETE FROM %i WHERE post_id = %d', $uses, $post_id );
		}
		$no_row = 'NOT EXISTS (SELECT 1 FROM %i AS images'
			. ' WHERE images.marketplace = used.marketplace AND images.asin = used.asin)';
		// A candidate has no row yet.
		$query  = "SELECT post_id, marketplace, asin {$ours} on_page = 1 AND (seen_at < %d OR (seen_at < %d AND {$no_row}))";
		$limits = array( time() - Discovered_Images::KEPT, time() - Discovered_Images::KEPT_WAITING, Schema::images() );
		$unseen = Database::rows( $query, ...$within, ...$limits );
		// Told first: a page that was only kept for all that time is made anew, and shows the picture again.
		( $this->purge )( array_values( array_filter( array_unique( array_map( 'intval', array_column( $unseen, 'post_id' ) ) ) ) ) );
		foreach ( $unseen as $use ) {
			Database::run( 'DELETE FROM %i WHERE post_id = %d AND marketplace = %s AND asin = %s', $uses, ...array_values( $use ) );
		}
		$query = "SELECT DISTINCT marketplace, asin {$ours} on_page = 0 AND {$no_row}";
		$this->images->add( Database::rows( $query, ...$within, ...array( Schema::images() ) ) );
		return $last;
	}

	/**
	 * One step through the pictures.
	 *
	 * @param string $after The ASIN after which to begin.
	 * @return string|null The last ASIN of this step; null where it is the last step.
	 */
	private function pictures_after( string $after ): ?string {
		$last   = Image_Query::end_of_step( $after, self::ROWS_A_STEP );
		$query  = 'SELECT * FROM (SELECT marketplace, asin, excluded, posts,'
			. ' (SELECT COUNT(*) FROM %i AS used WHERE used.marketplace = images.marketplace AND used.asin = images.asin) AS uses'
			. ' FROM %i AS images WHERE images.asin > %s AND images.asin <= %s) AS step'
			. ' WHERE posts <> uses OR (uses = 0 AND excluded = 0)';
		$rows   = Database::rows( $query, Schema::uses(), Schema::images(), $after, $last );
		$unused = array_filter( $rows, static fn( array $row ): bool => '0' === (string) $row['uses'] );
		$this->images->forget_unused( $unused );
		$this->images->recount( $rows );
		return Image_Query::END === $last ? null : $last;
	}
}
