<?php
/**
 * Commands of WP-CLI.
 *
 * The room of WP-CLI: each command reads its options, calls a service and prints. It holds no rule of its own.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Cli;

use Creators_Image_Refresh\Plugin;
use Creators_Image_Refresh\Secrets\Key_Rotation;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Registers the commands under `wp creators-images`. Each is a class of its own that WP-CLI calls; what it does stands in
 * another class, which knows nothing of WP-CLI.
 */
final class Commands {

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
		$choice = $plugin->image_actions();
		return array(
			'status'     => new Status_Command( $plugin->status_report(), $plugin->image_query(), $plugin->attention() ),
			'test'       => new Test_Command( $plugin->connection_tester() ),
			'scan'       => new Scan_Command( $plugin->scanner() ),
			'refresh'    => new Refresh_Command(
				$plugin->refresher(),
				$plugin->image_query(),
				$choice,
				$plugin->run_log(),
				$plugin->status_report()
			),
			'list'       => new List_Command( $plugin->image_query() ),
			'rotate-key' => new Rotate_Key_Command( new Key_Rotation( $plugin->secrets() ) ),
		);
	}
}
