<?php
/**
 * Checks that no account is lost, whoever saves beside whom, and what follows from a change. What was saved before is there again
 * afterwards.
 */

require __DIR__ . '/checks.php';

use Creators_Image_Refresh\Accounts\Account_Overview;
use Creators_Image_Refresh\Connection\Connection_Tester;
use Creators_Image_Refresh\Hook_Names;
use Creators_Image_Refresh\Plugin;
use Creators_Image_Refresh\Settings\Settings;

global $wpdb;
$plugin   = Plugin::instance();
$accounts = $plugin->account_repository();
$before   = $wpdb->get_results(
	$wpdb->prepare( 'SELECT * FROM %i WHERE option_name LIKE %s', $wpdb->options, '%image_refresh%account%' ),
	ARRAY_A
);
wp_set_current_user( 1 );
$wpdb->query( $wpdb->prepare( 'DELETE FROM %i WHERE option_name LIKE %s', $wpdb->options, '%image_refresh%account%' ) );
$wpdb->insert(
	$wpdb->options,
	array( 'option_name' => Hook_Names::DEFAULT_ACCOUNT, 'option_value' => 'www.amazon.com', 'autoload' => 'on' )
);
wp_cache_flush();

// Two processes at once.
$processes = array();
foreach ( array( 'www.amazon.de,www.amazon.fr,www.amazon.it', 'www.amazon.es,www.amazon.nl,www.amazon.se' ) as $hosts ) {
	$processes[] = proc_open(
		array( PHP_BINARY, __DIR__ . '/change-accounts.php', $hosts, '167' ),
		array( 1 => array( 'pipe', 'w' ) ),
		$pipes
	);
	$said[]      = $pipes[1];
}
foreach ( $processes as $number => $process ) {
	check(
		"two people who save 1,002 times lose nothing of each other's: process $number",
		stream_get_contents( $said[ $number ] ),
		"501 changes\n"
	);
	proc_close( $process );
}
$accounts->forget();
$saved = array_map(
	static fn( array $record ): array => array( $record['partner_tag'], $accounts->secret( $record ) ),
	$accounts->others()
);
check(
	'the last of each is there, with a secret that can be read',
	$saved['www.amazon.nl'] ?? null,
	array( 'tag166-21', 'secret-www.amazon.nl-166' )
);
check(
	'and that of all six',
	count(
		array_intersect(
			array( 'www.amazon.de', 'www.amazon.fr', 'www.amazon.it', 'www.amazon.es', 'www.amazon.nl', 'www.amazon.se' ),
			array_keys( $saved )
		)
	),
	6
);

// The same account, changed by two: one of them is told.
$record = $accounts->find( 'www.amazon.de' );
check( 'an account is changed', $accounts->update( $record, array( 'partner_tag' => 'Mine-21' ) ), null );
check(
	'whoever has read it before is told',
	$accounts->update( $record, array( 'partner_tag' => 'theirs-21' ) )?->get_error_code(),
	'account_changed'
);
$record = $accounts->find( 'www.amazon.de' );
check( 'and what the first has saved stands', $record['partner_tag'], 'Mine-21' );
check(
	'a letter of another case is a change',
	$accounts->update(
		array( 'stored' => str_replace( 'Mine', 'mine', $record['stored'] ) ) + $record,
		array( 'partner_tag' => 'x-21' )
	)?->get_error_code(),
	'account_changed'
);
check(
	'a second account for a country is refused',
	$accounts->add( array( 'credential_secret' => 'x' ) + $record, true )?->get_error_code(),
	'account_exists'
);
$service = $plugin->account_service();
$other   = static fn() => Plugin::instance()->account_repository()->update(
	Plugin::instance()->account_repository()->find( 'www.amazon.de' ),
	array( 'credential_version' => '3.2' )
);
$stale   = new Creators_Image_Refresh\Accounts\Account_Repository( $plugin->settings(), $plugin->secrets() );
$stale->all();
$other();
(
	new Creators_Image_Refresh\Accounts\Account_Service( $plugin->settings(), $plugin->accounts(), $stale, $plugin->save_guard( ... ) )
)->change( 'www.amazon.de', array( 'enabled' => false ) );
$accounts->forget();
$record = $accounts->find( 'www.amazon.de' );
check(
	'whoever changes something else of it wins as well',
	array( $record['credential_version'], $record['enabled'] ),
	array( '3.2', false )
);

$stale->all();
$accounts->forget();
$accounts->update( $accounts->find( 'www.amazon.de' ), array( 'partner_tag' => 'first-21' ) );
$form = array(
	'credential_id'      => 'amzn1.second',
	'credential_secret'  => 'secret-of-the-second',
	'credential_version' => '',
	'partner_tag'        => 'second-21',
);
(
	new Creators_Image_Refresh\Accounts\Account_Service( $plugin->settings(), $plugin->accounts(), $stale, $plugin->save_guard( ... ) )
)->submit( 'www.amazon.de', $form );
$notices = (array) get_transient( 'creators_image_refresh_notices_1' );
delete_transient( 'creators_image_refresh_notices_1' );
$accounts->forget();
$record = $accounts->find( 'www.amazon.de' );
check(
	'of two who edit the same account at once the second is told',
	array(
		array_column( $notices, 'type' ),
		str_starts_with( $notices[0]['sentence'], 'Somebody else has changed this account' ),
	),
	array( array( 'error' ), true )
);
check(
	'and the pair of the first is whole',
	array( $record['partner_tag'], $accounts->secret( $record ) ),
	array( 'first-21', 'secret-www.amazon.de-166' )
);

// Events.
$told = array();
add_action(
	'creators_image_refresh_account_changed',
	static function ( string $marketplace, bool $is_default, array $fields ) use ( &$told ): void {
		sort( $fields );
		$told[] = array( $marketplace, $is_default, implode( ' ', $fields ) );
	},
	10,
	3
);
/** What is told while something is done. */
$while = static function ( callable $do ) use ( &$told ): array {
	$told = array();
	$do();
	return $told;
};
$shop  = static fn(): string => Plugin::instance()->accounts()->default_marketplace();
$form  = array(
	'credential_id'      => 'amzn1.event',
	'credential_secret'  => 'secret-of-the-event',
	'credential_version' => '',
	'partner_tag'        => 'event-20',
	'marketplace'        => $shop(),
	'refresh_images'     => '1',
	'api_provider'       => 'auto',
);
$save  = static fn( array $more ) => static fn() => update_option( Settings::OPTION, $more + $form );
check(
	'one save tells once',
	$while( $save( array() ) ),
	array( array( $shop(), true, 'credential_id credential_secret partner_tag' ) )
);
check( 'the same once more tells nothing', $while( $save( array() ) ), array() );
check( 'another setting tells nothing', $while( $save( array( 'refresh_images' => '0' ) ) ), array() );
$save( array() )();
check(
	'another country tells once',
	$while( $save( array( 'marketplace' => 'www.amazon.pl' ) ) ),
	array( array( 'www.amazon.pl', true, 'marketplace' ) )
);
check(
	'the account has gone along, and is nowhere else',
	array( $accounts->default_record()['partner_tag'], $plugin->accounts()->secret(), count( $accounts->all() ) ),
	array( 'event-20', 'secret-of-the-event', count( $accounts->others() ) + 1 )
);
check(
	'the star tells once',
	$while( static fn() => check( 'the star is given', $service->make_default( 'www.amazon.nl' ), null ) ),
	array( array( 'www.amazon.nl', true, 'marketplace' ) )
);
check(
	'both accounts are whole',
	array(
		$plugin->accounts()->default_account()['credential_secret'],
		$plugin->accounts()->own_account( 'www.amazon.pl' )['credential_secret'] ?? null,
	),
	array( 'secret-www.amazon.nl-166', 'secret-of-the-event' )
);
check(
	'whoever gives it on from an earlier page is told',
	$accounts->make_default( 'www.amazon.it', 'www.amazon.pl' )?->get_error_code(),
	'account_changed'
);
$save( array( 'marketplace' => 'www.amazon.it' ) )();
check(
	'a default account for a country that has one of its own leaves that alone',
	array(
		$plugin->accounts()->default_marketplace(),
		$accounts->secret( $accounts->find( 'www.amazon.it' ) ),
		$plugin->accounts()->secret(),
	),
	array( 'www.amazon.it', 'secret-www.amazon.it-166', 'secret-of-the-event' )
);
check(
	'and the star waits until one of them is deleted',
	$service->make_default( 'www.amazon.se' )?->get_error_code(),
	'place_taken'
);
check(
	'deleting tells once',
	$while( static fn() => $accounts->delete( 'www.amazon.it' ) ),
	array( array( 'www.amazon.it', false, 'deleted' ) )
);
check( 'the default account is not deleted by that', $plugin->accounts()->secret(), 'secret-of-the-event' );

$again = array(
	'marketplace'        => 'www.amazon.it',
	'credential_id'      => 'amzn1.again',
	'credential_secret'  => 'secret-of-another',
	'credential_version' => '',
	'partner_tag'        => 'again-21',
);
check(
	'an account for its country is another one',
	array(
		$accounts->add( $again, true ),
		$accounts->secret( $accounts->for_marketplace( 'www.amazon.it' ) ),
		$plugin->accounts()->secret(),
	),
	array( null, 'secret-of-another', 'secret-of-the-event' )
);
check( 'of which there is one', $accounts->add( $again, true )?->get_error_code(), 'account_exists' );
$accounts->delete( $accounts->for_marketplace( 'www.amazon.it' )['id'] );

// Results of tests are those of the whole account.
$account = $plugin->accounts()->default_account();
$verdict = array(
	'status'     => 'ok',
	'ok'         => true,
	'sentence'   => '',
	'amazon'     => '',
	'works_with' => '',
	'stage'      => 'catalog',
	'latency_ms' => array(),
);
Connection_Tester::remember( $account, $verdict );
check( 'a result is remembered', Connection_Tester::remembered( $account )['status'] ?? null, 'ok' );
foreach (
	array(
		'credential_secret'  => 'another',
		'credential_version' => '2.1',
		'credential_id'      => 'another',
		'partner_tag'        => 'another-20',
		'marketplace'        => 'www.amazon.ca',
	) as $field => $value
) {
	check( "with another $field there is none", Connection_Tester::remembered( array( $field => $value ) + $account ), null );
}
$names = $wpdb->get_col(
	$wpdb->prepare( 'SELECT option_name FROM %i WHERE option_name LIKE %s', $wpdb->options, '%refresh\\_check\\_%' )
);
check(
	'its name is no hash of the secret that anybody could make',
	array_filter(
		$names,
		static fn( string $name ): bool => str_contains(
			$name,
			substr( hash( 'sha256', implode( "\n", array_values( $account ) ) ), 0, 16 )
		)
	),
	array()
);
update_option(
	Hook_Names::ACCOUNT . $accounts->default_id(),
	array( 'credential_version' => '2.2' ) + get_option( Hook_Names::ACCOUNT . $accounts->default_id() )
);
$accounts->forget();
check(
	'an account that was changed past the plugin was not checked yet',
	$plugin->connection_tester()->last( Account_Overview::DEFAULT_ID )['status'],
	''
);

// As it was.
$wpdb->query( $wpdb->prepare( 'DELETE FROM %i WHERE option_name LIKE %s', $wpdb->options, '%image_refresh%account%' ) );
array_map( static fn( array $row ) => $wpdb->insert( $wpdb->options, $row ), $before );
wp_cache_flush();
