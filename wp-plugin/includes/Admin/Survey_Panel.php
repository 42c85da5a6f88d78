<?php
/**
 * What there is to repair, on the settings page.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Admin;

use Creators_Image_Refresh\Accounts\Account_Resolver;
use Creators_Image_Refresh\Discovery\Site_Survey;
use Creators_Image_Refresh\Settings\Settings_Screen;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Shows, for as long as no credentials are saved, what they would be good for. The page is right as it is loaded; the script
 * goes on counting where there is more to count.
 *
 * @phpstan-import-type Findings from Site_Survey
 */
final class Survey_Panel {

	/**
	 * Short enough for somebody who waits for a page, long enough for most blogs.
	 */
	private const SECONDS_ON_THE_PAGE = 1.0;

	/**
	 * Takes what it shows.
	 *
	 * @param Site_Survey      $survey   Counts.
	 * @param Account_Resolver $accounts Whether there are credentials.
	 */
	public function __construct( private Site_Survey $survey, private Account_Resolver $accounts ) {}

	/**
	 * Whether it is worth showing.
	 *
	 * @return bool
	 */
	public function is_wanted(): bool {
		return '' === $this->accounts->value( 'credential_id' )
			&& '' === $this->accounts->secret()
			&& null !== $this->accounts->obstacle();
	}

	/**
	 * Loads the script that counts on.
	 *
	 * @param mixed $hook The page that is shown.
	 */
	public function enqueue( mixed $hook ): void {
		if ( Settings_Screen::HOOK !== $hook || ! $this->is_wanted() ) {
			return;
		}
		wp_enqueue_script(
			'creators-image-refresh-survey',
			plugins_url( 'admin/survey.js', CREATORS_IMAGE_REFRESH_FILE ),
			array( 'wp-a11y', 'wp-api-fetch', 'wp-i18n' ),
			CREATORS_IMAGE_REFRESH_VERSION,
			array( 'in_footer' => true )
		);
		wp_set_script_translations(
			'creators-image-refresh-survey',
			'creators-image-refresh',
			plugin_dir_path( CREATORS_IMAGE_REFRESH_FILE ) . 'languages'
		);
	}

	/**
	 * Renders it.
	 */
	public function render(): void {
		if ( ! $this->is_wanted() ) {
			return;
		}
		$findings = $this->survey->slice( self::SECONDS_ON_THE_PAGE );
		?>
		<section class="card creators-image-refresh-survey" id="creators-image-refresh-survey" aria-labelledby="creators-image-refresh-survey-heading" data-complete="<?php echo esc_attr( $findings['complete'] ? '1' : '0' ); ?>" data-pictures="<?php echo esc_attr( (string) $findings['pictures'] ); ?>" data-posts="<?php echo esc_attr( (string) $findings['posts'] ); ?>">
			<h2 id="creators-image-refresh-survey-heading"><?php esc_html_e( 'What was found on your site', 'creators-image-refresh' ); ?></h2>
			<p class="creators-image-refresh-survey-sentence"><?php echo esc_html( $findings['sentence'] ); ?></p>
			<?php $this->render_found( $findings ); ?>
			<?php if ( $this->survey->is_possible() ) : ?>
				<p class="description"><?php esc_html_e( 'Counted on your own site; nobody was asked. With your credentials below, these pictures can come back.', 'creators-image-refresh' ); ?></p>
			<?php endif; ?>
		</section>
		<?php
	}

	/**
	 * The two lists. They are there while they are empty, for the script to fill.
	 *
	 * @param Findings $findings What was found.
	 */
	private function render_found( array $findings ): void {
		?>
		<ul class="creators-image-refresh-survey-marketplaces">
			<?php foreach ( $findings['marketplaces'] as $marketplace ) : ?>
				<li><span><?php echo esc_html( $marketplace['name'] ); ?></span> <span><?php echo esc_html( $marketplace['sentence'] ); ?></span></li>
			<?php endforeach; ?>
		</ul>
		<h3<?php echo array() === $findings['examples'] ? ' hidden' : ''; ?>><?php esc_html_e( 'Have a look', 'creators-image-refresh' ); ?></h3>
		<ul class="creators-image-refresh-survey-examples">
			<?php foreach ( $findings['examples'] as $example ) : ?>
				<li>
					<span><?php echo esc_html( $example['title'] ); ?></span> <span><?php echo esc_html( $example['sentence'] ); ?></span>
					<span>
						<?php
						self::link( $example['view'], __( 'View', 'creators-image-refresh' ), $example['title'] );
						self::link( $example['edit'], __( 'Edit', 'creators-image-refresh' ), $example['title'] );
						?>
					</span>
				</li>
			<?php endforeach; ?>
		</ul>
		<?php
	}

	/**
	 * A link that says where it leads also to somebody who hears only links.
	 *
	 * @param string $url   Where; nothing is shown for none.
	 * @param string $verb  What one sees.
	 * @param string $title The post.
	 */
	private static function link( string $url, string $verb, string $title ): void {
		if ( '' !== $url ) {
			printf(
				'<a href="%s">%s<span class="screen-reader-text"> %s</span></a> ',
				esc_url( $url ),
				esc_html( $verb ),
				esc_html( $title )
			);
		}
	}
}
