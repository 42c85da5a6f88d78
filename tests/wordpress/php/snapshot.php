<?php
/**
 * Keeps what a site's database holds under a name, or puts it back: snapshot keep NAME, snapshot restore NAME.
 * WordPress is not loaded: nothing is asked of the database but its tables.
 */

$folder = getenv( 'SITE_FOLDER' );
[ , $verb, $name ] = $argv;
preg_match( '/\A[a-z]+\z/', $name ) || exit( "no name of a snapshot: $name\n" );

if ( is_dir( "$folder/database" ) && array() !== glob( "$folder/database/*" ) ) {
	$kept = "$folder/snapshots/$name";
	[ $from, $to ] = 'keep' === $verb ? array( "$folder/database", $kept ) : array( $kept, "$folder/database" );
	is_dir( $to ) || mkdir( $to, 0777, true );
	array_map( 'unlink', glob( "$to/*" ) );
	foreach ( glob( "$from/*" ) as $file ) {
		copy( $file, $to . '/' . basename( $file ) ) || exit( "cannot copy $file\n" );
	}
	return;
}

$config = file_get_contents( "$folder/wordpress/wp-config.php" );
preg_match( "/'DB_PASSWORD', '([^']*)'/", $config, $password ) || exit( "no password in wp-config.php\n" );
[ $host, $port ] = explode( ':', trim( file_get_contents( "$folder/run/database" ) ) );
$database        = new mysqli( $host, 'wordpress', $password[1], 'wordpress', (int) $port );
[ $from, $to ]   = 'keep' === $verb ? array( 'wordpress', "wordpress_$name" ) : array( "wordpress_$name", 'wordpress' );
$tables          = static fn( string $schema ): array => array_column(
	$database->query(
		"SELECT table_name AS name FROM information_schema.tables WHERE table_schema = '$schema'"
	)->fetch_all( MYSQLI_ASSOC ),
	'name'
);

$database->query( 'SET SESSION sql_mode = "NO_AUTO_VALUE_ON_ZERO", foreign_key_checks = 0' );
$database->query( "CREATE DATABASE IF NOT EXISTS `$to` CHARACTER SET utf8mb4" );
foreach ( $tables( $to ) as $table ) {
	$database->query( "DROP TABLE `$to`.`$table`" );
}
foreach ( $tables( $from ) as $table ) {
	$database->query( "CREATE TABLE `$to`.`$table` LIKE `$from`.`$table`" );
	$database->query( "INSERT INTO `$to`.`$table` SELECT * FROM `$from`.`$table`" );
}
