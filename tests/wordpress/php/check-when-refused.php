<?php
/** What is shown of a picture whose link is old, by the owner's choice. Leaves the site as it was. */

require __DIR__ . '/checks.php';

use Creators_Image_Refresh\Api\Extension;
use Creators_Image_Refresh\Plugin;
use Creators_Image_Refresh\Settings\Fallback_Policy;
use Creators_Image_Refresh\Storage\Image_Repository;

/** The real extension, with an eye on what it is given. */
final class Watched_Extension extends Extension {
	public array $given = array();

	/** It remembers nothing, so that all that is shown is seen here. */
	public function rewrite_images( string $html, callable $lookup, array $options ): string {
		$watched = function ( array $found ) use ( $lookup ): ?array {
			$shown = $lookup( $found );
			foreach ( (array) $shown as $marketplace => $products ) {
				foreach ( array_filter( $products ) as $asin => $image ) {
					isset( $image['words'] )
						? $this->given['words'][ $marketplace ][ $asin ] = $image['words']
						: $this->given['images'][ $marketplace ][] = $asin;
				}
			}
			return $shown;
		};
		return parent::rewrite_images( $html, $watched, array( 'memory' => null ) + $options );
	}
}

global $wpdb;
$table = $wpdb->prefix . 'creators_image_refresh_images';
$image = wp_json_encode(
	array(
		'medium' => array( 'url' => 'https://m.media-amazon.com/images/I/spoon._SL160_.jpg', 'width' => 160, 'height' => 120 ),
	)
);
$now   = time();
$ages  = array(
	'B0FRESH001' => HOUR_IN_SECONDS,
	'B0AGED0001' => 25 * HOUR_IN_SECONDS,
	'B0GONE0001' => 25 * HOUR_IN_SECONDS,
	'B0NEVER001' => 0,
);
$post  = new_post( array( 'post_content' => implode( '', array_map( 'site_stripe', array_keys( $ages ) ) ) ) );
foreach ( array_filter( $ages ) as $asin => $age ) {
	$wpdb->update(
		$table,
		array(
			'image'       => $image,
			'fetched_at'  => $now - $age,
			'due_at'      => $now + 9999,
			'failed_code' => 'B0GONE0001' === $asin ? 'ItemNotAccessible' : '',
		),
		array( 'asin' => $asin )
	);
}

/** @return array{0: array, 1: array, 2: string} ASINs shown, words given, the page. */
function render( int $post ): array {
	$extension = new Watched_Extension();
	$html      = get_post( $post )->post_content;
	$html      = (string) another_request( $extension )->page_rewriter()->rewrite( $html );
	return array( $extension->given['images']['www.amazon.com'] ?? array(), $extension->given['words'] ?? array(), $html );
}

check( 'the last picture is what a new site shows', Fallback_Policy::choice(), 'last_picture' );
[ $shown, $words, $html ] = render( $post );
check(
	'the last picture: of any age, and no words',
	array( $shown, $words ),
	array( array( 'B0FRESH001', 'B0AGED0001', 'B0GONE0001' ), array() )
);
check( 'the last picture: what never had one stays as it was written', substr_count( $html, 'amazon-adsystem.com' ), 1 );
( new Image_Repository() )->forget_expired();
check(
	'the last picture: is kept',
	(int) $wpdb->get_var( "SELECT COUNT(*) FROM $table WHERE asin = 'B0AGED0001' AND image IS NOT NULL" ),
	1
);

update_option( Fallback_Policy::OPTION, 'words' );
[ $shown, $words, $html ] = render( $post );
check( 'words: a link of more than 24 hours is not shown', $shown, array( 'B0FRESH001' ) );
check(
	'words: for what is old and what never had one, not for what is gone',
	$words,
	array( 'www.amazon.com' => array( 'B0AGED0001' => 'See it at Amazon', 'B0NEVER001' => 'See it at Amazon' ) )
);

$told = array();
add_action( 'creators_image_refresh_images_changed', static function ( array $pictures ) use ( &$told ): void {
	$told = array_column( $pictures, 'asin' );
} );
( new Image_Repository() )->forget_expired();
Plugin::instance()->purge_outbox()->tell( 9.0 );
sort( $told );
check(
	'words: old links are dropped, and page caches are told',
	array( $told, (int) $wpdb->get_var( "SELECT COUNT(*) FROM $table WHERE asin = 'B0AGED0001' AND image IS NOT NULL" ) ),
	array( array( 'B0AGED0001', 'B0GONE0001' ), 0 )
);

$html = (string) another_request()->page_rewriter()->rewrite( get_post( $post )->post_content );
check( 'words: stand in the links, as the author called the picture', substr_count( $html, '>Spoon</a>' ), 2 );
$html = (string) another_request()->page_rewriter()->rewrite(
	str_replace( ' alt="Spoon"', '', get_post( $post )->post_content )
);
check( 'words: ours where the author had none', substr_count( $html, '>See it at Amazon</a>' ), 2 );

check( 'a choice that is none changes nothing', Fallback_Policy::choice(), 'words' );
delete_option( Fallback_Policy::OPTION );
wp_delete_post( $post, true );
