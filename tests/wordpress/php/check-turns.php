<?php
/**
 * Leases: who may work or ask, and until when; where a refresh and people's tests share an account; and who waits after a
 * refusal. Leaves the site as it was.
 */

require __DIR__ . '/checks.php';

use Creators_Image_Refresh\Accounts\Account_Resolver;
use Creators_Image_Refresh\Api\Extension;
use Creators_Image_Refresh\Connection\Connection_Tester;
use Creators_Image_Refresh\Connection\Test_Queue;
use Creators_Image_Refresh\Plugin;
use Creators_Image_Refresh\Refresh\Account_Lease;
use Creators_Image_Refresh\Refresh\Lease;
use Creators_Image_Refresh\Refresh\Run_Log;
use Creators_Image_Refresh\Settings\Settings;
use Creators_Image_Refresh\Storage\Image_Repository;
use Creators_Image_Refresh\Storage\Schema;

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
$row     = static fn( string $name ): string => "creators_image_refresh_pace_$name";
$over    = static fn( string $name ) => lease_to( rtrim( lease_of( $row( $name ) ), '!' ), $row( $name ), -1 );
$forget  = static fn() => $wpdb->query(
	"DELETE FROM $wpdb->options WHERE option_name LIKE 'creators_image_refresh_pace_%' OR option_name = 'creators_image_refresh_lock'"
);
$account = static fn( string $id, string $secret = 'secret' ): array => array(
	'credential_id'      => $id,
	'credential_secret'  => $secret,
	'credential_version' => '3.1',
	'marketplace'        => 'www.amazon.com',
	'partner_tag'        => 'turn-20',
);
$forget();

// A lease.
$first  = new Lease( Lease::RUNNER );
$second = new Lease( Lease::RUNNER );
$third  = new Lease( Lease::RUNNER );
check(
	'lease: one has it, also twice, and no second gets it',
	array( $first->take(), $first->take(), $second->take() ),
	array( true, true, false )
);
check(
	'lease: for as long as it was taken',
	array(
		holds_for( 30, $first->take( ... ), Lease::RUNNER ),
		holds_for( 7.5, static fn() => $first->renew( 7.5 ), Lease::RUNNER ),
	),
	array( true, true )
);
$busy = Plugin::instance()->refresher()->run_slice( 1, 'schedule' );
check( 'lease: a second runner is told so', is_wp_error( $busy ) ? $busy->get_error_code() : $busy, 'busy' );
$second->want();
$second->want();
check(
	'lease: who has it hears that somebody wants it',
	array( $first->is_wanted(), $first->renew(), $second->take(), $first->take(), $first->is_wanted() ),
	array( true, false, false, true, false )
);
lease_to( 'killed', Lease::RUNNER, -1 );
check( 'lease: of one that is over nobody has anything', $first->left(), 0.0 );
check( 'lease: that of a killed one is taken when its time is over', $second->take() );
check( 'lease: who lost it cannot renew it', $first->renew(), false );
$first->release();
check( 'lease: nor give it back for another', $third->left() > 0 );
$table = Schema::images();
$wpdb->insert( $table, array( 'marketplace' => 'www.amazon.com', 'asin' => 'B0LEASE001', 'due_at' => 1 ) );
$save  = static fn( Lease $lease ): array => array(
	( new Image_Repository() )->save_failures( array( 'www.amazon.com' ), array( 'B0LEASE001' => array( 'code' => 'X' ) ), $lease->condition() ),
	( new Image_Repository() )->save_images(
		array( 'www.amazon.com' ),
		array( 'B0LEASE001' => array( 'medium' => array( 'url' => 'https://m.media-amazon.com/images/I/late.jpg' ) ) ),
		$lease->condition()
	),
);
check(
	'lease: who lost it stores nothing, and who has it does',
	array( $save( $first ), $save( $second ) ),
	array( array( 0, 0 ), array( 1, 1 ) )
);
$wpdb->delete( $table, array( 'asin' => 'B0LEASE001' ) );
lease_to( 'wrong clock', Lease::RUNNER, DAY_IN_SECONDS );
check(
	'lease: one from a clock that was a day ahead holds nobody up',
	array( $third->left(), $third->take() ),
	array( 0.0, true )
);
$earlier = array( 'option_value' => wp_generate_uuid4() . '|1764560000.123456' );
$wpdb->update( $wpdb->options, $earlier, array( 'option_name' => Lease::RUNNER ) );
check( 'lease: nor does one of an earlier version', array( $first->left(), $first->take() ), array( 0.0, true ) );
$forget();

// An account's.
$mine = new Account_Lease( 'check', 2.0 );
check( 'account: free at first, and held on by who has it', array( $mine->take( 10 ), $mine->take( 10 ) ), array( 0.0, 0.0 ) );
check(
	'account: longer than calls may start, as one that has started may be on its way',
	holds_for( 12.02, static fn() => $mine->take( 10 ), $row( 'check' ) )
);
lease_to( 'elsewhere', $row( 'check' ), 5 );
check(
	'account: another process is waited for, and looked at again in a second: it may hand on any time',
	$mine->take( 10 ),
	1.0
);
lease_to( 'elsewhere', $row( 'check' ), -0.1 );
check( 'account: and followed', $mine->take( 10 ), 0.0 );
$mine->ended( 0.3 );
check( 'account: handed on for when the extension says', holds_for( 0.3, $mine->hand_on( ... ), $row( 'check' ) ) );
$mine->take( 10 );
$mine->ended( null );
check(
	'account: where that is not known, for when no call can be on its way',
	holds_for( 2.02, $mine->hand_on( ... ), $row( 'check' ) )
);
$idle = new Account_Lease( 'idle', 1.0 );
$idle->take( 10 );
$idle->hand_on();
check( 'account: where nothing was asked nobody is held up', lease_of( $row( 'idle' ) ), '' );

// What was learned of a rate.
$mine->learn( '1800000000000 0.5 0.5 10 3' );
$later = new Account_Lease( 'check', 1.0 );
check( 'rate: what one process has learned is known to the next', $later->learned(), '1800000000000 0.5 0.5 10 3' );
check( 'rate: of another account it says nothing', $idle->learned(), '' );
$later->learn( '' );
check( 'rate: where Amazon grants all again, that is known too', $mine->learned(), '' );

// A test and a refresh.
$refresh = new Account_Lease( 'turn', 1.0 );
$test    = new Account_Lease( 'turn', 1.0, true );
check(
	'turns: a refresh has the account, and a test waits',
	array( $refresh->take( 10 ), $test->take( 10 ) > 0 ),
	array( 0.0, true )
);
check(
	'turns: as long as a call is under way the refresh keeps it, and begins no other',
	array( $refresh->take( 10, 1, 0.7 ) > 0, ( new Lease( $row( 'turn' ) ) )->left() > 5 ),
	array( true, true )
);
$wait = null;
$hand = static function () use ( $refresh, &$wait ): void {
	$wait = $refresh->take( 10, 0, 0.7 );
};
check(
	'turns: when none is, the refresh hands the account on, for when the extension says',
	holds_for( 0.7, $hand, $row( 'turn' ) )
);
check( 'turns: it looks again when the test has had the time to take it', round( $wait, 6 ), 1.2 );
lease_to( rtrim( lease_of( $row( 'turn' ) ), '!' ), $row( 'turn' ), 60 );
check( 'turns: the test does not begin before that', $test->take( 10 ) > 0 );
$over( 'turn' );
check(
	'turns: then it has its turn, and nobody waits',
	array( $test->take( 10 ), str_contains( lease_of( $row( 'turn' ) ), '!' ) ),
	array( 0.0, false )
);
check( 'turns: the refresh waits for it', $refresh->take( 10 ) > 0 );
$test->hand_on();
$refresh->take( 10 );
$next = new Account_Lease( 'turn', 1.0, true );
check( 'turns: the next test waits as well', $next->take( 10 ) > 0 );
check(
	'turns: who has made room once has an answer before the next test',
	array( $refresh->take( 10 ), $refresh->take( 10 ) ),
	array( 0.0, 0.0 )
);
$refresh->answered();
$next->take( 10 );
check( 'turns: and makes room again after it', $refresh->take( 10 ) > 0 );
$one   = new Account_Lease( 'turn-other', 1.0, true );
$other = new Account_Lease( 'turn-other', 1.0, true );
check(
	'turns: two tests in one process follow each other as well',
	array( $one->take( 10 ), $other->take( 10 ) > 0 ),
	array( 0.0, true )
);
$one->hand_on();
check( 'turns: a test that made no call holds nobody up', $other->take( 10 ), 0.0 );
$forget();

// Tests in their turn.
$extension = new Accepting_Extension();
$turns     = new Test_Queue( $extension );
$results   = $turns->test( array( $account( 'a' ), $account( 'b' ), $account( 'a' ) ) );
check(
	'tests: side by side, and in the order of the questions',
	array( array_keys( $results ), array_column( $results, 'status' ), $extension->asked ),
	array( array( 0, 1, 2 ), array( 'ok', 'ok', 'ok' ), array( array( 'a', 'b', 'a' ) ) )
);
$extension->stage = 'token';
$turns->test( array( $account( 'typo' ) ) );
check(
	'tests: a pair that Amazon does not know leaves nothing behind',
	lease_of( $row( Account_Lease::key_of( $account( 'typo' ) ) ) ),
	''
);
$extension->stage = 'catalog';
$extension->asked = array();
$key              = Account_Lease::key_of( $account( 'a' ) );
lease_to( 'elsewhere', $row( $key ), 60 );
$results = $turns->test( array( $account( 'a', '' ) ) );
check( 'tests: what cannot be asked anyway waits for nobody', array_column( $results, 'status' ), array( 'ok' ) );
$plugin  = Plugin::instance();
$tester  = new Connection_Tester(
	$turns,
	$plugin->settings(),
	$plugin->accounts(),
	$plugin->account_overview()
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
$kept  = get_option( Run_Log::ANSWERS );
$set   = static fn( string ...$keys ) => update_option(
	Run_Log::ANSWERS,
	array_fill_keys( $keys, array( 'times' => 3, 'until' => time() + 999, 'status' => 'throttled', 'at' => time() ) ),
	false
);
$set( Account_Resolver::key( $default ), 'another' );
update_option( Settings::OPTION, array( 'credential_version' => '' === $default['credential_version'] ? '3.1' : '' ) + $saved );
check(
	'refusals: an account that was changed has its chance at once, the others keep their schedule',
	array_keys( (array) get_option( Run_Log::ANSWERS, array() ) ),
	array( 'another' )
);
update_option( Settings::OPTION, $saved );
false === $kept ? delete_option( Run_Log::ANSWERS ) : update_option( Run_Log::ANSWERS, $kept, false );
