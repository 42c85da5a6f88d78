<?php
/** What the scanner makes of all that can happen to a post. Leaves the site as it was. */

require __DIR__ . '/checks.php';

$scanner = Creators_Image_Refresh\Plugin::instance()->scanner();
$spoon   = 'B0SPOON001';
$fork    = 'B0FORKS001';

$post = new_post( array( 'post_author' => 1, 'post_content' => site_stripe( $spoon ) ) );
check( 'a post that is saved is known', uses_of( $post ), array( "$post $spoon" ) );

wp_update_post( wp_slash( array( 'ID' => $post, 'post_content' => site_stripe( $fork ) ) ) );
check( 'a picture that was replaced is replaced', uses_of( $post ), array( "$post $fork" ) );

wp_update_post( wp_slash( array( 'ID' => $post, 'post_content' => '', 'post_excerpt' => site_stripe( $fork ) ) ) );
check( 'a picture in the excerpt is known', uses_of( $post ), array( "$post $fork" ) );

wp_trash_post( $post );
check( 'a post in the trash shows nothing', uses_of( $post ), array() );
// WordPress makes it a draft, which counts where somebody who may write has saved it.
wp_set_current_user( 1 );
wp_untrash_post( $post );
wp_set_current_user( 0 );
check( 'a post back from the trash shows its picture', uses_of( $post ), array( "$post $fork" ) );
wp_update_post( array( 'ID' => $post, 'post_status' => 'private' ) );
check( 'a post that is made private keeps it', uses_of( $post ), array( "$post $fork" ) );

_wp_put_post_revision( get_post( $post, ARRAY_A ), true );
$revisions = array_keys( wp_get_post_revisions( $post ) );
check( 'revisions and an autosave there are', count( $revisions ) > 2 );
check( 'but they are none of its business', uses_of( ...$revisions ), array() );

$future = new_post(
	array( 'post_content' => site_stripe( $fork ), 'post_status' => 'future', 'post_date' => '2031-01-01 00:00:00' )
);
check( 'a post that is planned is known', uses_of( $future ), array( "$future $fork" ) );
wp_publish_post( $future );
check( 'and still when it is published', uses_of( $future ), array( "$future $fork" ) );

register_post_type( 'recipe', array( 'public' => true ) );
register_post_type( 'log_entry', array( 'public' => false ) );
$kinds = array();
foreach (
	array(
		'recipe'           => 1,
		'wp_block'         => 1,
		'wp_navigation'    => 1,
		'wp_template'      => 1,
		'wp_template_part' => 1,
		'page'             => 1,
		'log_entry'        => 0,
	) as $type => $known
) {
	$kinds[ $type ] = new_post( array( 'post_type' => $type, 'post_content' => site_stripe( $fork ) ) );
	check( "of kind $type: " . ( $known ? 'known' : 'left alone' ), count( uses_of( $kinds[ $type ] ) ), $known );
}

global $wpdb;
$wpdb->update( $wpdb->posts, array( 'post_content' => site_stripe( $spoon ) ), array( 'ID' => $kinds['page'] ) );
do_action( 'import_end' );
check(
	'after an import everything is looked through again',
	wp_next_scheduled( 'creators_image_refresh_scan', array( 'next' ) ) !== false
);
while ( ! $scanner->scan_slice( 1.0 )['complete'] ) {
	continue;
}
check( 'and what came in past WordPress is known', uses_of( $kinds['page'] ), array( "{$kinds['page']} $spoon" ) );
check( 'and the other kinds still are', count( uses_of( ...array_values( $kinds ) ) ), 6 );

foreach ( array( $post, $future, ...array_values( $kinds ) ) as $id ) {
	wp_delete_post( $id, true );
}
check( 'posts that are deleted are forgotten', uses_of( $post, $future, ...array_values( $kinds ) ), array() );
check(
	'and their pictures with them',
	$wpdb->get_col( "SELECT asin FROM {$wpdb->prefix}creators_image_refresh_images WHERE asin IN ('$spoon', '$fork')" ),
	array()
);
