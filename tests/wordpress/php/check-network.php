<?php
/**
 * A network of sites: check-network make, then, in a request of its own each, check-network look and check-network leave.
 * It needs a site on which the plugin was never active; that becomes the network.
 */

if ( 'make' !== ( $argv[1] ?? '' ) ) {
	// As wp-config.php says it from then on.
	foreach ( json_decode( file_get_contents( getenv( 'SITE_FOLDER' ) . '/network.json' ), true ) as $name => $value ) {
		define( $name, $value );
	}
}
require __DIR__ . '/checks.php';

use Creators_Image_Refresh\Plugin;
use Creators_Image_Refresh\Rendering\Hooks;
use Creators_Image_Refresh\Storage\Schema;

const PLUGIN = 'creators-image-refresh/creators-image-refresh.php';

/** @return list<string> Every option, table, user's key and planned job of every site. */
function everything(): array {
	global $wpdb;
	$all = $wpdb->get_col( 'SHOW TABLES' );
	foreach ( get_sites( array( 'number' => 0, 'fields' => 'ids' ) ) as $site ) {
		switch_to_blog( $site );
		wp_cache_flush();
		foreach ( $wpdb->get_col( "SELECT option_name FROM $wpdb->options" ) as $name ) {
			$all[] = "$site option $name";
		}
		foreach ( array_merge( array(), ...array_map( 'array_keys', array_values( _get_cron_array() ) ) ) as $hook ) {
			$all[] = "$site job $hook";
		}
		restore_current_blog();
	}
	foreach ( $wpdb->get_col( "SELECT CONCAT( user_id, ' ', meta_key ) FROM $wpdb->usermeta" ) as $key ) {
		$all[] = "user $key";
	}
	foreach ( $wpdb->get_col( "SELECT meta_key FROM $wpdb->sitemeta" ) as $key ) {
		$all[] = "network $key";
	}
	// What WordPress keeps for itself comes and goes.
	$all = array_unique(
		preg_grep(
			'/ (?:option|network) (?:_(?:site_)?transient_|can_compress|recently_activated|active_sitewide|uninstall_plugins|cron$|rewrite_rules|.*user_count|.*blog_count)|job wp_|job (?:recovery|delete_expired)/',
			$all,
			PREG_GREP_INVERT
		)
	);
	sort( $all );
	return $all;
}

$memory = getenv( 'SITE_FOLDER' ) . '/before.json';
global $wpdb;

if ( 'make' === $argv[1] ) {
	require_once ABSPATH . 'wp-admin/includes/network.php';
	require_once ABSPATH . 'wp-admin/includes/upgrade.php';
	foreach ( $wpdb->tables( 'ms_global' ) as $table => $prefixed ) {
		$wpdb->$table = $prefixed;
	}
	install_network();
	$host = $_SERVER['HTTP_HOST'];
	must( populate_network( 1, $host, 'admin@example.org', 'A network', '/', false ), 'making a network' );
	file_put_contents(
		getenv( 'SITE_FOLDER' ) . '/network.json',
		wp_json_encode(
			array(
				'WP_ALLOW_MULTISITE'   => true,
				'MULTISITE'            => true,
				'SUBDOMAIN_INSTALL'    => false,
				'DOMAIN_CURRENT_SITE'  => $host,
				'PATH_CURRENT_SITE'    => '/',
				'SITE_ID_CURRENT_SITE' => 1,
				'BLOG_ID_CURRENT_SITE' => 1,
			)
		)
	);
	exit;
}

if ( 'look' === $argv[1] ) {
	check( 'it is a network', is_multisite() );
	wp_set_current_user( 1 );
	grant_super_admin( 1 );
	$host = get_network()->domain;
	$ids  = array( 1 );
	foreach ( array( 'two', 'three', 'four' ) as $name ) {
		$ids[] = must( wpmu_create_blog( $host, "/$name/", ucfirst( $name ), 1 ), "making the site $name" );
	}
	file_put_contents( $memory, wp_json_encode( everything() ) );
	must( activate_plugin( PLUGIN, '', true ), 'activating for the network' );
	$plugin = Plugin::instance();
	$plugin->add_hooks();
	do_action( 'creators_image_refresh_none' );

	$tables = static fn(): int => count( preg_grep( '/creators_image_refresh/', $wpdb->get_col( 'SHOW TABLES' ) ) );
	check( 'activation makes the tables of one site', $tables(), 2 );
	foreach ( array_slice( $ids, 1 ) as $id ) {
		switch_to_blog( $id );
		check( "site $id has none yet", Schema::is_ready(), false );
		$plugin->set_up();
		check( "site $id has its own when somebody comes to it", Schema::is_ready() && Schema::are_there() );
		restore_current_blog();
	}
	check( 'four sites, eight tables', $tables(), 8 );

	// A page, and on it a piece of another site's.
	remove_all_filters( 'the_content' );
	$hooks = new Hooks( $plugin );
	$hooks->add();
	$piece = site_stripe( 'B0NETWORK1' );
	$known = array(
		'marketplace' => 'www.amazon.com',
		'asin'        => 'B0NETWORK1',
		'image'       => '{"medium":{"url":"https://m.media-amazon.com/images/I/network.jpg"}}',
		'fetched_at'  => time(),
	);
	check( 'a piece whose picture this site does not know stays as it was', apply_filters( 'the_content', $piece ), $piece );
	switch_to_blog( $ids[1] );
	$wpdb->insert( Schema::images(), $known );
	check(
		'one of another site has that site\'s pictures',
		str_contains( apply_filters( 'the_content', $piece ), 'network.jpg' )
	);
	$wpdb->delete( Schema::images(), array( 'asin' => 'B0NETWORK1' ) );
	restore_current_blog();

	// Credentials of the network.
	$fields = array(
		'credential_id'      => 'amzn1.application-oa2-client.network',
		'credential_secret'  => 'amzn1.oa2-cs.v1.networkcanary',
		'credential_version' => '3.1',
		'partner_tag'        => 'network-20',
		'marketplace'        => 'www.amazon.de',
	);
	check( 'credentials of the network are saved', $plugin->network_defaults()->save( $fields, false ), null );
	check(
		'and not in clear',
		str_contains( wp_json_encode( $wpdb->get_col( "SELECT meta_value FROM $wpdb->sitemeta" ) ), 'networkcanary' ),
		false
	);
	foreach ( $ids as $id ) {
		switch_to_blog( $id );
		$account = $plugin->accounts()->default_account();
		check(
			"site $id asks with them",
			is_wp_error( $account )
				? $account->get_error_code()
				: array( $account['credential_secret'], $account['partner_tag'], $account['marketplace'] ),
			array( 'amzn1.oa2-cs.v1.networkcanary', 'network-20', 'www.amazon.de' )
		);
		restore_current_blog();
	}
	switch_to_blog( $ids[1] );
	update_option( 'creators_image_refresh_settings', array( 'partner_tag' => 'two-21', 'marketplace' => 'www.amazon.co.uk' ) );
	$account = $plugin->accounts()->default_account();
	check(
		'a tag of its own goes with its own country',
		array( $account['credential_id'], $account['partner_tag'], $account['marketplace'] ),
		array( $fields['credential_id'], 'two-21', 'www.amazon.co.uk' )
	);
	update_option(
		'creators_image_refresh_settings',
		array(
			'credential_id' => 'amzn1.application-oa2-client.own',
			'partner_tag'   => 'two-21',
			'marketplace'   => 'www.amazon.co.uk',
		)
	);
	check( 'a Credential ID of its own leaves nothing of the network\'s', $plugin->accounts()->secret(), '' );
	// As 0.1.0 has left it, its secret encrypted for this site.
	$wpdb->query( "DELETE FROM $wpdb->options WHERE option_name LIKE 'creators_image_refresh_%account%'" );
	wp_cache_flush();
	$old = array(
		'www.amazon.fr' => array(
			'credential_id'      => 'amzn1.french',
			'credential_version' => '',
			'partner_tag'        => 'french-21',
			'enabled'            => true,
			'sealed'             => $plugin->secrets()->seal(
				'creators_image_refresh_accounts|www.amazon.fr',
				'the secret of site two'
			),
		),
	);
	$wpdb->update(
		$wpdb->options,
		array(
			'option_value' => serialize(
				array(
					'credential_id'  => '',
					'partner_tag'    => 'two-21',
					'marketplace'    => 'www.amazon.it',
					'refresh_images' => true,
				)
			),
		),
		array( 'option_name' => 'creators_image_refresh_settings' )
	);
	$wpdb->insert(
		$wpdb->options,
		array( 'option_name' => 'creators_image_refresh_accounts', 'option_value' => serialize( $old ), 'autoload' => 'off' )
	);
	wp_cache_flush();
	$plugin->account_repository()->forget();
	check(
		'pages know the country before the site is upgraded',
		$plugin->account_repository()->default_marketplace(),
		'www.amazon.it'
	);
	$plugin->set_up();
	check(
		'and after, from where it stands now',
		array( get_option( 'creators_image_refresh_default_account' ), get_option( 'creators_image_refresh_accounts' ) ),
		array( 'www.amazon.it', false )
	);
	check(
		'the site keeps its tag beside the credentials of the network',
		array( $plugin->accounts()->default_account()['credential_id'], $plugin->accounts()->default_account()['partner_tag'] ),
		array( $fields['credential_id'], 'two-21' )
	);
	check(
		'and its other account, with its secret',
		$plugin->accounts()->own_account( 'www.amazon.fr' )['credential_secret'],
		'the secret of site two'
	);
	restore_current_blog();
	check( 'a site is shown nothing of the secret that is shared', $plugin->accounts()->own_secret(), '' );
	check(
		'a test without a Credential ID is one of what is shared',
		$plugin->accounts()->from_form( array( 'credential_id' => '' ) )['credential_secret'],
		'amzn1.oa2-cs.v1.networkcanary'
	);
	check(
		'but the shared secret never goes with another ID',
		$plugin->accounts()->from_form( array( 'credential_id' => 'amzn1.other' ) )['credential_secret'],
		''
	);
	check( 'nor into another account of the site', $plugin->account_service()->can_swap(), false );
	check(
		'an empty secret keeps the saved one',
		array(
			$plugin->network_defaults()->save( array( 'credential_secret' => '', 'partner_tag' => 'new-20' ) + $fields, false ),
			$plugin->network_defaults()->secret(),
		),
		array( null, 'amzn1.oa2-cs.v1.networkcanary' )
	);
	$theirs = array( 'partner_tag' => 'theirs-20' ) + $fields;
	$at_once = static function ( string $query ) use ( &$at_once, $plugin, $theirs ): string {
		if ( str_contains( $query, 'UPDATE' ) && str_contains( $query, 'network' ) && str_contains( $query, 'mine-20' ) ) {
			remove_filter( 'query', $at_once );
			$plugin->network_defaults()->save( $theirs, false );
		}
		return $query;
	};
	add_filter( 'query', $at_once );
	check(
		'of two who save at once the second is told',
		$plugin->network_defaults()->save( array( 'partner_tag' => 'mine-20' ) + $fields, false )?->get_error_code(),
		'account_changed'
	);
	check( 'and what the first has saved stays', $plugin->network_defaults()->all()['partner_tag'], 'theirs-20' );
	$first = new Creators_Image_Refresh\Settings\Option_Row( 'creators_image_refresh_none', true );
	check(
		'a row of the network is added once',
		array( $first->insert( 'one' ), $first->insert( 'two' ), $first->read(), $first->remove( 'two' ), $first->remove( 'one' ) ),
		array( true, false, 'one', false, true )
	);
	putenv( 'CREATORS_IMAGE_REFRESH_ENCRYPTION_KEY=a-key-of-its-own-0123456789' );
	$rotated = $plugin->secrets()->rotate( false );
	check(
		'the secret that is shared goes along with a new key',
		array( $rotated['rotated'], $plugin->network_defaults()->secret() ),
		array( array( 'creators_image_refresh_network' ), 'amzn1.oa2-cs.v1.networkcanary' )
	);
	putenv( 'CREATORS_IMAGE_REFRESH_ENCRYPTION_KEY' );
	$plugin->network_defaults()->save( $fields, false );
	check( 'and back', $plugin->network_defaults()->secret(), 'amzn1.oa2-cs.v1.networkcanary' );
	check(
		'what cannot be meant is refused',
		$plugin->network_defaults()->save( array( 'marketplace' => 'www.amazon.evil' ) + $fields, false )?->get_error_code(),
		'field_refused'
	);
	check(
		'and removed, it is gone',
		array(
			$plugin->network_defaults()->save( array( 'credential_secret' => '' ) + $fields, true ),
			$plugin->network_defaults()->secret(),
		),
		array( null, '' )
	);
	$plugin->network_defaults()->save( $fields, false );

	// A site that is deleted takes its tables along.
	wp_delete_site( $ids[3] );
	check( 'a deleted site takes its tables along', $tables(), 6 );
	file_put_contents(
		$memory,
		wp_json_encode(
			array_values(
				array_filter(
					json_decode( file_get_contents( $memory ), true ),
					static fn( string $one ): bool => ! str_contains( $one, "wp_{$ids[3]}_" )
						&& ! str_starts_with( $one, "{$ids[3]} " )
				)
			)
		)
	);

	// Everything that may be kept anywhere.
	foreach ( array( 1, $ids[1], $ids[2] ) as $id ) {
		switch_to_blog( $id );
		wp_schedule_single_event( time() + 999, 'creators_image_refresh_run', array( 'next' ) );
		set_transient( 'creators_image_refresh_answer_1', array( 1 ), 999 );
		update_user_option( 1, 'creators_image_refresh_dismissed', 'invalid_credentials' );
		update_option( 'creators_image_refresh_runs', array(), false );
		restore_current_blog();
	}
	update_user_meta( 1, 'creators_image_refresh_images_per_page', 50 );
	set_site_transient( 'creators_image_refresh_x', 1, 999 );
	exit;
}

// leave: deactivated, then deleted.
deactivate_plugins( PLUGIN, false, true );
foreach ( get_sites( array( 'fields' => 'ids' ) ) as $id ) {
	switch_to_blog( $id );
	check(
		"deactivated, site $id has nothing planned",
		preg_grep(
			'/creators_image_refresh/',
			array_merge( array(), ...array_map( 'array_keys', array_values( _get_cron_array() ) ) )
		),
		array()
	);
	restore_current_blog();
}
uninstall_plugin( PLUGIN );
$before = json_decode( file_get_contents( $memory ), true );
check( 'nothing is left on any site', array_values( array_diff( everything(), $before ) ), array() );
check( 'and nothing else was taken', array_values( array_diff( $before, everything() ) ), array() );
