<?php
/**
 * Cells of CSV.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Reporting;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Writes what spreadsheets may open.
 */
final class Csv {

	/**
	 * A cell that no spreadsheet takes for a formula, behind blanks, quotes or what is not seen, or as other letters neither; nor
	 * what stands behind a semicolon, a tab or a line's end in it: some countries' spreadsheets part the cells there.
	 *
	 * @param mixed $value Anything that can be written.
	 * @return string
	 */
	public static function cell( mixed $value ): string {
		$text  = is_scalar( $value ) ? (string) $value : '';
		$begin = '[\p{C}\p{Z}\s"\']*[=+\-@\x{FE62}\x{FE63}\x{FE66}\x{FE6B}\x{FF0B}\x{FF0D}\x{FF1D}\x{FF20}]';
		$inner = preg_replace( "/[;\t\r\n](?=$begin)/u", "\$0'", $text );
		return null === $inner || 1 === preg_match( "/\A(?:$begin|[\t\r\n])/u", $inner ) ? "'" . $text : $inner;
	}
}
