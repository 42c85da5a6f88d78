<?php
/**
 * Saves one of the sandbox's accounts in the plugin's settings, by the road that the form takes: configure NAME [LICENSE_KEY].
 * Marketplace and tag are the first that the account has.
 */

require __DIR__ . '/site.php';

$accounts = array_column(
	json_decode( file_get_contents( dirname( __DIR__, 2 ) . '/sandbox/accounts.json' ), true ),
	null,
	'name'
);
$account  = $accounts[ $argv[1] ] ?? must( false, "finding the account $argv[1] in the sandbox" );

wp_set_current_user( 1 );
update_option(
	'creators_image_refresh_settings',
	array(
		'credential_id'      => $account['credential_id'],
		'credential_secret'  => $account['credential_secret'],
		'credential_version' => '',
		'marketplace'        => array_key_first( $account['partner_tags'] ),
		'partner_tag'        => current( $account['partner_tags'] )[0],
		'refresh_images'     => true,
	) + ( isset( $argv[2] ) ? array( 'license_key' => $argv[2] ) : array() )
);
$errors = get_settings_errors( 'creators_image_refresh_settings' );
array() === $errors || must( false, 'saving the settings: ' . wp_json_encode( $errors ) );
