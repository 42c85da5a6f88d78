<?php
/** Every parameter and every return has a type, in functions, methods and closures; con- and destructors return nothing. */

namespace House\Sniffs\Code;

use PHP_CodeSniffer\Files\File;
use PHP_CodeSniffer\Sniffs\Sniff;

final class DeclaredTypesSniff implements Sniff {

	public function register(): array {
		return array( T_FUNCTION, T_CLOSURE, T_FN );
	}

	public function process( File $file, $function ): void {
		foreach ( $file->getMethodParameters( $function ) as $parameter ) {
			if ( '' === $parameter['type_hint'] ) {
				$file->addError( '%s has no type', $parameter['token'], 'Parameter', array( $parameter['name'] ) );
			}
		}
		$tokens = $file->getTokens();
		$name   = T_FUNCTION === $tokens[ $function ]['code'] ? (string) $file->getDeclarationName( $function ) : '';
		$is_it  = T_FUNCTION === $tokens[ $function ]['code'] && ! in_array( $name, array( '__construct', '__destruct' ), true );
		if ( $is_it && '' === $file->getMethodProperties( $function )['return_type'] ) {
			$file->addError( '%s() does not say what it returns', $function, 'Return', array( $name ) );
		}
	}
}
