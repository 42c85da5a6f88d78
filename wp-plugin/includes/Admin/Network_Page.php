<?php
/**
 * The page in the network's administration.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Admin;

use Creators_Image_Refresh\Accounts\Network_Defaults;
use Creators_Image_Refresh\Api\Marketplaces;
use Creators_Image_Refresh\Messages\Notices;
use Creators_Image_Refresh\Messages\Status_Messages;
use Creators_Image_Refresh\Settings\Input;
use Creators_Image_Refresh\Settings\Settings;
use Creators_Image_Refresh\Settings\Settings_Sanitizer;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Lets the administrator of a network enter the credentials that all its sites use.
 */
final class Network_Page {

	public const SLUG   = 'creators-image-refresh-network';
	public const ACTION = 'creators_image_refresh_network';

	/**
	 * Takes what it works with.
	 *
	 * @param Network_Defaults $network   What is shared.
	 * @param Settings         $settings  Reads fields.
	 * @param Marketplaces     $countries Names of countries.
	 */
	public function __construct(
		private Network_Defaults $network,
		private Settings $settings,
		private Marketplaces $countries
	) {}

	/**
	 * The page's address.
	 *
	 * @return string
	 */
	public static function url(): string {
		return network_admin_url( 'settings.php?page=' . self::SLUG );
	}

	/**
	 * Adds the page to the network's menu.
	 */
	public function add(): void {
		$title = __( 'Creators Image Refresh for Amazon', 'creators-image-refresh' );
		add_submenu_page(
			'settings.php',
			$title,
			__( 'Creators Image Refresh', 'creators-image-refresh' ),
			'manage_network_options',
			self::SLUG,
			array( $this, 'render' )
		);
	}

	/**
	 * Answers the form.
	 */
	public function on_save(): void {
		if ( ! current_user_can( 'manage_network_options' ) ) {
			wp_die( esc_html__( 'You are not allowed to do this.', 'creators-image-refresh' ), '', array( 'response' => 403 ) );
		}
		check_admin_referer( self::ACTION );
		// phpcs:ignore WordPress.Security.ValidatedSanitizedInput.InputNotSanitized -- Settings::accept() reads each.
		$form   = isset( $_POST['fields'] ) && is_array( $_POST['fields'] ) ? wp_unslash( $_POST['fields'] ) : array();
		$fields = array();
		foreach ( array( 'credential_id', 'credential_secret', 'credential_version', 'partner_tag', 'marketplace' ) as $field ) {
			$fields[ $field ] = (string) Input::text( $form[ $field ] ?? '' );
		}
		$error = $this->network->save( $fields, '1' === ( $form['remove'] ?? '' ) );
		if ( null === $error ) {
			Notices::add(
				'success',
				__( 'Saved. Every site without credentials of its own uses these from now on.', 'creators-image-refresh' )
			);
		} else {
			Notices::add(
				'error',
				'field_refused' === $error->get_error_code()
					? Status_Messages::cannot_be_right( (string) $error->get_error_data() )
					: Status_Messages::for_error( $error )
			);
		}
		wp_safe_redirect( self::url() );
		exit;
	}

	/**
	 * Renders the page.
	 */
	public function render(): void {
		if ( ! current_user_can( 'manage_network_options' ) ) {
			return;
		}
		$shared = $this->network->all();
		?>
		<div class="wrap creators-image-refresh">
			<h1><?php echo esc_html( get_admin_page_title() ); ?></h1>
			<?php Notices::render(); ?>
			<p><?php esc_html_e( 'Credentials that you enter here are used by every site of the network that has none of its own. A site may keep its own Associate Tag and country, and can do without all of this by entering a Credential ID in its own settings.', 'creators-image-refresh' ); ?></p>
			<form method="post" action="<?php echo esc_url( network_admin_url( 'edit.php?action=' . self::ACTION ) ); ?>">
				<?php wp_nonce_field( self::ACTION ); ?>
				<table class="form-table" role="presentation">
					<?php
					$this->row_text( 'credential_id', $shared['credential_id'] );
					$this->row_secret( '' !== $shared['sealed'] );
					$this->row_choice(
						'credential_version',
						$shared['credential_version'],
						array( '' => __( 'Worked out for you', 'creators-image-refresh' ) )
							+ array_combine( array_slice( Settings::VERSIONS, 1 ), array_slice( Settings::VERSIONS, 1 ) )
					);
					$this->row_text( 'partner_tag', $shared['partner_tag'] );
					$this->row_choice(
						'marketplace',
						$shared['marketplace'],
						array( '' => __( 'As each site has chosen', 'creators-image-refresh' ) ) + $this->countries->names()
					);
					?>
				</table>
				<?php submit_button(); ?>
			</form>
		</div>
		<?php
	}

	/**
	 * Says on a site's own page that the network's credentials are in use.
	 */
	public function render_on_site(): void {
		if ( ! $this->network->apply() ) {
			return;
		}
		wp_admin_notice(
			esc_html__( 'This site uses the Amazon credentials that your network’s administrator has entered for all sites. You only need the fields below for credentials of your own; with an Associate Tag alone, yours is used with the network’s credentials.', 'creators-image-refresh' ),
			array(
				'type'               => 'info',
				'id'                 => 'creators-image-refresh-network-notice',
				'additional_classes' => array( 'inline' ),
			)
		);
	}

	/**
	 * A row with a text field.
	 *
	 * @param string $field Its name.
	 * @param string $value What is saved.
	 */
	private function row_text( string $field, string $value ): void {
		printf(
			'<tr><th scope="row"><label for="%1$s">%2$s</label></th><td><input type="text" class="regular-text code" id="%1$s" name="fields[%3$s]" value="%4$s" autocomplete="off" spellcheck="false"></td></tr>',
			esc_attr( self::id( $field ) ),
			esc_html( Settings_Sanitizer::label( $field ) ),
			esc_attr( $field ),
			esc_attr( $value )
		);
	}

	/**
	 * The row of the secret, which is never shown.
	 *
	 * @param bool $is_saved Whether there is one.
	 */
	private function row_secret( bool $is_saved ): void {
		printf(
			'<tr><th scope="row"><label for="%1$s">%2$s</label></th><td><input type="password" class="regular-text code" id="%1$s" name="fields[credential_secret]" value="" autocomplete="new-password" aria-describedby="%1$s-help"><p class="description" id="%1$s-help">%3$s</p>%4$s</td></tr>',
			esc_attr( self::id( 'credential_secret' ) ),
			esc_html( Settings_Sanitizer::label( 'credential_secret' ) ),
			esc_html(
				$is_saved
					? __( 'A secret is saved, encrypted. Leave this empty to keep it.', 'creators-image-refresh' )
					: __( 'It is saved encrypted.', 'creators-image-refresh' )
			),
			$is_saved
				? '<p><label><input type="checkbox" name="fields[remove]" value="1"> '
					. esc_html__( 'Remove the saved secret', 'creators-image-refresh' )
					. '</label></p>'
				: ''
		);
	}

	/**
	 * A row with a choice.
	 *
	 * @param string                $field   Its name.
	 * @param string                $value   What is saved.
	 * @param array<string, string> $choices Label by value.
	 */
	private function row_choice( string $field, string $value, array $choices ): void {
		printf(
			'<tr><th scope="row"><label for="%1$s">%2$s</label></th><td><select id="%1$s" name="fields[%3$s]">',
			esc_attr( self::id( $field ) ),
			esc_html( Settings_Sanitizer::label( $field ) ),
			esc_attr( $field )
		);
		foreach ( $choices as $choice => $label ) {
			printf(
				'<option value="%s"%s>%s</option>',
				esc_attr( (string) $choice ),
				selected( $value, (string) $choice, false ),
				esc_html( $label )
			);
		}
		echo '</select></td></tr>';
	}

	/**
	 * The id of a field.
	 *
	 * @param string $field Its name.
	 * @return string
	 */
	private static function id( string $field ): string {
		return 'creators-image-refresh-network-' . str_replace( '_', '-', $field );
	}
}
