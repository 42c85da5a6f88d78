<?php
/**
 * What pages need not look up again.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Rendering;

use Creators_Image_Refresh\Hook_Names;
use Creators_Image_Refresh\Storage\Database;

defined( 'ABSPATH' ) || exit;

/**
 * The name under which each process of PHP remembers the pictures that it has shown. It stands in an option that WordPress has
 * read by then, and is another one as soon as pages are to show something else, on whatever server that was decided. What is
 * changed past the plugin is seen five minutes later: no process remembers anything for longer.
 */
final class Cache_Generation {

	public const OPTION = Hook_Names::PAGE_MEMORY;

	/** Seconds for which a process may remember what it was told, at most. */
	public const LIFETIME = 5 * MINUTE_IN_SECONDS;

	/**
	 * What names begin with, since each piece of a page asks.
	 *
	 * @var array<string, string> By the prefix of a site's tables and what the option holds.
	 */
	private static array $beginnings = array();

	/**
	 * The name: one for each page, so that a page is looked at by itself at least once, and what it alone shows is noted.
	 *
	 * @param int $post_id The post that the page shows; 0 where it is none, or many.
	 * @return string|null Null where nothing is to be remembered.
	 */
	public static function name( int $post_id = 0 ): ?string {
		// An option that is not there would cost every page a query.
		$name = wp_load_alloptions()[ self::OPTION ] ?? null;
		// What another plugin makes of a picture may be for this visitor alone.
		if (
			! is_string( $name )
			|| '' === $name
			|| has_filter( 'creators_image_refresh_image' )
			|| has_filter( 'creators_image_refresh_words' )
		) {
			return null;
		}
		$prefix = $GLOBALS['wpdb']->prefix;
		// A copy of the site may have the same name in its options.
		self::$beginnings[ $prefix . $name ] ??= implode(
			'|',
			array( $name, defined( 'DB_HOST' ) ? DB_HOST : '', defined( 'DB_NAME' ) ? DB_NAME : '', ABSPATH, $prefix, '' )
		);
		return self::$beginnings[ $prefix . $name ] . $post_id;
	}

	/** Has every process forget. */
	public static function renew(): void {
		if ( ! Database::is_away() ) {
			Database::quietly( static fn(): bool => update_option( self::OPTION, wp_generate_uuid4(), true ) );
		}
	}
}
