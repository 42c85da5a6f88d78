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

	/** How often text is decoded, how often at least, and how much of it. What a request brings beyond that counts as brought. */
	private const ROUNDS = 8;
	private const SURE   = 2;
	private const BYTES  = 262144;

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
		$own = (string) ( $_SERVER['REQUEST_URI'] ?? '' );
		$own = strlen( $own ) > 1 ? array( $own, rawurldecode( $own ) ) : array();
		$all = wp_unslash( array( $_SERVER, $_GET, $_POST, $_COOKIE, array_column( $_FILES, 'name' ) ) );
		// phpcs:enable
		// A server keeps headers with strange names, and the first of two with one name, out of $_SERVER.
		$all[] = function_exists( 'getallheaders' ) ? getallheaders() : array();
		$forms = array();
		if ( ! self::add_forms( self::texts( $all, $own ), $forms ) ) {
			return $asins;
		}
		$comments = $with_comments ? $this->comments : array();
		if ( array() !== $comments ) {
			update_meta_cache( 'comment', array_keys( $comments ) );
		}
		$named = self::named( $asins, $forms );
		$bytes = 0;
		foreach ( $comments as $id => $comment ) {
			$texts  = self::texts( array( $comment->to_array(), get_comment_meta( (int) $id ) ), $own );
			$bytes += strlen( implode( $texts ) );
			if ( $bytes > self::BYTES ) {
				return $asins;
			}
			// Each by itself, and as far as it goes: one that grows without end must not speak for all products for ever.
			$forms = array();
			self::add_forms( $texts, $forms );
			array_push( $named, ...self::named( $asins, $forms ) );
		}
		return array_values( array_intersect( $asins, $named ) );
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
	 * Those of some products that stand in any form of a text.
	 *
	 * @param list<string>           $asins Products.
	 * @param array<array-key, true> $forms Forms.
	 * @return list<string>
	 */
	private static function named( array $asins, array $forms ): array {
		$said = implode( ' ', array_keys( $forms ) );
		return array_values( array_filter( $asins, static fn( string $asin ): bool => str_contains( $said, $asin ) ) );
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

	/**
	 * Adds texts and all that they can be decoded to: the address's way, HTML's, JSON's, base64, one in another; and what is
	 * left of each when it is cleaned. Capital letters and digits alone, since nothing else is in a product's name. One by one:
	 * what is cut out of one text takes nothing of another along. It may be cleaned first, and then decoded.
	 *
	 * @param list<string>           $texts Any.
	 * @param array<array-key, true> $forms So far.
	 * @return bool False where it goes too far; what is in another at most once has been read all the same.
	 */
	private static function add_forms( array $texts, array &$forms ): bool {
		$bytes = 0;
		$whole = true;
		foreach ( $texts as $text ) {
			foreach ( array_unique( array( $text, ...self::cleaned( $text ) ) ) as $form ) {
				$whole = self::add_decoded( $form, $forms, $bytes ) && $whole;
			}
		}
		return $whole;
	}

	/**
	 * Adds a text and all that it can be decoded to.
	 *
	 * @param string                 $text  Any.
	 * @param array<array-key, true> $forms So far.
	 * @param int                    $bytes All of them together.
	 * @return bool False where it goes too far.
	 */
	private static function add_decoded( string $text, array &$forms, int &$bytes ): bool {
		$ways = array(
			'rawurldecode',
			static fn( string $said ): string => html_entity_decode( $said, ENT_QUOTES | ENT_HTML5 ),
			array( self::class, 'unescaped' ),
			array( self::class, 'with_base64' ),
		);
		for ( $round = 0; $round < self::ROUNDS; $round++ ) {
			$before = $text;
			foreach ( $ways as $decode ) {
				foreach ( array( $text, ...self::cleaned( $text ) ) as $form ) {
					$form   = (string) preg_replace( '/[^A-Z0-9]+/', '', strtoupper( $form ) );
					$bytes += isset( $forms[ $form ] ) ? 0 : strlen( $form );

					$forms[ $form ] = true;
				}
				$text = $decode( $text );
				if ( $round >= self::SURE && strlen( $text ) + $bytes > self::BYTES ) {
					return false;
				}
			}
			if ( $text === $before ) {
				return true;
			}
		}
		return false;
	}

	/**
	 * What is left of a text when tags, shortcodes, entities, the address's escapes, or accents are taken out of it, when mail's
	 * or C's escapes are read, or when letters of another width or style become plain ones.
	 *
	 * @param string $text Any.
	 * @return list<string>
	 */
	private static function cleaned( string $text ): array {
		$cleaned = str_contains( $text, '<' )
			? array( wp_strip_all_tags( $text ), (string) preg_replace( '/<[^<>]*>/', '', $text ) )
			: array();
		// As strip_shortcodes() does, and what makes a name for an address of words.
		$markups = array(
			'[' => '/\[[^\[\]]*\]/',
			'&' => '/&[^;\s]{1,32};/',
		);
		foreach ( $markups as $begin => $markup ) {
			foreach ( str_contains( $text, $begin ) ? array( $text, ...$cleaned ) : array() as $form ) {
				$cleaned[] = (string) preg_replace( $markup, '', $form );
			}
		}
		// As sanitize_text_field() does, behind that.
		foreach ( str_contains( $text, '%' ) ? array( $text, ...$cleaned ) : array() as $form ) {
			do {
				$form = (string) preg_replace( '/%[a-f0-9]{2}/i', '', $form, -1, $count );
			} while ( $count > 0 );
			$cleaned[] = $form;
		}
		// Not one behind the other with the ways of add_forms(): what is no such escape would be lost.
		foreach ( array( '=' => 'quoted_printable_decode', '\\' => 'stripcslashes' ) as $sign => $decode ) {
			$cleaned = str_contains( $text, $sign ) ? array( ...$cleaned, $decode( $text ) ) : $cleaned;
		}
		$all = array( $text, ...$cleaned );
		return array( ...$cleaned, ...array_map( 'remove_accents', $all ), ...array_map( array( self::class, 'plain' ), $all ) );
	}

	/**
	 * With the plain letters and digits that others stand for: full-width ones, bold ones.
	 *
	 * @param string $text Any.
	 */
	private static function plain( string $text ): string {
		return match ( true ) {
			1 !== preg_match( '/[^\x00-\x7f]/', $text )  => $text,
			class_exists( \Normalizer::class )          => (string) \Normalizer::normalize( $text, \Normalizer::FORM_KC ),
			function_exists( 'mb_convert_kana' )        => mb_convert_kana( $text, 'as' ),
			default                                     => $text,
		};
	}

	/**
	 * Without the escapes of JSON and of scripts.
	 *
	 * @param string $text Any.
	 */
	private static function unescaped( string $text ): string {
		return (string) preg_replace_callback(
			// Four digits without brackets, whatever stands behind them.
			'/[\\\\%]u(?:\{([0-9a-f]{1,6})\}|([0-9a-f]{4}))|\\\\x([0-9a-f]{2})/i',
			static fn( array $found ): string => html_entity_decode( '&#x' . end( $found ) . ';' ),
			$text
		);
	}

	/**
	 * With what stands in it as base64 behind it; it may begin at any letter of a word.
	 *
	 * @param string $text Any.
	 */
	private static function with_base64( string $text ): string {
		preg_match_all( '~[A-Za-z0-9+/_-]{14,}~', $text, $found );
		// Decoders pass over blanks and what else has no meaning.
		$words   = array( ...$found[0], ...explode( "\n", (string) preg_replace( '~[^A-Za-z0-9+/_\n-]+~', '', $text ) ) );
		$decoded = array();
		foreach ( array_unique( $words ) as $word ) {
			for ( $skip = 0; $skip < 4; $skip++ ) {
				// phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions -- what a visitor may have sent.
				$plain = (string) base64_decode( strtr( substr( $word, $skip ), '-_', '+/' ) );
				// Not what only looks like it.
				preg_match_all( '/[\t\r\n\x20-\x7e]{10,}/', $plain, $parts );
				array_push( $decoded, ...$parts[0] );
			}
		}
		$new = array_filter( array_unique( $decoded ), static fn( string $part ): bool => ! str_contains( $text, $part ) );
		return array() === $new ? $text : $text . "\n" . implode( "\n", $new );
	}
}
