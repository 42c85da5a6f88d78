<?php
/**
 * The page under Settings.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Admin;

use Creators_Image_Refresh\Admin\Accounts\Account_Form;
use Creators_Image_Refresh\Admin\Accounts\Accounts_Tab;
use Creators_Image_Refresh\Admin\Images\Images_Tab;
use Creators_Image_Refresh\Connection\Connection_Tester;
use Creators_Image_Refresh\Messages\Notices;
use Creators_Image_Refresh\Refresh\Refresh_Job;
use Creators_Image_Refresh\Reporting\Requirements;
use Creators_Image_Refresh\Settings\Fallback_Policy;
use Creators_Image_Refresh\Settings\Input;
use Creators_Image_Refresh\Settings\Settings;
use Creators_Image_Refresh\Settings\Settings_Screen;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Puts the page together and answers its forms. Everything on it works without JavaScript; the script makes it pleasant.
 */
final class Settings_Page {

	/**
	 * Carries an answer over the redirect after a post, for one user; holds nothing secret.
	 */
	private const ANSWER = 'creators_image_refresh_answer_';

	/**
	 * A slice for somebody who waits for a page.
	 */
	private const SLICE_SECONDS = 15.0;

	/**
	 * Takes what the page is made of.
	 *
	 * @param Settings_Fields        $fields       The form.
	 * @param Status_Panel           $panel        The status area.
	 * @param Requirements           $requirements The box where something is missing.
	 * @param Connection_Tester      $tester       The test.
	 * @param Refresh_Job            $job          The refresh.
	 * @param Accounts_Tab           $accounts_tab The accounts.
	 * @param Account_Form           $form         Credentials that wait for a word.
	 * @param Images_Tab             $images       The pictures.
	 * @param list<callable(): void> $above        Render what stands above the form, where there is something to say.
	 */
	public function __construct(
		private Settings_Fields $fields,
		private Status_Panel $panel,
		private Requirements $requirements,
		private Connection_Tester $tester,
		private Refresh_Job $job,
		private Accounts_Tab $accounts_tab,
		private Account_Form $form,
		private Images_Tab $images,
		private array $above = array()
	) {}

	/**
	 * Adds the page to the menu.
	 *
	 * @param callable(): void $render Renders it.
	 */
	public static function add( callable $render ): void {
		add_options_page(
			__( 'Creators Image Refresh for Amazon', 'creators-image-refresh' ),
			__( 'Creators Image Refresh', 'creators-image-refresh' ),
			'manage_options',
			Settings_Screen::SLUG,
			$render
		);
	}

	/**
	 * Adds a link to the page to the plugin's row on the Plugins page.
	 *
	 * @param mixed $links Links.
	 * @return mixed
	 */
	public static function add_link( mixed $links ): mixed {
		if ( is_array( $links ) && current_user_can( 'manage_options' ) ) {
			array_unshift(
				$links,
				'<a href="'
					. esc_url( Settings_Screen::url() )
					. '">'
					. esc_html__( 'Settings', 'creators-image-refresh' )
					. '</a>'
			);
		}
		return $links;
	}

	/**
	 * Loads the page's script and style.
	 *
	 * @param mixed $hook The page that is shown.
	 */
	public static function enqueue( mixed $hook ): void {
		if ( Settings_Screen::HOOK !== $hook ) {
			return;
		}
		wp_enqueue_style(
			Settings_Screen::SLUG,
			plugins_url( 'admin/settings-page.css', CREATORS_IMAGE_REFRESH_FILE ),
			array(),
			CREATORS_IMAGE_REFRESH_VERSION
		);
		wp_enqueue_script(
			Settings_Screen::SLUG,
			plugins_url( 'admin/settings-page.js', CREATORS_IMAGE_REFRESH_FILE ),
			array( 'wp-a11y', 'wp-api-fetch', 'wp-i18n' ),
			CREATORS_IMAGE_REFRESH_VERSION,
			array( 'in_footer' => true )
		);
		wp_enqueue_style(
			Settings_Screen::SLUG . '-accounts',
			plugins_url( 'admin/accounts.css', CREATORS_IMAGE_REFRESH_FILE ),
			array( Settings_Screen::SLUG ),
			CREATORS_IMAGE_REFRESH_VERSION
		);
		if ( Accounts_Tab::is_shown() ) {
			wp_enqueue_script(
				Settings_Screen::SLUG . '-accounts',
				plugins_url( 'admin/accounts.js', CREATORS_IMAGE_REFRESH_FILE ),
				array( 'wp-a11y', 'wp-api-fetch', 'wp-i18n' ),
				CREATORS_IMAGE_REFRESH_VERSION,
				array( 'in_footer' => true )
			);
			wp_set_script_translations(
				Settings_Screen::SLUG . '-accounts',
				'creators-image-refresh',
				plugin_dir_path( CREATORS_IMAGE_REFRESH_FILE ) . 'languages'
			);
		}
		if ( Images_Tab::is_shown() ) {
			Images_Tab::enqueue();
		}
		wp_set_script_translations(
			Settings_Screen::SLUG,
			'creators-image-refresh',
			plugin_dir_path( CREATORS_IMAGE_REFRESH_FILE ) . 'languages'
		);
	}

	/**
	 * Renders the page.
	 */
	public function render(): void {
		if ( ! current_user_can( 'manage_options' ) ) {
			return;
		}
		$answer  = $this->take_answer();
		$verdict = is_array( $answer['verdict'] ?? null ) ? $answer['verdict'] : null;
		$outcome = is_array( $answer['outcome'] ?? null ) ? $answer['outcome'] : null;
		$this->fields->show_unsaved( array_filter( (array) ( $answer['form'] ?? array() ), 'is_string' ) );
		$this->fields->register( fn() => $this->panel->render_test( $verdict ) );
		( new Fallback_Policy() )->add_field();
		?>
		<div class="wrap creators-image-refresh">
			<h1><?php echo esc_html( get_admin_page_title() ); ?></h1>
			<?php
			Notices::render();
			$this->requirements->render();
			Accounts_Tab::render_tabs();
			$this->form->render_pending();
			if ( Accounts_Tab::is_shown() ) {
				$this->accounts_tab->render();
				echo '</div>';
				return;
			}
			if ( Images_Tab::is_shown() ) {
				$this->images->render();
				echo '</div>';
				return;
			}
			?>
			<p class="creators-image-refresh-intro"><?php esc_html_e( 'Amazon switched off the pictures of many affiliate links. With your Amazon credentials, this plugin shows them again and keeps them fresh, without changing a word of your posts.', 'creators-image-refresh' ); ?></p>
			<?php
			foreach ( $this->above as $render ) {
				$render();
			}
			?>
			<div class="creators-image-refresh-columns">
				<form method="post" action="options.php" id="creators-image-refresh-form">
					<?php
					settings_fields( Settings::GROUP );
					// The first button of a form is the one that the Enter key presses: it saves.
					echo '<button type="submit" class="screen-reader-text" tabindex="-1" aria-hidden="true"></button>';
					do_settings_sections( Settings_Screen::SLUG );
					submit_button();
					?>
				</form>
				<?php $this->panel->render( $outcome ); ?>
			</div>
		</div>
		<?php
	}

	/**
	 * Answers the test button without the script.
	 */
	public function on_test(): void {
		// The form was made for options.php, so it carries that nonce.
		$this->authorize( Settings::GROUP . '-options', '_wpnonce' );
		// phpcs:disable WordPress.Security.NonceVerification.Missing, WordPress.Security.ValidatedSanitizedInput.InputNotSanitized -- authorize() verifies; Settings::accept() reads each field.
		$form = isset( $_POST[ Settings::OPTION ] ) && is_array( $_POST[ Settings::OPTION ] )
			? wp_unslash( $_POST[ Settings::OPTION ] )
			: array();
		// phpcs:enable
		$kept = array();
		foreach ( array( 'credential_id', 'credential_version', 'partner_tag', 'marketplace' ) as $field ) {
			$text = Input::text( $form[ $field ] ?? null );
			if ( null !== $text ) {
				$kept[ $field ] = $text;
			}
		}
		$verdict = $this->tester->test_form( $form );
		if ( '' !== (string) Input::text( $form['credential_secret'] ?? null ) ) {
			$verdict['sentence'] .= ' ' . __(
				'For safety the secret that you entered was not kept: enter it once more before you save.',
				'creators-image-refresh'
			);
		}
		$this->answer(
			array(
				'verdict' => $verdict,
				'form'    => $kept,
			)
		);
	}

	/**
	 * Answers "Refresh now" without the script: one slice, and the schedule goes on.
	 */
	public function on_refresh(): void {
		$this->authorize( Status_Panel::REFRESH_ACTION, Status_Panel::REFRESH_NONCE );
		$outcome = $this->job->slice( self::SLICE_SECONDS, true );
		if ( 'running' === $outcome['state'] ) {
			$outcome['sentence'] = __(
				'A good part is done. The rest goes on in the background; come back in a few minutes.',
				'creators-image-refresh'
			);
		}
		$this->answer(
			array( 'outcome' => array_intersect_key( $outcome, array_flip( array( 'state', 'sentence', 'amazon' ) ) ) )
		);
	}

	/**
	 * Lets in only those who may, from a form of this page.
	 *
	 * @param string $action The nonce's action.
	 * @param string $nonce  The field it stands in.
	 */
	private function authorize( string $action, string $nonce ): void {
		if ( ! current_user_can( 'manage_options' ) ) {
			wp_die( esc_html__( 'You are not allowed to do this.', 'creators-image-refresh' ), '', array( 'response' => 403 ) );
		}
		check_admin_referer( $action, $nonce );
	}

	/**
	 * Goes back to the page with an answer.
	 *
	 * @param array<string, mixed> $answer Nothing secret.
	 * @return never
	 */
	private function answer( array $answer ): void {
		set_transient( self::ANSWER . get_current_user_id(), $answer, 5 * MINUTE_IN_SECONDS );
		wp_safe_redirect( Settings_Screen::url() );
		exit;
	}

	/**
	 * Takes the answer that waits for this user.
	 *
	 * @return array<string, mixed>
	 */
	private function take_answer(): array {
		$name   = self::ANSWER . get_current_user_id();
		$answer = get_transient( $name );
		if ( false !== $answer ) {
			delete_transient( $name );
		}
		return is_array( $answer ) ? $answer : array();
	}
}
