<?php

use Creators_Image_Refresh\Api\Extension;

$extension = static fn( string $is ): Extension => new class( $is ) extends Extension {
	public function __construct( private string $is ) {}

	protected function look(): string {
		return $this->is;
	}
};
foreach ( array( 'missing', 'too_old' ) as $state ) {
	$away = $extension( $state );
	same( array( $state, false ), array( $away->state(), $away->is_available() ), "$state is not there" );
	same( '<p>page</p>', $away->rewrite_images( '<p>page</p>', static fn() => array(), array() ), "$state: a page is as it was" );
	same( array( array(), array() ), array( $away->find_images( 'amazon' ), $away->marketplaces() ), "$state: nothing is found" );
	$answers = array(
		$away->test_credentials( array() ),
		$away->refresh_accounts( array(), static fn() => true, static fn() => null, static fn() => null ),
	);
	same(
		array( "extension_$state", "extension_$state" ),
		array_map( static fn( $answer ) => $answer->get_error_code(), $answers ),
		"$state: says so"
	);
}
if ( ! extension_loaded( 'creators_api' ) ) {
	same( 'missing', ( new Extension() )->state(), 'without its functions it is missing' );
	$broken = $extension( 'ok' );
	same(
		'<p>page</p>',
		$broken->rewrite_images( '<p>page</p>', static fn() => array(), array() ),
		'what it throws leaves a page as it was'
	);
	same( 'extension_failed', $broken->test_credentials( array() )->get_error_code(), 'and is an error elsewhere' );
}
