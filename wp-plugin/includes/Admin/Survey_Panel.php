<?php
/**
 * What there is to repair, on the settings page.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Admin;

use Creators_Image_Refresh\Discovery\Site_Survey;
use Creators_Image_Refresh\Plugin;

defined( 'ABSPATH' ) || exit;

/**
 * What there is to repair, shown on the settings page for as long as no credentials are saved. The page is right as it is
 * loaded; the script goes on counting where there is more to count.
 *
 * @phpstan-import-type Findings from Site_Survey
 */
final class Survey_Panel {

	/** Short enough for somebody who waits for a page, long enough for most blogs. */
	private const SECONDS_ON_THE_PAGE = 1.0;

	/**
	 * Takes the plugin, whose services it calls.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public function __construct( private Plugin $plugin ) {}

	/** Whether it is worth showing. */
	public function is_wanted(): bool {
		$accounts = $this->plugin->accounts();
		return '' === $accounts->value( 'credential_id' )
			&& '' === $accounts->secret()
			&& null !== $accounts->obstacle();
	}

	/** Renders it. */
	public function render(): void {
		if ( ! $this->is_wanted() ) {
			return;
		}
		$survey   = $this->plugin->site_survey();
		$findings = $survey->slice( self::SECONDS_ON_THE_PAGE );
		printf(
			'<section class="card creators-image-refresh-survey" id="creators-image-refresh-survey"'
				. ' aria-labelledby="creators-image-refresh-survey-heading"'
				. ' data-complete="%d" data-pictures="%d" data-posts="%d"><h2 id="creators-image-refresh-survey-heading">%s</h2>'
				. '<p class="creators-image-refresh-survey-sentence">%s</p>',
			(int) $findings['complete'],
			(int) $findings['pictures'],
			(int) $findings['posts'],
			esc_html__( 'What was found on your site', 'creators-image-refresh' ),
			esc_html( $findings['sentence'] )
		);
		self::render_found( $findings );
		if ( $survey->is_possible() ) {
			$sentence = __(
				'Counted on your own site; nobody was asked. With your credentials below, these pictures can come back.',
				'creators-image-refresh'
			);
			echo '<p class="description">' . esc_html( $sentence ) . '</p>';
		}
		echo '</section>';
	}

	/**
	 * The two lists. They are there while they are empty, for the script to fill.
	 *
	 * @param Findings $findings What was found.
	 */
	private static function render_found( array $findings ): void {
		echo '<ul class="creators-image-refresh-survey-marketplaces">';
		foreach ( $findings['marketplaces'] as $shop ) {
			printf( '<li><span>%s</span> <span>%s</span></li>', esc_html( $shop['name'] ), esc_html( $shop['sentence'] ) );
		}
		printf(
			'</ul><h3%s>%s</h3><ul class="creators-image-refresh-survey-examples">',
			array() === $findings['examples'] ? ' hidden' : '',
			esc_html__( 'Have a look', 'creators-image-refresh' )
		);
		foreach ( $findings['examples'] as $example ) {
			$links = array(
				$example['view'] => __( 'View', 'creators-image-refresh' ),
				$example['edit'] => __( 'Edit', 'creators-image-refresh' ),
			);
			$html  = '';
			foreach ( $links as $url => $word ) {
				$html .= '' === $url ? '' : Page::link( $url, $word, $example['title'] ) . ' ';
			}
			printf(
				'<li><span>%s</span> <span>%s</span> <span>%s</span></li>',
				esc_html( $example['title'] ),
				esc_html( $example['sentence'] ),
				$html // phpcs:ignore WordPress.Security.EscapeOutput -- escaped there.
			);
		}
		echo '</ul>';
	}
}
