<?php
/**
 * Cells of CSV.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Reporting;

defined( 'ABSPATH' ) || exit;

/** Writes what spreadsheets may open. */
final class Csv {

	/**
	 * A cell that no spreadsheet takes for a formula, behind blanks, quotes or what is not seen, or as other letters
	 * neither; nor what stands behind a semicolon, a bar, a tab or a line's end in it: some spreadsheets part the cells
	 * there. Nor does a quote in it stand behind a backslash, where PHP by itself (and WP-CLI) would not double it, and the
	 * cell would end there.
	 *
	 * @param mixed $value Anything that can be written.
	 */
	public static function cell( mixed $value ): string {
		$text  = is_scalar( $value ) ? str_replace( '\\"', '\\ "', (string) $value ) : '';
		$begin = '[\p{C}\p{Z}\s"\']*[=+\-@\x{FE62}\x{FE63}\x{FE66}\x{FE6B}\x{FF0B}\x{FF0D}\x{FF1D}\x{FF20}]';
		$inner = preg_replace( "/[;|\t\r\n](?=$begin)/u", "\$0'", $text );
		if ( null === $inner ) {
			// What is no text at all.
			return "'" . preg_replace( "/[;|\t\r\n]/", "\$0'", $text );
		}
		return 1 === preg_match( "/\A(?:$begin|[\t\r\n])/u", $inner ) ? "'" . $inner : $inner;
	}
}
