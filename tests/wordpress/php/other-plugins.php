<?php
/** Leaves settings of other Amazon plugins behind, or takes them away again: other-plugins leave|take. */

require __DIR__ . '/site.php';

$options = array(
	'aawp_api'                  => array(
		'status'        => '1',
		'key'           => 'AKIAIOSFODNN7EXAMPLE',
		'secret'        => 'PA-API-CANARY-MUST-NOT-MOVE',
		'country'       => 'de',
		'associate_tag' => 'kueche-21',
	),
	'affiliatex_amazon_settings' => array(
		'api_type'              => 'creator',
		'creator_client_id'     => 'amzn1.application-oa2-client.imported',
		'creator_client_secret' => 'amzn1.oa2-cs.v1.importcanary',
		'country'               => 'uk',
		'tracking_id'           => 'kitchen-21',
	),
	'amazonjs_settings'         => array(
		'accessKeyId'     => 'AKIAIOSFODNN7EXAMPLE',
		'secretAccessKey' => 'PA-API-CANARY-MUST-NOT-MOVE',
		'associateTagJP'  => 'daidokoro-22',
		'associateTagUS'  => '',
	),
	'easyazon-settings'         => array( 'associates_us' => 'one-20', 'associates_ca' => 'two-20' ),
);
foreach ( $options as $name => $value ) {
	'leave' === $argv[1] ? update_option( $name, $value, false ) : delete_option( $name );
}
