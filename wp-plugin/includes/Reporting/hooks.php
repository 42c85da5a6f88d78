<?php
/**
 * The room of reporting: how things stand, in numbers and sentences, for whoever shows them. It changes nothing.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Reporting;

use Creators_Image_Refresh\Hook_Names;
use Creators_Image_Refresh\Plugin;

defined( 'ABSPATH' ) || exit;

return static function ( Plugin $plugin ): void {
	foreach ( array( 'add_option_', 'update_option_' ) as $change ) {
		add_action(
			$change . Hook_Names::LAST_RUN,
			static fn( mixed $one, mixed $other ) => $plugin->run_history()->note( $one, $other ),
			10,
			2
		);
	}
	// Also asked for in the background, once a week.
	add_filter( 'site_status_tests', static fn( mixed $tests ) => $plugin->site_health()->add_tests( $tests ) );
	add_filter( 'debug_information', static fn( mixed $info ) => $plugin->debug_information()->add_information( $info ) );
	add_action( 'admin_init', array( Privacy_Policy::class, 'suggest_text' ) );
};
