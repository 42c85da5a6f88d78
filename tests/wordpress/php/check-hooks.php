<?php
/** A page view adds the hooks of all rooms when the first of them fires, and misses none. Leaves the site as it was. */

require __DIR__ . '/visitors.php';

use Creators_Image_Refresh\Api\Extension;
use Creators_Image_Refresh\Deferred_Hooks;
use Creators_Image_Refresh\Hook_Names;
use Creators_Image_Refresh\Integrations\Connectors_Card;
use Creators_Image_Refresh\Plugin;

/** @return list<string> The hooks that something adds. */
function hooks_of( callable $add ): array {
	$before               = $GLOBALS['wp_filter'];
	$GLOBALS['wp_filter'] = array();
	try {
		$add();
		$added = array_keys( $GLOBALS['wp_filter'] );
	} finally {
		$GLOBALS['wp_filter'] = $before;
	}
	sort( $added );
	return $added;
}

$plugin = new Plugin( new Extension() );
$added  = hooks_of( $plugin->add_room_hooks( ... ) );
$waits  = hooks_of( ( new Deferred_Hooks( static fn() => null ) )->wait( ... ) );
// Before WordPress 7.1 there are no cards.
$cards = Connectors_Card::is_possible()
	? array()
	: array( 'sanitize_option_' . Hook_Names::CONNECTOR, 'pre_option_' . Hook_Names::CONNECTOR );
// WordPress fires these before those that are named after the plugin.
$first = array( 'activate_plugin', 'deactivate_plugin' );
check(
	'a page view waits for no hook that no room adds',
	array_values( array_diff( Deferred_Hooks::HOOKS, $added, $cards, $first ) ),
	array()
);
$is_option = static function ( string $hook ): bool {
	foreach ( Deferred_Hooks::OPTIONS as $prefix ) {
		if ( str_starts_with( $hook, "add_option_$prefix" ) || str_starts_with( $hook, "update_option_$prefix" ) ) {
			return true;
		}
	}
	return false;
};
// What comes before the first of them, and what no page view comes to.
$besides = array(
	'init',
	'admin_init',
	'load-options.php',
	'wp_connectors_init',
	'script_module_data_options-connectors-wp-admin',
	'site_status_tests',
	'debug_information',
	// Behind those that a page view waits for: what follows, and what the plugin fires itself.
	'activate_' . plugin_basename( CREATORS_IMAGE_REFRESH_FILE ),
	'deactivate_' . plugin_basename( CREATORS_IMAGE_REFRESH_FILE ),
	'wp_abilities_api_init',
	'creators_image_refresh_images_found',
	'creators_image_refresh_account_changed',
	'creators_image_refresh_slice_over',
	// WP-Cron changes its option before it fires them.
	Hook_Names::SCAN,
	Hook_Names::RUN,
	Hook_Names::PURGE,
);
// A default comes with what is registered, and nothing is in a page view.
$missed = array_filter(
	array_diff( $added, $waits, $besides ),
	static fn( string $hook ): bool => ! $is_option( $hook ) && ! str_starts_with( $hook, 'default_option_' )
);
check( 'it waits for every hook that a room adds', array_values( $missed ), array() );

$post    = new_post( array( 'post_name' => 'form', 'post_content' => 'Quinces.' ) );
$was     = get_option( 'creators_image_refresh_when_refused' );
$picture = var_export( site_stripe( 'B0FORMPAGE' ), true );
must_use(
	'form',
	"add_action(
		'template_redirect',
		static function () {
			if ( isset( \$_GET['stores'] ) ) {
				wp_update_post( array( 'ID' => $post, 'post_content' => wp_slash( $picture ) ) );
			}
			if ( isset( \$_GET['chooses'] ) ) {
				update_option( 'creators_image_refresh_when_refused', 'nonsense' );
			}
			// What a page view does that runs WP-Cron itself, as with ALTERNATE_WP_CRON.
			if ( isset( \$_GET['runs'] ) ) {
				wp_schedule_single_event( time() - 1, 'creators_image_refresh_scan', array( 'test' ) );
				echo 'has ', has_action( 'creators_image_refresh_scan' ) ? 'one' : 'none';
				wp_unschedule_event( wp_next_scheduled( 'creators_image_refresh_scan', array( 'test' ) ), 'creators_image_refresh_scan', array( 'test' ) );
			}
			if ( isset( \$_GET['deactivates'] ) ) {
				do_action( 'deactivate_plugin', plugin_basename( CREATORS_IMAGE_REFRESH_FILE ), false );
				echo has_action( 'deactivate_' . plugin_basename( CREATORS_IMAGE_REFRESH_FILE ) ) ? 'tells' : 'does not';
			}
			if ( isset( \$_GET['loads'] ) ) {
				register_shutdown_function(
					static fn() => print( '<!-- loads ' . implode( ' ', preg_filter( '~^Creators_Image_Refresh.~', '', get_declared_classes() ) ) . ' -->' )
				);
			}
		}
	);"
);
view( '/form/' );
check( 'a page that stores nothing makes nothing known', uses_of( $post ), array() );
view( '/form/?stores' );
check( 'a page that stores a post makes its picture known', uses_of( $post ), array( "$post B0FORMPAGE" ) );
view( '/form/?chooses' );
wp_cache_flush();
check(
	'one that writes an option goes through its sanitizer',
	get_option( 'creators_image_refresh_when_refused' ) === 'nonsense',
	false
);

check( 'one that runs WP-Cron runs its jobs', str_contains( view( '/form/?runs' )['body'], 'has one' ) );
check( 'one that switches the plugin off has it end its jobs', str_contains( view( '/form/?deactivates' )['body'], 'tells' ) );

/** What of the plugin a view of a page loads. */
$loads = static function ( string $path ): array {
	preg_match( '/<!-- loads (.*?) -->/', view( "$path?loads" )['body'], $found );
	return explode( ' ', $found[1] ?? '' );
};
// Before WordPress 6.9 no page is collected as a whole.
$whole   = function_exists( 'wp_start_template_enhancement_output_buffer' );
$always  = array( 'Plugin', 'Api\\Extension', 'Rendering\\Hooks', 'Deferred_Hooks', 'Rendering\\Page_Rewriter' );
$always  = $whole ? array( ...$always, 'Rendering\\Page_Buffer' ) : array( ...$always, 'Rendering\\Comment_Protector' );
$looked  = array(
	...array( 'Settings\\Settings', 'Hook_Names', 'Storage\\Schema', 'Rendering\\Cache_Generation', 'Storage\\Image_Cache' ),
	...array( 'Discovery\\Image_Finder', 'Rendering\\Page_Image_Lookup', 'Storage\\Image_Reader', 'Storage\\Database' ),
	...array( 'Storage\\Image_Keys', 'Settings\\Fallback_Policy' ),
);
$widgets = get_option( 'sidebars_widgets' );
update_option( 'sidebars_widgets', array( 'wp_inactive_widgets' => array(), 'array_version' => 3 ) );
wp_update_post( array( 'ID' => $post, 'post_content' => 'Quinces.' ) );
check( 'a page without pictures loads no more than it needs', array_values( array_diff( $loads( '/form/' ), $always ) ), array() );
wp_update_post( array( 'ID' => $post, 'post_content' => wp_slash( site_stripe( 'B0FORMPAGE' ) ) ) );
check(
	'nor does one with a picture',
	array_values( array_diff( $loads( '/form/' ), $always, $looked ) ),
	array()
);
update_option( 'sidebars_widgets', $widgets );

must_use( 'form', null );
wp_delete_post( $post, true );
if ( false === $was ) {
	delete_option( 'creators_image_refresh_when_refused' );
}
$GLOBALS['wpdb']->delete( Creators_Image_Refresh\Storage\Schema::images(), array( 'asin' => 'B0FORMPAGE' ) );
