<?php
/**
 * All that a text may stand for.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Discovery;

defined( 'ABSPATH' ) || exit;

/**
 * What texts can be decoded to: the address's way, HTML's, JSON's, base64, one in another; and what is left of each when it is
 * cleaned, before it is decoded or behind that. Whatever somebody has typed, it ends: what may be done for it is bounded.
 */
final class Text_Forms {

	/** How often text is decoded, how often at least. */
	private const ROUNDS = 8;
	private const SURE   = 2;

	/**
	 * How many bytes are looked at for the texts that are added together. Behind that each is still read as far as it is
	 * decoded SURE times, and cleaned before and after each, see cleaned().
	 */
	private const WORK = 1048576;

	/** How long a text may be, in bytes, to be cleaned in some of the ways and not in others before it is decoded. */
	private const SHORT = 8192;

	/**
	 * Those of the products that stand in a form.
	 *
	 * @var array<array-key, true>
	 */
	private array $named = array();

	/**
	 * What a form ends with and begins with of their names: a page may print two texts with nothing between them.
	 *
	 * @var array<string, true> By the part of the name, with a dash where the rest is missing.
	 */
	private array $parts = array();

	/**
	 * Texts and forms that have been looked at. Forms are not kept: a comment stands for more than a page has memory for.
	 *
	 * @var array<string, true> By hash.
	 */
	private array $seen = array();

	/**
	 * How many bytes have been looked at.
	 *
	 * @var int
	 */
	private int $work = 0;

	/**
	 * Takes what is looked for.
	 *
	 * @param list<string> $asins Products.
	 */
	public function __construct( private array $asins ) {}

	/**
	 * How many bytes have been looked at for the texts that were added last: what it has cost.
	 */
	public function work(): int {
		return $this->work;
	}

	/**
	 * Adds texts. One by one: what is cut out of one text takes nothing of another along.
	 *
	 * @param list<string> $texts      Any.
	 * @param bool         $to_the_end Whether one that goes too far is read as far as it goes, and the others as well.
	 * @return bool False where one goes too far; what is in another at most once has been read all the same.
	 */
	public function add( array $texts, bool $to_the_end ): bool {
		$this->work = 0;
		$this->seen = array();
		$is_whole   = true;
		foreach ( $texts as $text ) {
			foreach ( array( $text, ...self::cleaned( $text, strlen( $text ) < self::SHORT ) ) as $form ) {
				$is_whole = $this->add_decoded( $form, $form === $text && $to_the_end ) && $is_whole;
				if ( ! $is_whole && ! $to_the_end ) {
					return false;
				}
			}
		}
		return $is_whole;
	}

	/**
	 * Those of the products that stand in any form, or half in one and half in another.
	 *
	 * @return list<string>
	 */
	public function named(): array {
		return array_values( array_filter( $this->asins, $this->is_named( ... ) ) );
	}

	/**
	 * Whether a product is one of those.
	 *
	 * @param string $asin The product.
	 */
	private function is_named( string $asin ): bool {
		$is_named = isset( $this->named[ $asin ] );
		$whole    = strlen( $asin );
		for ( $length = 1; ! $is_named && $length < $whole; $length++ ) {
			$is_named = isset( $this->parts[ substr( $asin, 0, $length ) . '-' ], $this->parts[ '-' . substr( $asin, $length ) ] );
		}
		return $is_named;
	}

	/**
	 * Looks for the products in a form.
	 *
	 * @param string $form Capital letters and digits alone, since nothing else is in a product's name.
	 */
	private function look( string $form ): void {
		foreach ( $this->asins as $asin ) {
			if ( str_contains( $form, $asin ) ) {
				$this->named[ $asin ] = true;
			}
			$whole = strlen( $asin );
			for ( $length = 1; $length < $whole; $length++ ) {
				if ( str_ends_with( $form, substr( $asin, 0, $length ) ) ) {
					$this->parts[ substr( $asin, 0, $length ) . '-' ] = true;
				}
				if ( str_starts_with( $form, substr( $asin, $length ) ) ) {
					$this->parts[ '-' . substr( $asin, $length ) ] = true;
				}
			}
		}
	}

	/**
	 * Adds a text and all that it can be decoded to.
	 *
	 * @param string $text    Any.
	 * @param bool   $is_sure Whether it is cleaned SURE times, whatever that costs.
	 * @return bool False where it goes too far.
	 */
	private function add_decoded( string $text, bool $is_sure ): bool {
		$ways = array(
			'rawurldecode',
			array( self::class, 'with_characters' ),
			array( self::class, 'unescaped' ),
			array( self::class, 'with_base64' ),
		);
		for ( $round = 0; $round < self::ROUNDS; $round++ ) {
			$before = $text;
			foreach ( $ways as $number => $decode ) {
				$this->add_form( $text, $is_sure && 0 === $number && $round <= self::SURE );
				$text = $decode( $text );
				if ( $round >= self::SURE && $this->work > self::WORK ) {
					$this->add_shrinking( $text );
					return false;
				}
			}
			if ( $text === $before ) {
				return $this->work <= self::WORK;
			}
		}
		$this->add_shrinking( $text );
		return false;
	}

	/**
	 * Adds a text, and what is left of it when it is cleaned.
	 *
	 * @param string $text       Any.
	 * @param bool   $is_sure Whether it is cleaned, whatever that costs.
	 */
	private function add_form( string $text, bool $is_sure ): void {
		$has_room = $this->work + strlen( $text ) < self::WORK;
		$cleaned  = $has_room || $is_sure ? self::cleaned( $text, $has_room ) : array();
		$name     = md5( $text ) . count( $cleaned );
		if ( isset( $this->seen[ $name ] ) ) {
			return;
		}
		foreach ( array( $text, ...$cleaned ) as $form ) {
			$this->work += strlen( $form );

			$form = (string) preg_replace( '/[^A-Z0-9]+/', '', strtoupper( $form ) );
			$hash = md5( $form );
			if ( ! isset( $this->seen[ $hash ] ) ) {
				$this->seen[ $hash ] = true;
				$this->look( $form );
			}
		}
		$this->seen[ $name ] = true;
	}

	/**
	 * Adds what a text can be decoded to without growing: an address in an address, in an address.
	 *
	 * @param string $text Any.
	 */
	private function add_shrinking( string $text ): void {
		for ( $round = 0; $round < self::ROUNDS; $round++ ) {
			$text = self::unescaped( self::with_characters( rawurldecode( $text ) ) );
			$this->add_form( $text, false );
		}
	}

	/**
	 * What is left of a text when tags, shortcodes, entities, the address's escapes, or accents are taken out of it, when mail's
	 * or C's escapes are read, or when letters of another width or style become plain ones.
	 *
	 * @param string $text        Any.
	 * @param bool   $is_combined Whether each of them is done with and without each other; else alone, and behind those before it.
	 * @return list<string>
	 */
	private static function cleaned( string $text, bool $is_combined ): array {
		$all = array( $text );
		$add = static function ( string ...$cleaned ) use ( &$all ): void {
			$all = array_values( array_unique( array( ...$all, ...$cleaned ) ) );
		};
		$from = static function () use ( &$all, $text, $is_combined ): array {
			return $is_combined ? $all : array( $text, end( $all ) );
		};
		if ( str_contains( $text, '<' ) ) {
			$tags = static fn( string $tag ): string => (string) preg_replace( $tag, '', $text );
			$add( wp_strip_all_tags( $text ), $tags( '/<[^<>]*>/' ), $tags( '/<[^>]*>/' ) );
			$add( self::without_scripts( self::without_scripts( $text, '</script>' ), '</style>' ) );
		}
		if ( str_contains( $text, '[' ) ) {
			$add( ...array_map( 'strip_shortcodes', $from() ) );
		}
		// Shortcodes that are none, what makes a name for an address of words, as sanitize_user() and wp_kses() do, and slashes.
		$markups = array(
			'/\[[^\[\]]*\]/'   => '[',
			'/&[^;\s]{1,32};/' => '&',
			'/&.+?;/'         => '&',
			'/\\\\+0+/'         => '\\',
			'/\\\\+0/'          => '\\',
		);
		foreach ( $markups as $markup => $begin ) {
			if ( str_contains( $text, $begin ) ) {
				$add( ...array_map( static fn( string $form ): string => (string) preg_replace( $markup, '', $form ), $from() ) );
			}
		}
		if ( str_contains( $text, '%' ) ) {
			$add( ...array_map( static fn( string $form ): string => self::without_octets( $form ), $from() ) );
		}
		// Not one behind the other with the ways of add_decoded(): what is no such escape would be lost.
		$decoders = array(
			'='  => 'quoted_printable_decode',
			// A number's end may be an escape of the address, which is decoded before it otherwise.
			'&#' => array( self::class, 'with_characters' ),
			'\\' => 'stripcslashes',
			// As esc_url() does: what else is escaped is decoded by whoever reads the address.
			'%0' => static fn( string $address ): string => self::without_octets( $address, '0[ad]' ),
		);
		foreach ( $decoders as $sign => $decode ) {
			if ( str_contains( $text, $sign ) ) {
				$add( $decode( str_replace( "\0", '', $text ) ) );
			}
		}
		foreach ( array( 'remove_accents', array( self::class, 'plain' ), array( self::class, 'in_ascii' ) ) as $plain ) {
			$add( ...array_map( $plain, $from() ) );
		}
		return array_slice( $all, 1 );
	}

	/**
	 * Without such elements and what is in them, as far as they end: so it takes no longer for many that do not.
	 *
	 * @param string $text Any.
	 * @param string $end  What ends one.
	 */
	private static function without_scripts( string $text, string $end ): string {
		$ended = strripos( $text, $end );
		if ( false === $ended ) {
			return $text;
		}
		$ended += strlen( $end );
		$begin  = '<' . substr( $end, 2, -1 );
		return preg_replace( "~{$begin}[^<>]*>.*?{$end}~is", '', substr( $text, 0, $ended ) ) . substr( $text, $ended );
	}

	/**
	 * As sanitize_text_field() does: what is left may be such an escape once more.
	 *
	 * @param string $text  Any.
	 * @param string $octet Which, as a regular expression.
	 */
	private static function without_octets( string $text, string $octet = '[a-f0-9]{2}' ): string {
		$stack = array();
		foreach ( explode( '%', $text ) as $part ) {
			while ( array() !== $stack && 1 === preg_match( "/\\A$octet/i", $part ) ) {
				$part = array_pop( $stack ) . substr( $part, 2 );
			}
			$stack[] = $part;
		}
		return implode( '%', $stack );
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
	 * As iconv() writes it in ASCII, which knows other letters: a sign of multiplication is an x.
	 *
	 * @param string $text Any.
	 */
	private static function in_ascii( string $text ): string {
		if ( ! function_exists( 'iconv' ) || 1 !== preg_match( '/[^\x00-\x7f]/', $text ) ) {
			return $text;
		}
		// phpcs:ignore WordPress.PHP.NoSilencedErrors -- what is no UTF-8 cannot be written so.
		$ascii = @iconv( 'UTF-8', 'ASCII//TRANSLIT', $text );
		return false === $ascii ? $text : $ascii;
	}

	/**
	 * Without HTML's references. Browsers, and WordPress's own reader of HTML, ask for no semicolon behind a number.
	 *
	 * @param string $text Any.
	 */
	private static function with_characters( string $text ): string {
		$whole = (string) preg_replace( '/&#(x[0-9a-f]++|[0-9]++)(?!;)/i', '&#$1;', $text );
		return html_entity_decode( $whole, ENT_QUOTES | ENT_HTML5 );
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
				$plain = str_replace( "\0", '', (string) base64_decode( strtr( substr( $word, $skip ), '-_', '+/' ) ) );
				// Not what only looks like it.
				preg_match_all( '/(?:[\t\r\n\x20-\x7e]|[\xc2-\xf4][\x80-\xbf]{1,3}){10,}/', $plain, $parts );
				array_push( $decoded, ...$parts[0] );
			}
		}
		$new = array_filter( array_unique( $decoded ), static fn( string $part ): bool => ! str_contains( $text, $part ) );
		return array() === $new ? $text : $text . "\n" . implode( "\n", $new );
	}
}
