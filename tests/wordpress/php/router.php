<?php
/** The rules a web server would have for WordPress, for `php -S`: files as they are, nothing hidden, all else to index.php. */

$path = rawurldecode( (string) parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH ) );
$root = $_SERVER['DOCUMENT_ROOT'];
$file = $root . $path;

if ( preg_match( '#/\.|\.(?:log|sqlite|sql)$#', $path ) ) {
	http_response_code( 403 );
	exit;
}
if ( is_dir( $file ) && ! str_ends_with( $path, '/' ) ) {
	header( 'Location: ' . $path . '/', true, 301 );
	exit;
}
if ( is_file( $file ) || ( '/' !== $path && is_file( $file . '/index.php' ) ) ) {
	return false;
}
$_SERVER['SCRIPT_NAME'] = '/index.php';
$_SERVER['PHP_SELF']    = '/index.php';
require $root . '/index.php';
