<?php
/** Whatever is hooked into the rewriting of a page, visitors get the page: rewritten, or as it was. Leaves the site as it was. */

require __DIR__ . '/visitors.php';

if ( ! function_exists( 'wp_start_template_enhancement_output_buffer' ) ) {
	echo "skipped before WordPress 6.9 no page is collected\n";
	exit;
}

@unlink( WPMU_PLUGIN_DIR . '/spoils.php' );
$post = new_post( array( 'post_name' => 'held', 'post_content' => 'Quinces.' ) );
$path = '/held/';
must_use( 'custom-field' );
// One has its picture, and the other is shown in words.
update_post_meta( $post, 'gear', site_stripe( 'B0HELD0001' ) . '<hr>' . site_stripe( 'B0NOPICT01' ) );
$image = wp_json_encode(
	array( 'medium' => array( 'url' => 'https://m.media-amazon.com/images/I/held._SL160_.jpg', 'width' => 160, 'height' => 120 ) )
);
foreach ( array( 'B0HELD0001' => $image, 'B0NOPICT01' => null ) as $asin => $stored ) {
	$GLOBALS['wpdb']->replace(
		Creators_Image_Refresh\Storage\Schema::images(),
		array(
			'marketplace' => 'www.amazon.com',
			'asin'        => $asin,
			'image'       => $stored,
			'fetched_at'  => null === $stored ? 0 : time(),
			'due_at'      => time() + DAY_IN_SECONDS,
		)
	);
}
update_option( Creators_Image_Refresh\Settings\Fallback_Policy::OPTION, 'words' );
Creators_Image_Refresh\Rendering\Cache_Generation::renew();
wp_insert_comment(
	array(
		'comment_post_ID'  => $post,
		'comment_author'   => 'Ann',
		'comment_content'  => site_stripe( 'B0HELD0001' ),
		'comment_approved' => 1,
	)
);
$spoil = static function ( ?string $code ) use ( $path ): array {
	must_use(
		'spoils',
		null === $code ? null : "if ( ! str_contains( \$_SERVER['REQUEST_URI'] ?? '', '/held/' ) ) { return; }\n$code"
	);
	// What a hook has made of an option is remembered with the rest.
	Creators_Image_Refresh\Rendering\Cache_Generation::renew();
	return view( $path );
};
/** The page without what is another in each view. */
$same = static fn( string $html ): string => (string) preg_replace(
	'/(nonce|_wp_unfiltered_html_comment)["\':= a-z]+[0-9a-f]{10}/',
	'',
	$html
);

$fine = view( $path );
// What is rewritten before the whole page is, stays.
must_use( 'off', "add_action( 'wp_before_include_template', static fn() => remove_all_actions( 'shutdown', -1000 ), 1002 );" );
$plain = view( $path );
must_use( 'off', null );
$gear = static fn( string $html ): string => (string) preg_replace( '~^.*class="gear">(.*?)</aside>.*$~s', '$1', $html );
check(
	'a page is rewritten, but for its comments',
	array(
		str_contains( $gear( $fine['body'] ), 'amazon-adsystem' ),
		str_contains(
			$fine['body'],
			'<div class="said">' . trim( substr( strstr( $plain['body'], '<div class="said">' ), 18, 60 ) )
		),
		preg_match( '/<!--\/?[0-9a-f]{24}/', $fine['body'] ),
	),
	array( false, true, 0 )
);
check( 'and without that it is another', str_contains( $gear( $plain['body'] ), 'amazon-adsystem' ) );

$hooks = array(
	'kinds'  => 'creators_image_refresh_kinds',
	'image'  => 'creators_image_refresh_image',
	'option' => 'option_creators_image_refresh_when_refused',
	'words'  => 'creators_image_refresh_words',
	'query'  => 'query',
);
$deeds = array(
	'opens a buffer and closes it'     => array( 'ob_start(); echo "x"; ob_get_clean(); return $value;', array( 'fine' ) ),
	'leaves a buffer open'             => array( 'ob_start(); echo "junk"; return $value;', array( 'fine' ) ),
	'leaves a buffer open that changes all' => array(
		'ob_start( static fn( $all ) => strtoupper( $all ) ); echo "junk"; return $value;',
		array( 'fine' ),
	),
	'leaves a buffer open that throws' => array(
		'ob_start( static fn() => throw new RuntimeException( "no" ) ); echo "junk"; return $value;',
		array( 'fine' ),
	),
	'prints'                           => array( 'echo "junk"; return $value;', array( 'fine' ) ),
	'closes a buffer too many'         => array( 'ob_end_clean(); return $value;', array( 'fine' ) ),
	'throws'                           => array( 'throw new RuntimeException( "no" );', array( 'fine', 'plain' ) ),
	'throws an error'                  => array( 'return no_such_function();', array( 'fine', 'plain' ) ),
	'ends the script'                  => array( 'exit;', array( 'plain' ) ),
	'dies'                             => array( 'die( "<!-- died -->" );', array( 'plain' ) ),
	'empties all buffers and ends the script' => array(
		'while ( ob_get_level() > 0 && ob_end_clean() ); exit;',
		array( 'plain' ),
	),
	'leaves a buffer open that throws, and ends the script' => array(
		'ob_start( static fn() => throw new RuntimeException( "no" ) ); exit;',
		array( 'plain' ),
	),
	'returns nothing'                  => array( 'return null;', array( 'fine', 'plain' ) ),
	'returns a list'                   => array( 'return array( array( 1 ), new stdClass() );', array( 'fine', 'plain' ) ),
	'returns a number'                 => array( 'return 42;', array( 'fine', 'plain' ) ),
);
// Each picture and each box may be as it was, and nothing else may be different.
$boxes   = '~<iframe\b[^>]*>.*?</iframe>|<a href="[^"]*" target="_blank" rel="nofollow sponsored noopener"><img\b[^>]*><br>[^<]*</a>~is';
$outside = static fn( string $html ): string => (string) preg_replace(
	array( $boxes, '/<(?:amp-)?(?:img|source)\b[^>]*>/i' ),
	array( '<box>', '<img>' ),
	str_replace( $gear( $html ), '', $html )
);
$images  = static fn( string $html ): array => preg_match_all( '/<(?:amp-)?(?:img|source)\b[^>]*>/i', $html, $found ) ? $found[0] : array();
$known   = array( ...$images( $same( $fine['body'] ) ), ...$images( $same( $plain['body'] ) ) );
$forms   = array_map( null, explode( '<hr>', $gear( $fine['body'] ) ), explode( '<hr>', $gear( $plain['body'] ) ) );
$now     = static function ( array $view ) use ( $same, $fine, $gear, $outside, $images, $known, $forms ): string {
	$body = $same( str_replace( '<!-- died -->', '', $view['body'] ) );
	$each = explode( '<hr>', $gear( $body ) );
	$is   = $outside( $body ) === $outside( $same( $fine['body'] ) )
		&& array() === array_diff( $images( $body ), $known )
		&& 2 === count( $each )
		&& in_array( $each[0], $forms[0], true )
		&& in_array( $each[1], $forms[1], true );
	return $view['status'] . ' ' . (
		$body === $same( $fine['body'] )
			? 'fine'
			: ( $is ? 'plain' : 'broken: ' . substr( $outside( $body ), strspn( $outside( $body ) ^ $outside( $same( $fine['body'] ) ), "\0" ) - 80, 160 ) )
	);
};
check(
	'words are shown where there is no picture',
	array( str_contains( $forms[1][0], '<img' ), str_contains( $forms[1][1], '<img' ) ),
	array( false, true )
);
foreach ( $hooks as $what => $hook ) {
	$told = array();
	foreach ( $deeds as $deed => [ $code, $outcomes ] ) {
		// Only while the page as a whole is rewritten, and for the query only those of the plugin.
		$when = 'query' === $what ? 'str_contains( $value, "creators_image_refresh_images" )' : 'true';
		if ( 'query' === $what && str_starts_with( $deed, 'returns' ) ) {
			continue;
		}
		$is = $now(
			$spoil(
				"add_action( 'shutdown', static function () { add_filter( '$hook', static function ( \$value ) { if ( ! ( $when ) ) { return \$value; } $code } ); }, -2000 );"
			)
		);
		if (
			! in_array(
				$is,
				array_map(
					static fn( string $outcome ): string => "200 $outcome",
					array( ...$outcomes, ...( 'fine' === $outcomes[0] ? array() : array( 'fine' ) ) )
				),
				true
			)
		) {
			$told[ $deed ] = $is;
		}
	}
	check( "a hook on $hook may do what it likes", $told, array() );
}

// A piece alone, where no page is collected.
$piece = new_post(
	array( 'post_name' => 'piece', 'post_content' => '<p>Before.</p>' . site_stripe( 'B0HELD0001' ) . '<p>After.</p>' )
);
foreach ( $hooks as $what => $hook ) {
	$told = array();
	foreach (
		array(
			'leaves a buffer open',
			'opens a buffer and closes it',
			'throws',
			'throws an error',
			'returns nothing',
			'returns a list',
			'returns a number',
		) as $deed
	) {
		if ( in_array( $what, array( 'query', 'option' ), true ) && str_starts_with( $deed, 'returns' ) ) {
			continue;
		}
		$when = 'query' === $what ? 'str_contains( $value, "creators_image_refresh_images" )' : 'true';
		must_use(
			'spoils',
			"if ( ! str_contains( \$_SERVER['REQUEST_URI'] ?? '', '=piece' ) ) { return; }\nadd_filter( '$hook', static function ( \$value ) { if ( ! ( $when ) ) { return \$value; } {$deeds[$deed][0]} } );"
		);
		Creators_Image_Refresh\Rendering\Cache_Generation::renew();
		$view     = view( '/wp-json/wp/v2/posts?slug=piece' );
		$rendered = json_decode( $view['body'], true )[0]['content']['rendered'] ?? $view['body'];
		if (
			200 !== $view['status']
			|| 1 !== preg_match(
				'~^<p>Before\.</p>\s*<p><a href="https://www\.amazon\.com/dp/B0HELD0001[^>]*><img [^>]*></a></p>\s*<p>After\.</p>\s*$~',
				$rendered
			)
		) {
			$told[ $deed ] = $view['status'] . ' ' . substr( $rendered, 0, 200 );
		}
	}
	check( "nor does a piece mind what a hook on $hook does", $told, array() );
}

// What stands around and in the buffer.
$mark = static fn( string $word ): string => "static fn( \$all ) => str_replace( '</body>', '<!-- $word -->' . substr_count( \$all, 'amazon-adsystem' ) . '</body>', \$all )";
$dead = substr_count( $fine['body'], 'amazon-adsystem' );
foreach ( array(
	'an optimiser around the page sees what visitors see' => "add_action( 'template_redirect', static fn() => ob_start( {$mark( 'seen' )} ) );",
	'one that opens its buffer early'                     => "ob_start( {$mark( 'seen' )} );",
	'one in WordPress\'s own buffer'                      => "add_filter( 'wp_template_enhancement_output_buffer', {$mark( 'seen' )} );",
	'one that ends its buffer at the first of the end'    => "add_action( 'template_redirect', static function () { ob_start(); add_action( 'shutdown', static function () { \$all = ''; while ( ob_get_level() > 0 ) { \$all = ob_get_clean() . \$all; } echo ( {$mark( 'seen' )} )( \$all ); }, 0 ); } );",
) as $name => $code ) {
	$body = $spoil( $code )['body'];
	check(
		$name,
		array(
			str_contains( $body, "<!-- seen -->$dead</body>" ),
			$same( str_replace( "<!-- seen -->$dead", '', $body ) ) === $same( $fine['body'] ),
		),
		array( true, true )
	);
}
$body = $spoil( "add_action( 'wp_head', static fn() => ob_start( {$mark( 'seen' )} ), 99 );" )['body'];
check(
	'one that is opened in the page and never closed',
	array( substr_count( $body, '<!-- seen -->' ), str_contains( $gear( $body ), 'amazon-adsystem' ) ),
	array( 1, false )
);
$view = $spoil(
	// It is thrown again once the page is out, which PHP notes in its log.
	"ini_set( 'log_errors', '0' );"
		. "add_action( 'wp_head', static fn() => ob_start( static fn() => throw new Exception( 'no' ) ), 99 );"
		. "add_action( 'shutdown', static fn() => print( '<!-- late -->' ), 30 );"
);
check(
	'one whose handler throws spoils neither the page nor its status, nor what others do at the end',
	array( $view['status'], $same( $view['body'] ) === $same( $fine['body'] ) . '<!-- late -->' ),
	array( 200, true )
);
// Whoever closes the buffer in which the page is collected, and opens one of his own in its place.
foreach ( array(
	'flushes it'        => array( 'ob_end_flush(); ob_start();', false ),
	'flushes for good'  => array( 'ob_end_flush();', false ),
	'changes the rest'  => array( "ob_end_flush(); ob_start( {$mark( 'seen' )} );", true ),
	'takes all of it'   => array( "\$all = ob_get_clean(); ob_start( {$mark( 'seen' )} ); echo \$all;", true ),
	'begins the page anew' => array( '$all = ob_get_clean(); echo $all;', false ),
) as $name => list( $code, $is_marked ) ) {
	$body = $spoil( "add_action( 'wp_footer', static function () { $code }, 1 );" )['body'];
	check(
		"one that $name in the middle of the page",
		array(
			$same( (string) preg_replace( '/<!-- seen -->\d+/', '', $body ) ) === $same( $fine['body'] ),
			str_contains( $body, '<!-- seen -->' ),
		),
		array( true, $is_marked )
	);
}
$body = $spoil(
	"add_action( 'shutdown', static function () { while ( ob_get_level() > 0 ) { ob_end_flush(); } }, -2000 );"
)['body'];
check( 'where all was flushed before, the page goes out as it was', $same( $body ) === $same( $plain['body'] ) );
if ( ! str_contains( file_get_contents( getenv( 'SITE_FOLDER' ) . '/site.conf' ), 'server=builtin' ) ) {
	$body = $spoil( "add_action( 'shutdown', static fn() => fastcgi_finish_request(), -2000 );" )['body'];
	check( 'likewise where the request was finished', $same( $body ) === $same( $plain['body'] ) );
}
$body = $spoil( "add_action( 'wp_footer', static function () { @ob_flush(); flush(); }, 1 );" )['body'];
check( 'a theme that flushes gives away nothing before its time', $same( $body ) === $same( $fine['body'] ) );

$body = $spoil( "add_action( 'wp_footer', static fn() => ob_end_flush() && ob_end_flush(), 1 );" )['body'];
check(
	'where it is closed in the middle, what follows is as it was, and comments bear no mark',
	array( $gear( $body ) === $gear( $plain['body'] ), preg_match( '/<!--\/?[0-9a-f]{24}-->/', $body ) ),
	array( true, 0 )
);
$body = $spoil( "add_action( 'shutdown', static fn() => add_filter( 'salt', static fn() => throw new Exception( 'no' ) ), -2000 );" )['body'];
check( 'nobody is asked for a salt', $same( $body ) === $same( $fine['body'] ) );

// Comments in other places than a theme's list of them.
foreach (
	array(
		'esc_attr( $text )',
		'htmlspecialchars( esc_html( $text ) )',
		'wp_json_encode( $text, JSON_HEX_TAG )',
		'rawurlencode( $text )',
		'esc_url( "http://x.example/?" . $text )',
		'substr( $text, 0, 20 )',
		'substr( $text, 0, 50 )',
		'strtoupper( $text )',
		'wptexturize( esc_html( $text ) )',
		'substr( $text, -50 )',
	) as $how
) {
	$body = $spoil(
		"add_action( 'wp_footer', static function () { ob_start(); comment_text( get_comments( array( 'post_id' => get_queried_object_id() ) )[0] ); \$text = ob_get_clean(); echo '<p class=\"written\">', $how, '</p>'; } );"
	)['body'];
	preg_match( '~class="written">(.*?)</p>~s', $body, $written );
	check(
		"no mark goes out by $how",
		array( isset( $written[1] ), preg_match( '/[0-9a-f]{14}|!&#/i', $written[1] ?? '' ) ),
		array( true, 0 )
	);
}
$keeps = "add_action( 'wp_footer', static function () { \$kept = get_transient( 'kept' ); if ( false === \$kept ) { ob_start(); comment_text( get_comments( array( 'post_id' => get_queried_object_id() ) )[0] ); \$kept = ob_get_clean(); set_transient( 'kept', \$kept ); } echo '<div class=\"kept\">', \$kept, '</div>'; } );";
$kept  = static fn( string $html ): string => (string) preg_replace( '~^.*<div class="kept">(.*?)</div>.*$~s', '$1', $html );
$first = $kept( $spoil( $keeps )['body'] );
check(
	'a comment that a theme keeps for the next page goes out as it was, too',
	array( $kept( $spoil( $keeps )['body'] ), str_contains( $first, 'amazon-adsystem' ) ),
	array( $first, true )
);
delete_transient( 'kept' );
$new = var_export( site_stripe( 'B0STRANGER' ), true );
foreach ( array( 'post_link', 'home_url' ) as $hook ) {
	$body = $spoil(
		"add_action( 'wp_footer', static fn() => print( $new ) ); add_action( 'shutdown', static fn() => add_filter( '$hook', static fn() => throw new Exception( 'no' ) ), 10 ); add_action( 'shutdown', static fn() => print( '<!-- late -->' ), 30 );"
	)['body'];
	check( "what $hook throws at the end ends nobody else's work", str_ends_with( $body, '<!-- late -->' ) );
}

$picture = site_stripe( 'B0HELD0001' );
foreach ( array(
	'JSON'              => "header( 'Content-Type: application/json' ); echo wp_json_encode( array( 'html' => \$picture ) );",
	'JSON without its name' => "echo wp_json_encode( array( 'html' => \$picture ) );",
	'XML'               => "header( 'Content-Type: text/xml' ); echo '<r><![CDATA[', \$picture, ']]></r>';",
	'plain text'        => "header( 'Content-Type: text/plain' ); echo \$picture;",
	'a file'            => "header( 'Content-Disposition: attachment; filename=a.html' ); echo \$picture;",
	'a packed page'     => "header( 'X-Packed: 1' ); header( 'Content-Encoding: identity' ); echo \$picture;",
	'bytes'             => "header( 'Content-Type: image/png' ); echo \"\\x89PNG\\0\", \$picture;",
	'a page of known length' => "header( 'Content-Length: ' . strlen( \$picture ) ); echo \$picture;",
) as $name => $code ) {
	$body = $spoil(
		"add_action( 'wp_before_include_template', static function () { \$picture = "
			. var_export( $picture, true )
			. "; $code exit; }, 2000 );"
	)['body'];
	check( "$name goes out as it is", str_contains( stripslashes( $body ), 'amazon-adsystem' ) );
}
$body = $spoil(
	"add_action( 'wp_before_include_template', static function () { echo "
		. var_export( "<html>$picture", true )
		. '; exit; }, 2000 );'
)['body'];
check(
	'a template that ends the script has its page rewritten',
	array( str_contains( $body, 'amazon-adsystem' ), str_starts_with( $body, '<html>' ) ),
	array( false, true )
);
$view = $spoil(
	"add_action( 'wp_footer', static function () { echo str_repeat( '<p>quince</p>', 300000 ); ini_set( 'memory_limit', (string) ( memory_get_usage( true ) + 24000000 ) ); } );"
);
check(
	'a page for which there is no memory goes out whole',
	array( $view['status'], strlen( $view['body'] ) > 3900000, str_contains( $view['body'], '</html>' ) ),
	array( 200, true, true )
);

must_use( 'spoils', null );
must_use( 'custom-field', null );
delete_option( Creators_Image_Refresh\Settings\Fallback_Policy::OPTION );
foreach ( array( 'B0HELD0001', 'B0NOPICT01' ) as $asin ) {
	$GLOBALS['wpdb']->delete( Creators_Image_Refresh\Storage\Schema::images(), array( 'asin' => $asin ) );
	$GLOBALS['wpdb']->delete( Creators_Image_Refresh\Storage\Schema::uses(), array( 'asin' => $asin ) );
}
wp_delete_post( $post, true );
wp_delete_post( $piece, true );
$log = (string) @file_get_contents( getenv( 'SITE_FOLDER' ) . '/log/php-errors.log' )
	. @file_get_contents( getenv( 'SITE_FOLDER' ) . '/log/debug.log' );
check( 'nobody was told that a buffer was opened where none may be', str_contains( $log, 'Cannot use output buffering' ), false );
