<?php

use Creators_Image_Refresh\Rendering\Comment_Protector;

const ADDRESS = 'https://m.media-amazon.com/images/P/B00TSUGXKE.01.jpg';

// Whoever looks at the page sees none of it.
$page = static function ( string $comment ): string {
	$protector = new Comment_Protector();
	$page      = 'page: ' . $protector->mark( $comment, true );
	return $protector->without_comments( $page, static fn( string $rest ): string => str_replace( ADDRESS, 'fresh', $rest ) );
};
foreach (
	array(
		'img src="@"',
		'IMG/src="@"',
		'div style="background:url(@)"',
		'video title="a > b" poster="@"',
		'table background="@"',
		'p data-bg="@"',
		'p data-lazy="&lt;img src=\'@\'&gt;"',
		'p nitro-lazy-src="@"',
		'p consent-original-src-_="@"',
		'p lazy-bgset="@ 2x"',
		"p\n data-srcset-x=\"@ 2x\"",
	) as $tag
) {
	$comment = '<' . str_replace( '@', ADDRESS, $tag ) . '>words';
	same( 'page: ' . $comment, $page( $comment ), "a comment stays as it was written: $tag" );
}
$protector = new Comment_Protector();
foreach ( array( 'https://www.amazon.com/', '<a href="https://www.amazon.com/dp/B00TSUGXKE">a kettle</a>' ) as $usual ) {
	same( $usual, $protector->mark( $usual, true ), "a usual one bears no mark: $usual" );
}
