<?php
/**
 * The room of the tab of accounts: its table, its form, and what the buttons do.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Admin\Accounts;

use Creators_Image_Refresh\Plugin;

defined( 'ABSPATH' ) || exit;

return static function ( Plugin $plugin ): void {
	// What forms send. Only this file of WordPress fires the actions.
	if ( 'admin-post.php' !== ( $GLOBALS['pagenow'] ?? '' ) ) {
		return;
	}
	$methods = array(
		Account_Actions::SAVE    => 'on_save',
		Account_Actions::CHANGE  => 'on_change',
		Account_Actions::VERSION => 'on_version',
		Account_Actions::CHECK   => 'on_check',
		Account_Actions::PENDING => 'on_pending',
	);
	foreach ( $methods as $action => $method ) {
		add_action( 'admin_post_' . $action, static fn() => ( new Account_Actions( $plugin ) )->$method(), 10, 0 );
	}
};
