<?php
/** No line is longer than 130 characters, but for one that holds a single literal: a sentence to translate stays in one piece. */

namespace House\Sniffs\Code;

use PHP_CodeSniffer\Files\File;
use PHP_CodeSniffer\Sniffs\Sniff;

final class LineLengthSniff implements Sniff {

	private const MOST = 130;

	public function register(): array {
		return array( T_OPEN_TAG );
	}

	public function process( File $file, $opened ): int {
		foreach ( explode( "\n", $file->getTokensAsString( 0, $file->numTokens, true ) ) as $number => $line ) {
			$is_literal = 1 === preg_match( '/^\s*(?:\'(?:[^\'\\\\]|\\\\.)*\'|"(?:[^"\\\\]|\\\\.)*"),?$/', $line );
			if ( mb_strlen( $line ) > self::MOST && ! $is_literal ) {
				$said = 'Line %d has %d characters; %d are allowed, unless it is one literal';
				$file->addErrorOnLine( $said, $number + 1, 'TooLong', array( $number + 1, mb_strlen( $line ), self::MOST ) );
			}
		}
		return $file->numTokens;
	}
}
