<?php
/** Checks what Site Health says, on a site where all is well and on one where something is not. */

require __DIR__ . '/expectations.php';
require __DIR__ . '/site.php';

use Creators_Image_Refresh\Accounts\Account_Resolver;
use Creators_Image_Refresh\Api\Extension;
use Creators_Image_Refresh\Hook_Names;
use Creators_Image_Refresh\Plugin;
use Creators_Image_Refresh\Refresh\Run_Log;
use Creators_Image_Refresh\Refresh\Scheduler;
use Creators_Image_Refresh\Reporting\Site_Health;

/** An extension in a given state. */
final class Extension_In_State extends Extension {

	public function __construct( private string $wanted ) {}

	protected function look(): string {
		return $this->wanted;
	}
}

/** Site Health of a plugin whose extension is in a state. */
function health( string $state = 'ok' ): Site_Health {
	$plugin = 'ok' === $state ? new Plugin( new Extension() ) : new Plugin( new Extension_In_State( $state ) );
	return $plugin->site_health();
}

/** Runs every test as WordPress would. Gives status by name. */
function statuses( Site_Health $health ): array {
	$statuses = array();
	foreach ( $health->add_tests( array( 'direct' => array(), 'async' => array() ) )['direct'] as $name => $test ) {
		$result = ( $test['test'] )();
		check_same( $name, $result['test'], 'a result carries the name of its test' );
		check(
			array() === array_diff( array( 'label', 'status', 'badge', 'description', 'actions' ), array_keys( $result ) ),
			"$name has all that WordPress shows"
		);
		check( strlen( wp_strip_all_tags( $result['description'] ) ) > 20, "$name says it in a sentence" );
		$statuses[ str_replace( 'creators_image_refresh_', '', $name ) ] = $result['status'];
	}
	return $statuses;
}

/** Puts something in the place of an option while something is done. */
function with_option( string $option, mixed $value, callable $do ): mixed {
	$filter = static fn() => $value;
	add_filter( "pre_option_$option", $filter );
	$result = $do();
	remove_filter( "pre_option_$option", $filter );
	return $result;
}

$well = array( 'extension' => 'good', 'credentials' => 'good', 'answer' => 'good', 'schedule' => 'good' );
wp_clear_scheduled_hook( Scheduler::RUN );
Plugin::instance()->scheduler()->ensure();
check_same( $well, statuses( health() ), 'a site where all is well' );
check_same( 'critical', statuses( health( 'missing' ) )['extension'], 'without the extension' );
check_same( 'critical', statuses( health( 'too_old' ) )['extension'], 'with one too old' );
check_same( 'recommended', statuses( health( 'missing' ) )['schedule'], 'nothing is refreshed then' );
$option = Hook_Names::ACCOUNT . get_option( Hook_Names::DEFAULT_ACCOUNT );
$saved  = get_option( $option );
update_option( $option, array( 'sealed' => 'v1:00000000:AAAA:AAAA' ) + $saved );
check_same( 'critical', statuses( health() )['credentials'], 'a secret that cannot be read' );
update_option( $option, array( 'sealed' => '' ) + $saved );
check_same( 'recommended', statuses( health() )['credentials'], 'no secret yet' );
update_option( $option, $saved );
$run = static fn( string $status ) => array(
	'finished_at' => time() - 60,
	'stopped'     => array( 'status' => $status, 'reason' => 'X' ),
);
foreach (
	array(
		'not_eligible'        => 'critical',
		'invalid_credentials' => 'critical',
		'throttled'           => 'recommended',
		'unreachable'         => 'recommended',
		'deadline'            => 'good',
	) as $status => $expected
) {
	check_same(
		$expected,
		with_option( Run_Log::LAST_RUN, $run( $status ), static fn() => statuses( health() ) )['answer'],
		"Amazon's last answer is $status"
	);
}
wp_clear_scheduled_hook( Scheduler::RUN );
wp_schedule_event( time() - 2 * HOUR_IN_SECONDS, 'hourly', Scheduler::RUN );
check_same( 'recommended', statuses( health() )['schedule'], 'a scheduler that stands still' );
wp_clear_scheduled_hook( Scheduler::RUN );
Plugin::instance()->scheduler()->ensure();

$fields = Plugin::instance()->site_health()->add_information( array() )['creators-image-refresh']['fields'];
$account = Account_Resolver::key( (array) Plugin::instance()->accounts()->default_account() );
$answers = static fn( string $status, int $until = 0 ): string => with_option(
	Run_Log::ANSWERS,
	array( $account => array( 'status' => $status, 'at' => 1800000000, 'times' => 1, 'until' => $until ) ),
	static fn() => Plugin::instance()->site_health()->add_information( array() )['creators-image-refresh']['fields']['last_answers']['value']
);
check( str_contains( $answers( 'ok' ), ' (default): served 2027-01-15 08:00:00 UTC' ), 'when an account was served' );
check(
	str_contains(
		$answers( 'throttled', time() + 600 ),
		' (default): refused (throttled) 2027-01-15 08:00:00 UTC, asked again '
	),
	'when it was refused, why, and until when'
);
foreach ( array( 'credential_id', 'partner_tag' ) as $field ) {
	check_same( true, $fields[ $field ]['private'], "$field is kept out of what is copied" );
}
check_same( 'saved, encrypted', $fields['secret']['value'], 'of the secret, only that there is one' );
foreach ( Plugin::instance()->secrets()->places() as $place => $envelope ) {
	check(
		! str_contains( json_encode( $fields ), Plugin::instance()->secrets()->open( $place, $envelope ) ),
		"$place is not among the facts"
	);
}
check_same( 'text', health()->add_tests( 'text' ), 'what another plugin has broken stays as it is' );
