<?php
/** Prints every status of the contract that has no sentence of its own, for a test, a check or a run: nothing, if all have. */

require __DIR__ . '/site.php';

use Creators_Image_Refresh\Messages\Account_Messages;
use Creators_Image_Refresh\Messages\Advice;

$stub = file_get_contents( dirname( __DIR__, 3 ) . '/php-stubs/creators_api.stub.php' );
preg_match_all( "/status: ((?:'[a-z_]+'\|?)+)/", $stub, $found );
$statuses = array_unique( explode( '|', str_replace( "'", '', implode( '|', $found[1] ) ) ) );
count( $statuses ) >= 17 || must( false, 'reading the statuses of the contract' );

$context = array( 'marketplace' => 'www.amazon.de', 'partner_tag' => 'demo-21', 'works_with' => '' );
$nothing = Advice::for_run( 'no_such_status' );
foreach ( array(
	'run'   => static fn( string $status ): string => Advice::for_run( $status ),
	'test'  => static fn( string $status ): string => Advice::for_test( $status, $context ),
	'check' => static fn( string $status ): string => Account_Messages::for_check( $status, $context ),
) as $where => $sentence ) {
	$said = array();
	foreach ( $statuses as $status ) {
		$words = $sentence( $status );
		if ( $words === $nothing || strlen( $words ) < 10 || in_array( $words, $said, true ) ) {
			echo "$where: $status\n";
		}
		$said[] = $words;
	}
}
