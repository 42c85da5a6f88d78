<?php
/**
 * Fills a site as a stranger's: unseen/fill SEED. What there is comes from the seed alone. Prints where each picture stands,
 * as JSON: asin, shop, gone, way, around, and the path at which visitors see it.
 */

require dirname( __DIR__ ) . '/php/site.php';
require __DIR__ . '/markup.php';

const POSTS = 150;

mt_srand( (int) $argv[1] );
wp_set_current_user( 1 );
kses_remove_filters();
remove_filter( 'pre_term_description', 'wp_filter_kses' );

$one_of   = static fn( array $names ): string => (string) $names[ mt_rand( 0, count( $names ) - 1 ) ];
$pictures = array();

/** Another product, now and then one that Amazon no longer has. */
$picture = static function () use ( &$pictures, $one_of ): array {
	$number = count( $pictures ) + 1;
	$gone   = 0 === $number % 40;
	$asin   = $gone
		? sprintf( 'B0GONE%04d', $number )
		: (
			0 === $number % 7
				? sprintf( '3%08dX', $number )
				: sprintf( 'B0%s%06d', $one_of( array( 'AA', '7K', 'Z9' ) ), $number )
		);
	return array( 'asin' => $asin, 'shop' => $one_of( array_keys( SHOPS ) ), 'gone' => $gone );
};

/** A picture in some way, surrounded by something. */
$written = static function (
	array $around_all,
	string $path,
	?string $way = null,
	string $bare = 'bare'
) use ( &$pictures, $picture, $one_of ): string {
	$new                = $picture();
	$way              ??= $one_of( array_keys( ways() ) );
	$around             = array() === $around_all ? $bare : $one_of( array_keys( $around_all ) );
	$html               = ways()[ $way ]( $new );
	$html               = array() === $around_all ? $html : $around_all[ $around ]( $html, $new );
	$pictures[]         = $new + compact( 'way', 'around', 'path' );
	return $html;
};

$words = array(
	'The quinces are in & the hall smells of them.',
	'It weighs what a cat weighs — “more or less”.',
	"Don't fold it; 3 < 4 and 5 > 4.",
	'Amazon has it, the shop on the corner too.',
);
for ( $n = 0; $n < POSTS; $n++ ) {
	$type   = 0 === $n % 9 ? 'recipe' : ( 0 === $n % 11 ? 'page' : 'post' );
	$blocks = 1 === $n % 2;
	$name   = "unseen-$n";
	$path   = 'recipe' === $type ? "/recipe/$name/" : "/$name/";
	$around = $blocks ? surroundings_blocks() : surroundings_classic();
	$parts  = array();
	for ( $k = mt_rand( 0, 5 ); $k > 0; $k-- ) {
		$word    = $one_of( $words );
		$parts[] = $blocks ? "<!-- wp:paragraph -->\n<p>" . esc_html( $word ) . "</p>\n<!-- /wp:paragraph -->" : $word;
		$parts[] = $written( $around, $path );
	}
	if ( ! $blocks && 0 === $n % 10 ) {
		$parts[] = '[mine]' . $written( array(), $path, 'entities encoded' ) . '[/mine]';
	}
	$fields = array(
		'post_type'    => $type,
		'post_name'    => $name,
		'post_title'   => "Unseen $n",
		'post_status'  => 'publish',
		'post_date'    => gmdate( 'Y-m-d H:i:s', 1500000000 + $n * 86400 ),
		'post_content' => implode( "\n\n", $parts ),
		'post_excerpt' => 'post' === $type && 0 === $n % 8
			? 'In short: ' . $written( array(), "/wp-json/wp/v2/posts?slug=$name", 'as SiteStripe wrote it' )
			: '',
		'meta_input'   => 0 === $n % 12
			? array( 'gear' => $written( array(), $path, 'single quotes', 'a custom field' ) )
			: array(),
	);
	must( wp_insert_post( wp_slash( $fields ), true ), "adding $name" );
}

$block = must(
	wp_insert_post(
		wp_slash(
			array(
				'post_type'    => 'wp_block',
				'post_status'  => 'publish',
				'post_title'   => 'Again',
				'post_content' => $written( surroundings_blocks(), '/unseen-again/' ),
			)
		),
		true
	),
	'adding a reusable block'
);
must(
	wp_insert_post(
		wp_slash(
			array(
				'post_name'    => 'unseen-again',
				'post_status'  => 'publish',
				'post_title'   => 'Unseen again',
				'post_content' => '<!-- wp:block {"ref":' . $block . '} /-->',
			)
		),
		true
	),
	'adding a post with it'
);
must(
	wp_insert_term(
		'Unseen',
		'category',
		array( 'description' => $written( array(), '/category/unseen/', 'entities encoded' ) )
	),
	'adding a category'
);
wp_set_object_terms( get_page_by_path( 'unseen-1', OBJECT, 'post' )->ID, 'unseen', 'category' );

// On every page; the front page stands for them.
update_option(
	'widget_block',
	array( 2 => array( 'content' => $written( array( surroundings_blocks()['HTML'] ), '/' ) ), '_multiwidget' => 1 )
);
update_option(
	'widget_text',
	array(
		2              => array(
			'title'  => 'Text',
			'text'   => $written( array(), '/', 'for dense screens' ),
			'filter' => true,
			'visual' => true,
		),
		'_multiwidget' => 1,
	)
);
update_option(
	'widget_custom_html',
	array( 2 => array( 'title' => 'HTML', 'content' => $written( array(), '/', 'as SiteStripe wrote it' ) ), '_multiwidget' => 1 )
);
update_option(
	'sidebars_widgets',
	array( 'notes' => array( 'block-2', 'text-2', 'custom_html-2' ), 'wp_inactive_widgets' => array(), 'array_version' => 3 )
);

flush_rewrite_rules();
echo wp_json_encode( $pictures );
