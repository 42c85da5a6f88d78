<?php
/** Checks what is read of other plugins' settings. Every option that is touched is as before afterwards. */

require __DIR__ . '/expectations.php';
require __DIR__ . '/site.php';

use Creators_Image_Refresh\Integrations\Import_Offers;
use Creators_Image_Refresh\Plugin;

const PAIR = array( 'credential_id' => 'amzn1.application-oa2-client.x', 'credential_secret' => 'amzn1.oa2-cs.v1.y' );

$sources = new Import_Offers( Plugin::instance() );

/** What is offered of one option, by the name of the plugin. */
function offered( string $option, mixed $value, bool $network = false ): ?array {
	global $sources;
	$network ? update_site_option( $option, $value ) : update_option( $option, $value, false );
	$all = array_column( $sources->found(), 'values', 'plugin' );
	$network ? delete_site_option( $option ) : delete_option( $option );
	check( count( $all ) <= 1, "$option belongs to one plugin" );
	return 0 === count( $all ) ? null : array( 'plugin' => array_key_first( $all ) ) + reset( $all );
}

check_same( array(), $sources->found(), 'a site without other plugins has nothing to offer' );
check_same(
	array( 'plugin' => 'AAWP', 'partner_tag' => 'kueche-21', 'marketplace' => 'www.amazon.de' ),
	offered(
		'aawp_api',
		array( 'key' => 'AKIAIOSFODNN7EXAMPLE', 'secret' => 's', 'country' => 'de', 'associate_tag' => ' kueche-21 ' )
	),
	'AAWP: tag and country, no PA-API key'
);
foreach (
	array(
		'com'    => 'www.amazon.com',
		'co.uk'  => 'www.amazon.co.uk',
		'com.au' => 'www.amazon.com.au',
		'CO.JP'  => 'www.amazon.co.jp',
	) as $country => $host
) {
	check_same(
		$host,
		offered( 'aawp_api', array( 'country' => $country, 'associate_tag' => 'a-20' ) )['marketplace'] ?? null,
		"AAWP: $country"
	);
}
check_same(
	array( 'plugin' => 'AAWP', 'partner_tag' => 'a-20' ),
	offered( 'aawp_api', array( 'country' => 'cn', 'associate_tag' => 'a-20' ) ),
	'a country that is no marketplace any more is left out'
);
check_same( null, offered( 'aawp_api', array( 'country' => 'de' ) ), 'a country alone is no offer' );
foreach (
	array(
		'text',
		7,
		null,
		array( 'associate_tag' => array( 'x' ), 'country' => array() ),
		array( 'associate_tag' => '<b>no</b>' ),
		new stdClass(),
	) as $odd
) {
	check_same( null, offered( 'aawp_api', $odd ), 'what cannot be meant is no offer' );
}

$affiliatex = array(
	'api_type'              => 'creator',
	'creator_client_id'     => PAIR['credential_id'],
	'creator_client_secret' => PAIR['credential_secret'],
	'country'               => 'uk',
	'tracking_id'           => 'k-21',
);
check_same(
	array( 'plugin' => 'AffiliateX', 'partner_tag' => 'k-21', 'marketplace' => 'www.amazon.co.uk' ) + PAIR,
	offered( 'affiliatex_amazon_settings', $affiliatex ),
	'AffiliateX: with credentials of the Creators API'
);
check_same(
	array( 'plugin' => 'AffiliateX', 'partner_tag' => 'k-21', 'marketplace' => 'www.amazon.co.uk' ),
	offered( 'affiliatex_amazon_settings', array( 'api_type' => 'paapi' ) + $affiliatex ),
	'AffiliateX: none where another API is chosen'
);
check_same(
	array( 'plugin' => 'AffiliateX', 'partner_tag' => 'k-21', 'marketplace' => 'www.amazon.co.uk' ),
	offered( 'affiliatex_amazon_settings', array( 'creator_client_id' => 'AKIAIOSFODNN7EXAMPLE' ) + $affiliatex ),
	'AffiliateX: an access key in the wrong field stays there'
);
check_same(
	array( 'plugin' => 'AffiliateX', 'partner_tag' => 'k-21', 'marketplace' => 'www.amazon.co.uk' ),
	offered( 'affiliatex_amazon_settings', array( 'creator_client_secret' => '' ) + $affiliatex ),
	'AffiliateX: half a pair stays there'
);
check_same(
	array( 'plugin' => 'Data Machine', 'partner_tag' => 'd-20', 'marketplace' => 'www.amazon.ca' ) + PAIR,
	offered(
		'datamachine_amazon_config',
		array(
			'client_id'     => PAIR['credential_id'],
			'client_secret' => PAIR['credential_secret'],
			'partner_tag'   => 'd-20',
			'marketplace'   => 'www.amazon.ca',
		),
		true
	),
	'Data Machine'
);

check_same(
	array( 'plugin' => 'AmazonJS', 'partner_tag' => 'j-22', 'marketplace' => 'www.amazon.co.jp' ),
	offered( 'amazonjs_settings', array( 'accessKeyId' => 'AKIA', 'associateTagJP' => 'j-22', 'associateTagUS' => '' ) ),
	'AmazonJS: its only tag'
);
check_same(
	null,
	offered( 'easyazon-settings', array( 'associates_us' => 'one-20', 'associates_ca' => 'two-20' ) ),
	'EasyAzon: of two tags, none is the right one for sure'
);
check_same(
	array( 'plugin' => 'EasyAzon', 'partner_tag' => 'one-21', 'marketplace' => 'www.amazon.co.uk' ),
	offered( 'easyazon-settings', array( 'associates_us' => '', 'associates_uk' => 'one-21', 'links_nofollow' => 'yes' ) ),
	'EasyAzon: its only tag'
);
check_same(
	array( 'plugin' => 'WZone', 'partner_tag' => 'w-20', 'marketplace' => 'www.amazon.com' ),
	offered(
		'WooZone_amazon',
		array( 'AccessKeyID' => 'AKIA', 'AffiliateID' => array( 'com' => 'w-20', 'uk' => 'v-21' ), 'main_aff_id' => 'com' )
	),
	'WZone: the main tag'
);
check_same( array( 'plugin' => 'AzonMate', 'partner_tag' => 'z-20' ), offered( 'azon_mate_partner_tag', 'z-20' ), 'AzonMate' );
check_same(
	array( 'plugin' => 'Amazon Simple Admin (ASA1)', 'partner_tag' => 's-21' ),
	offered( '_asa_amazon_tracking_id', 's-21' ),
	'ASA1'
);
