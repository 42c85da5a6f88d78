<?php
/**
 * The room of the tab of accounts: its table, its form, and what the buttons do.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Admin\Accounts;

use Creators_Image_Refresh\Plugin;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

return static function ( Plugin $plugin ): void {
	// What forms send. Only these two files of WordPress fire the actions.
	if ( ! in_array( $GLOBALS['pagenow'] ?? '', array( 'admin-post.php', 'options.php' ), true ) ) {
		return;
	}
	$actions = static fn(): Account_Actions => new Account_Actions(
		$plugin->account_service(),
		$plugin->connection_tester(),
		$plugin->save_guard(),
		$plugin->account_repository()
	);
	add_action( 'load-options.php', static fn() => $actions()->on_settings(), 10, 0 );
	add_action( 'admin_post_' . Account_Actions::SAVE, static fn() => $actions()->on_save(), 10, 0 );
	add_action( 'admin_post_' . Account_Actions::CHANGE, static fn() => $actions()->on_change(), 10, 0 );
	add_action( 'admin_post_' . Account_Actions::VERSION, static fn() => $actions()->on_version(), 10, 0 );
	add_action( 'admin_post_' . Account_Actions::CHECK, static fn() => $actions()->on_check(), 10, 0 );
	add_action( 'admin_post_' . Account_Actions::PENDING, static fn() => $actions()->on_pending(), 10, 0 );
};
