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
		$choice = $plugin->image_choice();
		return array(
			'status'     => new Cli_Status( $plugin->report(), $plugin->image_query(), $plugin->attention() ),
			'test'       => new Cli_Test( $plugin->connection_tester() ),
			'scan'       => new Cli_Scan( $plugin->scanner ),
			'refresh'    => new Cli_Refresh( $plugin->refresher, $plugin->image_query(), $choice, $plugin->log, $plugin->report() ),
			'list'       => new Cli_List( $plugin->image_query() ),
			'rotate-key' => new Cli_Rotate_Key( new Key_Rotation( $plugin->secrets ) ),
		);
	}
}
