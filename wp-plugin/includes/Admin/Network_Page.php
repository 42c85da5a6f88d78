<?php
/**
 * The page in the network's administration.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Admin;

use Creators_Image_Refresh\Messages\Account_Messages;
use Creators_Image_Refresh\Messages\Advice;
use Creators_Image_Refresh\Messages\Notices;
use Creators_Image_Refresh\Plugin;
use Creators_Image_Refresh\Settings\Input;

defined( 'ABSPATH' ) || exit;

/**
 * The page in the network's administration, on which the credentials are entered that all its sites use.
 */
final class Network_Page {

	public const SLUG   = 'creators-image-refresh-network';
	public const ACTION = 'creators_image_refresh_network';

	private const RIGHT = 'manage_network_options';

	/**
	 * Takes the plugin, whose services it calls.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public function __construct( private Plugin $plugin ) {}

	/** Adds the page to the network's menu. */
	public function add(): void {
		add_submenu_page(
			'settings.php',
			__( 'Creators Image Refresh for Amazon', 'creators-image-refresh' ),
			__( 'Creators Image Refresh', 'creators-image-refresh' ),
			self::RIGHT,
			self::SLUG,
			array( $this, 'render' )
		);
	}

	/** Answers the form. */
	public function on_save(): void {
		Page::authorize( self::ACTION, '_wpnonce', self::RIGHT );
		$form  = Page::fields( 'fields' );
		$error = $this->plugin->network_defaults()->save(
			array_map( static fn( mixed $value ): string => (string) Input::text( $value ), $form ),
			true === Input::flag( $form['remove_credential_secret'] ?? false )
		);
		$saved = __( 'Saved. Every site without credentials of its own uses these from now on.', 'creators-image-refresh' );
		Notices::add( null === $error ? 'success' : 'error', null === $error ? $saved : Advice::for_error( $error ) );
		Page::go( network_admin_url( 'settings.php?page=' . self::SLUG ) );
	}

	/** Renders the page. */
	public function render(): void {
		if ( ! current_user_can( self::RIGHT ) ) {
			return;
		}
		?>
		<div class="wrap creators-image-refresh">
			<h1><?php echo esc_html( get_admin_page_title() ); ?></h1>
			<?php Notices::render(); ?>
			<p>
				<?php
				esc_html_e(
					'Credentials that you enter here are used by every site of the network that has none of its own. A site may keep its own Associate Tag and country, and can do without all of this by entering a Credential ID in its own settings.',
					'creators-image-refresh'
				);
				?>
			</p>
			<form method="post" action="<?php echo esc_url( network_admin_url( 'edit.php?action=' . self::ACTION ) ); ?>">
				<?php wp_nonce_field( self::ACTION ); ?>
				<table class="form-table" role="presentation"><?php $this->render_rows(); ?></table>
				<?php submit_button(); ?>
			</form>
		</div>
		<?php
	}

	/** The fields. */
	private function render_rows(): void {
		$fields  = new Form_Fields( 'fields', 'network_' );
		$network = $this->plugin->network_defaults();
		$values  = array( 'credential_secret' => $network->shared_secret() ) + $network->all();
		$help    = array( 'credential_secret' => Account_Messages::about_secrets() );
		$shops   = array( '' => __( 'As each site has chosen', 'creators-image-refresh' ) ) + $this->plugin->marketplaces()->names();
		foreach ( array( 'credential_id', 'credential_secret', 'credential_version', 'partner_tag', 'marketplace' ) as $field ) {
			$fields->row( $field, fn() => $fields->account_field( $field, $values[ $field ], $help[ $field ] ?? '', $shops ) );
		}
	}

	/** Says on a site's own page that the network's credentials are in use. */
	public function render_on_site(): void {
		if ( $this->plugin->network_defaults()->apply() ) {
			wp_admin_notice(
				esc_html__(
					'This site uses the Amazon credentials that your network’s administrator has entered for all sites. You only need the fields below for credentials of your own; with an Associate Tag alone, yours is used with the network’s credentials.',
					'creators-image-refresh'
				),
				array(
					'type'               => 'info',
					'id'                 => 'creators-image-refresh-network-notice',
					'additional_classes' => array( 'inline' ),
				)
			);
		}
	}
}
