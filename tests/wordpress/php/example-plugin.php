<?php
/**
 * Switches the example plugin on, with a page that uses it, or off without a trace; or prints its count: example-plugin
 * on|off|count.
 */

require __DIR__ . '/site.php';

$file = 'image-refresh-example/image-refresh-example.php';
switch ( $argv[1] ) {
	case 'on':
		must( activate_plugin( $file ), 'activating the example' );
		must(
			wp_insert_post(
				array(
					'post_type'    => 'page',
					'post_status'  => 'publish',
					'post_name'    => 'example-page',
					'post_title'   => 'Example',
					'post_content' => '[amazon_picture asin="B01OX38TW6"]',
				),
				true
			),
			'adding a page'
		);
		break;
	case 'off':
		deactivate_plugins( $file );
		wp_delete_post( get_page_by_path( 'example-page' )->ID, true );
		delete_option( 'image_refresh_example_count' );
		break;
	default:
		echo (int) get_option( 'image_refresh_example_count' );
}
