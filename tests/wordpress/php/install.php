<?php
/** Makes the tables, an administrator and an editor, and the settings of the blog. */

define( 'WP_INSTALLING', true );
require __DIR__ . '/site.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';

// The installer would ask its own server for a page that does not exist yet.
add_filter( 'pre_http_request', static fn() => new WP_Error( 'offline', 'No request while installing.' ) );

wp_install( 'Salt & Margins', 'admin', 'admin@example.org', true, '', 'demo-password' );
must(
	wp_insert_user(
		array(
			'user_login'   => 'editor',
			'user_pass'    => 'demo-password',
			'user_email'   => 'editor@example.org',
			'role'         => 'editor',
			'display_name' => 'Edith',
		)
	),
	'adding an editor'
);
wp_update_user( array( 'ID' => 1, 'display_name' => 'Marta', 'nickname' => 'Marta' ) );

foreach ( get_posts( array( 'post_type' => array( 'post', 'page' ), 'post_status' => 'any', 'numberposts' => -1 ) ) as $sample ) {
	wp_delete_post( $sample->ID, true );
}
foreach ( array(
	'blogdescription'        => 'A kitchen, a shelf of books and the way there',
	'timezone_string'        => 'Europe/Lisbon',
	'posts_per_page'         => '30',
	'show_avatars'           => '0',
	'default_comment_status' => 'closed',
	'permalink_structure'    => '/%postname%/',
) as $option => $value ) {
	update_option( $option, $value );
}
switch_theme( 'salt-and-margins' );
