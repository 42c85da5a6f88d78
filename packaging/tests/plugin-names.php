<?php
/** Prints the file that the plugin's page names where the extension is missing, and its sum; nothing where the page names none. */

require __DIR__ . '/site.php';

use Creators_Image_Refresh\Reporting\Downloads;

$download = Downloads::for_this_server() ?? array( 'file' => '', 'sum' => '' );
$page     = new Creators_Image_Refresh\Reporting\Requirements( Creators_Image_Refresh\Plugin::instance()->extension() );
ob_start();
$page->render();
if ( str_contains( html_entity_decode( ob_get_clean() ), "echo '{$download['sum']}  {$download['file']}' | sha256sum -c" ) ) {
	echo $download['sum'], '  ', $download['file'], "\n";
}
