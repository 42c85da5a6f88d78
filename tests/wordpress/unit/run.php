<?php
/**
 * The plugin's rules that need no WordPress, tried without one: php tests/wordpress/unit/run.php [NAME...]
 *
 * Each file stands where its class stands in wp-plugin/includes, and says what must hold with same(). What few functions of
 * WordPress they touch stand in stand-ins.php.
 */

declare( strict_types=1 );

require __DIR__ . '/stand-ins.php';
require dirname( __DIR__, 3 ) . '/wp-plugin/includes/autoload.php';

$counts = array( 'passed' => 0, 'failed' => 0 );
$class  = '';

function same( mixed $should, mixed $is, string $name ): void {
	global $counts, $class;
	++$counts[ $should === $is ? 'passed' : 'failed' ];
	if ( $should !== $is ) {
		$flags = JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_PARTIAL_OUTPUT_ON_ERROR;
		echo "not ok $class: $name\n  should be ", json_encode( $should, $flags ), "\n  is        ", json_encode( $is, $flags ), "\n";
	}
}

$wanted = array_slice( $argv, 1 );
$files  = array_merge( glob( __DIR__ . '/*/*.php' ), glob( __DIR__ . '/*/*/*.php' ) );
sort( $files );
foreach ( $files as $file ) {
	$class = substr( $file, strlen( __DIR__ ) + 1, -4 );
	if (
		array() === $wanted || array() !== array_filter( $wanted, static fn( string $name ): bool => str_contains( $class, $name ) )
	) {
		forget_all();
		try {
			( static fn() => require $file )();
		} catch ( Throwable $error ) {
			same( 'no error', get_class( $error ) . ': ' . $error->getMessage() . ' at line ' . $error->getLine(), 'comes to its end' );
		}
	}
}
printf( "%d passed, %d failed\n", $counts['passed'], $counts['failed'] );
exit( 0 === $counts['failed'] && $counts['passed'] > 0 ? 0 : 1 );
