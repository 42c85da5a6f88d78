<?php

use Creators_Image_Refresh\Cli\Output;

require_once dirname( __DIR__, 2 ) . '/php/fake-wp-cli.php';

/** What an option is taken for; "ends" where it ends the command. */
$read = static function ( callable $work ): mixed {
	try {
		return $work();
	} catch ( Cli_Exit $exit ) {
		return 'ends ' . $exit->getCode();
	}
};
same( 'table', Output::format( array() ), 'a table, unless told' );
same( 'ends 1', $read( static fn() => Output::format( array( 'format' => 'xml' ) ) ), 'another format ends the command' );
same( 'asc', Output::choice( array(), 'order', array( 'asc', 'desc' ), 'asc' ), 'a choice that was not made' );
same(
	'ends 1',
	$read( static fn() => Output::choice( array( 'order' => 'foo' ), 'order', array( 'asc', 'desc' ), 'asc' ) ),
	'and one that cannot be meant'
);
foreach ( array( 'amazon.de', 'www.amazon.de', ' WWW.Amazon.DE ' ) as $written ) {
	same( 'www.amazon.de', Output::marketplace( array( 'marketplace' => $written ) ), "“{$written}” is a country" );
}
same( '', Output::marketplace( array() ), 'no country is none' );
same( 'default', Output::marketplace( array( 'marketplace' => 'default' ), array( 'default' ) ), 'another word that is meant' );
same(
	'ends 1',
	$read( static fn() => Output::marketplace( array( 'marketplace' => 'amazon.test' ) ) ),
	'no country ends the command'
);
same( array( 'marketplace' => '' ), Output::filter( array() ), 'all pictures, unless told' );
same(
	array( 'marketplace' => '', 'asins' => array( 'B000000001', 'B000000002' ) ),
	Output::filter( array( 'ids' => 'b000000001, B000000002 B000000001,' ) ),
	'products, parted by commas or blanks, each once'
);
same( array( 'marketplace' => '', 'asins' => array() ), Output::filter( array( 'ids' => ' , ' ) ), 'no products are none' );
same( array( 7, 3 ), array( Output::limit( array(), 7 ), Output::limit( array( 'limit' => '3' ), 7 ) ), 'a limit' );
foreach ( array( '0', '-1', 'ten', '', '1.5' ) as $limit ) {
	same( 'ends 1', $read( static fn() => Output::limit( array( 'limit' => $limit ), 7 ) ), "no limit is “{$limit}”" );
}
same(
	array( 'ends 2', 'ends 1' ),
	array(
		$read( static fn() => Output::fail( 'extension_missing', 'x' ) ),
		$read( static fn() => Output::fail( 'network', 'x' ) ),
	),
	'2 where a person is needed, else 1'
);
