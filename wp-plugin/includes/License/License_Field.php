<?php
/**
 * The field for the license key.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\License;

use Creators_Image_Refresh\Secrets\Secret_Vault;
use Creators_Image_Refresh\Settings\Config_Constants;
use Creators_Image_Refresh\Settings\Settings_Screen;
use WP_Error;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Shows the field, and below it how the license stands.
 */
final class License_Field {

	/**
	 * The kind of notice for a status; a warning for any other.
	 */
	private const TYPES = array(
		'valid'     => 'success',
		'unchecked' => 'info',
	);

	/**
	 * Takes what it shows.
	 *
	 * @param License $license The license.
	 */
	public function __construct( private License $license ) {}

	/**
	 * Renders it.
	 *
	 * @param callable(string|WP_Error, string): void $render_secret Renders the field for a secret, with a help text.
	 */
	public function render( callable $render_secret ): void {
		$provided = null === Config_Constants::get( 'license_key' ) ? $this->license->provided() : null;
		$status   = $this->license->status();
		if ( null !== $provided ) {
			$this->render_provided( $provided );
		} else {
			$render_secret(
				$this->license->key(),
				'no_store' === $status
					? __( 'It came by e-mail with your purchase. Nothing is locked without it.', 'creators-image-refresh' )
					: __( 'It came by e-mail with your purchase, and is checked when you save.', 'creators-image-refresh' )
			);
		}
		$sentence = 'none' === $status || 'unreadable' === $status
			? ''
			: License_Messages::for_status( $status, $this->license->state() );
		if ( '' !== $sentence ) {
			printf(
				'<div class="notice inline notice-%1$s" id="creators-image-refresh-license" data-status="%2$s"><p>%3$s</p></div>',
				esc_attr( self::TYPES[ $status ] ?? 'warning' ),
				esc_attr( $status ),
				esc_html( $sentence )
			);
		}
	}

	/**
	 * The field where another plugin hands the key over: it fills itself, and nothing can be typed.
	 *
	 * @param array{key: string, by: string} $provided The key, and whose it is.
	 */
	private function render_provided( #[\SensitiveParameter] array $provided ): void {
		$id = Settings_Screen::id( 'license_key' );
		printf(
			'<input type="text" id="%1$s" readonly value="%2$s" class="regular-text code" aria-describedby="%1$s-help"><p class="description" id="%1$s-help">%3$s</p>',
			esc_attr( $id ),
			esc_attr( str_repeat( '•', 12 ) . Secret_Vault::ending( $provided['key'] ) ),
			esc_html(
				'' === $provided['by']
					? __( 'Provided by another plugin. There is nothing for you to enter.', 'creators-image-refresh' )
					: sprintf(
						/* translators: %s: a plugin's name. */
						__( 'Provided by %s. There is nothing for you to enter.', 'creators-image-refresh' ),
						$provided['by']
					)
			)
		);
	}
}
