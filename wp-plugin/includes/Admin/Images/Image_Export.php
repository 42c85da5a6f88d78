<?php
/**
 * The pictures as a file.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Admin\Images;

use Creators_Image_Refresh\Admin\Page;
use Creators_Image_Refresh\Reporting\Csv;
use Creators_Image_Refresh\Storage\Listing\Image_Query;

defined( 'ABSPATH' ) || exit;

/**
 * Writes the pictures as CSV, page by page, so that the memory does not grow with their number. What a spreadsheet would
 * take for a formula is written as text.
 */
final class Image_Export {

	public const ACTION = 'creators_image_refresh_export';

	/**
	 * Takes what it writes.
	 *
	 * @param Image_Query $query The pictures.
	 */
	public function __construct( private Image_Query $query ) {}

	/** Answers the link on the screen. */
	public function on_export(): void {
		Page::authorize( self::ACTION );
		nocache_headers();
		header( 'Content-Type: text/csv; charset=utf-8' );
		header( 'Content-Disposition: attachment; filename="amazon-pictures-' . gmdate( 'Y-m-d' ) . '.csv"' );
		// phpcs:ignore WordPress.WP.AlternativeFunctions.file_system_operations_fopen -- the answer itself.
		$out = fopen( 'php://output', 'w' );
		if ( false !== $out ) {
			$this->write( $out, Images_Tab::filter() );
		}
		exit;
	}

	/**
	 * Writes the pictures that match.
	 *
	 * @param mixed                $out    Where to.
	 * @param array<string, mixed> $filter As Image_Query has it.
	 */
	public function write( $out, array $filter ): void {
		// phpcs:ignore WordPress.WP.AlternativeFunctions.file_system_operations_fputcsv -- the answer itself.
		$line = static fn( array $cells ) => fputcsv( $out, array_map( Csv::cell( ... ), $cells ), ',', '"', '' );
		$line( array( 'asin', 'marketplace', 'title', 'state', 'reason', 'posts', 'fetched_at_utc', 'due_at_utc' ) );
		foreach ( $this->query->all( $filter ) as $picture ) {
			$line(
				array(
					$picture['asin'],
					$picture['marketplace'],
					$picture['title'],
					$picture['state'],
					trim( $picture['reason'] . ' ' . $picture['message'] ),
					(string) $picture['posts'],
					self::time( $picture['fetched_at'] ),
					self::time( $picture['due_at'] ),
				)
			);
		}
	}

	/**
	 * A time that programs read.
	 *
	 * @param int $time Unix seconds; 0 for never.
	 */
	private static function time( int $time ): string {
		return 0 === $time ? '' : gmdate( 'Y-m-d H:i:s', $time );
	}
}
