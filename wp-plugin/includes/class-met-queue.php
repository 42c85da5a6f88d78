<?php
/**
 * Pictures that only pages have shown.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Queues them with the one insert that a page view may cost: the picture, when it was shown and in which post. What follows
 * from that, a use of the post's, is added in the background.
 */
final class Met_Queue {

	private const ROWS_A_STEP = 200;

	/**
	 * Takes what knows of pictures as well.
	 *
	 * @param Image_Store $images The other pictures.
	 * @param Image_Cache $cache  What pages know.
	 */
	public function __construct( private Image_Store $images, private Image_Cache $cache ) {}

	/**
	 * Makes pictures known that a page has shown, or notes that one shows them still.
	 *
	 * @param non-empty-list<array{post_id: int, marketplace: string, asin: string}> $met     A few.
	 * @param int                                                                    $an_hour How many there may be in an hour.
	 */
	public function add( array $met, int $an_hour ): void {
		Database::quietly( fn() => $this->add_within( $met, $an_hour ) );
	}

	/**
	 * Adds the uses of pictures that pages have shown since the last time.
	 */
	public function settle(): void {
		global $wpdb;
		do {
			$met = (array) $wpdb->get_results( $wpdb->prepare( 'SELECT marketplace, asin, seen_on FROM %i WHERE seen_on IS NOT NULL LIMIT %d', Schema::images(), self::ROWS_A_STEP ), ARRAY_A ); // phpcs:ignore WordPress.DB.DirectDatabaseQuery -- own table, must be current.
			if ( array() === $met || ! self::add_uses( $met ) ) {
				return;
			}
			$this->images->recount( $met );
			foreach ( Image_Keys::by_marketplace( $met, self::ROWS_A_STEP ) as list( $marketplace, $asins ) ) {
				$wpdb->query( $wpdb->prepare( 'UPDATE %i SET seen_on = NULL WHERE marketplace = %s AND asin IN (' . Image_Keys::placeholders( $asins ) . ')', Schema::images(), $marketplace, ...$asins ) ); // phpcs:ignore WordPress.DB -- placeholders only; own table.
			}
		} while ( self::ROWS_A_STEP === count( $met ) );
	}

	/**
	 * See add().
	 *
	 * @param non-empty-list<array{post_id: int, marketplace: string, asin: string}> $met     A few.
	 * @param int                                                                    $an_hour How many there may be in an hour.
	 */
	private function add_within( array $met, int $an_hour ): void {
		global $wpdb;
		$now    = time();
		$lately = $wpdb->get_var( $wpdb->prepare( 'SELECT COUNT(*) FROM %i WHERE seen_at > %d', Schema::images(), $now - HOUR_IN_SECONDS ) ); // phpcs:ignore WordPress.DB.DirectDatabaseQuery -- own table, must be current.
		if ( null === $lately || (int) $lately >= $an_hour ) {
			return;
		}
		$values = array( Schema::images() );
		foreach ( $met as $picture ) {
			array_push( $values, $picture['marketplace'], $picture['asin'], $now, $picture['post_id'] );
		}
		$rows = implode( ', ', array_fill( 0, count( $met ), '(%s, %s, %d, %d, 1)' ) );
		$wpdb->query( $wpdb->prepare( "INSERT INTO %i (marketplace, asin, seen_at, seen_on, posts) VALUES {$rows} ON DUPLICATE KEY UPDATE seen_at = VALUES(seen_at), seen_on = VALUES(seen_on)", $values ) ); // phpcs:ignore WordPress.DB -- placeholders only; own table.
		$this->cache->forget( Image_Keys::names( $met ) );
	}

	/**
	 * Adds uses. What the scanner has found counts for more, and stays.
	 *
	 * @param non-empty-list<array{marketplace: string, asin: string, seen_on: string}> $met A few.
	 * @return bool Whether the database has taken them.
	 */
	private static function add_uses( array $met ): bool {
		global $wpdb;
		$values = array( Schema::uses() );
		foreach ( $met as $picture ) {
			array_push( $values, (int) $picture['seen_on'], $picture['marketplace'], $picture['asin'] );
		}
		$rows = implode( ', ', array_fill( 0, count( $met ), '(%d, %s, %s, 1, 0)' ) );
		return false !== $wpdb->query( $wpdb->prepare( "INSERT INTO %i (post_id, marketplace, asin, on_page, dead) VALUES {$rows} ON DUPLICATE KEY UPDATE on_page = on_page", $values ) ); // phpcs:ignore WordPress.DB -- placeholders only; own table.
	}
}
