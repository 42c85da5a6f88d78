<?php

use Creators_Image_Refresh\Reporting\Status_Report;

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
	same( true, Status_Report::needs_person( $status ), "$status does not pass by itself" );
}
foreach ( array( 'network', 'throttled', 'busy', 'license_silent', 'tables_missing', '' ) as $status ) {
	same( false, Status_Report::needs_person( $status ), "“{$status}” may" );
}
