<?php
/**
 * The rows of pictures, for people.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Storage\Listing;

use Creators_Image_Refresh\Storage\Image_Cache;
use Creators_Image_Refresh\Storage\Image_Keys;
use Creators_Image_Refresh\Storage\Schema;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Reads rows by their keys, and tells what is in them as people see it.
 *
 * @phpstan-import-type Picture from Image_Query
 */
final class Image_Rows {

	private const ROWS_A_QUERY = 100;

	/**
	 * Characters of a title, as the extension bounds it.
	 */
	private const TITLE = 500;

	/**
	 * Pictures by their keys, in the same order; those that are not known are left out.
	 *
	 * @param array<array-key, array{marketplace: string, asin: string}> $keys Which.
	 * @return list<Picture>
	 */
	public static function read( array $keys ): array {
		$rows      = array();
		$uncounted = array();
		foreach ( array_chunk( $keys, self::ROWS_A_QUERY ) as $chunk ) {
			foreach (
				self::rows(
					'SELECT marketplace, asin, image, fetched_at, due_at, failed_code, failed_message, excluded, posts FROM %i WHERE',
					Schema::images(),
					$chunk,
					''
				) as $row
			) {
				$rows[ Image_Cache::key( $row['marketplace'], $row['asin'] ) ] = $row;
				if ( 0 === (int) $row['posts'] ) {
					$uncounted[] = $row;
				}
			}
		}
		// An upgrade has left those for the next look through all posts.
		foreach ( array_chunk( $uncounted, self::ROWS_A_QUERY ) as $chunk ) {
			foreach (
				self::rows(
					'SELECT marketplace, asin, COUNT(*) AS posts FROM %i WHERE',
					Schema::uses(),
					$chunk,
					'GROUP BY marketplace, asin'
				) as $row
			) {
				$rows[ Image_Cache::key( $row['marketplace'], $row['asin'] ) ]['posts'] = $row['posts'];
			}
		}
		$pictures = array();
		foreach ( $keys as $key ) {
			$name = Image_Cache::key( $key['marketplace'], $key['asin'] );
			if ( isset( $rows[ $name ] ) ) {
				$pictures[] = self::picture( $rows[ $name ] );
			}
		}
		return $pictures;
	}

	/**
	 * Rows of some pictures.
	 *
	 * @param string                                                     $select The beginning of a query, with a placeholder for
	 *                                                                           the table.
	 * @param string                                                     $table  The table.
	 * @param array<array-key, array{marketplace: string, asin: string}> $keys   A few.
	 * @param string                                                     $end    The end of the query.
	 * @return list<array<string, mixed>>
	 */
	private static function rows( string $select, string $table, array $keys, string $end ): array {
		global $wpdb;
		$each   = array();
		$values = array( $table );
		foreach ( Image_Keys::by_marketplace( $keys, self::ROWS_A_QUERY ) as list( $marketplace, $asins ) ) {
			$each[] = '(marketplace = %s AND asin IN (' . Image_Keys::placeholders( $asins ) . '))';
			array_push( $values, $marketplace, ...$asins );
		}
		// phpcs:disable WordPress.DB -- placeholders and fixed words only; own tables, must be current.
		return (array) $wpdb->get_results(
			$wpdb->prepare( $select . ' ' . implode( ' OR ', $each ) . ' ' . $end, $values ),
			ARRAY_A
		);
		// phpcs:enable WordPress.DB
	}

	/**
	 * A row as people see it.
	 *
	 * @param array<string, mixed> $row A row.
	 * @return Picture
	 */
	private static function picture( array $row ): array {
		$image = null === $row['image'] ? null : json_decode( (string) $row['image'], true );
		return array(
			'marketplace' => (string) $row['marketplace'],
			'asin'        => (string) $row['asin'],
			'state'       => Image_Query::state( $row ),
			'reason'      => (string) $row['failed_code'],
			'message'     => (string) $row['failed_message'],
			'posts'       => (int) $row['posts'],
			'fetched_at'  => (int) $row['fetched_at'],
			'due_at'      => (int) $row['due_at'],
			'title'       => self::title( is_array( $image ) ? $image['title'] ?? '' : '' ),
			'image'       => is_array( $image ) ? $image : null,
		);
	}

	/**
	 * A title as it may be shown. The extension gives none that is longer, or has a character that is not seen or turns the
	 * direction of writing; older versions have stored some.
	 *
	 * @param mixed $title From an Image.
	 * @return string
	 */
	private static function title( mixed $title ): string {
		$title = is_string( $title ) ? mb_substr( $title, 0, self::TITLE ) : '';
		return ltrim(
			(string) preg_replace(
				'/[\p{Cc}\x{AD}\x{61C}\x{200B}\x{200E}\x{200F}\x{2028}-\x{202E}\x{2060}-\x{206F}\x{FEFF}]+/u',
				' ',
				$title
			)
		);
	}
}
