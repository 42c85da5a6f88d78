<?php
/** Fills the blog: posts/*.html as posts, widgets/*.html beside them. */

require __DIR__ . '/site.php';

wp_set_current_user( 1 );
kses_remove_filters();
$folder = dirname( __DIR__ );

foreach ( glob( "$folder/posts/*.html" ) as $file ) {
	[ $fields, $markup ] = read_blog_file( $file );
	$category            = must( wp_create_category( $fields['category'] ), 'adding a category' );
	$id                  = must(
		wp_insert_post(
			wp_slash(
				array(
					'post_title'    => $fields['title'],
					'post_name'     => basename( $file, '.html' ),
					'post_date'     => $fields['date'],
					'post_content'  => $markup,
					'post_category' => array( $category ),
					'post_status'   => 'publish',
					'post_author'   => 1,
				)
			),
			true
		),
		"adding $file"
	);
	if ( get_post( $id )->post_content !== $markup ) {
		must( false, "storing the markup of $file byte for byte" );
	}
}

[ , $block ]      = read_blog_file( "$folder/widgets/block.html" );
[ $fields, $text ] = read_blog_file( "$folder/widgets/text.html" );
update_option( 'widget_block', array( 2 => array( 'content' => $block ), '_multiwidget' => 1 ) );
update_option(
	'widget_text',
	array( 2 => array( 'title' => $fields['title'], 'text' => $text, 'filter' => true, 'visual' => true ), '_multiwidget' => 1 )
);
update_option(
	'sidebars_widgets',
	array( 'notes' => array( 'block-2', 'text-2' ), 'wp_inactive_widgets' => array(), 'array_version' => 3 )
);
