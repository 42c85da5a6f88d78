<?php
/**
 * The maker's signature under a version of the plugin, for the store to hand out with it as "signature":
 *
 *     php sign.php new-key FILE               makes a key, keeps its secret half in FILE, prints the public one (UPDATE_KEY)
 *     php sign.php sign FILE VERSION ZIP      prints the signature of a zip
 */

declare( strict_types=1 );

[ , $action, $file ] = $argv + array( '', '', '' );
if ( 'new-key' === $action && '' !== $file && ! file_exists( $file ) ) {
	$pair = sodium_crypto_sign_keypair();
	touch( $file );
	chmod( $file, 0600 );
	file_put_contents( $file, base64_encode( sodium_crypto_sign_secretkey( $pair ) ) );
	echo base64_encode( sodium_crypto_sign_publickey( $pair ) ), "\n";
} elseif ( 'sign' === $action && isset( $argv[4] ) ) {
	$line = "creators-image-refresh $argv[3] " . hash_file( 'sha256', $argv[4] );
	echo base64_encode( sodium_crypto_sign_detached( $line, (string) base64_decode( (string) file_get_contents( $file ), true ) ) ), "\n";
} else {
	fwrite( STDERR, "sign.php new-key FILE | sign FILE VERSION ZIP\n" );
	exit( 2 );
}
