<?php
/**
 * `wp creators-images rotate-key`.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Cli;

use Creators_Image_Refresh\Messages\Status_Messages;
use Creators_Image_Refresh\Secrets\Key_Rotation;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Encrypts all saved secrets with a new key.
 */
final class Rotate_Key_Command {

	/**
	 * Takes who does it.
	 *
	 * @param Key_Rotation $rotation Goes through the secrets.
	 */
	public function __construct( private Key_Rotation $rotation ) {}

	/**
	 * Encrypts all saved secrets with a new key.
	 *
	 * First put the new key into CREATORS_IMAGE_REFRESH_ENCRYPTION_KEY and the old one into
	 * CREATORS_IMAGE_REFRESH_ENCRYPTION_KEY_PREVIOUS, as constants in wp-config.php or in the environment. A site that had no
	 * key of its own so far needs no previous one: its secrets are encrypted with its salts, which are still there. The
	 * previous key may be taken out once this command has ended well. Running it twice does no harm.
	 *
	 * ## OPTIONS
	 *
	 * [--dry-run]
	 * : Only say what would be done.
	 *
	 * ## EXIT STATUS
	 *
	 * 0 where every secret is encrypted with the key in use; 1 where one could not be read or saved, or there is no key.
	 *
	 * ## EXAMPLES
	 *
	 *     wp creators-images rotate-key --dry-run
	 *     wp creators-images rotate-key
	 *
	 * @param list<string>         $args    None.
	 * @param array<string, mixed> $options By name.
	 */
	public function __invoke( array $args, array $options ): void {
		$dry     = (bool) ( $options['dry-run'] ?? false );
		$outcome = $this->rotation->run( $dry );
		if ( is_wp_error( $outcome ) ) {
			\WP_CLI::error( Status_Messages::for_error( $outcome ) );
			return;
		}
		$words = array(
			'rotated'    => $dry
				/* translators: %s: the place of a secret in the database. */
				? __( '%s: would be encrypted with the new key.', 'creators-image-refresh' )
				: __( '%s: encrypted with the new key.', 'creators-image-refresh' ),
			/* translators: %s: the place of a secret in the database. */
			'current'    => __( '%s: is encrypted with the key in use already.', 'creators-image-refresh' ),
			/* translators: %s: the place of a secret in the database. */
			'unreadable' => __( '%s: cannot be read with the key in use, the previous one or the salts. It was left as it is.', 'creators-image-refresh' ),
			/* translators: %s: the place of a secret in the database. */
			'failed'     => __( '%s: could not be saved. The database did not take it.', 'creators-image-refresh' ),
		);
		foreach ( $words as $key => $sentence ) {
			foreach ( $outcome[ $key ] as $place ) {
				\WP_CLI::log( sprintf( $sentence, $place ) );
			}
		}
		$this->conclude( $outcome, $dry );
	}

	/**
	 * Says how it ended, and sets the exit status.
	 *
	 * @param array<string, list<string>> $outcome What Key_Rotation::run() gave.
	 * @param bool                        $dry     Whether nothing was to be changed.
	 */
	private function conclude( array $outcome, bool $dry ): void {
		$bad = count( $outcome['unreadable'] ) + count( $outcome['failed'] );
		if ( $bad > 0 ) {
			\WP_CLI::error(
				sprintf(
					/* translators: %s: a number of secrets. */
					_n( '%s secret is not encrypted with the key in use. Name the key it was encrypted with as CREATORS_IMAGE_REFRESH_ENCRYPTION_KEY_PREVIOUS and run this again, or enter the secret again in the settings.', '%s secrets are not encrypted with the key in use. Name the key they were encrypted with as CREATORS_IMAGE_REFRESH_ENCRYPTION_KEY_PREVIOUS and run this again, or enter them again in the settings.', $bad, 'creators-image-refresh' ),
					number_format_i18n( $bad )
				)
			);
			return;
		}
		if ( array() === $outcome['rotated'] ) {
			\WP_CLI::success(
				__( 'There is nothing to do: no secret is encrypted with another key.', 'creators-image-refresh' )
			);
			return;
		}
		$done = count( $outcome['rotated'] );
		\WP_CLI::success(
			$dry
				? sprintf(
					/* translators: %s: a number of secrets. */
					_n( '%s secret would be encrypted anew. Nothing was changed.', '%s secrets would be encrypted anew. Nothing was changed.', $done, 'creators-image-refresh' ),
					number_format_i18n( $done )
				)
				: sprintf(
					/* translators: %s: a number of secrets. */
					_n( '%s secret is encrypted with the new key now. The previous key is not needed any more.', '%s secrets are encrypted with the new key now. The previous key is not needed any more.', $done, 'creators-image-refresh' ),
					number_format_i18n( $done )
				)
		);
	}
}
