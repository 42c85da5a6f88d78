<?php
/**
 * Tools > Site Health.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Reporting;

use Creators_Image_Refresh\Accounts\Account_Resolver;
use Creators_Image_Refresh\Messages\Advice;
use Creators_Image_Refresh\Plugin;
use Creators_Image_Refresh\Refresh\Refresh_Runner;
use Creators_Image_Refresh\Refresh\Scheduler;
use Creators_Image_Refresh\Settings\Config_Constants;
use Creators_Image_Refresh\Settings\Settings_Screen;
use Creators_Image_Refresh\Storage\Schema;

defined( 'ABSPATH' ) || exit;

/**
 * Says under Tools > Site Health what is the matter and what to do about it, and has the facts for whoever helps: nothing of them
 * is secret, and what names the site's owner is kept out of the copy that is sent around.
 */
final class Site_Health {

	/** What names the site's owner. */
	private const PRIVATE_FIELDS = array( 'credential_id', 'partner_tag' );

	/**
	 * Takes the plugin, on whose services it reports.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public function __construct( private Plugin $plugin ) {}

	/**
	 * Adds the tests to WordPress's own.
	 *
	 * @param mixed $tests WordPress's own.
	 */
	public function add_tests( mixed $tests ): mixed {
		$own = array(
			'extension'   => array( __( 'Amazon pictures: the PHP extension', 'creators-image-refresh' ), $this->test_extension( ... ) ),
			'credentials' => array( __( 'Amazon pictures: credentials', 'creators-image-refresh' ), $this->test_credentials( ... ) ),
			'answer'      => array( __( 'Amazon pictures: Amazon’s last answer', 'creators-image-refresh' ), $this->test_answer( ... ) ),
			'schedule'    => array( __( 'Amazon pictures: refreshed on time', 'creators-image-refresh' ), $this->test_schedule( ... ) ),
		);
		foreach ( is_array( $tests ) ? $own : array() as $name => list( $label, $test ) ) {
			$name                     = "creators_image_refresh_$name";
			$tests['direct'][ $name ] = array(
				'label' => $label,
				'test'  => static fn(): array => self::result( $name, ...$test() ),
			);
		}
		return $tests;
	}

	/**
	 * The result of a test.
	 *
	 * @param string $test   Its name.
	 * @param string $status good, recommended or critical.
	 * @param string $label  In a few words.
	 * @param string $words  In a sentence.
	 */
	private static function result( string $test, string $status, string $label, string $words ): array {
		$link = __( 'Open the settings of Creators Image Refresh', 'creators-image-refresh' );
		return array(
			'label'       => $label,
			'status'      => $status,
			'badge'       => array(
				'label' => __( 'Amazon pictures', 'creators-image-refresh' ),
				'color' => 'good' === $status ? 'blue' : 'orange',
			),
			'description' => '<p>' . esc_html( $words ) . '</p>',
			'actions'     => sprintf( '<p><a href="%s">%s</a></p>', esc_url( Settings_Screen::url() ), esc_html( $link ) ),
			'test'        => $test,
		);
	}

	/**
	 * Whether the extension is there.
	 *
	 * @return array{0: string, 1: string, 2: string} Status, label and words, as those below.
	 */
	public function test_extension(): array {
		$extension = $this->plugin->extension();
		if ( $extension->is_available() ) {
			return array(
				'good',
				__( 'The PHP extension creators_api is loaded', 'creators-image-refresh' ),
				__( 'It has the version that is needed to talk to Amazon.', 'creators-image-refresh' ),
			);
		}
		$words = __(
			'Your pages are shown as you wrote them. The settings page has a message to your host ready.',
			'creators-image-refresh'
		);
		return array(
			'critical',
			'too_old' === $extension->state()
				? __( 'The PHP extension creators_api is too old', 'creators-image-refresh' )
				: __( 'The PHP extension creators_api is missing', 'creators-image-refresh' ),
			( new Requirements( $extension ) )->what_is_missing() . ' ' . $words,
		);
	}

	/** Whether there are credentials, and whether they can be read. */
	public function test_credentials(): array {
		$error      = $this->plugin->accounts()->obstacle();
		$incomplete = 'account_incomplete' === $error?->get_error_code();
		// An account may also come from the filter alone.
		if ( null === $error || ( $incomplete && has_filter( 'creators_image_refresh_account' ) ) ) {
			$words = __(
				'They are complete. The secret is stored encrypted, or kept out of the database altogether.',
				'creators-image-refresh'
			);
			return array( 'good', __( 'Your Amazon credentials can be read', 'creators-image-refresh' ), $words );
		}
		$words = Advice::for_error( $error );
		return $incomplete
			? array( 'recommended', __( 'Your Amazon credentials are not complete', 'creators-image-refresh' ), $words )
			: array( 'critical', __( 'Your Amazon credentials cannot be used', 'creators-image-refresh' ), $words );
	}

	/** What Amazon said last. */
	public function test_answer(): array {
		$report  = $this->plugin->status_report();
		$status  = $report->last_stop()['status'] ?? null;
		$waiting = $report->waiting_accounts();
		$words   = $report->last_run();
		if ( array() !== $waiting ) {
			$label = __( 'Amazon gives no pictures to one of your accounts', 'creators-image-refresh' );
			return array( 'recommended', $label, implode( ' ', $waiting ) . ' ' . $words );
		}
		if ( null === $this->plugin->run_log()->last_run() ) {
			$label = __( 'Amazon has not been asked for pictures yet', 'creators-image-refresh' );
			return array( 'good', $label, $report->summary() );
		}
		if ( null === $status || in_array( $status, Refresh_Runner::GOES_ON, true ) ) {
			return array( 'good', __( 'Amazon answers', 'creators-image-refresh' ), $words );
		}
		if ( 'database_refuses' === $status ) {
			return array( 'critical', __( 'Your database accepts no changes', 'creators-image-refresh' ), $words );
		}
		$status = Status_Report::needs_person( $status ) ? 'critical' : 'recommended';
		return array( $status, __( 'Amazon gives no pictures', 'creators-image-refresh' ), $words );
	}

	/** Whether pictures are refreshed in time. */
	public function test_schedule(): array {
		if ( Scheduler::is_late() ) {
			return array(
				'recommended',
				__( 'Amazon pictures are not refreshed on time', 'creators-image-refresh' ),
				__(
					'WordPress has not come round to its background work for more than an hour. The settings page has the line that your host sets up in its place.',
					'creators-image-refresh'
				),
			);
		}
		$obstacle = $this->plugin->refresher()->obstacle();
		if ( null !== $obstacle && 'switched_off' !== $obstacle->get_error_code() ) {
			$label = __( 'Amazon pictures are not refreshed', 'creators-image-refresh' );
			return array( 'recommended', $label, Advice::for_error( $obstacle ) );
		}
		$report = $this->plugin->status_report()->all();
		if ( array() !== $report['warnings'] ) {
			$label = __( 'Amazon pictures need more of the day than is left', 'creators-image-refresh' );
			return array( 'recommended', $label, implode( ' ', $report['warnings'] ) );
		}
		$label = __( 'Amazon pictures are refreshed on time', 'creators-image-refresh' );
		return array( 'good', $label, trim( $report['summary'] . ' ' . $report['round'] ) );
	}

	/**
	 * Adds the facts to WordPress's own.
	 *
	 * @param mixed $info WordPress's own.
	 */
	public function add_information( mixed $info ): mixed {
		if ( ! is_array( $info ) ) {
			return $info;
		}
		$fields = array();
		foreach ( $this->facts() as $name => list( $label, $value ) ) {
			$fields[ $name ] = array(
				'label'   => $label,
				'value'   => '' === $value ? '-' : $value,
				'private' => in_array( $name, self::PRIVATE_FIELDS, true ),
			);
		}
		$info['creators-image-refresh'] = array(
			'label'  => __( 'Creators Image Refresh for Amazon', 'creators-image-refresh' ),
			'fields' => $fields,
		);
		return $info;
	}

	/**
	 * The facts.
	 *
	 * @return array<string, array{0: string, 1: string}> What each is called, and it.
	 */
	private function facts(): array {
		$report   = $this->plugin->status_report()->all();
		$accounts = $this->plugin->accounts();
		$key      = Config_Constants::origin( 'encryption_key' );
		$scan     = $report['scan'];
		$pictures = array( $report['known'], $report['fresh'], $report['waiting'], $report['failed'] );
		$rounds   = array();
		foreach ( $report['timetable'] as $row ) {
			$numbers  = array( $row['marketplace'], $row['known'], $row['calls'], $row['seconds'], $row['verdict'] );
			$rounds[] = vsprintf( '%s: %d pictures, %d calls, %d s, %s', $numbers );
		}
		$scanned = $scan['complete'] ? 'all posts' : sprintf( '%d of %d', $scan['done'], $scan['total'] );
		$facts   = array(
			'plugin'         => array( __( 'Plugin', 'creators-image-refresh' ), CREATORS_IMAGE_REFRESH_VERSION ),
			'tables'         => array( __( 'Tables', 'creators-image-refresh' ), Schema::is_ready() ? 'ready' : 'missing' ),
			'secret'         => array( __( 'Secret', 'creators-image-refresh' ), $this->secret() ),
			'encryption_key' => array( __( 'Encryption key', 'creators-image-refresh' ), '' === $key ? 'salts' : $key ),
			'marketplace'    => array( __( 'Amazon country', 'creators-image-refresh' ), $accounts->default_marketplace() ),
			'credential_id'  => array( __( 'Credential ID', 'creators-image-refresh' ), $accounts->value( 'credential_id' ) ),
			'partner_tag'    => array( __( 'Associate Tag', 'creators-image-refresh' ), $accounts->value( 'partner_tag' ) ),
			'license'        => array( __( 'License', 'creators-image-refresh' ), $this->plugin->license()->status() ),
			'pictures'       => array(
				__( 'Pictures', 'creators-image-refresh' ),
				vsprintf( 'known %d, fresh %d, waiting %d, not given %d', $pictures ),
			),
			'round'          => array( __( 'A full round', 'creators-image-refresh' ), implode( '; ', $rounds ) ),
			'scan'           => array( __( 'Looked through', 'creators-image-refresh' ), $scanned ),
			'last_run'       => array( __( 'Last run', 'creators-image-refresh' ), $this->last_run() ),
			'last_answers'   => array( __( 'Each account’s last answer', 'creators-image-refresh' ), $this->last_answers() ),
		);
		foreach ( ( new Requirements( $this->plugin->extension() ) )->facts() as $label => $value ) {
			$facts[ 'server_' . sanitize_key( $label ) ] = array( $label, $value );
		}
		return $facts;
	}

	/** Whether there is a secret, and where; nothing of the secret itself. */
	private function secret(): string {
		$secret = $this->plugin->accounts()->secret();
		$origin = Config_Constants::origin( 'credential_secret' );
		return match ( true ) {
			is_wp_error( $secret ) => (string) $secret->get_error_code(),
			'' !== $origin         => $origin,
			default                => '' === $secret ? 'none' : 'saved, encrypted',
		};
	}

	/** The last run. */
	private function last_run(): string {
		$run = $this->plugin->run_log()->last_run();
		return null === $run ? 'none' : sprintf(
			'%s UTC by %s: refreshed %d, not given %d, calls %d, stopped by %s',
			gmdate( 'Y-m-d H:i:s', (int) $run['finished_at'] ),
			$run['by'],
			$run['refreshed'],
			$run['failed'],
			$run['calls'],
			$run['stopped']['status'] ?? 'nothing'
		);
	}

	/** What each account that Amazon may be asked with was answered last. */
	private function last_answers(): string {
		$told = array();
		$list = $this->plugin->account_overview();
		foreach ( $list->entries() as $entry ) {
			$account = 'on' === $entry['state'] ? $list->account( $entry['id'] ) : null;
			if ( ! is_array( $account ) ) {
				continue;
			}
			$words  = $entry['marketplace'] . ( $entry['is_default'] ? ' (default): ' : ': ' );
			$answer = $this->plugin->run_log()->last_answer( Account_Resolver::key( $account ) );
			if ( null === $answer ) {
				$words .= 'not asked yet';
			} else {
				$words .= 'ok' === $answer['status'] ? 'served' : "refused ({$answer['status']})";
				$words .= gmdate( ' Y-m-d H:i:s', $answer['at'] ) . ' UTC';
			}
			if ( null !== $entry['pause'] ) {
				$words .= ', asked again' . gmdate( ' Y-m-d H:i:s', $entry['pause']['until'] ) . ' UTC';
			}
			$told[] = $words;
		}
		return implode( '; ', $told );
	}
}
