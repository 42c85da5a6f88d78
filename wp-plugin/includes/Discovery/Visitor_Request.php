<?php
/**
 * The request that a page answers.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Discovery;

use WP_Comment;
use WP_Post_Type;
use WP_Query;
use WP_Term;
use WP_User;

defined( 'ABSPATH' ) || exit;

/**
 * Tells whether a page is what the site shows by itself, or may show what a visitor has brought: whoever is not sure of that
 * learns nothing from the page. Asked only where a page has shown a picture that nobody knows.
 */
final class Visitor_Request {

	/** How many bytes of comments are read, and how many of what they can be decoded to are looked at. */
	private const BYTES = 262144;
	private const WORK  = 25165824;

	/** What a comment may need of memory while it is looked at, in bytes for each of its own. */
	private const MEMORY_A_BYTE = 512;

	/** What a server says of a request that has brought a form or a login. */
	private const BRINGS = array( 'HTTP_TRANSFER_ENCODING', 'HTTP_AUTHORIZATION', 'PHP_AUTH_USER' );

	/**
	 * Comments that the page has loaded.
	 *
	 * @var array<string, WP_Comment> By id.
	 */
	private array $comments = array();

	/**
	 * Takes note of a comment that the page has loaded.
	 *
	 * @param mixed $comment A comment.
	 */
	public function note_comment( mixed $comment ): void {
		if ( $comment instanceof WP_Comment ) {
			$this->comments[ (string) $comment->comment_ID ] = $comment;
		}
	}

	/**
	 * Whether this is a page of the site under its own address, asked for by somebody who has brought nothing: no query, no
	 * form, no cookie, no login.
	 */
	public function is_plain(): bool {
		// phpcs:disable WordPress.Security.ValidatedSanitizedInput, WordPress.Security.NonceVerification -- only compared.
		$server = $_SERVER;
		$is_get = 'GET' === ( $server['REQUEST_METHOD'] ?? '' )
			&& array() === $_POST
			&& array() === $_FILES
			&& array() === $_COOKIE;
		// phpcs:enable
		$query = $GLOBALS['wp_the_query'] ?? null;
		if ( ! $is_get || ! $query instanceof WP_Query || 0 !== (int) ( $server['CONTENT_LENGTH'] ?? 0 ) ) {
			return false;
		}
		if (
			array() !== array_intersect_key( $server, array_flip( self::BRINGS ) )
			|| is_user_logged_in()
			|| is_customize_preview()
		) {
			return false;
		}
		if ( is_admin() || wp_doing_ajax() || wp_doing_cron() || defined( 'REST_REQUEST' ) || defined( 'XMLRPC_REQUEST' ) ) {
			return false;
		}
		$is_other = $query->is_search() || $query->is_404() || $query->is_feed() || $query->is_trackback();
		// What stands beside a file may have come with it, by a form.
		if ( $is_other || $query->is_preview() || $query->is_embed() || $query->is_attachment() ) {
			return false;
		}
		$address = self::address( $query );
		return null !== $address && rawurldecode( (string) ( $server['REQUEST_URI'] ?? '' ) ) === $address;
	}

	/**
	 * Those of some products that stand in anything the request has brought, or in a comment that the page has loaded; however
	 * they are written. The page's own address is the site's, not the visitor's.
	 *
	 * @param list<string> $asins         Products.
	 * @param bool         $with_comments Whether comments count.
	 * @return list<string>
	 */
	public function brought( array $asins, bool $with_comments = true ): array {
		if ( array() === $asins ) {
			return array();
		}
		// phpcs:disable WordPress.Security.ValidatedSanitizedInput, WordPress.Security.NonceVerification -- only searched.
		$own  = (string) ( $_SERVER['REQUEST_URI'] ?? '' );
		$path = new Text_Forms( $asins );
		$path->add( array( $own ), true );
		// One that names no product is no matter, and one of few letters may be a part of a product's name.
		$own = array() === $path->named() ? array() : array( $own, rawurldecode( $own ) );
		$all = wp_unslash( array( $_SERVER, $_GET, $_POST, $_COOKIE, array_column( $_FILES, 'name' ) ) );
		// phpcs:enable
		// A server keeps headers with strange names, and the first of two with one name, out of $_SERVER.
		$all[] = function_exists( 'getallheaders' ) ? getallheaders() : array();
		$forms = new Text_Forms( $asins );
		if ( ! $forms->add( self::texts( $all, $own ), false ) ) {
			return $asins;
		}
		$comments = $with_comments ? $this->comments : array();
		if ( array() !== $comments ) {
			update_meta_cache( 'comment', array_keys( $comments ) );
		}
		$bytes = 0;
		$work  = 0;
		foreach ( $comments as $id => $comment ) {
			$fields = (array) get_comment_meta( (int) $id );
			$texts  = self::texts( array( $comment->to_array(), $fields, array_keys( $fields ) ), $own );
			$length = strlen( implode( $texts ) );
			$bytes += $length;
			if ( $bytes > self::BYTES || $work > self::WORK || ! self::has_memory_for( $length ) ) {
				return $asins;
			}
			// Each by itself, and as far as it goes: one that grows without end must not speak for all products for ever.
			$forms->add( $texts, true );
			$work += $forms->work();
		}
		return $forms->named();
	}

	/**
	 * All names and values of what somebody has sent.
	 *
	 * @param array<array-key, mixed> $all Nested as it may be.
	 * @param list<string>            $own The page's own address, which counts for nothing.
	 * @return list<string> Each once.
	 */
	private static function texts( array $all, array $own ): array {
		$texts = array();
		array_walk_recursive(
			$all,
			static function ( mixed $value, int|string $key ) use ( &$texts, $own ): void {
				$texts[ (string) $key ] = true;
				$texts[ str_replace( array( "\r", "\n", ...$own ), ' ', is_scalar( $value ) ? (string) $value : '' ) ] = true;
			}
		);
		return array_map( 'strval', array_keys( $texts ) );
	}

	/**
	 * Whether a comment can be looked at within what PHP has left: it ends whoever asks for more.
	 *
	 * @param int $length How long it is.
	 */
	private static function has_memory_for( int $length ): bool {
		$limit = wp_convert_hr_to_bytes( (string) ini_get( 'memory_limit' ) );
		return $limit <= 0 || memory_get_usage() + self::MEMORY_A_BYTE * $length < $limit;
	}

	/**
	 * The address of what is shown, where it has one of its own.
	 *
	 * @param WP_Query $query The page's.
	 * @return string|null Its path and query, decoded.
	 */
	private static function address( WP_Query $query ): ?string {
		$shown = $query->get_queried_object();
		$url   = match ( true ) {
			$query->is_singular()           => get_permalink( $query->get_queried_object_id() ),
			$query->is_home()               => $query->is_posts_page
				? get_permalink( $query->get_queried_object_id() )
				: home_url( '/' ),
			$shown instanceof WP_Term       => get_term_link( $shown ),
			$shown instanceof WP_User       => get_author_posts_url( $shown->ID ),
			$shown instanceof WP_Post_Type  => get_post_type_archive_link( $shown->name ),
			default                         => null,
		};
		$parts = is_string( $url ) ? wp_parse_url( $url ) : null;
		if ( ! is_array( $parts ) ) {
			return null;
		}
		$path = $parts['path'] ?? '/';
		if ( $query->is_paged() && ! isset( $parts['query'] ) ) {
			$number = $GLOBALS['wp_rewrite']->pagination_base . '/' . (int) $query->get( 'paged' );
			$path   = user_trailingslashit( trailingslashit( $path ) . $number, 'paged' );
		}
		return rawurldecode( $path . ( isset( $parts['query'] ) ? '?' . $parts['query'] : '' ) );
	}
}
