<?php
/**
 * Checks what the secrets say where a site has no security keys worth the name. Salts are constants, so each set of them has a
 * process of its own, with as much of WordPress as the secrets use.
 */

require __DIR__ . '/expectations.php';

const SETS = array(
	'none'        => array( array(), 'salts_missing' ),
	'sample'      => array(
		array( 'LOGGED_IN_KEY' => 'put your unique phrase here', 'LOGGED_IN_SALT' => 'put your unique phrase here' ),
		'salts_missing',
	),
	'half'        => array(
		array( 'LOGGED_IN_KEY' => 'a phrase that is long enough', 'LOGGED_IN_SALT' => 'put your unique phrase here' ),
		'salts_missing',
	),
	'translated'  => array(
		array( 'LOGGED_IN_KEY' => 'füge hier deine Zeichenkette ein', 'LOGGED_IN_SALT' => 'füge hier deine Zeichenkette ein' ),
		'salts_missing',
	),
	'empty'       => array( array( 'LOGGED_IN_KEY' => '', 'LOGGED_IN_SALT' => '' ), 'salts_missing' ),
	'short'       => array( array( 'LOGGED_IN_KEY' => 'short', 'LOGGED_IN_SALT' => 'also short' ), 'salts_missing' ),
	'sample, key' => array(
		array(
			'LOGGED_IN_KEY'                         => 'put your unique phrase here',
			'LOGGED_IN_SALT'                        => 'put your unique phrase here',
			'CREATORS_IMAGE_REFRESH_ENCRYPTION_KEY' => 'a key of the site itself, long enough',
		),
		'',
	),
	'good'        => array(
		array( 'LOGGED_IN_KEY' => 'a phrase that is long enough', 'LOGGED_IN_SALT' => 'another phrase, long enough' ),
		'',
	),
);

if ( ! isset( $argv[1] ) ) {
	foreach ( SETS as $name => [ , $expected ] ) {
		$said = array();
		exec( escapeshellarg( PHP_BINARY ) . ' ' . escapeshellarg( __FILE__ ) . ' ' . escapeshellarg( $name ), $said, $status );
		check_same( 0, $status, "$name: the process" );
		check_same(
			array( $expected, '' === $expected ? 'kept' : 'nothing' ),
			$said,
			"$name: why it is refused, and what is saved"
		);
	}
	exit;
}

define( 'ABSPATH', '/' );
foreach ( SETS[ $argv[1] ][0] as $name => $phrase ) {
	define( $name, $phrase );
}

class WP_Error {
	public function __construct( private string $code = '' ) {}

	public function get_error_code(): string {
		return $this->code;
	}
}

$GLOBALS['options'] = array();

function is_wp_error( mixed $thing ): bool {
	return $thing instanceof WP_Error;
}

function get_option( string $name, mixed $default = false ): mixed {
	return $GLOBALS['options'][ $name ] ?? $default;
}

function update_option( string $name, mixed $value, bool $autoload ): bool {
	$GLOBALS['options'][ $name ] = $value;
	return true;
}

function get_current_blog_id(): int {
	return 1;
}

require dirname( __DIR__, 3 ) . '/wp-plugin/includes/autoload.php';

$secrets = new Creators_Image_Refresh\Secrets\Secret_Vault();
$error   = $secrets->set( 'an_option', 'a secret' );
$kept    = array( 'an_option' ) === array_keys( $GLOBALS['options'] ) && 'a secret' === $secrets->get( 'an_option' );
echo $error?->get_error_code() ?? '', "\n", $kept ? 'kept' : ( array() === $GLOBALS['options'] ? 'nothing' : 'something' ), "\n";
