<?php
/**
 * The status area, and the results of its buttons.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Admin;

use Creators_Image_Refresh\Messages\Account_Messages;
use Creators_Image_Refresh\Refresh\Scheduler;
use Creators_Image_Refresh\Reporting\Status_Report;
use Creators_Image_Refresh\Settings\Settings;

defined( 'ABSPATH' ) || exit;

/**
 * The script keeps up to date what is rendered here.
 */
final class Status_Panel {

	public const REFRESH_ACTION = 'creators_image_refresh_refresh';
	public const TEST_ACTION    = 'creators_image_refresh_test';

	/** The kind of notice for a state. */
	private const TYPES = array(
		'idle'    => 'info',
		'running' => 'info',
		'done'    => 'success',
		'stopped' => 'error',
	);

	/**
	 * Takes what it shows.
	 *
	 * @param Status_Report $report Numbers and sentences.
	 */
	public function __construct( private Status_Report $report ) {}

	/**
	 * The row with the test button. Without the script, the whole form is posted to admin-post.php instead of options.php.
	 * With it, the button does not submit at all.
	 *
	 * @param array<string, mixed>|null $verdict A result to show at once.
	 */
	public static function render_test( ?array $verdict ): void {
		printf(
			'<button type="submit" class="button" id="creators-image-refresh-test" name="action" value="%s" formaction="%s">'
				. '%s</button>' . '<p class="description" id="creators-image-refresh-test-help">%s</p>'
				. '<div id="creators-image-refresh-test-result" role="status" data-status="%s">',
			esc_attr( self::TEST_ACTION ),
			esc_url( admin_url( 'admin-post.php' ) ),
			esc_html__( 'Test credentials', 'creators-image-refresh' ),
			esc_html__( 'Asks Amazon once with what stands in the form now. Nothing is saved by it.', 'creators-image-refresh' ),
			esc_attr( (string) ( $verdict['status'] ?? '' ) )
		);
		if ( null !== $verdict ) {
			self::message( ! empty( $verdict['ok'] ) ? 'success' : 'error', $verdict );
		}
		// The button sends the form with the version that Amazon accepts in place of the one that is chosen.
		$version = (string) ( $verdict['works_with'] ?? '' );
		printf(
			'</div><p id="creators-image-refresh-use-version"%s>'
				. '<button type="submit" class="button" name="%s[use_version]" value="%s">%s</button></p>',
			'' === $version ? ' hidden' : '',
			esc_attr( Settings::OPTION ),
			esc_attr( $version ),
			/* translators: %s: a credential version, for instance 3.2. */
			esc_html( sprintf( __( 'Set version %s and save', 'creators-image-refresh' ), $version ) )
		);
	}

	/**
	 * The status area.
	 *
	 * @param array<string, mixed>|null $outcome What a slice without the script came to.
	 */
	public function render( ?array $outcome ): void {
		$report = $this->report->all();
		$counts = array(
			'known'   => __( 'Known', 'creators-image-refresh' ),
			'fresh'   => __( 'Fresh', 'creators-image-refresh' ),
			'waiting' => __( 'Waiting', 'creators-image-refresh' ),
			'failed'  => __( 'Not given', 'creators-image-refresh' ),
		);
		echo '<section class="card" id="creators-image-refresh-status" aria-labelledby="creators-image-refresh-status-heading"';
		foreach ( array_keys( $counts ) as $count ) {
			printf( ' data-%s="%d"', esc_attr( $count ), (int) $report[ $count ] );
		}
		printf(
			'><h2 id="creators-image-refresh-status-heading">%s</h2><dl class="creators-image-refresh-counts">',
			esc_html__( 'Your pictures', 'creators-image-refresh' )
		);
		foreach ( $counts as $count => $label ) {
			printf(
				'<div><dt>%s</dt><dd data-count="%s">%s</dd></div>',
				esc_html( $label ),
				esc_attr( $count ),
				esc_html( number_format_i18n( $report[ $count ] ) )
			);
		}
		// What stopped the run that was asked for just now is said below the button.
		$stop = null === $outcome ? $this->report->last_stop() : null;
		printf(
			'</dl><p id="creators-image-refresh-summary">%s</p><p id="creators-image-refresh-last-run" data-stopped="%s">%s</p>',
			esc_html( $report['summary'] ),
			esc_attr( $stop['status'] ?? '' ),
			esc_html( $this->report->last_run( null === $outcome ) )
		);
		self::small_print( $stop['amazon'] ?? '', 'creators-image-refresh-last-stop' );
		$this->render_warnings( $report );
		printf(
			'%s<button type="submit" class="button" id="creators-image-refresh-refresh"'
				. ' aria-describedby="creators-image-refresh-summary"%s>%s</button></form>'
				. '<div id="creators-image-refresh-progress" data-state="%s">'
				. '<progress max="100" value="0" hidden aria-label="%s"></progress><div class="creators-image-refresh-outcome">',
			Page::form( self::REFRESH_ACTION ), // phpcs:ignore WordPress.Security.EscapeOutput -- escaped there.
			disabled( ! $report['ready'], true, false ),
			esc_html__( 'Refresh now', 'creators-image-refresh' ),
			esc_attr( self::state( $outcome ) ),
			esc_attr__( 'Progress of refreshing', 'creators-image-refresh' )
		);
		if ( null !== $outcome ) {
			self::message( self::TYPES[ self::state( $outcome ) ], $outcome );
		}
		echo '</div></div></section>';
	}

	/**
	 * How long a round takes, and whether the day is long enough; which accounts wait; and what to do where WordPress's
	 * scheduler stands still.
	 *
	 * @param array<string, mixed> $report The report.
	 */
	private function render_warnings( array $report ): void {
		if ( '' !== $report['round'] ) {
			echo '<p id="creators-image-refresh-round">' . esc_html( $report['round'] ) . '</p>';
		}
		foreach ( $report['warnings'] as $warning ) {
			$style = 'notice notice-warning inline creators-image-refresh-too-many';
			printf( '<div class="%s"><p>%s</p></div>', esc_attr( $style ), esc_html( $warning ) );
		}
		$waiting = array_map( 'esc_html', $this->report->waiting_accounts() );
		if ( array() !== $waiting ) {
			echo '<ul class="creators-image-refresh-waiting" id="creators-image-refresh-waiting"><li>'
				. implode( '</li><li>', $waiting ) . '</li></ul>'; // phpcs:ignore WordPress.Security.EscapeOutput -- above.
		}
		if ( Scheduler::is_late() ) {
			echo '<div class="notice notice-warning inline"><p>';
			esc_html_e(
				'WordPress has not come round to its background work for more than an hour. Pictures stay fresh only if it does: ask your host to call this every minute.',
				'creators-image-refresh'
			);
			$cron = site_url( 'wp-cron.php?doing_wp_cron' );
			printf( '</p><p><code>* * * * * curl -s "%s" &gt; /dev/null</code></p></div>', esc_url( $cron ) );
		}
	}

	/**
	 * A message with Amazon's own words in small print.
	 *
	 * @param string               $type success, error, info.
	 * @param array<string, mixed> $said With 'sentence' and 'amazon'.
	 */
	private static function message( string $type, array $said ): void {
		$sentence = (string) ( $said['sentence'] ?? '' );
		printf( '<div class="notice inline notice-%s"><p>%s</p>', esc_attr( $type ), esc_html( $sentence ) );
		self::small_print( (string) ( $said['amazon'] ?? '' ) );
		echo '</div>';
	}

	/**
	 * Amazon's own words, where there are any.
	 *
	 * @param string $amazon The words.
	 * @param string $id     An id.
	 */
	private static function small_print( string $amazon, string $id = '' ): void {
		if ( '' !== $amazon ) {
			printf(
				'<p class="creators-image-refresh-small-print"%s>%s</p>',
				'' === $id ? '' : ' id="' . esc_attr( $id ) . '"',
				esc_html( Account_Messages::small_print( $amazon ) )
			);
		}
	}

	/**
	 * The state of the progress region.
	 *
	 * @param array<string, mixed>|null $outcome What a slice came to.
	 */
	private static function state( ?array $outcome ): string {
		$state = (string) ( $outcome['state'] ?? 'idle' );
		return isset( self::TYPES[ $state ] ) ? $state : 'idle';
	}
}
