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
	$note = static fn() => $plugin->run_history()->note( $plugin->run_log()->last_run() );
	add_action( 'add_option_' . Hook_Names::LAST_RUN, $note, 10, 0 );
	add_action( 'update_option_' . Hook_Names::LAST_RUN, $note, 10, 0 );
	// Also asked for in the background, once a week.
	add_filter( 'site_status_tests', static fn( mixed $tests ) => $plugin->site_health()->add_tests( $tests ) );
	add_filter( 'debug_information', static fn( mixed $info ) => $plugin->site_health()->add_information( $info ) );
	add_action( 'admin_init', array( Privacy_Policy::class, 'suggest_text' ) );
};
