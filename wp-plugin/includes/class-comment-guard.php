<?php
/**
 * Keeps the whole-page pass away from comments.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Marks the text of comments while the page is collected, sets it aside while the page is rewritten, and puts it back.
 * The marks are comments of HTML with a word that nobody can know beforehand; no page goes out with one.
 */
final class Comment_Guard {

	/**
	 * The word in the marks.
	 *
	 * @var string
	 */
	private string $word = '';

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
	 * @return mixed
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
	 * @return mixed
	 */
	public function mark( mixed $text, bool $whole ): mixed {
		if ( ( ! $whole && 0 === $this->parts ) || ! is_string( $text ) || ! Picture_Finder::may_have_pictures( $text ) ) {
			return $text;
		}
		if ( '' === $this->word ) {
			$this->word = bin2hex( random_bytes( 12 ) );
		}
		return str_starts_with( $text, $this->opening() ) ? $text : $this->opening() . $text . $this->closing();
	}

	/**
	 * Rewrites a page without the comments in it.
	 *
	 * @param string                   $html    The page.
	 * @param callable(string): string $rewrite Rewrites; leaves comments of HTML alone.
	 * @param bool                     $is_part Whether it is a part of a page that is rewritten once more: the marks stay in it.
	 * @return string
	 */
	public function without_comments( string $html, callable $rewrite, bool $is_part = false ): string {
		if ( '' === $this->word || ! str_contains( $html, $this->opening() ) ) {
			return $rewrite( $html );
		}
		$aside = array();
		$rest  = '';
		$from  = 0;
		while ( true ) {
			$begin = strpos( $html, $this->opening(), $from );
			$end   = false === $begin ? false : strpos( $html, $this->closing(), $begin );
			if ( false === $begin || false === $end ) {
				break;
			}
			$mark           = '<!--' . $this->word . ' ' . count( $aside ) . '-->';
			$text           = $begin + strlen( $this->opening() );
			$after          = $end + strlen( $this->closing() );
			$aside[ $mark ] = $is_part ? substr( $html, $begin, $after - $begin ) : substr( $html, $text, $end - $text );
			$rest          .= substr( $html, $from, $begin - $from ) . $mark;
			$from           = $after;
		}
		return strtr( $rewrite( $rest . substr( $html, $from ) ), $is_part ? $aside : $aside + array( $this->opening() => '' ) );
	}

	/**
	 * Takes the marks out of what leaves, whatever has become of the page.
	 *
	 * @param string $html A page, or a part of one.
	 * @return string
	 */
	public function without_marks( string $html ): string {
		// JSON writes the one behind in another way.
		$marks = array( $this->opening(), $this->closing(), str_replace( '/', '\\/', $this->closing() ) );
		return '' === $this->word ? $html : str_replace( $marks, '', $html );
	}

	/**
	 * The mark before a comment's text.
	 *
	 * @return string
	 */
	private function opening(): string {
		return '<!--' . $this->word . '-->';
	}

	/**
	 * The mark behind it.
	 *
	 * @return string
	 */
	private function closing(): string {
		return '<!--/' . $this->word . '-->';
	}
}
