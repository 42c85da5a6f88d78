<?php

use Creators_Image_Refresh\Api\Extension;
use Creators_Image_Refresh\Integrations\Import_Offers;
use Creators_Image_Refresh\Plugin;

$offers  = new Import_Offers( new Plugin( new Extension() ) );
$offered = static function ( array $options ) use ( $offers ): array {
	$GLOBALS['options'] = $options;
	return array_column( $offers->found(), 'values', 'plugin' );
};
$pair = array( 'credential_id' => 'amzn1.application-oa2-client.x', 'credential_secret' => 'amzn1.oa2-cs.v1.y' );
$shop = array( 'partner_tag' => 'kueche-21', 'marketplace' => 'www.amazon.de' );

same( array(), $offered( array() ), 'no plugin, no offer' );
same(
	array( 'AAWP' => $shop ),
	$offered( array( 'aawp_api' => array( 'associate_tag' => ' kueche-21 ', 'country' => 'DE', 'key' => 'AKIAIOSFODNN7EXAMPLE' ) ) ),
	'AAWP'
);
same(
	array( 'Amazon Simple Admin (ASA1)' => $shop ),
	$offered( array( '_asa_amazon_tracking_id' => 'kueche-21', '_asa_amazon_country_code' => 'de' ) ),
	'ASA1: an option each'
);
same(
	array( 'AzonMate' => $shop ),
	$offered( array( 'azon_mate_partner_tag' => 'kueche-21', 'azon_mate_marketplace' => 'www.amazon.de' ) ),
	'AzonMate'
);
$affiliatex = array(
	'tracking_id' => 'kueche-21',
	'country' => 'de',
	'creator_client_id' => $pair['credential_id'],
	'creator_client_secret' => $pair['credential_secret'],
);
same(
	array( 'AffiliateX' => $shop ),
	$offered( array( 'affiliatex_amazon_settings' => $affiliatex ) ),
	'AffiliateX: no pair of another interface'
);
same(
	array( 'AffiliateX' => $shop + $pair ),
	$offered( array( 'affiliatex_amazon_settings' => array( 'api_type' => 'creator' ) + $affiliatex ) ),
	'AffiliateX: the pair of this one'
);
same(
	array( 'AmazonJS' => $shop ),
	$offered( array( 'amazonjs_settings' => array( 'associateTagDE' => 'kueche-21', 'associateTagUS' => '' ) ) ),
	'AmazonJS: the one tag'
);
same(
	array(),
	$offered( array( 'easyazon-settings' => array( 'associates_de' => 'a-21', 'associates_us' => 'b-20' ) ) ),
	'EasyAzon: of several tags none is right for sure'
);
same(
	array( 'EasyAzon' => array( 'partner_tag' => 'a-21', 'marketplace' => 'www.amazon.co.uk' ) ),
	$offered( array( 'easyazon-settings' => array( 'associates_gb' => 'a-21' ) ) ),
	'Britain has two names'
);
same(
	array( 'WZone' => $shop ),
	$offered(
		array( 'WooZone_amazon' => array( 'AffiliateID' => array( 'de' => 'kueche-21', 'com' => 'b-20' ), 'main_aff_id' => 'de' ) )
	),
	'WZone: the main one'
);
same(
	array( 'Data Machine' => $shop + $pair ),
	$offered(
		array(
			'network datamachine_amazon_config' => array(
				'partner_tag' => 'kueche-21',
				'marketplace' => 'de',
				'client_id' => $pair['credential_id'],
				'client_secret' => $pair['credential_secret'],
			),
		)
	),
	'Data Machine: the network’s'
);
same( array(), $offered( array( 'aawp_api' => array( 'country' => 'de' ) ) ), 'a country alone is no offer' );
foreach (
	array(
		'text',
		7,
		array( 'associate_tag' => array( 'x' ), 'country' => array() ),
		array( 'associate_tag' => '<b>no</b>' ),
		new stdClass(),
	) as $odd
) {
	same(
		array(),
		$offered( array( 'aawp_api' => $odd, 'WooZone_amazon' => $odd, 'amazonjs_settings' => $odd ) ),
		'what is odd is nothing: ' . json_encode( $odd )
	);
}
