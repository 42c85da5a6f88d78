<?php
/** The commands of WP-CLI: what they print, what they do, and how they end. Leaves the site as it was, with every link fresh. */

require __DIR__ . '/fake-wp-cli.php';
require __DIR__ . '/checks.php';

use Creators_Image_Refresh\Cli\Output;
use Creators_Image_Refresh\Plugin;
use Creators_Image_Refresh\Storage\Schema;

global $wpdb;
$table = Schema::images();
$all   = (int) $wpdb->get_var( "SELECT COUNT(*) FROM $table" );
$run   = static fn( string $name, array $options = array() ): int => WP_CLI::shell( "creators-images $name", $options );
$said  = static fn(): string => implode( "\n", WP_CLI::$said );
$due   = static fn(): int => (int) $wpdb->get_var( $wpdb->prepare( "SELECT COUNT(*) FROM $table WHERE due_at <= %d", time() ) );
delete_option( 'creators_image_refresh_last_run' );
$wpdb->query( $wpdb->prepare( "UPDATE $table SET due_at = %d", time() + 9999 ) );

check( 'status is fine', $run( 'status' ), 0 );
check( 'and says the numbers', str_contains( $said(), '{"state":"fresh","pictures":' ) );
check( 'status as a number', array( $run( 'status', array( 'format' => 'count' ) ), $said() ), array( 0, (string) $all ) );
check( 'an unknown format is refused', $run( 'status', array( 'format' => 'xml' ) ), 1 );

check( 'list is fine', $run( 'list' ), 0 );
check( 'and lists all', count( WP_CLI::$said ), $all );
check(
	'list of one country',
	array( $run( 'list', array( 'marketplace' => 'amazon.de', 'format' => 'ids' ) ), count( explode( ' ', $said() ) ) ),
	array( 0, (int) $wpdb->get_var( "SELECT COUNT(*) FROM $table WHERE marketplace = 'www.amazon.de'" ) )
);
$germans = explode( ' ', $said() );
check( 'list with a limit', array( $run( 'list', array( 'limit' => '3' ) ), count( WP_CLI::$said ) ), array( 0, 3 ) );
check(
	'list as a number',
	array( $run( 'list', array( 'format' => 'count', 'state' => 'gone' ) ), $said() ),
	array(
		0,
		(string) (int) $wpdb->get_var(
			"SELECT COUNT(*) FROM $table WHERE failed_code IN ('ItemNotAccessible', 'ResourceNotFoundException', 'NotReturned') AND fetched_at < UNIX_TIMESTAMP() - 86400"
		),
	)
);
check( 'an unknown state is refused', $run( 'list', array( 'state' => 'lost' ) ), 1 );
check( 'and an unknown order', $run( 'list', array( 'orderby' => 'size' ) ), 1 );
check(
	'and an unknown direction, with those there are',
	array( $run( 'list', array( 'order' => 'foo' ) ), $said() ),
	array( 1, 'Error: --order is one of asc, desc.' )
);
foreach ( array( 'list', 'status', 'refresh', 'test' ) as $name ) {
	check(
		"$name: and an unknown country, with those there are",
		array(
			$run( $name, array( 'marketplace' => 'amazon.test', 'dry-run' => true ) ),
			str_contains( $said(), 'www.amazon.de, ' ),
		),
		array( 1, true )
	);
}
foreach ( array( '0', '-1', 'ten', '' ) as $limit ) {
	check(
		"no limit is “{$limit}”",
		array( $run( 'list', array( 'limit' => $limit ) ), $run( 'refresh', array( 'limit' => $limit, 'dry-run' => true ) ) ),
		array( 1, 1 )
	);
}
$listed = static fn( array $options ): array => array_map(
	static fn( string $line ): array => (array) json_decode( $line, true ),
	0 === $run( 'list', $options ) ? WP_CLI::$said : array()
);
$wpdb->query( "UPDATE $table SET posts = 9 WHERE marketplace = 'www.amazon.de' AND asin = '{$germans[1]}'" );
$posts  = array_column( $listed( array( 'orderby' => 'posts', 'order' => 'desc' ) ), 'posts', 'asin' );
check(
	'list by posts, the most used first',
	array( array_key_first( $posts ), max( $posts ) ),
	array( $germans[1], $posts[ $germans[1] ] )
);
$wpdb->query( "UPDATE $table SET posts = 1 WHERE posts = 9" );
$words  = array_column( $listed( array( 'search' => 'kettle' ) ), 'title' );
check(
	'list by words of the title',
	array( count( $words ) > 0, preg_grep( '/kettle/i', $words, PREG_GREP_INVERT ) ),
	array( true, array() )
);
Output::rows(
	'csv',
	array( array( '=name' => '-1', 'state' => ' =2', 'pictures' => 3 ) ),
	array( '=name', 'state', 'pictures' ),
	'state'
);
check(
	'no column of CSV is a formula, headings among them',
	json_decode( (string) end( WP_CLI::$said ), true ),
	array( "'=name" => "'-1", 'state' => "' =2", 'pictures' => '3' )
);
check(
	'as many as the number says',
	array( $run( 'list', array( 'search' => 'kettle', 'format' => 'count' ) ), $said() ),
	array( 0, (string) count( $words ) )
);
check(
	'list of two products',
	array_unique(
		array_column(
			$listed( array( 'ids' => strtolower( "{$germans[0]}, {$germans[1]}" ), 'marketplace' => 'amazon.de' ) ),
			'asin'
		)
	),
	array( $germans[0], $germans[1] )
);
check(
	'status of one country',
	array( $run( 'status', array( 'marketplace' => 'amazon.de', 'format' => 'count' ) ), $said() ),
	array( 0, (string) count( $germans ) )
);

check(
	'a dry refresh of two names them',
	array(
		$run(
			'refresh',
			array( 'ids' => implode( ',', $germans ), 'marketplace' => 'www.amazon.de', 'dry-run' => true, 'format' => 'ids' )
		),
		count( explode( ' ', $said() ) ),
	),
	array( 0, count( $germans ) )
);
check( 'and makes nothing due', $due(), 0 );
$wpdb->query( $wpdb->prepare( "UPDATE $table SET fetched_at = 1000 WHERE asin = %s", $germans[0] ) );
check( 'a refresh of one is fine', $run( 'refresh', array( 'ids' => $germans[0] ) ), 0 );
check(
	'and it is fresh',
	(int) $wpdb->get_var( $wpdb->prepare( "SELECT MIN(fetched_at) FROM $table WHERE asin = %s", $germans[0] ) ) > time() - 60
);
check( 'the command line is named as who it was', Plugin::instance()->run_history()->all()[0]['by'], 'cli' );
$wpdb->query(
	"UPDATE $table SET fetched_at = 1000, excluded = 1 WHERE marketplace = 'www.amazon.de' AND asin = '{$germans[0]}'"
);
check(
	'with a limit, what is excluded takes no place',
	array(
		$run( 'refresh', array( 'marketplace' => 'www.amazon.de', 'limit' => '1', 'dry-run' => true, 'format' => 'ids' ) ),
		$said(),
	),
	array( 0, $germans[1] )
);
$wpdb->query( "UPDATE $table SET excluded = 0" );
check(
	'a refresh of one country, with a bar to its end',
	array( $run( 'refresh', array( 'marketplace' => 'www.amazon.de' ) ), WP_CLI::$bar ),
	array( 0, array( count( $germans ), count( $germans ), true ) )
);
check( 'a product that is not known is an error', $run( 'refresh', array( 'ids' => 'B0NOTKNOWN' ) ), 1 );
$wpdb->query( "UPDATE $table SET due_at = 0" );
check(
	'a dry refresh of everything',
	array( $run( 'refresh', array( 'dry-run' => true, 'format' => 'count' ) ), $said() ),
	array( 0, (string) $all )
);
check(
	'a refresh of everything is fine, with a bar to its end',
	array( $run( 'refresh' ), WP_CLI::$bar ),
	array( 0, array( $all, $all, true ) )
);
check( 'and nothing is due', $due(), 0 );

check( 'scan is fine', $run( 'scan' ), 0 );
check( 'with a bar to its end', array( WP_CLI::$bar[0] === WP_CLI::$bar[1], WP_CLI::$bar[2] ), array( true, true ) );
check( 'and everything was looked through', Plugin::instance()->scanner()->progress()['complete'] );
check(
	'a dry scan says so',
	array( $run( 'scan', array( 'dry-run' => true ) ), Plugin::instance()->scanner()->progress()['complete'] ),
	array( 0, true )
);

check(
	'a dry test asks nobody',
	array( $run( 'test', array( 'dry-run' => true, 'format' => 'ids' ) ), $said() ),
	array( 0, 'default' )
);
check( 'test is fine', $run( 'test' ), 0 );
check( 'test of a country without an account needs a person', $run( 'test', array( 'marketplace' => 'www.amazon.it' ) ), 2 );

// What needs a person.
putenv( 'CREATORS_IMAGE_REFRESH_CREDENTIAL_SECRET=amzn1.oa2-cs.v1.wrongcanary' );
$wpdb->query( $wpdb->prepare( "UPDATE $table SET due_at = 0 WHERE asin = %s", $germans[0] ) );
check( 'refused by Amazon: test ends in 2', $run( 'test' ), 2 );
check( 'refused by Amazon: refresh ends in 2', $run( 'refresh' ), 2 );
check( 'refused by Amazon: status ends in 2', $run( 'status', array( 'format' => 'json' ) ), 2 );
check( 'and nothing secret is said', str_contains( $said(), 'wrongcanary' ), false );
check( 'it is worth a line', Plugin::instance()->status_report()->alarm()['reason'] ?? null, 'invalid_credentials' );
putenv( 'CREATORS_IMAGE_REFRESH_CREDENTIAL_SECRET' );
$accounts = Plugin::instance()->account_repository();
$option   = 'creators_image_refresh_account_' . $accounts->default_id();
$saved    = get_option( $option );
update_option( $option, array( 'sealed' => 'v1:00000000:AAAA:AAAA' ) + $saved, false );
$accounts->forget();
check( 'a secret that cannot be read: refresh ends in 2', $run( 'refresh' ), 2 );
check( 'and is worth a line', Plugin::instance()->status_report()->alarm()['reason'] ?? null, 'secret_unreadable' );
update_option( $option, $saved, false );
$accounts->forget();
update_option( 'creators_image_refresh_schema', 0 );
check( 'without tables: refresh ends in 1', $run( 'refresh' ), 1 );
check( 'and no line is worth it', Plugin::instance()->status_report()->alarm(), null );
update_option( 'creators_image_refresh_schema', Schema::VERSION );
check( 'put right, refresh is fine', $run( 'refresh' ), 0 );
check( 'and no line is left', Plugin::instance()->status_report()->alarm(), null );
delete_option( 'creators_image_refresh_runs' );
