<?php
/**
 * How things stand with the pictures as a whole.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Admin\Images;

use Creators_Image_Refresh\Admin\Page;
use Creators_Image_Refresh\Messages\Image_Messages;
use Creators_Image_Refresh\Refresh\Run_Log;
use Creators_Image_Refresh\Reporting\Run_History;
use Creators_Image_Refresh\Reporting\Status_Report;
use Creators_Image_Refresh\Storage\Listing\Image_Counts;
use Creators_Image_Refresh\Storage\Listing\Image_Query;

defined( 'ABSPATH' ) || exit;

/**
 * How things stand with the pictures as a whole: above their table, how many are fresh, how many become due in the hours
 * ahead, and the last runs. Nothing is said by colour or size alone.
 */
final class Images_Overview {

	/**
	 * Takes what it shows.
	 *
	 * @param Image_Query   $query   Numbers.
	 * @param Run_History   $history The last runs.
	 * @param Status_Report $report  Words.
	 */
	public function __construct( private Image_Query $query, private Run_History $history, private Status_Report $report ) {}

	/** Renders it. */
	public function render(): void {
		echo '<div class="creators-image-refresh-overview">';
		$this->render_coverage();
		$this->render_hours();
		echo '</div>';
		$this->render_runs();
	}

	/**
	 * The beginning of a card, with its heading and a drawing that its sentence describes.
	 *
	 * @param string $name     Its name.
	 * @param string $heading  Its heading.
	 * @param string $drawing  The class of the drawing.
	 * @param string $sentence What the drawing says.
	 */
	private static function open_card( string $name, string $heading, string $drawing, string $sentence ): void {
		printf(
			'<section class="card" aria-labelledby="creators-image-refresh-%1$s-heading">'
				. '<h2 id="creators-image-refresh-%1$s-heading">%2$s</h2>'
				. '<div class="creators-image-refresh-%3$s" role="img" aria-label="%4$s">',
			esc_attr( $name ),
			esc_html( $heading ),
			esc_attr( $drawing ),
			esc_attr( $sentence )
		);
	}

	/** The bar of states. */
	private function render_coverage(): void {
		$counts   = $this->query->counts();
		$share    = 0 === $counts['all'] ? 0 : (int) floor( 100 * $counts['fresh'] / $counts['all'] );
		$sentence = sprintf(
			/* translators: 1: a percentage, 2: a number of pictures, 3: how many there are. */
			__( '%1$s%% are fresh: %2$s of %3$s.', 'creators-image-refresh' ),
			number_format_i18n( $share ),
			number_format_i18n( $counts['fresh'] ),
			number_format_i18n( $counts['all'] )
		);
		self::open_card( 'coverage', __( 'Coverage', 'creators-image-refresh' ), 'bar', $sentence );
		$legend = '';
		foreach ( Image_Messages::states() as $state => $label ) {
			if ( $counts[ $state ] > 0 ) {
				printf( '<span class="is-%s" style="flex-grow:%d"></span>', esc_attr( $state ), (int) $counts[ $state ] );
			}
			$legend .= '<li><span class="is-' . esc_attr( $state ) . '" aria-hidden="true"></span>' . esc_html( $label )
				. ': ' . esc_html( number_format_i18n( $counts[ $state ] ) ) . '</li>';
		}
		echo '</div><p>' . esc_html( $sentence ) . '</p><ul class="creators-image-refresh-legend">';
		echo $legend . '</ul></section>'; // phpcs:ignore WordPress.Security.EscapeOutput -- escaped above.
	}

	/** The hours ahead. */
	private function render_hours(): void {
		$hours    = Image_Counts::hours_ahead();
		$sentence = sprintf(
			/* translators: 1: a number of pictures, 2: a number of pictures. */
			__( 'Due in the next 24 hours: %1$s; at most %2$s in one hour.', 'creators-image-refresh' ),
			number_format_i18n( array_sum( $hours ) ),
			number_format_i18n( max( $hours ) )
		);
		self::open_card( 'hours', __( 'The hours ahead', 'creators-image-refresh' ), 'hours', $sentence );
		$list = '';
		foreach ( $hours as $hour => $number ) {
			$height = 0 === $number ? 0 : max( 3, (int) round( 100 * $number / max( 1, ...$hours ) ) );
			printf( '<span style="height:%d%%"></span>', (int) $height );
			$time = wp_date( (string) get_option( 'time_format' ), time() + $hour * HOUR_IN_SECONDS );
			/* translators: 1: a time of day, 2: a number of pictures. */
			$words = sprintf( __( 'from %1$s: %2$s', 'creators-image-refresh' ), $time, number_format_i18n( $number ) );
			$list .= '<li>' . esc_html( $words ) . '</li>';
		}
		printf(
			'</div><div class="creators-image-refresh-scale" aria-hidden="true">'
				. '<span>%s</span><span>%s</span><span>%s</span></div>'
				. '<p>%s</p><details><summary>%s</summary><ul class="creators-image-refresh-hour-list">',
			esc_html__( 'now', 'creators-image-refresh' ),
			esc_html__( 'in 12 hours', 'creators-image-refresh' ),
			esc_html__( 'in 24 hours', 'creators-image-refresh' ),
			esc_html( $sentence ),
			esc_html__( 'Hour by hour', 'creators-image-refresh' )
		);
		echo $list . '</ul></details></section>'; // phpcs:ignore WordPress.Security.EscapeOutput -- escaped above.
	}

	/** The last runs. */
	private function render_runs(): void {
		printf(
			'<details class="creators-image-refresh-runs" id="creators-image-refresh-runs">'
				. '<summary><strong>%s</strong> %s</summary>',
			esc_html__( 'The last runs', 'creators-image-refresh' ),
			esc_html( $this->report->last_run( false ) )
		);
		$columns = array(
			__( 'When', 'creators-image-refresh' ),
			__( 'By whom', 'creators-image-refresh' ),
			__( 'Refreshed', 'creators-image-refresh' ),
			__( 'Not given', 'creators-image-refresh' ),
			__( 'Questions to Amazon', 'creators-image-refresh' ),
			__( 'How it ended', 'creators-image-refresh' ),
		);
		$rows    = array();
		foreach ( $this->history->all() as $run ) {
			$rows[] = array(
				(string) wp_date( get_option( 'date_format' ) . ' ' . get_option( 'time_format' ), $run['finished_at'] ),
				Run_History::by( $run ),
				number_format_i18n( $run['refreshed'] ),
				number_format_i18n( $run['failed'] ),
				number_format_i18n( $run['calls'] ),
				null === $run['stopped']
					? __( 'All went well.', 'creators-image-refresh' )
					: $this->report->reason( Run_Log::stopped( $run['stopped'] ) ),
			);
		}
		if ( array() !== $rows ) {
			// phpcs:disable WordPress.Security.EscapeOutput.OutputNotEscaped -- esc_html(), cell by cell.
			echo '<table class="widefat striped">', Page::table_head( $columns ), '<tbody>';
			foreach ( $rows as $cells ) {
				echo '<tr><td>', implode( '</td><td>', array_map( 'esc_html', $cells ) ), '</td></tr>';
			}
			// phpcs:enable
			echo '</tbody></table>';
		}
		echo '</details>';
	}
}
