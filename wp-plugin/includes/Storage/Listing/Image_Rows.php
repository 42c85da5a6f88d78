<?php
/**
 * The rows of pictures, for people.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Storage\Listing;

use Creators_Image_Refresh\Storage\Database;
use Creators_Image_Refresh\Storage\Image_Cache;
use Creators_Image_Refresh\Storage\Image_Keys;
use Creators_Image_Refresh\Storage\Schema;

defined( 'ABSPATH' ) || exit;

/**
 * Reads rows by their keys, and tells what is in them as people see it.
 *
 * @phpstan-import-type Picture from Image_Query
 */
final class Image_Rows {

	private const ROWS_A_QUERY = 100;

	/** Characters of a title, as the extension bounds it. */
	private const TITLE = 500;

	/**
	 * Pictures by their keys, in the same order; those that are not known are left out.
	 *
	 * @param array<array-key, array{marketplace: string, asin: string}> $keys Which.
	 * @return list<Picture>
	 */
	public static function read( array $keys ): array {
		$columns = 'marketplace, asin, image, fetched_at, due_at, failed_code, failed_message, excluded, posts';
		$rows    = self::rows( "SELECT {$columns} FROM %i AS kept WHERE", Schema::images(), $keys );
		// An upgrade has left those for the next look through all posts.
		$uncounted = array_filter( $rows, static fn( array $row ): bool => 0 === (int) $row['posts'] );
		$counting  = 'SELECT marketplace, asin, COUNT(*) AS posts FROM %i AS kept WHERE';
		foreach ( self::rows( $counting, Schema::uses(), $uncounted, 'GROUP BY marketplace, asin' ) as $name => $row ) {
			$rows[ $name ]['posts'] = $row['posts'];
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
	 * @param string                                                     $select The beginning of a query on "kept", with a
	 *                                                                           placeholder for the table.
	 * @param string                                                     $table The table.
	 * @param array<array-key, array{marketplace: string, asin: string}> $keys   Which.
	 * @param string                                                     $end The end of the query.
	 * @return array<string, array<string, mixed>> By Image_Cache::key().
	 */
	private static function rows( string $select, string $table, array $keys, string $end = '' ): array {
		$rows = array();
		foreach ( array_chunk( $keys, self::ROWS_A_QUERY ) as $chunk ) {
			[ $any, $values ] = Image_Keys::any_of( $chunk, 'kept' );
			foreach ( Database::rows( "{$select} {$any} {$end}", $table, ...$values ) as $row ) {
				$rows[ Image_Cache::key( $row['marketplace'], $row['asin'] ) ] = $row;
			}
		}
		return $rows;
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
