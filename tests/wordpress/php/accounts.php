<?php
/**
 * Prints the accounts besides the default one as they stand in the database; with "default", that one and the end of its secret.
 */

require __DIR__ . '/site.php';

if ( 'default' !== ( $argv[1] ?? '' ) ) {
	echo wp_json_encode( Creators_Image_Refresh\Plugin::instance()->account_repository()->others() );
	return;
}
$account                      = Creators_Image_Refresh\Plugin::instance()->accounts()->default_account();
$account                      = is_wp_error( $account ) ? must( $account, 'reading the default account' ) : $account;
$account['credential_secret'] = substr( $account['credential_secret'], -4 );
echo wp_json_encode( $account );
