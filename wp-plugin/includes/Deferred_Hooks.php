<?php
/**
 * The hooks of rooms that page views hardly ever come to.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh;

defined( 'ABSPATH' ) || exit;

/**
 * Has the rooms add their hooks in a page view only when the first of them fires: when a form on a page saves a post, for
 * instance. What comes first on a hook may add to it what comes later.
 */
final class Deferred_Hooks {

	/**
	 * The hooks; options are told apart by their names. Abilities' categories come before abilities. What the plugin fires itself
	 * is fired by what stands behind these. Names are written out, since a page view would load Hook_Names for them.
	 */
	public const HOOKS   = array(
		'activate_plugin', 'deactivate_plugin', 'save_post', 'deleted_post', 'import_end', 'rest_api_init',
		'wp_abilities_api_categories_init', 'wpmu_drop_tables', 'sanitize_option_creators_image_refresh_settings',
		'sanitize_option_creators_image_refresh_when_refused', 'sanitize_option_creators_image_refresh_connector',
		'pre_option_creators_image_refresh_connector',
	);
	public const CHANGES = array( 'add_option', 'update_option', 'delete_option' );

	/** What the names of options begin with. WP-Cron takes an event from its list, which is one, before it fires it. */
	public const OPTIONS = array( 'creators_image_refresh_', 'widget_', 'cron' );

	/**
	 * Takes what is put off.
	 *
	 * @param (\Closure(): void)|null $add Has the rooms add their hooks; null once they have.
	 */
	public function __construct( private ?\Closure $add ) {}

	/** Whether a visitor asks for a page: on any doubt it is none. */
	public static function is_page_view(): bool {
		if ( is_admin() || wp_doing_cron() || 'cli' === PHP_SAPI ) {
			return false;
		}
		// phpcs:ignore WordPress.Security.ValidatedSanitizedInput -- compared, and nothing else.
		$address = $_SERVER['REQUEST_URI'] ?? '';
		return in_array( $_SERVER['REQUEST_METHOD'] ?? '', array( 'GET', 'HEAD' ), true )
			&& is_string( $address )
			&& ! str_contains( $address, '/' . rest_get_url_prefix() )
			&& ! str_contains( $address, 'rest_route' );
	}

	/** Waits for the first of them. */
	public function wait(): void {
		$pass = $this->pass( ... );
		foreach ( self::HOOKS as $hook ) {
			add_filter( $hook, $pass, PHP_INT_MIN );
		}
		$change = $this->change( ... );
		foreach ( self::CHANGES as $hook ) {
			add_action( $hook, $change, PHP_INT_MIN );
		}
		// After what the page has shown is stored, before caches are told.
		add_action( 'shutdown', $this->end( ... ), 20, 0 );
	}

	/**
	 * One of them fires.
	 *
	 * @param mixed $value What it passes.
	 */
	private function pass( #[\SensitiveParameter] mixed $value = null ): mixed {
		$add       = $this->add;
		$this->add = null;
		if ( null !== $add ) {
			$add();
		}
		return $value;
	}

	/**
	 * An option changes.
	 *
	 * @param mixed $option Its name.
	 */
	private function change( mixed $option ): void {
		foreach ( self::OPTIONS as $prefix ) {
			if ( is_string( $option ) && str_starts_with( $option, $prefix ) ) {
				$this->pass();
			}
		}
	}

	/** The request ends: only one that has changed pictures has loaded who tells of it. */
	private function end(): void {
		if ( class_exists( Storage\Purge_Marks::class, false ) ) {
			$this->pass();
		}
	}
}
