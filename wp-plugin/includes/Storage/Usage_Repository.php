<?php
/**
 * Which post shows which picture.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Storage;

defined( 'ABSPATH' ) || exit;

/**
 * Reads and writes the table of uses. Only differences are written, so that scanning a second time costs no write.
 */
final class Usage_Repository {

	private const ROWS_A_QUERY = 100;

	/**
	 * Takes the pictures' table, which has a row for everything that is used.
	 *
	 * @param Image_Repository $images Pictures.
	 */
	public function __construct( private Image_Repository $images ) {}

	/**
	 * Replaces the uses of all posts in a span of ids.
	 *
	 * @param int                                                                   $first Lowest id.
	 * @param int                                                                   $last Highest id.
	 * @param array<int, list<array{marketplace: string, asin: string, dead: int}>> $found Pictures by post id; a post that is not
	 *     named shows none.
	 * @return int|null How many pictures were not known before; null where the database refuses, and it is to be done again.
	 */
	public function replace( int $first, int $last, array $found ): ?int {
		$query = 'SELECT post_id, marketplace, asin, dead FROM %i WHERE on_page = 0 AND post_id BETWEEN %d AND %d';
		$gone  = array();
		foreach ( Database::rows( $query, Schema::uses(), $first, $last ) as $use ) {
			$gone[ "{$use['post_id']} {$use['marketplace']} {$use['asin']}" ] = $use;
		}
		$new = array();
		foreach ( $found as $post_id => $pictures ) {
			foreach ( $pictures as $picture ) {
				$key = "{$post_id} {$picture['marketplace']} {$picture['asin']}";
				if ( (int) ( $gone[ $key ]['dead'] ?? -1 ) !== $picture['dead'] ) {
					$new[ $key ] = array( 'post_id' => $post_id ) + $picture;
				}
				unset( $gone[ $key ] );
			}
		}
		// The pictures first: whoever is killed in between leaves none that is used, counts as known, and has no row.
		$added = $this->images->add( array_values( $new ) );
		if ( null === $added || ! self::add( $new ) ) {
			return null;
		}
		foreach ( $gone as $use ) {
			$query = 'DELETE FROM %i WHERE post_id = %d AND marketplace = %s AND asin = %s AND dead = %d';
			Database::run( $query, Schema::uses(), ...array_values( $use ) );
		}
		$this->images->forget_unused( $gone );
		$this->images->recount( array( ...array_values( $new ), ...array_values( $gone ) ) );
		return $added;
	}

	/**
	 * The posts that show each of some pictures.
	 *
	 * @param list<array{marketplace: string, asin: string}> $pictures Which.
	 * @return array<string, array<int, string>> By Image_Cache::key(), of those that are used: kind of post by id; 0 for the
	 *                                           widgets and whatever is no single post.
	 */
	public function posts_with( array $pictures ): array {
		$posts = array();
		$query = 'SELECT used.marketplace, used.asin, used.post_id, posts.post_type FROM %i AS used'
			. ' LEFT JOIN %i AS posts ON posts.ID = used.post_id WHERE ';
		foreach ( Image_Keys::conditions( $pictures, 'used' ) as [ $any, $keys ] ) {
			foreach ( Database::rows( $query . $any, Schema::uses(), $GLOBALS['wpdb']->posts, ...$keys ) as $row ) {
				$key = Image_Cache::key( $row['marketplace'], $row['asin'] );

				$posts[ $key ][ (int) $row['post_id'] ] = (string) $row['post_type'];
			}
		}
		return $posts;
	}

	/**
	 * The first post that shows each of some pictures.
	 *
	 * @param string       $marketplace Host.
	 * @param list<string> $asins       ASINs.
	 * @return array<array-key, int> Its id by ASIN; pictures that stand in no single post are missing.
	 */
	public function first_posts( string $marketplace, array $asins ): array {
		$query = 'SELECT asin, MIN(post_id) AS post_id FROM %i WHERE marketplace = %s AND post_id > 0'
			. ' AND asin IN (' . Image_Keys::placeholders( $asins ) . ') GROUP BY asin';
		$rows  = Database::rows( $query, Schema::uses(), $marketplace, ...$asins );
		return array_map( 'intval', array_column( $rows, 'post_id', 'asin' ) );
	}

	/**
	 * The posts in a span of ids in which the scanner has found pictures.
	 *
	 * @param int $first Lowest id.
	 * @param int $last  Highest id.
	 * @return list<int> Ids.
	 */
	public function posts_between( int $first, int $last ): array {
		$query = 'SELECT DISTINCT post_id FROM %i WHERE on_page = 0 AND post_id BETWEEN %d AND %d';
		return array_map( 'intval', Database::column( $query, Schema::uses(), $first, $last ) );
	}

	/**
	 * Adds uses, or changes them. What the scanner finds counts for more than what a page has shown.
	 *
	 * @param array<string, array{post_id: int, marketplace: string, asin: string, dead: int}> $uses New ones.
	 * @return bool False where the database refuses.
	 */
	private static function add( array $uses ): bool {
		foreach ( array_chunk( $uses, self::ROWS_A_QUERY ) as $chunk ) {
			$values = array( Schema::uses() );
			foreach ( $chunk as $use ) {
				array_push( $values, $use['post_id'], $use['marketplace'], $use['asin'], $use['dead'] );
			}
			$set = 'INSERT INTO %i (post_id, marketplace, asin, on_page, dead) VALUES '
				. Image_Keys::placeholders( $chunk, '(%d, %s, %s, 0, %d)' )
				. ' ON DUPLICATE KEY UPDATE on_page = 0, dead = VALUES(dead), seen_at = 0';
			if ( false === Database::write( $set, ...$values ) ) {
				return false;
			}
		}
		return true;
	}
}
