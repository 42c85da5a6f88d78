<?php
/**
 * The room of accounts: which there are, which of them asks for what, and what follows when one changes. How a secret is
 * encrypted stands in Secrets, whether an account works in Connection.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Accounts;

use Creators_Image_Refresh\Plugin;
use Creators_Image_Refresh\Rendering\Cache_Generation;
use Creators_Image_Refresh\Storage\Due_Images;

defined( 'ABSPATH' ) || exit;

return static function ( Plugin $plugin ): void {
	// Gives an account that is another now its chance at once. Another tag or country makes every link another one.
	add_action(
		'creators_image_refresh_account_changed',
		static function ( string $marketplace, bool $is_default, array $fields ) use ( $plugin ): void {
			if ( $is_default ) {
				$plugin->run_log()->forget_refusal( $plugin->accounts()->default_account() );
				if ( array() === array_intersect( array( 'partner_tag', 'marketplace' ), $fields ) ) {
					Due_Images::mark_failed();
				} else {
					Due_Images::mark_all();
				}
				Cache_Generation::renew();
				$plugin->scheduler()->scan_soon();
			} elseif ( array( 'enabled' ) !== $fields ) {
				$id = $plugin->account_repository()->for_marketplace( $marketplace )['id'] ?? '';
				$plugin->run_log()->forget_refusal( $plugin->accounts()->own_account( $id ) );
				Due_Images::mark_all( $marketplace );
			}
			$plugin->scheduler()->run_soon();
		},
		10,
		3
	);
};
