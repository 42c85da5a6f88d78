<?php
/**
 * Loads the WordPress of the site whose folder stands in SITE_FOLDER, as its administrator, with no mail and no cron of its own.
 */

error_reporting( E_ALL );
set_error_handler(
	static function ( int $level, string $message, string $file, int $line ): bool {
		if ( ( error_reporting() & $level ) && str_contains( $file, '/tests/wordpress/php/' ) ) {
			throw new ErrorException( $message, 0, $level, $file, $line );
		}
		return false;
	}
);

define( 'DISABLE_WP_CRON', true );
$_SERVER['HTTP_HOST']      = parse_url( trim( file_get_contents( getenv( 'SITE_FOLDER' ) . '/run/url' ) ), PHP_URL_HOST )
	. ':' . parse_url( trim( file_get_contents( getenv( 'SITE_FOLDER' ) . '/run/url' ) ), PHP_URL_PORT );
$_SERVER['REQUEST_URI']    = '/';
$_SERVER['REQUEST_METHOD'] = 'GET';
$_SERVER['SERVER_NAME']    = '127.0.0.1';

// WordPress would print a whole page and end as if all were well.
$GLOBALS['wp_filter']['wp_die_handler'][10][] = array(
	'function'      => static fn() => static function ( $message ): never {
		fwrite(
			STDERR,
			trim( strip_tags( is_wp_error( $message ) ? $message->get_error_message() : (string) $message ) ) . "\n"
		);
		exit( 1 );
	},
	'accepted_args' => 1,
);

function wp_mail(): bool {
	return true;
}

require getenv( 'SITE_FOLDER' ) . '/wordpress/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/admin.php';

/** Ends the script with one sentence where the others would go on with a half-made site. */
function must( mixed $result, string $what ): mixed {
	if ( is_wp_error( $result ) || false === $result ) {
		fwrite( STDERR, $what . ( is_wp_error( $result ) ? ': ' . $result->get_error_message() : ' failed' ) . "\n" );
		exit( 1 );
	}
	return $result;
}

/**
 * A file of the blog: lines of "name: value" between two lines of "---", then the markup.
 *
 * @return array{0: array<string, string>, 1: string}
 */
function read_blog_file( string $file ): array {
	[ , $head, $markup ] = explode( "---\n", file_get_contents( $file ), 3 );
	$fields              = array();
	foreach ( explode( "\n", trim( $head ) ) as $line ) {
		[ $name, $value ]        = explode( ':', $line, 2 );
		$fields[ trim( $name ) ] = trim( $value );
	}
	return array( $fields, trim( $markup ) );
}
