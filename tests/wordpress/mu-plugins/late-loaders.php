<?php
/** What lazy loaders, consent plugins and optimisers do to markup before a page is whole: ?late=NAME chooses one. */

/** Packs what a pattern finds, so that nobody finds it by its address: plain in an attribute, in a template, or as base64. */
function late_pack( string $how, string $pattern, mixed $html ): mixed {
	$blank = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';
	return ! is_string( $html ) ? $html : preg_replace_callback(
		$pattern,
		static fn( array $found ): string => match ( $how ) {
			'text'     => "<img src=\"$blank\" data-lazy-src=\"" . esc_attr( $found[0] ) . '" alt=""><noscript>' . $found[0] . '</noscript>',
			'template' => '<div class="ask">May we?</div><template data-service="shop">' . $found[0] . '</template>',
			'base64'   => "<img src=\"$blank\" data-packed=\"" . base64_encode( $found[0] ) . '" alt="">',
			'src'      => preg_replace( '/\ssrc=("[^"]*")/i', " src=\"$blank\" data-orig-src=\$1", $found[0] ),
		},
		$html
	);
}

( static function ( string $name ): void {
	$image = '/<img\b[^>]*amazon[^>]*>/i';
	$any   = '~<img\b[^>]*amazon[^>]*>|<iframe\b[^>]*amazon[^>]*>.*?</iframe>~is';
	$hooks = array(
		'frames-200'      => array( array( 'the_content' ), 200, 'text', '~<iframe\b[^>]*>.*?</iframe>~is' ),
		'images-99'       => array( array( 'the_content', 'the_excerpt' ), 99, 'src', $image ),
		'last-of-all'     => array( array( 'the_content', 'widget_text_content', 'widget_block_content' ), PHP_INT_MAX, 'base64', $any ),
		'consent'         => array( array( 'the_content' ), 50, 'template', $any ),
		'usual-priority'  => array( array( 'the_content' ), 10, 'base64', $any ),
		'each-image'      => array( array( 'wp_content_img_tag' ), 10, 'base64', $image ),
		'each-block'      => array( array( 'render_block' ), 10, 'base64', $any ),
		'one-block'       => array( array( 'render_block_core/html', 'render_block_core/image', 'render_block_' ), 10, 'base64', $any ),
		'same-priority'   => array( array( 'the_content' ), 11, 'base64', $any ),
	);
	if ( isset( $hooks[ $name ] ) ) {
		list( $filters, $priority, $how, $pattern ) = $hooks[ $name ];
		$pack = static fn( $html ) => late_pack( $how, $pattern, $html );
		foreach ( $filters as $filter ) {
			// Must-use plugins come before others: at the same priority, this one comes behind.
			'same-priority' === $name
				? add_action( 'init', static fn() => add_filter( $filter, $pack, $priority ) )
				: add_filter( $filter, $pack, $priority );
		}
	}
	if ( 'page' === $name ) {
		add_action( 'template_redirect', static fn() => ob_start( static fn( $html ) => late_pack( 'base64', $any, $html ) ) );
	}
	if ( 'own-buffers' === $name ) {
		add_filter( 'wp_template_enhancement_output_buffer', static fn( $html ) => late_pack( 'base64', $any, $html ) );
	}
} )( (string) ( $_GET['late'] ?? '' ) );
