<?php
/**
 * Tools > Site Health.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Reporting;

use Creators_Image_Refresh\Messages\Status_Messages;
use Creators_Image_Refresh\Plugin;
use Creators_Image_Refresh\Refresh\Refresh_Runner;
use Creators_Image_Refresh\Refresh\Scheduler;
use Creators_Image_Refresh\Settings\Settings_Screen;

defined( 'ABSPATH' ) || exit;

/**
 * Says under Tools > Site Health what is the matter, and what to do about it.
 */
final class Site_Health {

	/** Statuses of Amazon's that pass by themselves. */
	private const PASSING =
		array( 'throttled', 'quota_exhausted', 'unavailable', 'unreachable', 'invalid_response', 'cancelled' );

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
			'extension'   => __( 'Amazon pictures: the PHP extension', 'creators-image-refresh' ),
			'credentials' => __( 'Amazon pictures: credentials', 'creators-image-refresh' ),
			'answer'      => __( 'Amazon pictures: Amazon’s last answer', 'creators-image-refresh' ),
			'schedule'    => __( 'Amazon pictures: refreshed on time', 'creators-image-refresh' ),
		);
		foreach ( is_array( $tests ) ? $own : array() as $test => $label ) {
			$tests['direct'][ 'creators_image_refresh_' . $test ] = array(
				'label' => $label,
				'test'  => fn(): array => $this->result( $test, ...array( $this, "test_$test" )() ),
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
	private function result( string $test, string $status, string $label, string $words ): array {
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
			'test'        => 'creators_image_refresh_' . $test,
		);
	}

	/**
	 * Whether the extension is there.
	 *
	 * @return array{0: string, 1: string, 2: string} Status, label and words, as those below.
	 */
	public function test_extension(): array {
		if ( $this->plugin->extension()->is_available() ) {
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
			'too_old' === $this->plugin->extension()->state()
				? __( 'The PHP extension creators_api is too old', 'creators-image-refresh' )
				: __( 'The PHP extension creators_api is missing', 'creators-image-refresh' ),
			( new Requirements( $this->plugin->extension() ) )->what_is_missing() . ' ' . $words,
		);
	}

	/**
	 * Whether there are credentials, and whether they can be read.
	 *
	 * @return array{0: string, 1: string, 2: string}
	 */
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
		$words = Status_Messages::for_error( $error );
		return $incomplete
			? array( 'recommended', __( 'Your Amazon credentials are not complete', 'creators-image-refresh' ), $words )
			: array( 'critical', __( 'Your Amazon credentials cannot be used', 'creators-image-refresh' ), $words );
	}

	/**
	 * What Amazon said last.
	 *
	 * @return array{0: string, 1: string, 2: string}
	 */
	public function test_answer(): array {
		$report  = $this->plugin->status_report();
		$stop    = $report->last_stop();
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
		if ( null === $stop || in_array( $stop['status'], Refresh_Runner::GOES_ON, true ) ) {
			return array( 'good', __( 'Amazon answers', 'creators-image-refresh' ), $words );
		}
		if ( 'database_refuses' === $stop['status'] ) {
			return array( 'critical', __( 'Your database accepts no changes', 'creators-image-refresh' ), $words );
		}
		$status = in_array( $stop['status'], self::PASSING, true ) ? 'recommended' : 'critical';
		return array( $status, __( 'Amazon gives no pictures', 'creators-image-refresh' ), $words );
	}

	/**
	 * Whether pictures are refreshed in time.
	 *
	 * @return array{0: string, 1: string, 2: string}
	 */
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
			return array( 'recommended', $label, Status_Messages::for_error( $obstacle ) );
		}
		$report = $this->plugin->status_report()->all();
		if ( array() !== $report['warnings'] ) {
			$label = __( 'Amazon pictures need more of the day than is left', 'creators-image-refresh' );
			return array( 'recommended', $label, implode( ' ', $report['warnings'] ) );
		}
		$label = __( 'Amazon pictures are refreshed on time', 'creators-image-refresh' );
		return array( 'good', $label, trim( $report['summary'] . ' ' . $report['round'] ) );
	}
}
