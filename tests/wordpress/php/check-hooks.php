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
// Before WordPress 7.1 there are no cards, and none is registered outside of a page view.
$cards = Connectors_Card::is_possible() ? array() : array( 'sanitize_option_' . Hook_Names::CONNECTOR );
check( 'a page view waits for no hook that no room adds', array_diff( Deferred_Hooks::HOOKS, $added, $cards ), array() );
$is_option = static function ( string $hook ): bool {
	foreach ( Deferred_Hooks::OPTIONS as $prefix ) {
		if ( str_starts_with( $hook, "add_option_$prefix" ) || str_starts_with( $hook, "update_option_$prefix" ) ) {
			return true;
		}
	}
	return false;
};
// What comes before the first of them, and what no page view comes to.
$besides = array( 'init', 'admin_init', 'wp_connectors_init', 'script_module_data_options-connectors-wp-admin' );
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

must_use( 'form', null );
wp_delete_post( $post, true );
if ( false === $was ) {
	delete_option( 'creators_image_refresh_when_refused' );
}
$GLOBALS['wpdb']->delete( Creators_Image_Refresh\Storage\Schema::images(), array( 'asin' => 'B0FORMPAGE' ) );
