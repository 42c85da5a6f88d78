<?php
/** Comments stay as they were written, in template parts and in whole pages. Leaves the site as it was. */

require __DIR__ . '/checks.php';

use Creators_Image_Refresh\Plugin;
use Creators_Image_Refresh\Rendering\Hooks;

/** The pieces of a page as WordPress would have them filtered. */
function said( string $text ): string {
	return apply_filters( 'comment_text', $text, null, array() );
}
function part( callable $inside ): string {
	apply_filters( 'render_block_data', array( 'blockName' => 'core/template-part', 'attrs' => array() ), array(), null );
	return apply_filters( 'render_block_core/template-part', $inside(), array(), null );
}
function dead( string $html ): int {
	return substr_count( $html, 'src="//ws-na.amazon-adsystem.com' );
}

$hooks = new Hooks( Plugin::instance() );
if ( function_exists( 'wp_start_template_enhancement_output_buffer' ) ) {
	// A page that its owner does not want collected.
	add_filter( 'wp_should_output_buffer_template_for_enhancement', '__return_false', 99 );
	$hooks->on_page_begun();
	remove_filter( 'wp_should_output_buffer_template_for_enhancement', '__return_false', 99 );
}
$picture = site_stripe( 'B01OX38TW6' );
$comment = said( $picture );
check( 'outside of any page a comment bears no mark', substr_count( $comment, '<!--' ), 0 );

$html = part( static fn(): string => $picture . '<i>' . said( $picture ) . '</i>' . $picture );
check(
	'a template part: its pictures are alive, the comment is not touched, no mark is left',
	array( dead( $html ), str_contains( $html, "<i>$comment</i>" ), substr_count( $html, '<!--' ) ),
	array( 1, true, 0 )
);

$html = part( static fn(): string => $picture . part( static fn(): string => said( $picture ) . $picture ) . said( $picture ) );
check( 'a part in a part: likewise', array( dead( $html ), substr_count( $html, '<!--' ) ), array( 2, 0 ) );

$hooks->on_page_begun();
$words = wpautop( 'I bought it at Amazon: https://www.amazon.com/dp/B01OX38TW6' );
check( 'nothing is put into a comment without a picture', str_contains( said( $words ), '<!--' ), false );
$piece = apply_filters( 'the_content', $picture . said( $picture ) );
check(
	'a piece of a page that is collected: its pictures are alive, its comments bear their marks still',
	array( dead( $piece ), preg_match_all( '/<!--\/?[0-9a-f]{24}-->/', $piece ) ),
	array( 1, 2 )
);
$piece = (string) Plugin::instance()->page_rewriter()->rewrite_page( $piece );
check( 'which the whole page takes out', array( dead( $piece ), str_contains( $piece, '<!--' ) ), array( 1, false ) );
$html  = $picture . said( $picture );
$html .= said( '<p>no picture of Amazon' ) . said( $picture . '<!-- its own -->' ) . $picture;
$html  = (string) Plugin::instance()->page_rewriter()->rewrite_page( $html );
check( 'a whole page: likewise', array( dead( $html ), preg_match_all( '/<!--(?! its own)/', $html ) ), array( 2, 0 ) );

$torn = '<p>amazon ' . said( $picture );
$torn = (string) Plugin::instance()->page_rewriter()->rewrite_page( substr( $torn, 0, -10 ) );
check( 'a page that was torn off bears no opening mark either', preg_match( '/<!--[0-9a-f]{24}-->/', $torn ), 0 );
