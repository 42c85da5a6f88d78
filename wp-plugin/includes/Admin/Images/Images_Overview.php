<?php
/**
 * How things stand with the pictures as a whole.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Admin\Images;

use Creators_Image_Refresh\Messages\Image_Messages;
use Creators_Image_Refresh\Refresh\Run_Log;
use Creators_Image_Refresh\Reporting\Run_History;
use Creators_Image_Refresh\Reporting\Status_Report;
use Creators_Image_Refresh\Storage\Listing\Image_Query;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Shows, above the table of pictures, how many are fresh, how many become due in the hours ahead, and the last runs. Nothing
 * is said by colour or size alone.
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

	/**
	 * Renders it.
	 */
	public function render(): void {
		echo '<div class="creators-image-refresh-overview">';
		$this->render_coverage();
		$this->render_hours();
		echo '</div>';
		$this->render_runs();
	}

	/**
	 * The bar of states.
	 */
	private function render_coverage(): void {
		$counts = $this->query->counts();
		$parts  = array_intersect_key( $counts, Image_Messages::states() );
		$share  = 0 === $counts['all'] ? 0 : (int) floor( 100 * $counts['fresh'] / $counts['all'] );
		$sentence = sprintf(
			/* translators: 1: a percentage, 2: a number of pictures, 3: how many there are. */
			__( '%1$s%% are fresh: %2$s of %3$s.', 'creators-image-refresh' ),
			number_format_i18n( $share ),
			number_format_i18n( $counts['fresh'] ),
			number_format_i18n( $counts['all'] )
		);
		echo '<section class="card" aria-labelledby="creators-image-refresh-coverage-heading"><h2 id="creators-image-refresh-coverage-heading">'
			. esc_html__( 'Coverage', 'creators-image-refresh' )
			. '</h2>';
		echo '<div class="creators-image-refresh-bar" role="img" aria-label="' . esc_attr( $sentence ) . '">';
		foreach ( $parts as $state => $number ) {
			if ( $number > 0 ) {
				printf( '<span class="is-%s" style="flex-grow:%d"></span>', esc_attr( $state ), (int) $number );
			}
		}
		echo '</div><p>' . esc_html( $sentence ) . '</p><ul class="creators-image-refresh-legend">';
		foreach ( Image_Messages::states() as $state => $label ) {
			printf(
				'<li><span class="is-%s" aria-hidden="true"></span>%s: %s</li>',
				esc_attr( $state ),
				esc_html( $label ),
				esc_html( number_format_i18n( $parts[ $state ] ) )
			);
		}
		echo '</ul></section>';
	}

	/**
	 * The hours ahead.
	 */
	private function render_hours(): void {
		$hours = $this->query->hours_ahead();
		$most  = max( 1, ...$hours );
		$sum   = array_sum( $hours );
		$sentence = sprintf(
			/* translators: 1: a number of pictures, 2: a number of pictures. */
			__( 'Due in the next 24 hours: %1$s; at most %2$s in one hour.', 'creators-image-refresh' ),
			number_format_i18n( $sum ),
			number_format_i18n( max( $hours ) )
		);
		echo '<section class="card" aria-labelledby="creators-image-refresh-hours-heading"><h2 id="creators-image-refresh-hours-heading">'
			. esc_html__( 'The hours ahead', 'creators-image-refresh' )
			. '</h2>';
		echo '<div class="creators-image-refresh-hours" role="img" aria-label="' . esc_attr( $sentence ) . '">';
		foreach ( $hours as $number ) {
			$height = 0 === $number ? 0 : max( 3, (int) round( 100 * $number / $most ) );
			printf( '<span style="height:%d%%"></span>', (int) $height );
		}
		echo '</div><div class="creators-image-refresh-scale" aria-hidden="true"><span>'
			. esc_html__( 'now', 'creators-image-refresh' )
			. '</span><span>'
			. esc_html__( 'in 12 hours', 'creators-image-refresh' )
			. '</span><span>'
			. esc_html__( 'in 24 hours', 'creators-image-refresh' )
			. '</span></div>';
		echo '<p>'
			. esc_html( $sentence )
			. '</p><details><summary>'
			. esc_html__( 'Hour by hour', 'creators-image-refresh' )
			. '</summary><ul class="creators-image-refresh-hour-list">';
		foreach ( $hours as $hour => $number ) {
			echo '<li>' . esc_html(
				sprintf(
					/* translators: 1: a time of day, 2: a number of pictures. */
					__( 'from %1$s: %2$s', 'creators-image-refresh' ),
					wp_date( (string) get_option( 'time_format' ), time() + $hour * HOUR_IN_SECONDS ),
					number_format_i18n( $number )
				)
			) . '</li>';
		}
		echo '</ul></details></section>';
	}

	/**
	 * The last runs.
	 */
	private function render_runs(): void {
		$runs = $this->history->all();
		echo '<details class="creators-image-refresh-runs" id="creators-image-refresh-runs"><summary><strong>'
			. esc_html__( 'The last runs', 'creators-image-refresh' )
			. '</strong> '
			. esc_html( $this->report->last_run( false ) )
			. '</summary>';
		if ( array() !== $runs ) {
			$format = get_option( 'date_format' ) . ' ' . get_option( 'time_format' );
			echo '<table class="widefat striped"><thead><tr>';
			foreach (
				array(
					__( 'When', 'creators-image-refresh' ),
					__( 'By whom', 'creators-image-refresh' ),
					__( 'Refreshed', 'creators-image-refresh' ),
					__( 'Not given', 'creators-image-refresh' ),
					__( 'Questions to Amazon', 'creators-image-refresh' ),
					__( 'How it ended', 'creators-image-refresh' ),
				) as $heading
			) {
				echo '<th scope="col">' . esc_html( $heading ) . '</th>';
			}
			echo '</tr></thead><tbody>';
			foreach ( $runs as $run ) {
				$cells = array(
					(string) wp_date( $format, $run['finished_at'] ),
					Run_History::by( $run ),
					number_format_i18n( $run['refreshed'] ),
					number_format_i18n( $run['failed'] ),
					number_format_i18n( $run['calls'] ),
					null === $run['stopped']
						? __( 'All went well.', 'creators-image-refresh' )
						: $this->report->reason( Run_Log::stopped( $run['stopped'] ) ),
				);
				// phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- esc_html(), cell by cell.
				echo '<tr><td>' . implode( '</td><td>', array_map( 'esc_html', $cells ) ) . '</td></tr>';
			}
			echo '</tbody></table>';
		}
		echo '</details>';
	}
}
