<?php
/**
 * A post with a picture at every place there is: everywhere add (prints where to look), everywhere remove, everywhere many
 * NUMBER (so many pictures in its custom field that nobody knows).
 */

require __DIR__ . '/checks.php';

const PLACES = array(
	'content' => 'B0PLACE001',
	'amp'     => 'B0PLACE002',
	'block'   => 'B0PLACE003',
	'excerpt' => 'B0PLACE004',
	'term'    => 'B0PLACE005',
	'field'   => 'B0PLACE006',
);

$post = get_page_by_path( 'everywhere', OBJECT, 'post' );

if ( 'many' === $argv[1] ) {
	$many = array_map( static fn( int $n ): string => site_stripe( sprintf( 'B0MANY%04d', $n ) ), range( 1, (int) $argv[2] ) );
	update_post_meta( $post->ID, 'gear', implode( '', $many ) );
	exit;
}

if ( 'remove' === $argv[1] ) {
	$block = get_page_by_path( 'everywhere-block', OBJECT, 'wp_block' );
	wp_delete_post( $post->ID, true );
	wp_delete_post( $block->ID, true );
	wp_delete_term( get_term_by( 'slug', 'everywhere', 'category' )->term_id, 'category' );
	// Nobody waits a month for it in a test.
	$GLOBALS['wpdb']->query( "UPDATE {$GLOBALS['wpdb']->prefix}creators_image_refresh_uses SET seen_at = 1 WHERE on_page = 1" );
	Creators_Image_Refresh\Plugin::instance()->scanner()->restart();
	exit;
}

remove_filter( 'pre_term_description', 'wp_filter_kses' );
$term  = must(
	wp_insert_term( 'Everywhere', 'category', array( 'description' => site_stripe( PLACES['term'] ) ) ),
	'adding a category'
)['term_id'];
$block = new_post(
	array( 'post_type' => 'wp_block', 'post_name' => 'everywhere-block', 'post_content' => site_stripe( PLACES['block'] ) )
);
$id    = new_post(
	array(
		'post_name'     => 'everywhere',
		'post_title'    => 'Everywhere',
		'post_category' => array( $term ),
		'post_excerpt'  => 'See ' . site_stripe( PLACES['excerpt'] ),
		'post_content'  => site_stripe( PLACES['content'] ) . '<!-- wp:block {"ref":' . $block . '} /-->'
			. str_replace(
				array( '<img border="0"', '></a>' ),
				array( '<amp-img layout="fixed" width="160" height="160"', '></amp-img></a>' ),
				site_stripe( PLACES['amp'] )
			),
		'meta_input'    => array( 'gear' => site_stripe( PLACES['field'] ) ),
	)
);
must(
	wp_insert_comment(
		array(
			'comment_post_ID'  => $id,
			'comment_content'  => site_stripe( PLACES['content'] ) . '<p>said Edith</p>',
			'comment_approved' => 1,
			'user_id'          => 1,
		)
	),
	'adding a comment'
);

echo wp_json_encode(
	array(
		'id'     => $id,
		'places' => PLACES,
		'whole'  => function_exists( 'wp_start_template_enhancement_output_buffer' ),
	)
);
