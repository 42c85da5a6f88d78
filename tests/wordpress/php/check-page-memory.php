<?php
/** What a process of PHP remembers of the pages that it has shown, and when it asks again. Leaves the site as it was. */

require __DIR__ . '/checks.php';

use Creators_Image_Refresh\Plugin;
use Creators_Image_Refresh\Rendering\Cache_Generation;
use Creators_Image_Refresh\Settings\Fallback_Policy;
use Creators_Image_Refresh\Settings\Settings;
use Creators_Image_Refresh\Storage\Image_Repository;

kses_remove_filters();
global $wpdb;
$table = $wpdb->prefix . 'creators_image_refresh_images';

/** An Image, as Amazon gives one. */
function picture( string $name, string $link = '' ): array {
	return array_filter(
		array(
			'medium'          => array(
				'url'    => "https://m.media-amazon.com/images/I/$name._SL160_.jpg",
				'width'  => 160,
				'height' => 120,
			),
			'detail_page_url' => $link,
			'fetched_at'      => time(),
		)
	);
}

/** What a new request shows of some HTML in this process, and how many queries it makes for that. */
function show( string $html ): array {
	global $wpdb;
	$plugin  = another_request();
	$queries = $wpdb->num_queries;
	$page    = (string) $plugin->page_rewriter()->rewrite_page( $html );
	preg_match_all( '~/I/(\w+)\.~', $page, $shown );
	return array( implode( ' ', $shown[1] ), $wpdb->num_queries - $queries );
}

$post  = new_post(
	array( 'post_content' => site_stripe( 'B0MEMORY01' ) . site_stripe( 'B0MEMORY02' ) . site_stripe( 'B0MEMORY03' ) )
);
$html  = get_post( $post )->post_content;
$store = Plugin::instance()->images();
$save  = static fn( string $asin, array $image ) => ( new Image_Repository() )->save_images(
	array( 'www.amazon.com' ),
	array( $asin => $image )
);
// Two are known, of the third it is known that there is none.
$save( 'B0MEMORY01', picture( 'one' ) );
$save( 'B0MEMORY02', picture( 'two' ) );
Cache_Generation::renew();

// Whether words are wanted is looked up once a request.
Fallback_Policy::choice();
check( 'memory: a page is looked up with one query', show( $html ), array( 'one two', 1 ) );
check( 'memory: and the next of the same process with none', show( $html ), array( 'one two', 0 ) );
check( 'memory: nor one of some of these pictures', show( site_stripe( 'B0MEMORY02' ) ), array( 'two', 0 ) );
check( 'memory: a picture of another page is looked up', show( site_stripe( 'B0MEMORY99' ) ), array( '', 1 ) );
check( 'memory: and one that nobody knows is met each time', show( site_stripe( 'B0MEMORY99' ) ), array( '', 1 ) );

// What is changed is seen at once. Each of these is a request of its own.
$changes = static function ( callable $change ): void {
	$change();
	Plugin::instance()->purge_outbox()->tell( 9.0 );
};
$changes( static fn() => $save( 'B0MEMORY01', picture( 'newer' ) ) );
check( 'memory: another picture is shown at once', show( $html ), array( 'newer two', 1 ) );
$changes(
	static function () use ( $save ): void {
		$save( 'B0MEMORY01', picture( 'first' ) );
		$save( 'B0MEMORY02', picture( 'second' ) );
		$save( 'B0MEMORY03', picture( 'third' ) );
	}
);
check( 'memory: all that a slice changes is shown when it is over', show( $html ), array( 'first second third', 1 ) );
$before = Cache_Generation::name();
$changes( static fn() => $save( 'B0MEMORY01', picture( 'first' ) ) );
check(
	'memory: the same picture again has nobody forget',
	array( Cache_Generation::name() === $before, show( $html ) ),
	array( true, array( 'first second third', 0 ) )
);
$writes = 0;
$count  = static function () use ( &$writes ): void {
	$writes++;
};
add_action( 'update_option_' . Cache_Generation::OPTION, $count );
$changes(
	static function () use ( $save ): void {
		foreach ( range( 1, 9 ) as $number ) {
			$save( 'B0MEMORY01', picture( "first$number" ) );
		}
	}
);
remove_action( 'update_option_' . Cache_Generation::OPTION, $count );
check(
	'memory: nine changes of a slice are told once, when it is over',
	array( $writes, show( $html )[0] ),
	array( 1, 'first9 second third' )
);
$choice = Plugin::instance()->image_actions();
$key    = array( array( 'marketplace' => 'www.amazon.com', 'asin' => 'B0MEMORY02' ) );
$changes( static fn() => $choice->set_excluded( $key, true ) );
check( 'memory: an excluded picture is as it was written', show( $html )[0], 'first9 third' );
$changes( static fn() => $choice->set_excluded( $key, false ) );
check( 'memory: and comes back', show( $html )[0], 'first9 second third' );
$settings = get_option( Settings::OPTION );
update_option( Settings::OPTION, array( 'refresh_images' => false ) + $settings );
check( 'memory: switched off, the page is as it was written', show( $html ), array( '', 0 ) );
update_option( Settings::OPTION, $settings );
check( 'memory: switched on, it is alive', show( $html )[0], 'first9 second third' );

// What may not be remembered.
$for_all = show( $html );
$filter  = static fn( ?array $image ): ?array => null === $image
	? null
	: array( 'medium' => array( 'url' => 'https://m.media-amazon.com/images/I/other._SL160_.jpg' ) ) + $image;
add_filter( 'creators_image_refresh_image', $filter );
check(
	'memory: what another plugin makes of a picture is asked of it each time',
	array( show( $html )[0], Cache_Generation::name() ),
	array( 'other other other', null )
);
remove_filter( 'creators_image_refresh_image', $filter );
check( 'memory: and is shown to nobody else', show( $html ), array( 'first9 second third', 0 ) );
// What is odd of one product spoils itself alone: made so by another plugin, or stored so.
$odd = array(
	'a number as text'      => array(
		array(
			'medium' => array(
				'url'    => 'https://m.media-amazon.com/images/I/odd._SL160_.jpg',
				'width'  => '160',
				'height' => 120.0,
			),
		),
		'odd',
	),
	'a size without URL'    => array( array( 'medium' => array( 'width' => 160 ), 'fetched_at' => 1.5 ), '' ),
	'all of another type'   => array(
		array( 'medium' => 'x', 'title' => 7, 'detail_page_url' => array(), 'fetched_at' => 'now' ),
		'',
	),
	'a list'                => array( array( 'x' ), '' ),
	'a word'                => array( 'odd', '' ),
);
foreach ( $odd as $name => list( $image, $shown ) ) {
	$filter = static fn( mixed $known, string $marketplace, string $asin ): mixed => 'B0MEMORY02' === $asin ? $image : $known;
	add_filter( 'creators_image_refresh_image', $filter, 10, 3 );
	check( "page: of another plugin, $name", show( $html )[0], trim( "first9 $shown" ) . ' third' );
	remove_filter( 'creators_image_refresh_image', $filter, 10 );
	$stored = $wpdb->get_var( "SELECT image FROM $table WHERE asin = 'B0MEMORY02'" );
	$wpdb->update( $table, array( 'image' => wp_json_encode( $image ) ), array( 'asin' => 'B0MEMORY02' ) );
	Cache_Generation::renew();
	check( "page: in the table, $name", show( $html )[0], trim( "first9 $shown" ) . ' third' );
	$wpdb->update( $table, array( 'image' => $stored ), array( 'asin' => 'B0MEMORY02' ) );
	Cache_Generation::renew();
}
show( $html );
$before = Cache_Generation::name();
update_option( Fallback_Policy::OPTION, 'words' );
check( 'memory: whoever wants words is heard at once', Cache_Generation::name() !== $before );
$words = static fn( string $words ): string => $words;
add_filter( 'creators_image_refresh_words', $words );
check( 'memory: nothing is remembered while another plugin chooses the words', Cache_Generation::name(), null );
remove_filter( 'creators_image_refresh_words', $words );
$wpdb->query( $wpdb->prepare( "UPDATE $table SET fetched_at = %d WHERE asin = 'B0MEMORY01'", time() - DAY_IN_SECONDS + 60 ) );
Cache_Generation::renew();
check(
	'memory: a link whose day is nearly over is looked up each time',
	array( show( site_stripe( 'B0MEMORY01' ) ), show( site_stripe( 'B0MEMORY01' ) )[1] > 0 ),
	array( array( 'first9', 1 ), true )
);
check(
	'memory: and the others are not',
	array( show( site_stripe( 'B0MEMORY02' ) )[0], show( site_stripe( 'B0MEMORY02' ) ) ),
	array( 'second', array( 'second', 0 ) )
);
delete_option( Fallback_Policy::OPTION );
// A box becomes a link, with the tag that stands in it where the picture's own leads to another country's shop.
$save( 'B0MEMORY02', array( 'title' => 'A spoon' ) + picture( 'second', 'https://www.amazon.de/dp/B0MEMORY02?tag=de-21' ) );
$box  = static fn( string $tag ): string => '<iframe src="https://rcm-na.amazon-adsystem.com/e/cm?t='
	. $tag
	. '&o=1&p=8&l=as1&asins=B0MEMORY02&f=ifr" style="width:120px;height:240px;"></iframe>';
$tags = array();
foreach ( array( site_stripe( 'B0MEMORY02' ), $box( 'mine-20' ), $box( 'yours-20' ), $box( 'mine-20' ) ) as $piece ) {
	preg_match(
		'~/dp/B0MEMORY02\?tag=([a-z0-9-]+)~',
		(string) another_request()->page_rewriter()->rewrite( $piece ),
		$found
	);
	$tags[] = $found[1] ?? '';
}
check(
	'memory: a box keeps the tag that stands in it, whatever another page has shown',
	$tags,
	array( 'saltmargins-20', 'mine-20', 'yours-20', 'mine-20' )
);
delete_option( Cache_Generation::OPTION );
check( 'memory: without a name nothing is remembered', array( show( $html )[1], show( $html )[1] ), array( 1, 1 ) );

wp_delete_post( $post, true );
$wpdb->query( "DELETE FROM $table WHERE asin LIKE 'B0MEMORY%'" );
Cache_Generation::renew();
