<?php
/**
 * Which post shows which picture.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Storage;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

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
	 * @param int                                                        $first Lowest id.
	 * @param int                                                        $last  Highest id.
	 * @param array<int, list<array{marketplace: string, asin: string, dead: int}>> $found Pictures by post id; a post that is not
	 *     named shows none.
	 * @return int|null How many pictures were not known before; null where the database refuses, and it is to be done again.
	 */
	public function replace( int $first, int $last, array $found ): ?int {
		$gone = $this->between( $first, $last );
		$new  = array();
		foreach ( $found as $post_id => $pictures ) {
			foreach ( $pictures as $picture ) {
				$use = array( 'post_id' => $post_id ) + $picture;
				$key = self::key( $use );
				if ( $use['dead'] !== ( $gone[ $key ]['dead'] ?? null ) ) {
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
			$this->remove( $use );
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
			// phpcs:ignore WordPress.DB -- placeholders only; own table, must be current.
			$rows = $wpdb->get_results( $wpdb->prepare( $query, Schema::uses(), $wpdb->posts, $marketplace, ...$asins ) );
			foreach ( (array) $rows as $row ) {
				$posts[ Image_Cache::key( $marketplace, (string) $row->asin ) ][ (int) $row->post_id ] = (string) $row->post_type;
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
		global $wpdb;
		$posts = array();
		foreach ( array_chunk( $asins, self::ROWS_A_QUERY ) as $chunk ) {
			$each = implode( ', ', array_fill( 0, count( $chunk ), '%s' ) );
			// phpcs:disable WordPress.DB -- placeholders only; own table, must be current.
			$rows = $wpdb->get_results(
				$wpdb->prepare(
					"SELECT asin, MIN(post_id) AS post_id FROM %i WHERE marketplace = %s AND asin IN ({$each}) AND post_id > 0 GROUP BY asin",
					array( Schema::uses(), $marketplace, ...$chunk )
				)
			);
			// phpcs:enable WordPress.DB
			foreach ( (array) $rows as $row ) {
				$posts[ $row->asin ] = (int) $row->post_id;
			}
		}
		return $posts;
	}

	/**
	 * The posts in a span of ids in which the scanner has found pictures.
	 *
	 * @param int $first Lowest id.
	 * @param int $last  Highest id.
	 * @return list<int> Ids, as often as there are pictures.
	 */
	public function posts_between( int $first, int $last ): array {
		return array_column( $this->between( $first, $last ), 'post_id' );
	}

	/**
	 * The uses that the scanner has found, of posts in a span of ids.
	 *
	 * @param int $first Lowest id.
	 * @param int $last  Highest id.
	 * @return array<string, array{post_id: int, marketplace: string, asin: string, dead: int}>
	 */
	private function between( int $first, int $last ): array {
		global $wpdb;
		// phpcs:disable WordPress.DB.DirectDatabaseQuery -- own table, must be current.
		$rows = $wpdb->get_results(
			$wpdb->prepare(
				'SELECT post_id, marketplace, asin, dead FROM %i WHERE on_page = 0 AND post_id BETWEEN %d AND %d',
				Schema::uses(),
				$first,
				$last
			)
		);
		// phpcs:enable WordPress.DB.DirectDatabaseQuery
		$uses = array();
		foreach ( (array) $rows as $row ) {
			$use = array(
				'post_id'     => (int) $row->post_id,
				'marketplace' => $row->marketplace,
				'asin'        => $row->asin,
				'dead'        => (int) $row->dead,
			);

			$uses[ self::key( $use ) ] = $use;
		}
		return $uses;
	}

	/**
	 * Adds uses, or changes them.
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
			if ( ! $this->insert( $chunk ) ) {
				return null;
			}
		}
		$this->images->recount( $added[1] );
		return $added[0];
	}

	/**
	 * Inserts uses. What the scanner finds counts for more than what a page has shown.
	 *
	 * @param non-empty-list<array{post_id: int, marketplace: string, asin: string, dead: int}> $uses A few.
	 * @return bool Whether the database has taken them.
	 */
	private function insert( array $uses ): bool {
		global $wpdb;
		$values = array( Schema::uses() );
		foreach ( $uses as $use ) {
			array_push( $values, $use['post_id'], $use['marketplace'], $use['asin'], $use['dead'] );
		}
		$rows = implode( ', ', array_fill( 0, count( $uses ), '(%d, %s, %s, 0, %d)' ) );
		// phpcs:disable WordPress.DB -- placeholders only; own table.
		return false !== Database::write(
			$wpdb->prepare(
				"INSERT INTO %i (post_id, marketplace, asin, on_page, dead) VALUES {$rows} ON DUPLICATE KEY UPDATE on_page = 0, dead = VALUES(dead), seen_at = 0",
				$values
			)
		);
		// phpcs:enable WordPress.DB
	}

	/**
	 * What makes a use one and the same.
	 *
	 * @param array{post_id: int, marketplace: string, asin: string, dead: int} $kept A use.
	 * @return string
	 */
	private static function key( array $kept ): string {
		return $kept['post_id'] . ' ' . $kept['marketplace'] . ' ' . $kept['asin'];
	}

	/**
	 * Removes one use.
	 *
	 * @param array{post_id: int, marketplace: string, asin: string, dead: int} $use Which.
	 */
	private function remove( array $use ): void {
		global $wpdb;
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- own table.
		$wpdb->delete( Schema::uses(), $use, array( '%d', '%s', '%s', '%d' ) );
	}
}
