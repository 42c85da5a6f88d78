<?php
/**
 * Offers to take settings of other plugins over.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Integrations;

use Creators_Image_Refresh\Accounts\Account_Repository;
use Creators_Image_Refresh\Accounts\Account_Service;
use Creators_Image_Refresh\Api\Marketplaces;
use Creators_Image_Refresh\Messages\Status_Messages;
use Creators_Image_Refresh\Settings\Config_Constants;
use Creators_Image_Refresh\Settings\Settings;
use Creators_Image_Refresh\Settings\Settings_Sanitizer;
use Creators_Image_Refresh\Settings\Settings_Screen;

defined( 'ABSPATH' ) || exit;

/**
 * Says what could be taken from which plugin, and takes it when somebody presses the button: into empty fields only. Nothing
 * is taken silently, and nothing is changed in the other plugin.
 *
 * @phpstan-import-type Source from Import_Sources
 */
final class Import_Offers {

	public const ACTION = 'creators_image_refresh_import';
	private const NONCE = 'creators_image_refresh_import_nonce';

	/**
	 * Takes what it works with.
	 *
	 * @param Import_Sources     $sources    What others have.
	 * @param Account_Repository $repository What is there already.
	 * @param Account_Service    $service    Saves.
	 */
	public function __construct(
		private Import_Sources $sources,
		private Account_Repository $repository,
		private Account_Service $service
	) {}

	/**
	 * What would be taken, and from whom.
	 *
	 * @return list<Source> Only what goes into an empty field.
	 */
	public function all(): array {
		$offers = array();
		foreach ( $this->sources->all() as $source ) {
			$source['values'] = $this->missing( $source['values'] );
			if ( array() !== $source['values'] ) {
				$offers[] = $source;
			}
		}
		return $offers;
	}

	/** Renders the offers. */
	public function render(): void {
		foreach ( $this->all() as $offer ) {
			?>
			<div class="notice notice-info inline creators-image-refresh-import" data-source="<?php echo esc_attr( $offer['id'] ); ?>">
				<form method="post" action="<?php echo esc_url( admin_url( 'admin-post.php' ) ); ?>">
					<p>
						<?php
						echo esc_html(
							sprintf(
								/* translators: %s: a plugin's name. */
								__( '%s has settings on this site that you need not enter again:', 'creators-image-refresh' ),
								$offer['plugin']
							)
						);
						?>
					</p>
					<ul class="ul-disc">
						<?php foreach ( $offer['values'] as $field => $value ) : ?>
							<li><?php echo esc_html( $this->describe( $field, $value ) ); ?></li>
						<?php endforeach; ?>
					</ul>
					<p>
						<input type="hidden" name="action" value="<?php echo esc_attr( self::ACTION ); ?>">
						<input type="hidden" name="source" value="<?php echo esc_attr( $offer['id'] ); ?>">
						<?php wp_nonce_field( self::ACTION, self::NONCE, false ); ?>
						<button type="submit" class="button">
							<?php
							/* translators: %s: a plugin's name. */
							echo esc_html( sprintf( __( 'Take over from %s', 'creators-image-refresh' ), $offer['plugin'] ) );
							?>
						</button>
						<span class="description">
							<?php esc_html_e( 'Only empty fields are filled. Nothing is changed in the other plugin.', 'creators-image-refresh' ); ?>
						</span>
					</p>
				</form>
			</div>
			<?php
		}
	}

	/** Answers the button. */
	public function on_import(): void {
		if ( ! current_user_can( 'manage_options' ) ) {
			wp_die( esc_html__( 'You are not allowed to do this.', 'creators-image-refresh' ), '', array( 'response' => 403 ) );
		}
		check_admin_referer( self::ACTION, self::NONCE );
		$source = isset( $_POST['source'] ) ? sanitize_key( wp_unslash( $_POST['source'] ) ) : '';
		$this->import( $source );
		// What is said stands on the page that options.php would have led to as well.
		set_transient( 'settings_errors', get_settings_errors(), 30 );
		wp_safe_redirect( add_query_arg( 'settings-updated', 'true', Settings_Screen::url() ) );
		exit;
	}

	/**
	 * Fills the empty fields.
	 *
	 * @param string $id Which source.
	 */
	public function import( string $id ): void {
		foreach ( $this->all() as $offer ) {
			if ( $offer['id'] !== $id ) {
				continue;
			}
			$error = $this->service->store_default( $offer['values'] );
			if ( null !== $error ) {
				add_settings_error( Settings::OPTION, 'not_imported', esc_html( Status_Messages::for_error( $error ) ) );
			} elseif ( array() === get_settings_errors( Settings::OPTION ) ) {
				add_settings_error(
					Settings::OPTION,
					'imported',
					esc_html(
						sprintf(
							/* translators: 1: a plugin's name, 2: a list of fields. */
							__( 'Taken over from %1$s: %2$s.', 'creators-image-refresh' ),
							$offer['plugin'],
							wp_sprintf(
								'%l',
								array_map( array( Settings_Sanitizer::class, 'label' ), array_keys( $offer['values'] ) )
							)
						)
					),
					'success'
				);
			}
			return;
		}
		add_settings_error(
			Settings::OPTION,
			'not_imported',
			esc_html__( 'There was nothing to take over any more: the fields are filled already.', 'creators-image-refresh' ),
			'info'
		);
	}

	/**
	 * The values whose fields are empty. The country is never empty; it is taken along with the tag.
	 *
	 * @param array<string, string> $values By field.
	 * @return array<string, string>
	 */
	private function missing( #[\SensitiveParameter] array $values ): array {
		$saved = $this->repository->default_record();
		$pair  = '' === $saved['credential_id'] && '' === $saved['sealed']
			&& null === Config_Constants::get( 'credential_id' ) && null === Config_Constants::get( 'credential_secret' );
		$tag   = '' === $saved['partner_tag'] && null === Config_Constants::get( 'partner_tag' );
		return array_filter(
			$values,
			static fn( string $field ) => str_starts_with( $field, 'credential_' )
				? $pair
				: $tag && null === Config_Constants::get( $field ),
			ARRAY_FILTER_USE_KEY
		);
	}

	/**
	 * A value for people. A secret is only named.
	 *
	 * @param string $field Its field.
	 * @param string $value The value.
	 */
	private function describe( string $field, #[\SensitiveParameter] string $value ): string {
		if ( 'credential_secret' === $field ) {
			return Settings_Sanitizer::label( $field )
				. ' '
				. __( '(stored encrypted here, and not shown)', 'creators-image-refresh' );
		}
		return sprintf(
			/* translators: 1: a field of the form, 2: its value. */
			__( '%1$s: %2$s', 'creators-image-refresh' ),
			Settings_Sanitizer::label( $field ),
			'marketplace' === $field ? Marketplaces::short( $value ) : $value
		);
	}
}
