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
		global $wpdb;
		$query = 'SELECT post_id, marketplace, asin, dead FROM %i WHERE on_page = 0 AND post_id BETWEEN %d AND %d';
		$gone  = array();
		foreach ( Database::rows( $query, Schema::uses(), $first, $last ) as $use ) {
			$gone[ "{$use['post_id']} {$use['marketplace']} {$use['asin']}" ] = $use;
		}
		$new = array();
		foreach ( $found as $post_id => $pictures ) {
			foreach ( $pictures as $picture ) {
				$use = array( 'post_id' => $post_id ) + $picture;
				$key = "{$post_id} {$use['marketplace']} {$use['asin']}";
				if ( (int) ( $gone[ $key ]['dead'] ?? -1 ) !== $use['dead'] ) {
					$new[ $key ] = $use;
				}
				unset( $gone[ $key ] );
			}
		}
		$added = $this->add( array_values( $new ) );
		if ( null === $added ) {
			return null;
		}
		foreach ( $gone as $use ) {
			$wpdb->delete( Schema::uses(), $use, array( '%d', '%s', '%s', '%d' ) ); // phpcs:ignore WordPress.DB -- own table.
			$this->images->forget_if_unused( $use['marketplace'], $use['asin'] );
		}
		$this->images->recount( $gone );
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
		global $wpdb;
		$posts = array();
		foreach ( Image_Keys::by_marketplace( $pictures, self::ROWS_A_QUERY ) as list( $marketplace, $asins ) ) {
			$query = 'SELECT used.asin, used.post_id, posts.post_type FROM %i AS used LEFT JOIN %i AS posts ON posts.ID = used.post_id'
				. ' WHERE used.marketplace = %s AND used.asin IN (' . Image_Keys::placeholders( $asins ) . ')';
			foreach ( Database::rows( $query, Schema::uses(), $wpdb->posts, $marketplace, ...$asins ) as $row ) {
				$posts[ Image_Cache::key( $marketplace, $row['asin'] ) ][ (int) $row['post_id'] ] = (string) $row['post_type'];
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
		$posts = array();
		foreach ( array_chunk( $asins, self::ROWS_A_QUERY ) as $chunk ) {
			$query = 'SELECT asin, MIN(post_id) AS post_id FROM %i WHERE marketplace = %s AND post_id > 0'
				. ' AND asin IN (' . Image_Keys::placeholders( $chunk ) . ') GROUP BY asin';
			$rows  = Database::rows( $query, Schema::uses(), $marketplace, ...$chunk );
			$posts = array_map( 'intval', array_column( $rows, 'post_id', 'asin' ) ) + $posts;
		}
		return $posts;
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
	 * @param list<array{post_id: int, marketplace: string, asin: string, dead: int}> $uses New ones.
	 * @return int|null How many pictures were not known before; null where the database refuses.
	 */
	private function add( array $uses ): ?int {
		// The pictures first: whoever is killed in between leaves none that is used, counts as known, and has no row.
		$added = $this->images->add( $uses );
		if ( null === $added ) {
			return null;
		}
		foreach ( array_chunk( $uses, self::ROWS_A_QUERY ) as $chunk ) {
			$values = array( Schema::uses() );
			foreach ( $chunk as $use ) {
				array_push( $values, $use['post_id'], $use['marketplace'], $use['asin'], $use['dead'] );
			}
			$rows = implode( ', ', array_fill( 0, count( $chunk ), '(%d, %s, %s, 0, %d)' ) );
			$set  = "INSERT INTO %i (post_id, marketplace, asin, on_page, dead) VALUES {$rows}"
				. ' ON DUPLICATE KEY UPDATE on_page = 0, dead = VALUES(dead), seen_at = 0';
			if ( false === Database::write( $set, ...$values ) ) {
				return null;
			}
		}
		$this->images->recount( $added[1] );
		return $added[0];
	}
}
