<?php
/**
 * Tools > Site Health.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Reporting;

use Creators_Image_Refresh\Accounts\Account_Resolver;
use Creators_Image_Refresh\Api\Extension;
use Creators_Image_Refresh\Messages\Status_Messages;
use Creators_Image_Refresh\Refresh\Refresh_Runner;
use Creators_Image_Refresh\Refresh\Run_Log;
use Creators_Image_Refresh\Refresh\Scheduler;
use Creators_Image_Refresh\Settings\Settings_Screen;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Says under Site Health what is the matter, and what to do about it.
 */
final class Site_Health {

	/**
	 * Takes what it reports on.
	 *
	 * @param Extension        $extension    The PHP extension.
	 * @param Requirements     $requirements Facts on this server.
	 * @param Account_Resolver $accounts     Who asks Amazon.
	 * @param Refresh_Runner   $refresher    What stands in the way.
	 * @param Status_Report    $report       Numbers, and what Amazon said last.
	 * @param Run_Log          $log          When that was.
	 */
	public function __construct(
		private Extension $extension,
		private Requirements $requirements,
		private Account_Resolver $accounts,
		private Refresh_Runner $refresher,
		private Status_Report $report,
		private Run_Log $log
	) {}

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
			'extension'   => array(
				__( 'Amazon pictures: the PHP extension', 'creators-image-refresh' ),
				array( $this, 'test_extension' ),
			),
			'credentials' => array(
				__( 'Amazon pictures: credentials', 'creators-image-refresh' ),
				array( $this, 'test_credentials' ),
			),
			'answer'      => array(
				__( 'Amazon pictures: Amazon’s last answer', 'creators-image-refresh' ),
				array( $this, 'test_answer' ),
			),
			'schedule'    => array(
				__( 'Amazon pictures: refreshed on time', 'creators-image-refresh' ),
				array( $this, 'test_schedule' ),
			),
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
			return $this->result(
				'extension',
				'good',
				__( 'The PHP extension creators_api is loaded', 'creators-image-refresh' ),
				__( 'It has the version that is needed to talk to Amazon.', 'creators-image-refresh' )
			);
		}
		$label = 'too_old' === $this->extension->state()
			? __( 'The PHP extension creators_api is too old', 'creators-image-refresh' )
			: __( 'The PHP extension creators_api is missing', 'creators-image-refresh' );
		return $this->result(
			'extension',
			'critical',
			$label,
			$this->requirements->what_is_missing() . ' ' . __(
				'Your pages are shown as you wrote them. The settings page has a message to your host ready.',
				'creators-image-refresh'
			)
		);
	}

	/**
	 * Whether there are credentials, and whether they can be read.
	 *
	 * @return array<string, mixed>
	 */
	public function test_credentials(): array {
		$error = $this->accounts->obstacle();
		// An account may also come from the filter alone.
		if (
			null === $error
			|| ( 'account_incomplete' === $error->get_error_code() && has_filter( 'creators_image_refresh_account' ) )
		) {
			return $this->result(
				'credentials',
				'good',
				__( 'Your Amazon credentials can be read', 'creators-image-refresh' ),
				__(
					'They are complete. The secret is stored encrypted, or kept out of the database altogether.',
					'creators-image-refresh'
				)
			);
		}
		$incomplete = 'account_incomplete' === $error->get_error_code();
		return $this->result(
			'credentials',
			$incomplete ? 'recommended' : 'critical',
			$incomplete
				? __( 'Your Amazon credentials are not complete', 'creators-image-refresh' )
				: __( 'Your Amazon credentials cannot be used', 'creators-image-refresh' ),
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
			return $this->result(
				'answer',
				'recommended',
				__( 'Amazon gives no pictures to one of your accounts', 'creators-image-refresh' ),
				implode( ' ', $waiting ) . ' ' . $this->report->last_run()
			);
		}
		if ( null === $this->log->last_run() ) {
			return $this->result(
				'answer',
				'good',
				__( 'Amazon has not been asked for pictures yet', 'creators-image-refresh' ),
				$this->report->summary()
			);
		}
		if ( null === $stop || in_array( $stop['status'], Refresh_Runner::GOES_ON, true ) ) {
			return $this->result( 'answer', 'good', __( 'Amazon answers', 'creators-image-refresh' ), $this->report->last_run() );
		}
		if ( 'database_refuses' === $stop['status'] ) {
			$label = __( 'Your database accepts no changes', 'creators-image-refresh' );
			return $this->result( 'answer', 'critical', $label, $this->report->last_run() );
		}
		$passes = in_array(
			$stop['status'],
			array( 'throttled', 'quota_exhausted', 'unavailable', 'unreachable', 'invalid_response', 'cancelled' ),
			true
		);
		return $this->result(
			'answer',
			$passes ? 'recommended' : 'critical',
			__( 'Amazon gives no pictures', 'creators-image-refresh' ),
			$this->report->last_run()
		);
	}

	/**
	 * Whether pictures are refreshed in time.
	 *
	 * @return array<string, mixed>
	 */
	public function test_schedule(): array {
		if ( Scheduler::is_late() ) {
			return $this->result(
				'schedule',
				'recommended',
				__( 'Amazon pictures are not refreshed on time', 'creators-image-refresh' ),
				__( 'WordPress has not come round to its background work for more than an hour. The settings page has the line that your host sets up in its place.', 'creators-image-refresh' )
			);
		}
		$obstacle = $this->refresher->obstacle();
		if ( null !== $obstacle && 'switched_off' !== $obstacle->get_error_code() ) {
			return $this->result(
				'schedule',
				'recommended',
				__( 'Amazon pictures are not refreshed', 'creators-image-refresh' ),
				Status_Messages::for_error( $obstacle )
			);
		}
		$report = $this->report->all();
		if ( array() !== $report['warnings'] ) {
			return $this->result(
				'schedule',
				'recommended',
				__( 'Amazon pictures need more of the day than is left', 'creators-image-refresh' ),
				implode( ' ', $report['warnings'] )
			);
		}
		return $this->result(
			'schedule',
			'good',
			__( 'Amazon pictures are refreshed on time', 'creators-image-refresh' ),
			trim( $report['summary'] . ' ' . $report['round'] )
		);
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
			'actions'     => sprintf(
				'<p><a href="%s">%s</a></p>',
				esc_url( Settings_Screen::url() ),
				esc_html__( 'Open the settings of Creators Image Refresh', 'creators-image-refresh' )
			),
			'test'        => 'creators_image_refresh_' . $test,
		);
	}
}
