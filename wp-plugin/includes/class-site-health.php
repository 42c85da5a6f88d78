<?php
/**
 * Tools > Site Health.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Says under Site Health what is the matter, and gives whoever helps the facts: none of them is secret, and what names the
 * site's owner is kept out of the copy that is sent around.
 */
final class Site_Health {

	/**
	 * Takes what it reports on.
	 *
	 * @param Extension    $extension    The PHP extension.
	 * @param Requirements $requirements Facts on this server.
	 * @param Accounts     $accounts     Who asks Amazon.
	 * @param License      $license      How the license stands.
	 * @param Refresher    $refresher    What stands in the way.
	 * @param Report       $report       Numbers, and what Amazon said last.
	 * @param Run_Log      $log          When that was.
	 * @param Account_List $list         All accounts.
	 */
	public function __construct( private Extension $extension, private Requirements $requirements, private Accounts $accounts, private License $license, private Refresher $refresher, private Report $report, private Run_Log $log, private Account_List $list ) {}

	/**
	 * Adds the tests.
	 *
	 * @param mixed $tests WordPress's own.
	 * @return mixed
	 */
	public function add_tests( mixed $tests ): mixed {
		if ( ! is_array( $tests ) ) {
			return $tests;
		}
		$own = array(
			'extension'   => array( __( 'Amazon pictures: the PHP extension', 'creators-image-refresh' ), array( $this, 'test_extension' ) ),
			'credentials' => array( __( 'Amazon pictures: credentials', 'creators-image-refresh' ), array( $this, 'test_credentials' ) ),
			'answer'      => array( __( 'Amazon pictures: Amazon’s last answer', 'creators-image-refresh' ), array( $this, 'test_answer' ) ),
			'schedule'    => array( __( 'Amazon pictures: refreshed on time', 'creators-image-refresh' ), array( $this, 'test_schedule' ) ),
		);
		foreach ( $own as $name => $test ) {
			$tests['direct'][ 'creators_image_refresh_' . $name ] = array(
				'label' => $test[0],
				'test'  => $test[1],
			);
		}
		return $tests;
	}

	/**
	 * Whether the extension is there.
	 *
	 * @return array<string, mixed>
	 */
	public function test_extension(): array {
		if ( $this->extension->is_available() ) {
			return $this->result( 'extension', 'good', __( 'The PHP extension creators_api is loaded', 'creators-image-refresh' ), __( 'It has the version that is needed to talk to Amazon.', 'creators-image-refresh' ) );
		}
		$label = 'too_old' === $this->extension->state() ? __( 'The PHP extension creators_api is too old', 'creators-image-refresh' ) : __( 'The PHP extension creators_api is missing', 'creators-image-refresh' );
		return $this->result( 'extension', 'critical', $label, $this->requirements->what_is_missing() . ' ' . __( 'Your pages are shown as you wrote them. The settings page has a message to your host ready.', 'creators-image-refresh' ) );
	}

	/**
	 * Whether there are credentials, and whether they can be read.
	 *
	 * @return array<string, mixed>
	 */
	public function test_credentials(): array {
		$error = $this->accounts->obstacle();
		// An account may also come from the filter alone.
		if ( null === $error || ( 'account_incomplete' === $error->get_error_code() && has_filter( 'creators_image_refresh_account' ) ) ) {
			return $this->result( 'credentials', 'good', __( 'Your Amazon credentials can be read', 'creators-image-refresh' ), __( 'They are complete. The secret is stored encrypted, or kept out of the database altogether.', 'creators-image-refresh' ) );
		}
		$incomplete = 'account_incomplete' === $error->get_error_code();
		return $this->result(
			'credentials',
			$incomplete ? 'recommended' : 'critical',
			$incomplete ? __( 'Your Amazon credentials are not complete', 'creators-image-refresh' ) : __( 'Your Amazon credentials cannot be used', 'creators-image-refresh' ),
			Status_Messages::for_error( $error )
		);
	}

	/**
	 * What Amazon said last.
	 *
	 * @return array<string, mixed>
	 */
	public function test_answer(): array {
		$stop    = $this->report->last_stop();
		$waiting = $this->report->waiting_accounts();
		if ( array() !== $waiting ) {
			return $this->result( 'answer', 'recommended', __( 'Amazon gives no pictures to one of your accounts', 'creators-image-refresh' ), implode( ' ', $waiting ) . ' ' . $this->report->last_run() );
		}
		if ( null === $this->log->last_run() ) {
			return $this->result( 'answer', 'good', __( 'Amazon has not been asked for pictures yet', 'creators-image-refresh' ), $this->report->summary() );
		}
		if ( null === $stop || in_array( $stop['status'], Refresher::GOES_ON, true ) ) {
			return $this->result( 'answer', 'good', __( 'Amazon answers', 'creators-image-refresh' ), $this->report->last_run() );
		}
		if ( 'database_refuses' === $stop['status'] ) {
			$label = __( 'Your database accepts no changes', 'creators-image-refresh' );
			return $this->result( 'answer', 'critical', $label, $this->report->last_run() );
		}
		$passes = in_array( $stop['status'], array( 'throttled', 'quota_exhausted', 'unavailable', 'unreachable', 'invalid_response', 'cancelled' ), true );
		return $this->result( 'answer', $passes ? 'recommended' : 'critical', __( 'Amazon gives no pictures', 'creators-image-refresh' ), $this->report->last_run() );
	}

	/**
	 * Whether pictures are refreshed in time.
	 *
	 * @return array<string, mixed>
	 */
	public function test_schedule(): array {
		if ( Schedule::is_late() ) {
			return $this->result( 'schedule', 'recommended', __( 'Amazon pictures are not refreshed on time', 'creators-image-refresh' ), __( 'WordPress has not come round to its background work for more than an hour. The settings page has the line that your host sets up in its place.', 'creators-image-refresh' ) );
		}
		$obstacle = $this->refresher->obstacle();
		if ( null !== $obstacle && 'switched_off' !== $obstacle->get_error_code() ) {
			return $this->result( 'schedule', 'recommended', __( 'Amazon pictures are not refreshed', 'creators-image-refresh' ), Status_Messages::for_error( $obstacle ) );
		}
		$report = $this->report->all();
		if ( array() !== $report['warnings'] ) {
			return $this->result( 'schedule', 'recommended', __( 'Amazon pictures need more of the day than is left', 'creators-image-refresh' ), implode( ' ', $report['warnings'] ) );
		}
		return $this->result( 'schedule', 'good', __( 'Amazon pictures are refreshed on time', 'creators-image-refresh' ), trim( $report['summary'] . ' ' . $report['round'] ) );
	}

	/**
	 * Adds the facts.
	 *
	 * @param mixed $info WordPress's own.
	 * @return mixed
	 */
	public function add_information( mixed $info ): mixed {
		if ( ! is_array( $info ) ) {
			return $info;
		}
		$report = $this->report->all();
		$fields = array(
			'plugin'         => array( __( 'Plugin', 'creators-image-refresh' ), CREATORS_IMAGE_REFRESH_VERSION ),
			'tables'         => array( __( 'Tables', 'creators-image-refresh' ), Schema::is_ready() ? 'ready' : 'missing' ),
			'secret'         => array( __( 'Secret', 'creators-image-refresh' ), $this->secret() ),
			'encryption_key' => array( __( 'Encryption key', 'creators-image-refresh' ), '' === Fixed_Values::origin( 'encryption_key' ) ? 'salts' : Fixed_Values::origin( 'encryption_key' ) ),
			'marketplace'    => array( __( 'Amazon country', 'creators-image-refresh' ), $this->accounts->default_marketplace() ),
			'credential_id'  => array( __( 'Credential ID', 'creators-image-refresh' ), $this->accounts->value( 'credential_id' ), true ),
			'partner_tag'    => array( __( 'Associate Tag', 'creators-image-refresh' ), $this->accounts->value( 'partner_tag' ), true ),
			'license'        => array( __( 'License', 'creators-image-refresh' ), $this->license->status() ),
			'pictures'       => array( __( 'Pictures', 'creators-image-refresh' ), sprintf( 'known %d, fresh %d, waiting %d, not given %d', $report['known'], $report['fresh'], $report['waiting'], $report['failed'] ) ),
			'round'          => array( __( 'A full round', 'creators-image-refresh' ), implode( '; ', array_map( static fn( array $row ): string => sprintf( '%s: %d pictures, %d calls, %d s, %s', $row['marketplace'], $row['known'], $row['calls'], $row['seconds'], $row['verdict'] ), $report['timetable'] ) ) ),
			'scan'           => array( __( 'Looked through', 'creators-image-refresh' ), $report['scan']['complete'] ? 'all posts' : sprintf( '%d of %d', $report['scan']['done'], $report['scan']['total'] ) ),
			'last_run'       => array( __( 'Last run', 'creators-image-refresh' ), $this->last_run() ),
			'last_answers'   => array( __( 'Each account’s last answer', 'creators-image-refresh' ), implode( '; ', $this->last_answers() ) ),
		);
		foreach ( $this->requirements->facts() as $label => $value ) {
			$fields[ 'server_' . sanitize_key( $label ) ] = array( $label, $value );
		}
		$info['creators-image-refresh'] = array(
			'label'  => __( 'Creators Image Refresh for Amazon', 'creators-image-refresh' ),
			'fields' => array_map(
				static fn( array $field ) => array(
					'label'   => $field[0],
					'value'   => '' === $field[1] ? '-' : $field[1],
					'private' => $field[2] ?? false,
				),
				$fields
			),
		);
		return $info;
	}

	/**
	 * Whether there is a secret, and where; nothing of the secret itself.
	 *
	 * @return string
	 */
	private function secret(): string {
		$secret = $this->accounts->secret();
		if ( is_wp_error( $secret ) ) {
			return (string) $secret->get_error_code();
		}
		$origin = Fixed_Values::origin( 'credential_secret' );
		if ( '' !== $origin ) {
			return $origin;
		}
		return '' === $secret ? 'none' : 'saved, encrypted';
	}

	/**
	 * The last run, in words for whoever helps.
	 *
	 * @return string
	 */
	private function last_run(): string {
		$run = $this->log->last_run();
		return null === $run ? 'none' : sprintf( '%s UTC by %s: refreshed %d, not given %d, calls %d, stopped by %s', gmdate( 'Y-m-d H:i:s', (int) $run['finished_at'] ), $run['by'], $run['refreshed'], $run['failed'], $run['calls'], $run['stopped']['status'] ?? 'nothing' );
	}

	/**
	 * What each account was answered last, in words for whoever helps.
	 *
	 * @return list<string> One for each account that Amazon may be asked with.
	 */
	private function last_answers(): array {
		$told = array();
		foreach ( $this->list->entries() as $entry ) {
			$account = 'on' === $entry['state'] ? $this->list->account( $entry['id'] ) : null;
			if ( ! is_array( $account ) ) {
				continue;
			}
			$answer = $this->log->last_answer( Accounts::key( $account ) );
			$words  = 'not asked yet';
			if ( null !== $answer ) {
				$words = sprintf( 'ok' === $answer['status'] ? 'served %2$s UTC' : 'refused (%1$s) %2$s UTC', $answer['status'], gmdate( 'Y-m-d H:i:s', $answer['at'] ) );
			}
			if ( null !== $entry['pause'] ) {
				$words .= sprintf( ', asked again %s UTC', gmdate( 'Y-m-d H:i:s', $entry['pause']['until'] ) );
			}
			$told[] = sprintf( '%s%s: %s', $entry['marketplace'], $entry['is_default'] ? ' (default)' : '', $words );
		}
		return $told;
	}

	/**
	 * Puts a result together.
	 *
	 * @param string $test   Its name.
	 * @param string $status good, recommended, critical.
	 * @param string $label  In a few words.
	 * @param string $words  In a sentence.
	 * @return array<string, mixed>
	 */
	private function result( string $test, string $status, string $label, string $words ): array {
		return array(
			'label'       => $label,
			'status'      => $status,
			'badge'       => array(
				'label' => __( 'Amazon pictures', 'creators-image-refresh' ),
				'color' => 'good' === $status ? 'blue' : 'orange',
			),
			'description' => '<p>' . esc_html( $words ) . '</p>',
			'actions'     => sprintf( '<p><a href="%s">%s</a></p>', esc_url( Settings_Page::url() ), esc_html__( 'Open the settings of Creators Image Refresh', 'creators-image-refresh' ) ),
			'test'        => 'creators_image_refresh_' . $test,
		);
	}
}
