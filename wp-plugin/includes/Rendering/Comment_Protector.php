<?php
/**
 * Keeps the whole-page pass away from comments.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Rendering;

use Creators_Image_Refresh\Discovery\Image_Finder;

defined( 'ABSPATH' ) || exit;

/**
 * Marks the text of comments while the page is collected, sets it aside while the page is rewritten, and puts it back.
 * The marks are comments of HTML with a word that nobody outside knows, behind a sign by which they are looked for; no page
 * goes out with one, however a theme has written it. The word stays the same, since a theme may keep a piece of a page for the
 * next one.
 */
final class Comment_Protector {

	/**
	 * What shows pictures in a whole page: elements, and attributes of any. Who is no author may write none of it, so that
	 * hardly any comment is ever marked.
	 */
	private const ELEMENTS = '/<(?:img|amp-img|source|iframe)[\s\/]'
		. '|<[a-z].*?(?:style|poster|background|data-|nitro-|consent-|srcset|bgset|-responsive)/is';

	/**
	 * The word in the marks, the one before a comment's text, and the one behind it, once they are needed.
	 *
	 * @var list<string>
	 */
	private array $marks = array();

	/**
	 * How many template parts are being rendered, one in another.
	 *
	 * @var int
	 */
	private int $parts = 0;

	/**
	 * A block is about to be rendered. Template parts may hold comments, and where no page is collected they are rewritten
	 * one by one.
	 *
	 * @param mixed $block The block.
	 */
	public function enter( mixed $block ): mixed {
		if ( is_array( $block ) && 'core/template-part' === ( $block['blockName'] ?? '' ) ) {
			++$this->parts;
		}
		return $block;
	}

	/**
	 * A template part has been rendered.
	 *
	 * @return bool Whether it is the outermost, and to be rewritten now.
	 */
	public function leave(): bool {
		$this->parts = max( 0, $this->parts - 1 );
		return 0 === $this->parts;
	}

	/**
	 * Marks a comment's text.
	 *
	 * @param mixed $text  The text, ready for the page.
	 * @param bool  $whole Whether the page as a whole is being collected.
	 */
	public function mark( mixed $text, bool $whole ): mixed {
		if ( ( ! $whole && 0 === $this->parts ) || ! is_string( $text ) || ! Image_Finder::may_have_pictures( $text ) ) {
			return $text;
		}
		list( , $before, $behind ) = $this->marks();
		return str_starts_with( $text, $before ) || 1 !== preg_match( self::ELEMENTS, $text ) ? $text : $before . $text . $behind;
	}

	/**
	 * Rewrites a page without the comments in it.
	 *
	 * @param string                   $html    The page.
	 * @param callable(string): string $rewrite Rewrites; leaves comments of HTML alone.
	 * @param bool                     $is_part Whether it is a part of a page that is rewritten once more: the marks stay in it.
	 */
	public function without_comments( string $html, callable $rewrite, bool $is_part = false ): string {
		list( $word, $before, $behind ) = $this->marks();

		$aside = array();
		$rest  = preg_replace_callback(
			"~$before(.*?)$behind~s",
			static function ( array $comment ) use ( &$aside, $word, $is_part ): string {
				$mark           = "<!--$word " . count( $aside ) . '-->';
				$aside[ $mark ] = $comment[ $is_part ? 0 : 1 ];
				return $mark;
			},
			$html
		);
		return null === $rest ? $html : strtr( $rewrite( $rest ), $is_part ? $aside : $aside + array( $before => '' ) );
	}

	/**
	 * Takes the marks out of what leaves, whatever has become of the page.
	 *
	 * @param string $html A page, or a part of one.
	 */
	public function without_marks( string $html ): string {
		// A theme may have cut a text short in the middle of a mark.
		$torn = Page_Rewriter::SIGN;
		if ( ! str_contains( $html, $torn ) ) {
			return $html;
		}
		list( $word, $before, $behind ) = $this->marks();

		$html    = str_replace( array( $before, $behind ), '', $html );
		$written = static fn( string $name, string $code ): string => "&(?:amp;)*(?:$name|#0*"
			. hexdec( $code )
			. "|#x0*$code);|\\\\+u00$code|%(?:25)*$code";
		// As text, in JSON, in an address; dashes as WordPress sets them.
		$before = '(?:<|' . $written( 'lt', '3c' ) . ')(?:!|' . $written( 'excl', '21' ) . ')';
		$dashes = '(?:-|&(?:amp;)*#(?:45|8211|8212);|–|—)';
		$slash  = '(?:\\\\*\/|' . $written( 'sol', '2f' ) . ')?';
		$mark   = "(?:$before)?$dashes*$slash$word$dashes*(?:>|"
			. $written( 'gt', '3e' )
			. ")?|$before$dashes+$slash$torn"
			. '[0-9a-f]{0,17}(?![0-9a-f])';
		return ! str_contains( $html, $torn ) ? $html : preg_replace( "~$mark~i", '', $html ) ?? $html;
	}

	/**
	 * The marks.
	 *
	 * @return list<string> As the property.
	 */
	private function marks(): array {
		if ( array() === $this->marks ) {
			// Past WordPress's own function, whose filters are asked: in a page that goes out nobody is.
			$key         = ( defined( 'AUTH_KEY' ) ? AUTH_KEY : '' ) . ( defined( 'DB_PASSWORD' ) ? DB_PASSWORD : '' ) . ABSPATH;
			$hash        = hash_hmac( 'sha256', 'creators-image-refresh comments', $key );
			$word        = Page_Rewriter::SIGN . substr( $hash, 0, 18 );
			$this->marks = array( $word, "<!--$word-->", "<!--/$word-->" );
		}
		return $this->marks;
	}
}
