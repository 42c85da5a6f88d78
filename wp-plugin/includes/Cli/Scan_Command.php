<?php
/**
 * `wp creators-images scan`.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Cli;

use Creators_Image_Refresh\Discovery\Post_Scanner;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Looks through the posts.
 */
final class Scan_Command {

	private const SLICE_SECONDS = 10.0;

	/**
	 * Takes who looks.
	 *
	 * @param Post_Scanner $scanner Looks for pictures.
	 */
	public function __construct( private Post_Scanner $scanner ) {}

	/**
	 * Looks through all posts and widgets for pictures. Posts are read and never written.
	 *
	 * ## OPTIONS
	 *
	 * [--dry-run]
	 * : Only say how far the last scan is.
	 *
	 * ## EXIT STATUS
	 *
	 * 0 where everything was looked through; 1 where that failed, for instance because the tables are missing; 2 where the PHP
	 * extension is missing, so that a person is needed.
	 *
	 * ## EXAMPLES
	 *
	 *     wp creators-images scan
	 *
	 * @param list<string>         $args    None.
	 * @param array<string, mixed> $options By name.
	 */
	public function __invoke( array $args, array $options ): void {
		$progress = $this->scanner->progress();
		if ( ! empty( $options['dry-run'] ) ) {
			\WP_CLI::log(
				$progress['complete']
					? __( 'All posts have been looked through.', 'creators-image-refresh' )
					: sprintf(
						/* translators: 1: a number, 2: a number. */
						__( 'Looked through as far as post %1$s of %2$s.', 'creators-image-refresh' ),
						number_format_i18n( $progress['done'] ),
						number_format_i18n( $progress['total'] )
					)
			);
			return;
		}
		$this->scanner->restart();
		$bar  = \WP_CLI\Utils\make_progress_bar(
			__( 'Looking through your posts', 'creators-image-refresh' ),
			max( 1, $this->scanner->progress()['total'] )
		);
		$done = 0;
		do {
			$progress = $this->scanner->scan_slice( self::SLICE_SECONDS );
			if ( is_wp_error( $progress ) ) {
				Output::fail_with( $progress );
				return;
			}
			$bar->tick( max( 0, $progress['done'] - $done ) );
			$done = $progress['done'];
		} while ( ! $progress['complete'] );
		$bar->finish();
		\WP_CLI::success( __( 'All posts have been looked through.', 'creators-image-refresh' ) );
	}
}
