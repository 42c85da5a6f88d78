<?php
/** Takes what was saved in the form out again, as on a site that is new to the plugin. */

require __DIR__ . '/site.php';

foreach (
	array(
		'settings',
		'account_' . get_option( 'creators_image_refresh_default_account' ),
		'default_account',
		'last_run',
		'refusals',
	) as $name
) {
	delete_option( "creators_image_refresh_$name" );
}
