<?php

use Creators_Image_Refresh\Api\Extension;
use Creators_Image_Refresh\Discovery\Image_Finder;

$asked  = 0;
$finder = new Image_Finder(
	new Extension(),
	static function () use ( &$asked ): string {
		++$asked;
		return 'www.amazon.de';
	}
);
$image  = static fn( array $is ): array => $is + array(
	'kind'        => 'sitestripe_image',
	'asin'        => 'B000000001',
	'marketplace' => 'www.amazon.com',
	'partner_tag' => null,
	'offset'      => 0,
	'length'      => 5,
);
$one    = array(
	'marketplace' => 'www.amazon.com',
	'asin' => 'B000000001',
	'dead' => 1,
	'in_box' => false,
	'tag' => '',
	'named' => true,
);

same( array(), $finder->products( '', array() ), 'nothing found is nothing' );
same( array( $one ), $finder->products( 'xxxxx', array( $image( array() ) ) ), 'a dead picture' );
same( 0, $asked, 'the default is not asked for where a link names its shop' );
same(
	array( array_merge( $one, array( 'dead' => 2 ) ) ),
	$finder->products( 'xxxxx>xxxxx', array( $image( array() ), $image( array( 'offset' => 6 ) ) ) ),
	'two tags are two pictures'
);
same(
	1,
	$finder->products( 'xxxxx xxxxx', array( $image( array() ), $image( array( 'offset' => 6 ) ) ) )[0]['dead'] ?? null,
	'one tag that names it twice is one'
);
same(
	array( 'www.amazon.de', false ),
	array_values(
		array_intersect_key(
			$finder->products( 'xxxxx', array( $image( array( 'marketplace' => null ) ) ) )[0],
			array( 'marketplace' => 0, 'named' => 0 )
		)
	),
	'without a shop it stands in the default one'
);
same(
	0,
	$finder->products( 'xxxxx', array( $image( array( 'kind' => 'cdn_asin' ) ) ) )[0]['dead'] ?? null,
	'an address that still works is not dead'
);
same(
	array( true, 'a-20' ),
	array_values(
		array_intersect_key(
			$finder->products( 'xxxxx', array( $image( array( 'kind' => 'product_iframe', 'partner_tag' => 'a-20' ) ) ) )[0],
			array( 'in_box' => 0, 'tag' => 0 )
		)
	),
	'a box, and its tag'
);
same(
	array(),
	$finder->products(
		'xxxxx',
		array( $image( array( 'asin' => 'B00' ) ), $image( array( 'asin' => null ) ), $image( array( 'kind' => 'tracking_pixel' ) ) )
	),
	'what names no product is left alone'
);

same( Image_Finder::KINDS, Image_Finder::kinds(), 'all kinds, unless told' );
$filters = array(
	'a few'            => array( array( 'cdn_asin', 'nonsense', 7 ), array( 'cdn_asin' ) ),
	'none'             => array( array(), array() ),
	'the pixel as well' => array( array( 'tracking_pixel', 'cdn_asin' ), array( 'cdn_asin', 'tracking_pixel' ) ),
	'no list'          => array( 'cdn_asin', Image_Finder::KINDS ),
);
foreach ( $filters as $name => [ $given, $taken ] ) {
	$GLOBALS['filters']['creators_image_refresh_kinds'] = static fn() => $given;
	same( $taken, Image_Finder::kinds(), "kinds filtered to $name" );
}
$GLOBALS['filters']['creators_image_refresh_kinds'] = static fn() => throw new Error( 'odd' );
same( Image_Finder::KINDS, Image_Finder::kinds(), 'a filter that throws is not there' );
same(
	array( true, false ),
	array(
		Image_Finder::may_have_pictures( '//ws-na.AMAZON-adsystem.com' ),
		Image_Finder::may_have_pictures( '<img src="a.png">' ),
	),
	'worth looking only where Amazon is named'
);
