<?php
/** Puts the encrypted secret of one account in the place of another's: move-secret FROM TO. */

require __DIR__ . '/site.php';

$accounts                      = get_option( 'creators_image_refresh_accounts' );
$accounts[ $argv[2] ]['sealed'] = $accounts[ $argv[1] ]['sealed'];
must( update_option( 'creators_image_refresh_accounts', $accounts, false ), 'moving the secret' );
