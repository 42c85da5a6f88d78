<?php
/** A literal or a constant stands on the left of a comparison, so that a sign that was forgotten is no assignment. */

namespace House\Sniffs\Code;

use PHP_CodeSniffer\Files\File;
use PHP_CodeSniffer\Sniffs\Sniff;
use PHP_CodeSniffer\Util\Tokens;

final class YodaSniff implements Sniff {

	private const LITERALS = array( T_CONSTANT_ENCAPSED_STRING, T_LNUMBER, T_DNUMBER, T_NULL, T_TRUE, T_FALSE );

	public function register(): array {
		return array( T_IS_EQUAL, T_IS_NOT_EQUAL, T_IS_IDENTICAL, T_IS_NOT_IDENTICAL );
	}

	public function process( File $file, $comparison ): void {
		$tokens = $file->getTokens();
		$right  = $file->findNext( Tokens::$emptyTokens, $comparison + 1, null, true );
		$after  = false === $right ? false : $file->findNext( Tokens::$emptyTokens, $right + 1, null, true );
		$left   = $file->findPrevious( Tokens::$emptyTokens, $comparison - 1, null, true );
		if ( false === $right || false === $after || false === $left ) {
			return;
		}
		$is_whole  = ! in_array( $tokens[ $after ]['code'], array( ...Tokens::$operators, T_STRING_CONCAT ), true );
		$from_left = in_array( $tokens[ $left ]['code'], self::LITERALS, true );
		if ( in_array( $tokens[ $right ]['code'], self::LITERALS, true ) && $is_whole && ! $from_left ) {
			$file->addError( 'Write the literal first', $comparison, 'Order' );
		}
	}
}
