<?php
/** Gives countries accounts of their own, of those that the sandbox knows: accounts NAME... */

require dirname( __DIR__ ) . '/php/site.php';

$known = array_column( json_decode( file_get_contents( dirname( __DIR__, 2 ) . '/sandbox/accounts.json' ), true ), null, 'name' );
foreach ( array_slice( $argv, 1 ) as $name ) {
	$tags  = $known[ $name ]['partner_tags'];
	$error = Creators_Image_Refresh\Plugin::instance()->account_repository()->add(
		array(
			'credential_id'      => $known[ $name ]['credential_id'],
			'credential_secret'  => $known[ $name ]['credential_secret'],
			'credential_version' => '',
			'marketplace'        => array_key_first( $tags ),
			'partner_tag'        => current( $tags )[0],
		),
		true
	);
	null === $error || must( $error, "saving the account $name" );
}
