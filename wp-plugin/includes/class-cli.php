<?php
/**
 * Commands of WP-CLI.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Registers the commands under `wp creators-images`. Each is a class of its own that WP-CLI calls; what it does stands in
 * another class, which knows nothing of WP-CLI.
 */
final class Cli {

	public const PARENT = 'creators-images';

	/**
	 * Registers every command.
	 *
	 * @param Plugin $plugin What the commands work with.
	 */
	public static function register( Plugin $plugin ): void {
		foreach ( self::commands( $plugin ) as $name => $command ) {
			\WP_CLI::add_command( self::PARENT . ' ' . $name, $command );
		}
	}

	/**
	 * The commands.
	 *
	 * @param Plugin $plugin What they work with.
	 * @return array<string, callable> By name.
	 */
	private static function commands( Plugin $plugin ): array {
		return array(
			'rotate-key' => new Cli_Rotate_Key( new Key_Rotation( $plugin->secrets ) ),
		);
	}
}
