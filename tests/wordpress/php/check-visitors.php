<?php
/**
 * What visitors type never becomes work, whatever a theme prints of it; what a theme prints by itself does. Leaves the site as it
 * was.
 */

require __DIR__ . '/visitors.php';

const NOTHING = array( 'images' => 0, 'uses' => 0 );

$whole = function_exists( 'wp_start_template_enhancement_output_buffer' );
// As Markdown and as HTML, with a product of its own for each way.
$markdown = static fn( string $asin ): string => "![](//m.media-amazon.com/images/P/$asin.01.jpg)";
$html     = static fn( string $asin ): string => '<img src="//m.media-amazon.com/images/P/' . $asin . '.01.jpg">';

// What a form sends: kinds of posts that no visitor sees, one of which nobody may write by hand.
$form = array( 'public' => false, 'show_ui' => true, 'map_meta_cap' => true );
register_post_type( 'message', $form );
register_post_type( 'feedback', $form + array( 'capabilities' => array( 'create_posts' => 'do_not_allow' ) ) );
$sent = array();
$post = new_post( array( 'post_name' => 'said', 'post_content' => 'Quinces.' ) );
$path = '/said/';
$ask  = static function ( string $name, string $path, array $options = array() ): void {
	for ( $time = 0; $time < 3; $time++ ) {
		view( $path, $options );
	}
};
$send = static fn( string ...$values ): array => array( CURLOPT_HTTPHEADER => $values );
// Only the product's name: else no theme would decode it whole.
$named = static fn( string $typed, callable $write ): string => (string) preg_replace_callback(
	'/B0EVI\d{5}/',
	static fn( array $found ): string => $write( $found[0] ),
	$typed
);
$bytes = static fn( string $form ): Closure => static fn( string $name ): string => (string) preg_replace_callback(
	'/./',
	static fn( array $c ): string => sprintf( $form, ord( $c[0] ) ),
	$name
);
$bold  = static fn( string $name ): string => implode(
	'',
	array_map(
		static fn( string $c ): string => mb_chr( ord( $c ) + ( ctype_digit( $c ) ? 0x1D7CE - 48 : 0x1D400 - 65 ) ),
		str_split( $name )
	)
);
run_all();

// The site's own theme, without any carelessness.
for ( $n = 0; $n < 5; $n++ ) {
	view(
		'/?s=' . rawurlencode(
			implode(
				' ',
				array_map( static fn( int $k ): string => $markdown( sprintf( 'B0EVIL%04d', 10 * $n + $k ) ), range( 0, 9 ) )
			)
		)
	);
}
check( 'search words that are Markdown leave no row', rows_like( 'B0EVIL%' ), NOTHING );

must_use( 'careless-theme' );
$number = 0;
$next   = static function () use ( &$number ): string {
	return sprintf( 'B0EVI%05d', ++$number );
};
foreach ( array( 'Markdown' => $markdown, 'HTML' => $html ) as $how => $typed ) {
	$ask( "search $how", '/?s=' . rawurlencode( $typed( $next() ) ) );
	$ask( "query $how", "$path?words=" . rawurlencode( $typed( $next() ) ) );
	$ask( "query, encoded twice, $how", "$path?words=" . rawurlencode( rawurlencode( $typed( $next() ) ) ) );
	$ask( "404 $how", '/' . rawurlencode( $typed( $next() ) ) . '/' );
	$ask( "below the post $how", $path . rawurlencode( $typed( $next() ) ) . '/' );
	$ask( "header $how", $path, $send( 'X-Words: ' . $typed( $next() ) ) );
	$ask( "lower case $how", $path, $send( 'X-Words: ' . strtolower( $typed( $next() ) ) ) );
	$ask( "percent $how", $path, $send( 'X-Words: ' . rawurlencode( $typed( $next() ) ) ) );
	$ask(
		"every letter percent $how",
		$path,
		$send(
			'X-Words: ' . preg_replace_callback(
				'/./',
				static fn( array $c ): string => sprintf( '%%%02x', ord( $c[0] ) ),
				$typed( $next() )
			)
		)
	);
	$ask(
		"entities $how",
		$path,
		$send(
			'X-Words: ' . preg_replace_callback(
				'/./',
				static fn( array $c ): string => '&#' . ord( $c[0] ) . ';',
				$typed( $next() )
			)
		)
	);
	$ask(
		"JSON $how",
		$path,
		$send(
			'X-Words: ' . preg_replace_callback(
				'/[A-Z"]/',
				static fn( array $c ): string => sprintf( '\u%04x', ord( $c[0] ) ),
				$typed( $next() )
			)
		)
	);
	$ask( "base64 $how", $path, $send( 'X-Words: ' . base64_encode( $typed( $next() ) ) ) );
	$ask(
		"base64 in groups $how",
		$path,
		$send( 'X-Words: ' . trim( chunk_split( base64_encode( $typed( $next() ) ), 8, ' ' ) ) )
	);
	$ask( "tags inside $how", $path, $send( 'X-Words: ' . str_replace( 'EVI', 'E<b>V</b>I', $typed( $next() ) ) ) );
	$ask( "a shortcode inside $how", $path, $send( 'X-Words: ' . str_replace( 'EVI', 'E[b x]V[/b]I', $typed( $next() ) ) ) );
	$words = str_replace( 'EVI', 'E[caption]words[/caption]VI', $typed( $next() ) );
	$ask( "a shortcode with words inside $how", $path, $send( "X-Words: $words" ) );
	$ask( "C's zeros inside $how", $path, $send( 'X-Words: ' . str_replace( 'EVI', 'E\\0000VI', $typed( $next() ) ) ) );
	$ask( "an entity inside $how", $path, $send( 'X-Words: ' . str_replace( 'EVI', 'EV&shy;I', $typed( $next() ) ) ) );
	$ask( "an octet inside $how", $path, $send( 'X-Words: ' . str_replace( 'EVI', 'E%4%411VI', $typed( $next() ) ) ) );
	$wide = static fn( string $name ): string => mb_convert_kana( $name, 'A' );
	$ask( "full-width letters $how", $path, $send( 'X-Words: ' . $named( $typed( $next() ), $wide ) ) );
	$styled = static fn( string $name ): string => rawurlencode( $bold( $name ) );
	$ask( "bold letters, percent $how", $path, $send( 'X-Words: ' . $named( $typed( $next() ), $styled ) ) );
	$ask( "a mail's escapes $how", $path, $send( 'X-Words: ' . $named( $typed( $next() ), $bytes( '=%02X' ) ) ) );
	$ask( "C's escapes $how", $path, $send( 'X-Words: ' . $named( $typed( $next() ), $bytes( '\\%03o' ) ) ) );
	$ask( "one of two headers $how", $path, $send( 'X-Words: ' . $typed( $next() ), 'X_Words: none' ) );
	$ask( "referrer $how", $path, array( CURLOPT_REFERER => home_url( '/' ) . $typed( $next() ) ) );
	$ask( "browser $how", $path, array( CURLOPT_USERAGENT => $typed( $next() ) ) );
	$ask( "cookie $how", $path, array( CURLOPT_COOKIE => 'words=' . rawurlencode( $typed( $next() ) ) ) );
	$ask( "form $how", $path, array( CURLOPT_POSTFIELDS => array( 'words' => $typed( $next() ) ) ) );
	$ask(
		"body of a GET $how",
		$path,
		array( CURLOPT_CUSTOMREQUEST => 'GET', CURLOPT_POSTFIELDS => 'words=' . rawurlencode( $typed( $next() ) ) )
	);
	$ask( "preview $how", "/?p=$post&preview=true&words=" . rawurlencode( $typed( $next() ) ) );
	foreach ( array( 0, 1 ) as $approved ) {
		wp_insert_comment(
			array(
				'comment_post_ID'    => $post,
				'comment_author'     => $typed( $next() ),
				'comment_author_url' => 'http://x.example/',
				'comment_content'    => 'Nice',
				'comment_approved'   => $approved,
			)
		);
		$comment = wp_insert_comment(
			array( 'comment_post_ID' => $post, 'comment_author' => $typed( $next() ), 'comment_content' => 'Early' )
		);
		add_comment_meta( $comment, 'city', $typed( $next() ) );
		wp_insert_comment(
			array(
				'comment_post_ID'    => $post,
				'comment_author'     => 'Ann',
				'comment_author_url' => 'http://x.example/?' . rawurlencode( $typed( $next() ) ),
				'comment_content'    => $typed( $next() ),
				'comment_approved'   => $approved,
			)
		);
	}
	$ask( "comments $how", $path );
}
// A form's messages, by nobody or by somebody who may write nothing, and what waits for its publication in anybody's name.
$reader = wp_insert_user(
	array(
		'user_login'  => 'reader',
		'user_pass'   => wp_generate_password(),
		'role'        => 'subscriber',
		'description' => $markdown( $next() ),
	)
);
foreach (
	array(
		array( 'message', 'publish', 0 ),
		array( 'message', 'publish', $reader ),
		array( 'feedback', 'publish', 0 ),
		array( 'feedback', 'publish', 1 ),
		array( 'post', 'pending', 0 ),
		array( 'post', 'pending', 1 ),
		array( 'post', 'draft', $reader ),
		array( 'post', 'private', 0 ),
		array( 'page', 'private', $reader ),
	) as list( $type, $status, $author )
) {
	$fields = array( 'post_type' => $type, 'post_status' => $status, 'post_author' => $author );
	$sent[] = new_post( array( 'post_content' => $markdown( $next() ) . $html( $next() ) ) + $fields );
}
// A file that came by a form, with words in it.
$pages = get_option( 'wp_attachment_pages_enabled' );
update_option( 'wp_attachment_pages_enabled', '1' );
$sent[] = new_post( array( 'post_type' => 'attachment', 'post_author' => 0, 'post_name' => 'sent', 'post_content' => $html( $next() ) ) );
$ask( 'a file', '/sent/' );
check( 'a file\'s words are printed', str_contains( view( '/sent/' )['body'], sprintf( 'B0EVI%05d', $number ) ) );
update_option( 'wp_attachment_pages_enabled', $pages );
// What a site prints of what others have typed, with every letter escaped.
must_use(
	'escaped-words',
	'add_shortcode( "words_of_others", static fn() => "<p>" . esc_html( get_option( "words_of_others" ) ) . "</p>" );'
		. 'add_action( "wp_footer", static fn() => is_author() && print get_the_archive_description() );'
);
update_option( 'words_of_others', $markdown( $next() ) . ' ' . $html( $next() ) );
$words = new_post( array( 'post_name' => 'words', 'post_content' => '[words_of_others]' ) );
$ask( 'escaped words', '/words/' );
$ask( 'an author who has written nothing', wp_parse_url( get_author_posts_url( $reader ), PHP_URL_PATH ) );
must_use( 'escaped-words', null );
$plugin = new Creators_Image_Refresh\Plugin( new Creators_Image_Refresh\Api\Extension() );
$plugin->scanner()->restart();
run_all();
check( "$number products typed in $number ways leave no row", rows_like( 'B0EVI%' ), NOTHING );
$before = calls_at_amazon();
run_all();
check( 'and cost no call at Amazon', calls_at_amazon() - $before, 0 );
check( 'and are printed', str_contains( view( $path, $send( 'X-Words: ' . $html( 'B0EVIL9999' ) ) )['body'], 'B0EVIL9999' ) );
// Nor does a known one gain a row by that.
$image = array( 'marketplace' => 'www.amazon.com', 'asin' => 'B0EVIKNOWN' );
$GLOBALS['wpdb']->insert( Creators_Image_Refresh\Storage\Schema::images(), $image );
view( $path, $send( 'X-Words: ' . site_stripe( 'B0EVIKNOWN' ) ) );
check( 'nor does the use of a known one', rows_like( 'B0EVI%' ), array( 'images' => 1, 'uses' => 0 ) );
$GLOBALS['wpdb']->delete( Creators_Image_Refresh\Storage\Schema::images(), $image );
array_map( static fn( int $id ): mixed => wp_delete_post( $id, true ), array( ...$sent, $words ) );
wp_delete_user( $reader );
delete_option( 'words_of_others' );
$written = new_post( array( 'post_type' => 'message', 'post_author' => 1, 'post_content' => $markdown( 'B0EVI99999' ) ) );
check( 'what an author writes there counts', rows_like( 'B0EVI%' ), array( 'images' => 1, 'uses' => 1 ) );
wp_delete_post( $written, true );
$written = new_post( array( 'post_status' => 'draft', 'post_author' => 1, 'post_content' => $markdown( 'B0EVI99999' ) ) );
wp_set_current_user( 1 );
wp_update_post( array( 'ID' => $written ) );
wp_set_current_user( 0 );
$plugin->scanner()->restart();
$plugin->scanner()->scan_slice( 60 );
check( 'and a draft that an author has saved', rows_like( 'B0EVI%' ), array( 'images' => 1, 'uses' => 1 ) );
wp_delete_post( $written, true );
$written = new_post( array( 'post_status' => 'private', 'post_author' => 1, 'post_content' => $markdown( 'B0EVI99999' ) ) );
$plugin->scanner()->restart();
$plugin->scanner()->scan_slice( 60 );
check( 'and what an author keeps private', rows_like( 'B0EVI%' ), array( 'images' => 1, 'uses' => 1 ) );
wp_delete_post( $written, true );
must_use( 'careless-theme', null );

// A real picture that only a theme prints.
must_use( 'custom-field' );
update_post_meta( $post, 'gear', site_stripe( 'B0REAL0001' ) );
$is_alive = static fn(): bool => ! str_contains( strstr( view( $path )['body'], 'class="gear"' ), 'amazon-adsystem' );
foreach (
	array(
		array( CURLOPT_COOKIE => 'a=b' ),
		$send( 'X-Words: B0REAL0001' ),
		array( CURLOPT_POST => true, CURLOPT_POSTFIELDS => 'a=b' ),
	) as $options
) {
	view( $path, $options );
}
view( "$path?a=b" );
check( 'a view that is not the page alone shows nothing new', rows_like( 'B0REAL%' ), NOTHING );
view( $path );
check( 'a first view only notes it', rows_like( 'B0REAL%' ), array( 'images' => 0, 'uses' => $whole ? 1 : 0 ) );
run_all();
check( 'which costs no call', calls_at_amazon() - $before, 0 );
view( $path );
check( 'a second view makes it known', rows_like( 'B0REAL%' ), array( 'images' => $whole ? 1 : 0, 'uses' => $whole ? 1 : 0 ) );
run_all();
check( 'and then it comes alive', $is_alive(), $whole );

wp_delete_post( $post, true );
$GLOBALS['wpdb']->query(
	"DELETE FROM {$GLOBALS['wpdb']->prefix}creators_image_refresh_images WHERE asin LIKE 'B0REAL%' OR asin LIKE 'B0EVI%'"
);
$GLOBALS['wpdb']->query(
	"DELETE FROM {$GLOBALS['wpdb']->prefix}creators_image_refresh_uses WHERE asin LIKE 'B0REAL%' OR asin LIKE 'B0EVI%'"
);
must_use( 'custom-field', null );
