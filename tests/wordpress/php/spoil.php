<?php
/** Has the plugin store another link for a product, by its own door, and makes the product due: spoil ASIN. */

require __DIR__ . '/site.php';

global $wpdb;
$table = $wpdb->prefix . 'creators_image_refresh_images';
$image = json_decode(
	(string) $wpdb->get_var(
		$wpdb->prepare( "SELECT image FROM $table WHERE marketplace = 'www.amazon.com' AND asin = %s", $argv[1] )
	),
	true
);
is_array( $image ) || must( false, 'finding the picture' );
array_walk_recursive(
	$image,
	static function ( mixed &$value, mixed $key ): void {
		$value = 'url' === $key ? str_replace( '/images/', '/images-of-old/', $value ) : $value;
	}
);
Creators_Image_Refresh\Plugin::instance()->images()->save_images( array( 'www.amazon.com' ), array( $argv[1] => $image ) );
$wpdb->query( $wpdb->prepare( "UPDATE $table SET due_at = 0 WHERE asin = %s", $argv[1] ) );
