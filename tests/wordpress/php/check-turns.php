<?php
/**
 * Whose turn it is to ask Amazon, where a refresh and people's tests share an account; and who waits after a refusal. Leaves the
 * site as it was.
 */

require __DIR__ . '/checks.php';

use Creators_Image_Refresh\Accounts\Account_Resolver;
use Creators_Image_Refresh\Api\Extension;
use Creators_Image_Refresh\Connection\Connection_Tester;
use Creators_Image_Refresh\Connection\Test_Queue;
use Creators_Image_Refresh\Plugin;
use Creators_Image_Refresh\Refresh\Lease\Account_Lease;
use Creators_Image_Refresh\Refresh\Lease\Database_Clock;
use Creators_Image_Refresh\Refresh\Lease\Shared_Row;
use Creators_Image_Refresh\Refresh\Run_Log;
use Creators_Image_Refresh\Settings\Settings;

/** Accepts every account, unless it is told to find the pair wrong, and remembers who asked. */
final class Accepting_Extension extends Extension {
	public array $asked  = array();
	public string $stage = 'catalog';

	public function test_credentials( array $accounts ): array {
		$this->asked[] = array_column( $accounts, 'credential_id' );
		return array_fill(
			0,
			count( $accounts ),
			array(
				'ok'     => 'catalog' === $this->stage,
				'status' => 'catalog' === $this->stage ? 'ok' : 'invalid_credentials',
				'stage'  => $this->stage,
			)
		);
	}
}

global $wpdb;
$row     = static fn( string $name ) => new Shared_Row( $wpdb->options, "creators_image_refresh_pace_$name" );
$owner   = static fn( string $name ): string => Shared_Row::owner( (string) $row( $name )->read() );
$over    = static fn( string $name ) => $row( $name )->change(
	$row( $name )->read(),
	Shared_Row::value( $owner( $name ), Database_Clock::now() - 1 )
);
$forget  = static fn() => $wpdb->query( "DELETE FROM $wpdb->options WHERE option_name LIKE 'creators_image_refresh_pace_%'" );
$account = static fn( string $id, string $secret = 'secret' ): array => array(
	'credential_id'      => $id,
	'credential_secret'  => $secret,
	'credential_version' => '3.1',
	'marketplace'        => 'www.amazon.com',
	'partner_tag'        => 'turn-20',
);
$forget();

// A test and a refresh.
$refresh = new Account_Lease( 'turn', 1.0 );
$test    = new Account_Lease( 'turn', 1.0, true );
check(
	'turns: a refresh has the account, and a test waits',
	array( $refresh->take( 10 ), $test->take( 10 ) > 0 ),
	array( 0.0, true )
);
$wait = null;
check(
	'turns: with its next turn the refresh hands the account on, for the test to begin a whole second after the last call, and a tenth',
	holds_for(
		1.1,
		static function () use ( $refresh, &$wait ): void {
			$wait = $refresh->take( 10 );
		},
		$row( 'turn' )
	)
);
check( 'turns: it looks again when the test has had the time to take it', round( $wait, 6 ), 1.6 );
$row( 'turn' )->change( $row( 'turn' )->read(), Shared_Row::value( $owner( 'turn' ), Database_Clock::now() + 60 ) );
check( 'turns: the test does not begin before that', $test->take( 10 ) > 0 );
$over( 'turn' );
check(
	'turns: then it has its turn, and no wish is left',
	array( $test->take( 10 ), $row( 'turn_wish' )->read() ),
	array( 0.0, null )
);
check( 'turns: the refresh waits for it', $refresh->take( 10 ) > 0 );
$test->hand_on();
$next = new Account_Lease( 'turn', 1.0, true );
check( 'turns: the next test waits as well', $next->take( 10 ) > 0 );
$over( 'turn' );
check( 'turns: who has made room once has a turn before the next test', $refresh->take( 10 ), 0.0 );
check( 'turns: and makes room again after it', $refresh->take( 10 ) > 0 );
$next->forget_wish();
check( 'turns: who gives up leaves no wish', $row( 'turn_wish' )->read(), null );
$one   = new Account_Lease( 'turn-other', 1.0, true );
$other = new Account_Lease( 'turn-other', 1.0, true );
check(
	'turns: two tests in one process follow each other as well',
	array( $one->take( 10 ), $other->take( 10 ) > 0 ),
	array( 0.0, true )
);
$one->hand_on( false );
check( 'turns: a test that made no call holds nobody up', $other->take( 10 ), 0.0 );
$forget();

// Tests in their turn.
$extension = new Accepting_Extension();
$turns     = new Test_Queue( $extension );
$results   = $turns->test( array( $account( 'a' ), $account( 'b' ), $account( 'a' ) ) );
check(
	'tests: side by side, and in the order of the questions',
	array( array_keys( $results ), array_column( $results, 'status' ), $extension->asked ),
	array( array( 0, 1, 2 ), array( 'ok', 'ok', 'ok' ), array( array( 'a', 'a', 'b' ) ) )
);
$extension->stage = 'token';
$turns->test( array( $account( 'typo' ) ) );
check(
	'tests: a pair that Amazon does not know leaves nothing behind',
	$row( Account_Lease::key_of( $account( 'typo' ) ) )->read(),
	null
);
$extension->stage = 'catalog';
$extension->asked = array();
$key              = Account_Lease::key_of( $account( 'a' ) );
$row( $key )->change( $row( $key )->read(), Shared_Row::value( 'elsewhere', Database_Clock::now() + 60 ) );
$results = $turns->test( array( $account( 'a', '' ) ) );
check( 'tests: what cannot be asked anyway waits for nobody', array_column( $results, 'status' ), array( 'ok' ) );
$plugin  = Plugin::instance();
$tester  = new Connection_Tester(
	$turns,
	$plugin->settings(),
	$plugin->accounts(),
	$plugin->account_overview(),
	new Creators_Image_Refresh\Connection\Test_Results()
);
$results = $tester->test( array( $account( 'a' ), $account( 'c' ) ) );
check(
	'tests: where there is no turn in time, a calm sentence says so, and the others are tested',
	array( array_column( $results, 'status' ), end( $extension->asked ) ),
	array( array( 'account_in_use', 'ok' ), array( 'c' ) )
);
check( 'tests: it says that nothing is wrong', str_contains( $results[0]['sentence'], 'Nothing is wrong' ) );
$forget();

// Refusals.
$plugin  = Plugin::instance();
$default = $plugin->accounts()->default_account();
is_array( $default ) || must( $default, 'reading the default account' );
$saved = get_option( Settings::OPTION );
$kept  = get_option( Run_Log::REFUSALS );
$set   = static fn( string ...$keys ) => update_option(
	Run_Log::REFUSALS,
	array_fill_keys( $keys, array( 'times' => 3, 'until' => time() + 999, 'status' => 'throttled', 'at' => time() ) ),
	false
);
$set( Account_Resolver::key( $default ), 'another' );
update_option( Settings::OPTION, array( 'credential_version' => '' === $default['credential_version'] ? '3.1' : '' ) + $saved );
check(
	'refusals: an account that was changed has its chance at once, the others keep their schedule',
	array_keys( (array) get_option( Run_Log::REFUSALS, array() ) ),
	array( 'another' )
);
update_option( Settings::OPTION, $saved );
false === $kept ? delete_option( Run_Log::REFUSALS ) : update_option( Run_Log::REFUSALS, $kept, false );
