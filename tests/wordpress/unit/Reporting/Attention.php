<?php

use Creators_Image_Refresh\Reporting\Attention;

foreach (
	array(
		'extension_missing',
		'extension_too_old',
		'secret_unreadable',
		'no_account',
		'account_incomplete',
		'not_eligible',
		'license_expired',
	) as $status
) {
	same( true, Attention::needs_person( $status ), "$status does not pass by itself" );
}
foreach ( array( 'network', 'throttled', 'busy', 'license_silent', 'tables_missing', '' ) as $status ) {
	same( false, Attention::needs_person( $status ), "“{$status}” may" );
}
