<?php
/** Whoever hides pictures before a page is whole hides fresh ones. Leaves the site as it was. */

require __DIR__ . '/visitors.php';

use Creators_Image_Refresh\Storage\Schema;

$whole  = function_exists( 'wp_start_template_enhancement_output_buffer' );
$images = array( 'B0LATE0001', 'B0LATE0002', 'B0LATE0003' );
foreach ( $images as $asin ) {
	$url = "https://m.media-amazon.com/images/I/$asin._SL160_.jpg";
	$GLOBALS['wpdb']->replace(
		Schema::images(),
		array(
			'marketplace' => 'www.amazon.com',
			'asin'        => $asin,
			'image'       => wp_json_encode(
				array(
					'medium'          => array( 'url' => $url, 'width' => 160, 'height' => 120 ),
					'title'           => 'Kettle [title_words]',
					'detail_page_url' => "https://www.amazon.com/dp/$asin?tag=saltmargins-20",
				)
			),
			'fetched_at'  => time(),
			'due_at'      => time() + DAY_IN_SECONDS,
		)
	);
}
$frame = static fn( string $asin ): string => '<iframe style="width:120px;height:240px;" src="//ws-na.amazon-adsystem.com/widgets/q?ServiceVersion=20070822&amp;OneJS=1&amp;Operation=GetAdHtml&amp;MarketPlace=US&amp;source=ss&amp;ad_type=product_link&amp;tracking_id=saltmargins-20&amp;asins='
	. $asin
	. '"></iframe>';
$html  = static fn( string $inner ): string => "<!-- wp:html -->\n$inner\n<!-- /wp:html -->";
$text  = site_stripe( 'B0LATE0001' ) . "\n\n" . $frame( 'B0LATE0002' );
$posts = array(
	'classic'   => new_post( array( 'post_name' => 'late-classic', 'post_content' => "Before.\n\n$text\n\nAfter." ) ),
	'blocks'    => new_post(
		array(
			'post_name'    => 'late-blocks',
			'post_content' => "<!-- wp:paragraph -->\n<p>Before.</p>\n<!-- /wp:paragraph -->\n\n"
				. $html( site_stripe( 'B0LATE0001' ) )
				. "\n\n"
				. $html( $frame( 'B0LATE0002' ) ),
		)
	),
);
$widgets = array( get_option( 'widget_block' ), get_option( 'sidebars_widgets' ) );
update_option( 'widget_block', array( 2 => array( 'content' => $html( site_stripe( 'B0LATE0003' ) ) ), '_multiwidget' => 1 ) );
update_option( 'sidebars_widgets', array( 'notes' => array( 'block-2' ), 'wp_inactive_widgets' => array(), 'array_version' => 3 ) );
Creators_Image_Refresh\Rendering\Cache_Generation::renew();

/** What a script would show in the end. */
$revealed = static function ( string $page ): string {
	$page = (string) preg_replace_callback(
		'/data-packed="([^"]*)"/',
		static fn( array $found ): string => (string) base64_decode( $found[1] ),
		$page
	);
	return html_entity_decode( html_entity_decode( $page, ENT_QUOTES ), ENT_QUOTES );
};
/** Which of the products have their fresh picture, and how many addresses of SiteStripe are left. */
$shows = static function ( string $page ) use ( $images, $revealed ): array {
	$page = $revealed( $page );
	return array(
		array_values( array_filter( $images, static fn( string $asin ): bool => str_contains( $page, "images/I/$asin." ) ) ),
		substr_count( $page, 'amazon-adsystem.com' ),
	);
};

// Who is taken for somebody else on a site where nobody is; a WordPress that brings something new belongs into the list.
must_use(
	'others',
	"add_action( 'wp_footer', static function () {
		\$piece = current( array_filter( array_column( \$GLOBALS['wp_filter']['the_content']->callbacks[11], 'function' ), static fn( \$has ) => \$has instanceof Closure ) );
		\$hooks = ( new ReflectionFunction( \$piece ) )->getClosureThis();
		\$class = new ReflectionClass( \$hooks );
		\$asks  = static fn( \$filter ) => \$class->getMethod( 'others_on' )->invoke( \$hooks, \$filter )['behind'];
		\$found = array_filter( \$class->getConstant( 'PIECES' ), \$asks );
		echo '<!-- others: ', implode( ' ', \$found ), ' -->', has_filter( 'render_block' ) && isset( \$GLOBALS['wp_filter']['render_block']->callbacks[ PHP_INT_MIN ] ) ? '<!-- blocks -->' : '';
	}, 99 );"
);
$plain = view( '/late-blocks/' )['body'];
preg_match( '/<!-- others: (.*?) -->/', $plain, $others );
check(
	'where there is nobody but WordPress, nobody is taken for somebody, and blocks are let alone',
	array( $others[1] ?? null, str_contains( $plain, '<!-- blocks -->' ) ),
	array( '', false )
);
must_use( 'others', null );

must_use( 'late-loaders' );
// A title is text, whoever looks for shortcodes behind us.
must_use(
	'shortcodes',
	"add_shortcode( 'title_words', static fn() => 'come-alive' );
	add_filter( 'the_content', static fn( \$html ) => isset( \$_GET['again'] ) ? do_shortcode( do_shortcode( \$html ) ) : \$html, 99 );"
);
foreach ( $posts as $kind => $post ) {
	$loaders = array( 'none', 'frames-200', 'images-99', 'last-of-all', 'consent', 'usual-priority', 'each-image', 'same-priority', 'page' );
	// The blocks' own filters, whatever passes through them; and a buffer that WordPress has from 6.9 on.
	array_push( $loaders, 'each-block', 'one-block', ...( $whole ? array( 'own-buffers' ) : array() ) );
	foreach ( $loaders as $loader ) {
		$page = view( "/late-$kind/?late=$loader" );
		check( "$kind: $loader", array( $page['status'], ...$shows( $page['body'] ) ), array( 200, $images, 0 ) );
		$pages = $revealed( $page['body'] . view( "/late-$kind/?late=$loader&again" )['body'] );
		check(
			"$kind: $loader: a title is no shortcode",
			array( str_contains( $pages, 'Kettle [title_words]' ), str_contains( $pages, 'come-alive' ) ),
			array( true, false )
		);
	}
	$plain = view( "/late-$kind/?late=none" )['body'];
	check( "$kind: hiding is what the loaders do", str_contains( view( "/late-$kind/?late=last-of-all" )['body'], 'data-packed' ) );
	check( "$kind: without them nothing is hidden", str_contains( $plain, 'data-packed' ), false );
}

// What a piece has shown is not news of the page in which it stands, which may be no post's: its page caches would be all.
global $wpdb;
must_use( 'late-loaders', null );
must_use( 'shortcodes', null );
must_use( 'loader', "add_filter( 'the_content', static fn( \$html ) => \$html, 99 ); add_filter( 'the_excerpt', static fn( \$html ) => \$html, 99 );" );
$wpdb->update( $wpdb->posts, array( 'post_content' => site_stripe( 'B0LATENEW1' ) ), array( 'ID' => $posts['blocks'] ) );
clean_post_cache( $posts['blocks'] );
view( '/' );
check(
	'a new picture of a post in a list is noted for that post alone',
	$wpdb->get_col( $wpdb->prepare( 'SELECT post_id FROM %i WHERE asin = %s', Schema::uses(), 'B0LATENEW1' ) ),
	array( (string) $posts['blocks'] )
);

must_use( 'loader', null );
update_option( 'widget_block', $widgets[0] );
update_option( 'sidebars_widgets', $widgets[1] );
foreach ( $posts as $post ) {
	wp_delete_post( $post, true );
}
foreach ( array( ...$images, 'B0LATENEW1' ) as $asin ) {
	$wpdb->delete( Schema::images(), array( 'asin' => $asin ) );
	$wpdb->delete( Schema::uses(), array( 'asin' => $asin ) );
}
