<?php
/** What the tested classes call of WordPress, as simple as it can be. */

declare( strict_types=1 );

const ABSPATH = '/';

const MINUTE_IN_SECONDS = 60;
const HOUR_IN_SECONDS   = 3600;
const DAY_IN_SECONDS    = 86400;
const WEEK_IN_SECONDS   = 604800;
const MONTH_IN_SECONDS  = 2592000;

$GLOBALS['options'] = array();
$GLOBALS['filters'] = array();
$GLOBALS['done']    = array();
$GLOBALS['cache']   = array();
$GLOBALS['blog']    = 1;

/** As if nobody had saved, filtered or done anything. */
function forget_all(): void {
	$GLOBALS['options'] = array();
	$GLOBALS['filters'] = array();
	$GLOBALS['done']    = array();
	$GLOBALS['cache']   = array();
	$GLOBALS['blog']    = 1;
	$_GET               = array();
	$_POST              = array();
	$_COOKIE            = array();
	$_FILES             = array();
	$_SERVER            = array( 'REQUEST_METHOD' => 'GET', 'REQUEST_URI' => '/' );
}

function get_option( string $name, mixed $without = false ): mixed {
	return $GLOBALS['options'][ $name ] ?? $without;
}

function get_site_option( string $name, mixed $without = false ): mixed {
	return $GLOBALS['options'][ "network $name" ] ?? $without;
}

function apply_filters( string $hook, mixed $value ): mixed {
	return isset( $GLOBALS['filters'][ $hook ] ) ? $GLOBALS['filters'][ $hook ]( $value ) : $value;
}

function do_action( string $hook, mixed ...$values ): void {
	$GLOBALS['done'][] = implode( ' ', array( $hook, ...array_map( 'json_encode', $values ) ) );
}

function get_current_blog_id(): int {
	return $GLOBALS['blog'];
}

/** Of the site that is looked at, as WordPress keeps it. */
function wp_cache_get( string $key ): mixed {
	return $GLOBALS['cache'][ $GLOBALS['blog'] ][ $key ] ?? false;
}

function wp_cache_get_multiple( array $keys ): array {
	return array() === $keys ? array() : array_combine( $keys, array_map( 'wp_cache_get', $keys ) );
}

function wp_cache_set( string $key, mixed $value ): void {
	$GLOBALS['cache'][ $GLOBALS['blog'] ][ $key ] = $value;
}

function wp_cache_set_multiple( array $values ): void {
	array_walk( $values, static fn( mixed $value, string $key ) => wp_cache_set( $key, $value ) );
}

function wp_cache_add_multiple( array $values ): void {
	wp_cache_set_multiple( array_filter( $values, static fn( string $key ): bool => false === wp_cache_get( $key ), ARRAY_FILTER_USE_KEY ) );
}

function wp_cache_delete_multiple( array $keys ): void {
	foreach ( $keys as $key ) {
		unset( $GLOBALS['cache'][ $GLOBALS['blog'] ][ $key ] );
	}
}

function is_wp_error( mixed $value ): bool {
	return $value instanceof WP_Error;
}

function clean_post_cache( int $post_id ): void {
	do_action( 'clean_post_cache', $post_id );
}

function get_permalink( int $post_id ): string {
	return "https://example.org/$post_id/";
}

function __( string $sentence ): string {
	return $sentence;
}

function wp_strip_all_tags( string $text ): string {
	return trim( strip_tags( $text ) );
}

function strip_shortcodes( string $text ): string {
	return preg_replace( '~\[(caption)\b[^]]*].*?\[/\1]~s', '', $text );
}

function wp_parse_list( string $list ): array {
	return preg_split( '/[\s,]+/', $list, -1, PREG_SPLIT_NO_EMPTY );
}

/** WordPress adds a backslash before each quote of what a request has brought; nothing here does. */
function wp_unslash( mixed $value ): mixed {
	return is_array( $value ) ? array_map( 'wp_unslash', $value ) : ( is_string( $value ) ? stripslashes( $value ) : $value );
}

function remove_accents( string $text ): string {
	return strtr( $text, array( 'ä' => 'a', 'É' => 'E', 'é' => 'e', 'ü' => 'u' ) );
}

function update_meta_cache(): void {}

function wp_convert_hr_to_bytes( string $value ): int {
	return (int) $value * ( str_ends_with( strtoupper( $value ), 'M' ) ? 1048576 : 1 );
}

/** @return array<string, list<string>> */
function get_comment_meta(): array {
	return $GLOBALS['comment_meta'] ?? array();
}

final class WP_Comment {
	public function __construct( public string $comment_ID, public string $comment_content ) {}

	/** @return array<string, string> */
	public function to_array(): array {
		return get_object_vars( $this );
	}
}

final class WP_Error {
	public function __construct( private string $code = '', private string $message = '' ) {}

	public function get_error_code(): string {
		return $this->code;
	}
}

/** The database, which nothing here may ask. */
final class wpdb {
	public string $prefix = 'wp_';
	public string $posts  = 'wp_posts';

	public function esc_like( string $text ): string {
		return addcslashes( $text, '_%\\' );
	}
}
$GLOBALS['wpdb'] = new wpdb();
