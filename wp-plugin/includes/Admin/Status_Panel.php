<?php
/**
 * The status area, and the results of its buttons.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Admin;

use Creators_Image_Refresh\Refresh\Scheduler;
use Creators_Image_Refresh\Reporting\Status_Report;
use Creators_Image_Refresh\Settings\Settings;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Renders what the script later keeps up to date.
 */
final class Status_Panel {

	public const REFRESH_ACTION = 'creators_image_refresh_refresh';
	public const REFRESH_NONCE  = 'creators_image_refresh_nonce';
	public const TEST_ACTION    = 'creators_image_refresh_test';

	/**
	 * The kind of notice for a state.
	 */
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
	 * The row with the test button.
	 *
	 * Without the script, the whole form is posted to admin-post.php instead of options.php. With it, the button does not
	 * submit at all.
	 *
	 * @param array<string, mixed>|null $verdict A result to show at once.
	 */
	public function render_test( ?array $verdict ): void {
		?>
		<button type="submit" class="button" id="creators-image-refresh-test" name="action" value="<?php echo esc_attr( self::TEST_ACTION ); ?>" formaction="<?php echo esc_url( admin_url( 'admin-post.php' ) ); ?>"><?php esc_html_e( 'Test credentials', 'creators-image-refresh' ); ?></button>
		<p class="description" id="creators-image-refresh-test-help"><?php esc_html_e( 'Asks Amazon once with what stands in the form now. Nothing is saved by it.', 'creators-image-refresh' ); ?></p>
		<div id="creators-image-refresh-test-result" role="status" data-status="<?php echo esc_attr( (string) ( $verdict['status'] ?? '' ) ); ?>">
			<?php
			if ( null !== $verdict ) {
				self::message(
					! empty( $verdict['ok'] ) ? 'success' : 'error',
					(string) ( $verdict['sentence'] ?? '' ),
					(string) ( $verdict['amazon'] ?? '' )
				);
			}
			?>
		</div>
		<?php
		// Sends the form with the version that Amazon accepts in place of the one that is chosen.
		$version = (string) ( $verdict['works_with'] ?? '' );
		printf(
			'<p id="creators-image-refresh-use-version"%1$s><button type="submit" class="button" name="%2$s[use_version]" value="%3$s">%4$s</button></p>',
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
		$labels = array(
			'known'   => __( 'Known', 'creators-image-refresh' ),
			'fresh'   => __( 'Fresh', 'creators-image-refresh' ),
			'waiting' => __( 'Waiting', 'creators-image-refresh' ),
			'failed'  => __( 'Not given', 'creators-image-refresh' ),
		);
		// What stopped the run that was asked for just now is said below the button.
		$stop   = null === $outcome ? $this->report->last_stop() : null;
		$run    = $this->report->last_run( null === $outcome );
		?>
		<section class="card" id="creators-image-refresh-status" aria-labelledby="creators-image-refresh-status-heading" data-known="<?php echo esc_attr( (string) $report['known'] ); ?>" data-fresh="<?php echo esc_attr( (string) $report['fresh'] ); ?>" data-waiting="<?php echo esc_attr( (string) $report['waiting'] ); ?>" data-failed="<?php echo esc_attr( (string) $report['failed'] ); ?>">
			<h2 id="creators-image-refresh-status-heading"><?php esc_html_e( 'Your pictures', 'creators-image-refresh' ); ?></h2>
			<dl class="creators-image-refresh-counts">
				<?php foreach ( $labels as $key => $label ) : ?>
					<div>
						<dt><?php echo esc_html( $label ); ?></dt>
						<dd data-count="<?php echo esc_attr( $key ); ?>"><?php echo esc_html( number_format_i18n( $report[ $key ] ) ); ?></dd>
					</div>
				<?php endforeach; ?>
			</dl>
			<p id="creators-image-refresh-summary"><?php echo esc_html( $report['summary'] ); ?></p>
			<p id="creators-image-refresh-last-run" data-stopped="<?php echo esc_attr( $stop['status'] ?? '' ); ?>"><?php echo esc_html( $run ); ?></p>
			<?php if ( null !== $stop && '' !== $stop['amazon'] ) : ?>
				<p class="creators-image-refresh-small-print" id="creators-image-refresh-last-stop"><?php self::small_print( $stop['amazon'] ); ?></p>
			<?php endif; ?>
			<?php self::render_timetable( $report ); ?>
			<?php $this->render_waiting_accounts(); ?>
			<?php $this->render_late_schedule(); ?>
			<form method="post" action="<?php echo esc_url( admin_url( 'admin-post.php' ) ); ?>">
				<input type="hidden" name="action" value="<?php echo esc_attr( self::REFRESH_ACTION ); ?>">
				<?php wp_nonce_field( self::REFRESH_ACTION, self::REFRESH_NONCE, false ); ?>
				<button type="submit" class="button" id="creators-image-refresh-refresh" aria-describedby="creators-image-refresh-summary" <?php disabled( ! $report['ready'] ); ?>><?php esc_html_e( 'Refresh now', 'creators-image-refresh' ); ?></button>
			</form>
			<div id="creators-image-refresh-progress" data-state="<?php echo esc_attr( self::state( $outcome ) ); ?>">
				<progress max="100" value="0" hidden aria-label="<?php esc_attr_e( 'Progress of refreshing', 'creators-image-refresh' ); ?>"></progress>
				<div class="creators-image-refresh-outcome">
					<?php
					if ( null !== $outcome ) {
						self::message(
							self::TYPES[ self::state( $outcome ) ],
							(string) ( $outcome['sentence'] ?? '' ),
							(string) ( $outcome['amazon'] ?? '' )
						);
					}
					?>
				</div>
			</div>
		</section>
		<?php
	}

	/**
	 * How long a round takes, and whether the day is long enough.
	 *
	 * @param array<string, mixed> $report The report.
	 */
	private static function render_timetable( array $report ): void {
		if ( '' !== $report['round'] ) {
			echo '<p id="creators-image-refresh-round">' . esc_html( $report['round'] ) . '</p>';
		}
		foreach ( $report['warnings'] as $warning ) {
			echo '<div class="notice notice-warning inline creators-image-refresh-too-many"><p>'
				. esc_html( $warning )
				. '</p></div>';
		}
	}

	/**
	 * Accounts that Amazon refused lately, where there are several.
	 */
	private function render_waiting_accounts(): void {
		$waiting = $this->report->waiting_accounts();
		if ( array() === $waiting ) {
			return;
		}
		echo '<ul class="creators-image-refresh-waiting" id="creators-image-refresh-waiting">';
		foreach ( $waiting as $sentence ) {
			echo '<li>' . esc_html( $sentence ) . '</li>';
		}
		echo '</ul>';
	}

	/**
	 * What to do where WordPress's scheduler stands still.
	 */
	private function render_late_schedule(): void {
		if ( ! Scheduler::is_late() ) {
			return;
		}
		?>
		<div class="notice notice-warning inline">
			<p><?php esc_html_e( 'WordPress has not come round to its background work for more than an hour. Pictures stay fresh only if it does: ask your host to call this every minute.', 'creators-image-refresh' ); ?></p>
			<p><code>* * * * * curl -s "<?php echo esc_url( site_url( 'wp-cron.php?doing_wp_cron' ) ); ?>" &gt; /dev/null</code></p>
		</div>
		<?php
	}

	/**
	 * A message with Amazon's own words in small print.
	 *
	 * @param string $type     success, error, info.
	 * @param string $sentence For people.
	 * @param string $amazon   Amazon's words.
	 */
	private static function message( string $type, string $sentence, string $amazon ): void {
		echo '<div class="notice inline notice-' . esc_attr( $type ) . '"><p>' . esc_html( $sentence ) . '</p>';
		if ( '' !== $amazon ) {
			echo '<p class="creators-image-refresh-small-print">';
			self::small_print( $amazon );
			echo '</p>';
		}
		echo '</div>';
	}

	/**
	 * Amazon's own words.
	 *
	 * @param string $amazon The words.
	 */
	private static function small_print( string $amazon ): void {
		/* translators: %s: what Amazon said, in English. */
		echo esc_html( sprintf( __( 'In small print: %s', 'creators-image-refresh' ), $amazon ) );
	}

	/**
	 * The state of the progress region.
	 *
	 * @param array<string, mixed>|null $outcome What a slice came to.
	 * @return string
	 */
	private static function state( ?array $outcome ): string {
		$state = (string) ( $outcome['state'] ?? 'idle' );
		return isset( self::TYPES[ $state ] ) ? $state : 'idle';
	}
}
