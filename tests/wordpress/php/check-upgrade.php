<?php
/**
 * Puts a site into the state in which an earlier version left it, with its tables of version 1 to 6, and has this one load:
 * check-upgrade make VERSION, then look.
 */

require __DIR__ . '/checks.php';

use Creators_Image_Refresh\Plugin;
use Creators_Image_Refresh\Storage\Listing\Image_Query;
use Creators_Image_Refresh\Storage\Schema;

global $wpdb;
$images = $wpdb->prefix . 'creators_image_refresh_images';
$uses   = $wpdb->prefix . 'creators_image_refresh_uses';
$now    = time();
if ( 'make' === $argv[1] ) {
	$charset = $wpdb->get_charset_collate();
	// From here on, this version writes nothing into what is not its own.
	update_option( 'creators_image_refresh_schema', 0 );
	$wpdb->query( "DROP TABLE IF EXISTS $images" );
	$wpdb->query( "DROP TABLE IF EXISTS $uses" );
	// Word for word, each version as it was last.
	$version = (int) $argv[2];
	$columns = array(
		'seen_at bigint(20) unsigned NOT NULL DEFAULT 0',
		'excluded tinyint(1) unsigned NOT NULL DEFAULT 0',
		"words varchar(140) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT '', posts int(10) unsigned NOT NULL DEFAULT 0",
		'seen_on bigint(20) unsigned DEFAULT NULL',
	);
	if ( 6 === $version ) {
		$columns[3] = 'purge_due bigint(20) unsigned NOT NULL DEFAULT 0';
	}
	$fifth   = array(
		'KEY due (marketplace,excluded,due_at)',
		'KEY shop (marketplace,excluded,failed_code,fetched_at,posts)',
		'KEY states (excluded,failed_code,fetched_at,posts)',
		'KEY number (asin,marketplace,excluded,failed_code,fetched_at,posts,words)',
		'KEY age (fetched_at,marketplace,asin,excluded,failed_code)',
		'KEY posts (posts,asin,marketplace,excluded,failed_code,fetched_at)',
		'KEY seen_at (seen_at)',
	);
	$indexes = array(
		1 => array( 'KEY due_at (due_at)', 'KEY fetched_at (fetched_at)' ),
		2 => array( 'KEY due_at (due_at)', 'KEY fetched_at (fetched_at)', 'KEY seen_at (seen_at)' ),
		4 => $fifth,
		5 => array( ...$fifth, 'KEY seen_on (seen_on)' ),
		6 => array(
			'KEY due (marketplace,excluded,due_at)',
			'KEY listed (fetched_at,marketplace,asin,excluded,failed_code,posts,words)',
			'KEY by_asin (asin,marketplace)',
			'KEY seen_at (seen_at)',
			'KEY purge_due (purge_due)',
		),
		3 => array(
			'KEY standing (marketplace,excluded,due_at,fetched_at,failed_code)',
			'KEY fetched_at (fetched_at)',
			'KEY seen_at (seen_at)',
			'KEY asked (excluded,due_at)',
			'KEY state (excluded,failed_code,fetched_at)',
			'KEY asin (asin)',
		),
	);
	must( $wpdb->query( "CREATE TABLE {$images} (
			marketplace varchar(32) NOT NULL,
			asin varchar(10) NOT NULL,
			image longtext DEFAULT NULL,
			fetched_at bigint(20) unsigned NOT NULL DEFAULT 0,
			due_at bigint(20) unsigned NOT NULL DEFAULT 0,
			attempts int(10) unsigned NOT NULL DEFAULT 0,
			failed_code varchar(64) NOT NULL DEFAULT '',
			failed_message varchar(255) NOT NULL DEFAULT '',
			" . implode( ', ', array( ...array_slice( $columns, 0, $version - 1 ), 'PRIMARY KEY  (marketplace,asin)', ...$indexes[ $version ] ) ) . "
			) {$charset}" ), 'making the table of pictures' );
	must( $wpdb->query( "CREATE TABLE {$uses} (
			post_id bigint(20) unsigned NOT NULL,
			marketplace varchar(32) NOT NULL,
			asin varchar(10) NOT NULL,
			" . ( $version > 1 ? 'on_page tinyint(1) unsigned NOT NULL DEFAULT 0, dead int(10) unsigned NOT NULL DEFAULT 0,' : '' )
			. ( $version > 5 ? 'seen_at bigint(20) unsigned NOT NULL DEFAULT 0, KEY pages (on_page,seen_at),' : '' ) . "
			PRIMARY KEY  (post_id,marketplace,asin),
			KEY picture (marketplace,asin)
			) {$charset}" ), 'making the table of uses' );
	$post = new_post( array( 'post_content' => site_stripe( 'B0UPGRADE1' ) . site_stripe( 'B0UPGRADE2' ) ) );
	foreach ( array( 'B0UPGRADE1' => '', 'B0UPGRADE2' => 'ItemNotAccessible' ) as $asin => $code ) {
		$wpdb->insert(
			$images,
			array(
				'marketplace'    => 'www.amazon.com',
				'asin'           => $asin,
				'image'          => '' === $code
					? '{"small":null,"medium":{"url":"https://m.media-amazon.com/images/I/x.jpg","width":160,"height":160},"large":null,"hires":null,"title":"Kept since the first \\u00d6l","detail_page_url":null,"fetched_at":'
						. $now
						. '}'
					: null,
				'fetched_at'     => '' === $code ? $now : 0,
				'due_at'         => $now + 3600,
				'attempts'       => '' === $code ? 0 : 2,
				'failed_code'    => $code,
				'failed_message' => '',
			)
		);
		// The sixth had counted what its scan has been past.
		$counted = $version > 5 ? array( 'dead' => 1 ) : array();
		$wpdb->insert( $uses, array( 'post_id' => $post, 'marketplace' => 'www.amazon.com', 'asin' => $asin ) + $counted );
	}
	if ( 5 === $version ) {
		// Only pages have shown these: one is a use already, one is to be one yet; and one that a post holds as well.
		$wpdb->insert(
			$images,
			array( 'marketplace' => 'www.amazon.com', 'asin' => 'B0DISCOVR1', 'seen_at' => $now - 9999, 'due_at' => $now + 3600 )
		);
		$wpdb->insert(
			$uses,
			array( 'post_id' => $post, 'marketplace' => 'www.amazon.com', 'asin' => 'B0DISCOVR1', 'on_page' => 1 )
		);
		$wpdb->insert(
			$images,
			array(
				'marketplace' => 'www.amazon.com',
				'asin'        => 'B0DISCOVR2',
				'seen_at'     => $now - 9999,
				'seen_on'     => $post,
				'due_at'      => $now + 3600,
			)
		);
		$wpdb->update( $images, array( 'seen_at' => $now - 9999 ), array( 'asin' => 'B0UPGRADE1' ) );
	}
	// Its own code sealed as this one does: v1, bound to option and site, with the salts.
	$key      = hash_hkdf( 'sha256', LOGGED_IN_KEY . LOGGED_IN_SALT, 32, 'creators-image-refresh/credentials/v1' );
	$nonce    = random_bytes( 24 );
	$lost     = hash_hkdf( 'sha256', 'a-key-that-may-turn-up-again', 32, 'creators-image-refresh/credentials/v1' );
	$sealed   = static fn( string $option, string $secret, string $key ): string => implode(
		':',
		array(
			'v1',
			substr( hash_hmac( 'sha256', 'key id', $key ), 0, 8 ),
			base64_encode( $nonce ),
			base64_encode( sodium_crypto_aead_xchacha20poly1305_ietf_encrypt( $secret, $option . '|1', $nonce, $key ) ),
		)
	);
	$values   = array(
		'settings'          => array(
			'credential_id'      => 'amzn1.application-oa2-client.first',
			'credential_version' => '3.1',
			'partner_tag'        => 'first-20',
			'marketplace'        => 'www.amazon.com',
			'api_provider'       => 'creators_api',
			'refresh_images'     => true,
		),
		'credential_secret' => $sealed( 'creators_image_refresh_credential_secret', 'the-first-secret', $key ),
		'license_key'       => $sealed( 'creators_image_refresh_license_key', 'the-first-license', $key ),
		'accounts'          => array(
			'www.amazon.com'   => array(
				'credential_id'      => 'amzn1.resting',
				'credential_version' => '',
				'partner_tag'        => 'resting-20',
				'enabled'            => true,
				'sealed'             => $sealed( 'creators_image_refresh_accounts|www.amazon.com', 'the-resting-secret', $key ),
			),
			'www.amazon.de'    => array(
				'credential_id'      => 'amzn1.german',
				'credential_version' => '3.2',
				'partner_tag'        => 'german-21',
				'enabled'            => false,
				'sealed'             => $sealed( 'creators_image_refresh_accounts|www.amazon.de', 'the-german-secret', $key ),
			),
			'www.amazon.co.jp' => array(
				'credential_id'      => 'amzn1.lost',
				'credential_version' => '',
				'partner_tag'        => 'lost-22',
				'enabled'            => true,
				'sealed'             => $sealed( 'creators_image_refresh_accounts|www.amazon.co.jp', 'the-lost-secret', $lost ),
			),
		),
		'last_run'          => array(
			'by'          => 'schedule',
			'finished_at' => $now - 60.5,
			'refreshed'   => 1,
			'failed'      => 1,
			'calls'       => 1,
			'more'        => false,
			'stopped'     => null,
		),
		'scan'              => array( 'cursor' => $post, 'finished_at' => $version < 6 ? $now : 0, 'marketplace' => 'www.amazon.com' ),
		'schema'            => $version,
	);
	$wpdb->query(
		$wpdb->prepare( 'DELETE FROM %i WHERE option_name LIKE %s', $wpdb->options, 'creators\\_image\\_refresh\\_%account%' )
	);
	foreach ( $values as $name => $value ) {
		$wpdb->delete( $wpdb->options, array( 'option_name' => "creators_image_refresh_$name" ) );
		$wpdb->insert(
			$wpdb->options,
			array(
				'option_name'  => "creators_image_refresh_$name",
				'option_value' => maybe_serialize( $value ),
				'autoload'     => 'schema' === $name ? 'on' : 'off',
			)
		);
	}
	$active = (array) get_option( 'active_plugins' );
	update_option(
		'active_plugins',
		array_values( array_unique( array( ...$active, 'creators-image-refresh/creators-image-refresh.php' ) ) )
	);
	exit;
}

// The plugin was loaded by WordPress, and upgraded what it found.
$plugin = Plugin::instance();
check( 'the tables are those of this version', Schema::is_ready() && Schema::are_there() );
$indexes = array_values(
	array_unique( array_column( (array) $wpdb->get_results( "SHOW INDEX FROM $images", ARRAY_A ), 'Key_name' ) )
);
sort( $indexes );
check(
	'with their indexes, and none of an earlier one',
	$indexes,
	array( 'PRIMARY', 'by_asin', 'due_next', 'listed', 'purge_due', 'seen_at' )
);
if ( null !== $wpdb->get_var( "SELECT asin FROM $images WHERE asin = 'B0DISCOVR1'" ) ) {
	$shown = $wpdb->get_results(
		"SELECT asin, on_page, CASE WHEN seen_at > 0 THEN 1 ELSE 0 END AS dated FROM $uses WHERE asin LIKE 'B0DISCOVR%' ORDER BY asin",
		ARRAY_N
	);
	check(
		'what only pages show has its uses, with a date',
		$shown,
		array( array( 'B0DISCOVR1', '1', '1' ), array( 'B0DISCOVR2', '1', '1' ) )
	);
	$seen = $wpdb->get_col( "SELECT asin FROM $images WHERE seen_at > 0 ORDER BY asin" );
	check( 'and is told from what a post holds', $seen, array( 'B0DISCOVR1', 'B0DISCOVR2' ) );
	$wpdb->query( "DELETE FROM $uses WHERE asin LIKE 'B0DISCOVR%'" );
	$wpdb->query( "DELETE FROM $images WHERE asin LIKE 'B0DISCOVR%'" );
}
check( 'page caches have nothing to be told of', $plugin->purge_outbox()->is_empty() );
update_option( Schema::OPTION, 3 );
$page = $plugin->page_rewriter()->rewrite( site_stripe( 'B0UPGRADE1' ) );
update_option( Schema::OPTION, Schema::VERSION );
check( 'pages have their pictures while an upgrade waits for the background', str_contains( $page, 'x.jpg' ) );
$account = $plugin->accounts()->default_account();
check(
	'the account is there, its secret readable',
	is_wp_error( $account )
		? $account->get_error_code()
		: array( $account['credential_id'], $account['credential_secret'], $account['partner_tag'] ),
	array( 'amzn1.application-oa2-client.first', 'the-first-secret', 'first-20' )
);
check( 'the license key as well', $plugin->license()->key(), 'the-first-license' );
$accounts = $plugin->account_repository();
$of       = static fn( string $id ): array => array_intersect_key(
	(array) $accounts->find( $id ),
	array_flip( array( 'credential_id', 'credential_version', 'partner_tag', 'enabled' ) )
);
$secret   = static fn( string $id ): mixed => is_wp_error( $accounts->secret( $accounts->find( $id ) ) )
	? $accounts->secret( $accounts->find( $id ) )->get_error_code()
	: $accounts->secret( $accounts->find( $id ) );
check(
	'so is each of the others',
	$of( 'www.amazon.de' ),
	array( 'enabled' => false, 'credential_id' => 'amzn1.german', 'credential_version' => '3.2', 'partner_tag' => 'german-21' )
);
check( 'its secret readable', $secret( 'www.amazon.de' ), 'the-german-secret' );
check(
	'one for the country of the default one rests as before',
	array( $secret( 'www.amazon.com' ), array_column( $plugin->account_overview()->entries(), 'state', 'id' )['www.amazon.com'] ),
	array( 'the-resting-secret', 'resting' )
);
check( 'a secret that cannot be read is kept', $secret( 'www.amazon.co.jp' ), 'secret_unreadable' );
putenv( 'CREATORS_IMAGE_REFRESH_ENCRYPTION_KEY_PREVIOUS=a-key-that-may-turn-up-again' );
check( 'and read when its key turns up', $secret( 'www.amazon.co.jp' ), 'the-lost-secret' );
putenv( 'CREATORS_IMAGE_REFRESH_ENCRYPTION_KEY_PREVIOUS' );
check(
	'nothing is left in its earlier place',
	array(
		get_option( 'creators_image_refresh_accounts' ),
		get_option( 'creators_image_refresh_credential_secret' ),
		array_keys( get_option( 'creators_image_refresh_settings' ) ),
	),
	array( false, false, array( 'api_provider', 'refresh_images' ) )
);
check( 'the settings are kept', $plugin->settings()->all(), array( 'api_provider' => 'creators_api', 'refresh_images' => true ) );
$states = array_column(
	( new Image_Query() )->pictures( array( 'search' => 'B0UPGRADE' ), 'asin', false, 9, 0 ),
	'state',
	'asin'
);
check( 'the pictures are kept, in their states', $states, array( 'B0UPGRADE1' => 'fresh', 'B0UPGRADE2' => 'gone' ) );
check(
	'with their title',
	( new Image_Query() )->pictures( array( 'search' => 'B0UPGRADE1' ), 'asin', false, 9, 0 )[0]['title'],
	'Kept since the first Öl'
);
check( 'and their attempts', $wpdb->get_var( "SELECT attempts FROM $images WHERE asin = 'B0UPGRADE2'" ), '2' );
check( 'the uses are kept', $wpdb->get_var( "SELECT COUNT(*) FROM $uses WHERE asin LIKE 'B0UPGRADE%'" ), '2' );
check(
	'posts are looked through again, for what earlier versions did not count',
	$plugin->scanner()->progress()['complete'],
	false
);
for ( $slices = 1; ! $plugin->scanner()->scan_slice( 0.0 )['complete']; $slices++ ) {
	continue;
}
check( 'which takes several slices', $slices > 2 );
check(
	'then the number of posts is in its place',
	(int) $wpdb->get_var( "SELECT SUM(posts) FROM $images WHERE asin LIKE 'B0UPGRADE%'" ),
	2
);
check( 'and then dead pictures are counted', $wpdb->get_var( "SELECT SUM(dead) FROM $uses WHERE asin LIKE 'B0UPGRADE%'" ), '2' );
check( 'the last run is remembered', $plugin->run_log()->last_run()['refreshed'] ?? null, 1 );
foreach ( $wpdb->get_col( "SELECT DISTINCT post_id FROM $uses WHERE asin LIKE 'B0UPGRADE%'" ) as $post ) {
	wp_delete_post( (int) $post, true );
}
