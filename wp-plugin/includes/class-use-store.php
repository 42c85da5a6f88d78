<?php
/**
 * Which post shows which picture.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Reads and writes the table of uses. Only differences are written, so that scanning a second time costs no write.
 */
final class Use_Store {

	private const ROWS_A_QUERY = 100;

	/**
	 * Takes the pictures' table, which has a row for everything that is used.
	 *
	 * @param Image_Store $images Pictures.
	 */
	public function __construct( private Image_Store $images ) {}

	/**
	 * Replaces the uses of all posts in a span of ids.
	 *
	 * @param int                                                        $first Lowest id.
	 * @param int                                                        $last  Highest id.
	 * @param array<int, list<array{marketplace: string, asin: string, dead: int}>> $found Pictures by post id; a post that is not named shows none.
	 * @return int How many pictures were not known before.
	 */
	public function replace( int $first, int $last, array $found ): int {
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
		foreach ( $gone as $use ) {
			$this->remove( $use );
			$this->images->forget_if_unused( $use['marketplace'], $use['asin'] );
		}
		return $added;
	}

	/**
	 * Drops the uses of posts that are no longer there.
	 */
	public function forget_missing_posts(): void {
		global $wpdb;
		$wpdb->query( $wpdb->prepare( 'DELETE FROM %i WHERE post_id > 0 AND post_id NOT IN (SELECT ID FROM %i)', Schema::uses(), $wpdb->posts ) ); // phpcs:ignore WordPress.DB.DirectDatabaseQuery -- own table.
	}

	/**
	 * The uses of posts in a span of ids.
	 *
	 * @param int $first Lowest id.
	 * @param int $last  Highest id.
	 * @return array<string, array{post_id: int, marketplace: string, asin: string, dead: int}>
	 */
	private function between( int $first, int $last ): array {
		global $wpdb;
		$rows = $wpdb->get_results( $wpdb->prepare( 'SELECT post_id, marketplace, asin, dead FROM %i WHERE post_id BETWEEN %d AND %d', Schema::uses(), $first, $last ) ); // phpcs:ignore WordPress.DB.DirectDatabaseQuery -- own table, must be current.
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
	 * @return int How many pictures were not known before.
	 */
	private function add( array $uses ): int {
		global $wpdb;
		foreach ( array_chunk( $uses, self::ROWS_A_QUERY ) as $chunk ) {
			$values = array( Schema::uses() );
			foreach ( $chunk as $use ) {
				array_push( $values, $use['post_id'], $use['marketplace'], $use['asin'], $use['dead'] );
			}
			$rows = implode( ', ', array_fill( 0, count( $chunk ), '(%d, %s, %s, %d)' ) );
			$wpdb->query( $wpdb->prepare( "REPLACE INTO %i (post_id, marketplace, asin, dead) VALUES {$rows}", $values ) ); // phpcs:ignore WordPress.DB -- placeholders only; own table.
		}
		return $this->images->add( $uses );
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
		$wpdb->delete( Schema::uses(), $use, array( '%d', '%s', '%s', '%d' ) ); // phpcs:ignore WordPress.DB.DirectDatabaseQuery -- own table.
	}
}
