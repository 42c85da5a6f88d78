<?php
/** Checks the card under Settings > Connectors where the pair stands outside the database. */

require __DIR__ . '/expectations.php';
require __DIR__ . '/site.php';

wp_set_current_user( 1 );

/** What the page's script is told of the card. */
function told(): array {
	return apply_filters( 'script_module_data_options-connectors-wp-admin', array() )['connectors']['creators-image-refresh'];
}

check_same( 'database', told()['authentication']['keySource'], 'saved in the form' );
check_same( true, told()['authentication']['isConnected'], 'and connected' );

$before = get_option( 'creators_image_refresh_settings' );
putenv( 'CREATORS_IMAGE_REFRESH_CREDENTIAL_ID=id-of-the-environment' );
putenv( 'CREATORS_IMAGE_REFRESH_CREDENTIAL_SECRET=secret-of-the-environment' );
check_same( 'env', told()['authentication']['keySource'], 'set in the environment' );
check_same( true, told()['authentication']['isConnected'], 'and connected' );
check( ! str_contains( json_encode( told() ), 'secret-of-the-environment' ), 'the script is not told the secret' );
check_same(
	'id-of-the-environment',
	get_option( 'creators_image_refresh_connector' )['username'],
	'the name is the one of the environment'
);
update_option( 'creators_image_refresh_connector', array( 'username' => 'other', 'password' => 'other' ) );
check_same( $before, get_option( 'creators_image_refresh_settings' ), 'what is entered on the card does not take its place' );
putenv( 'CREATORS_IMAGE_REFRESH_CREDENTIAL_ID' );
putenv( 'CREATORS_IMAGE_REFRESH_CREDENTIAL_SECRET' );

define( 'CREATORS_IMAGE_REFRESH_CREDENTIAL_SECRET', 'secret-of-the-constant' );
check_same( 'constant', told()['authentication']['keySource'], 'set in wp-config.php' );
check( ! str_contains( json_encode( told() ), 'secret-of-the-constant' ), 'the script is not told the secret' );
