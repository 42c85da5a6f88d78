<?php
/**
 * Where the settings are.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Settings;

defined( 'ABSPATH' ) || exit;

/**
 * The address of the plugin's page, for whoever leads there, and how its fields are named.
 */
final class Settings_Screen {

	public const SLUG = 'creators-image-refresh';

	/** What WordPress calls it in hooks. */
	public const HOOK = 'settings_page_' . self::SLUG;

	/** The page's address. */
	public static function url(): string {
		return admin_url( 'options-general.php?page=' . self::SLUG );
	}

	/**
	 * A field's id on the page.
	 *
	 * @param string $field A field.
	 */
	public static function id( string $field ): string {
		return 'creators-image-refresh-' . str_replace( '_', '-', $field );
	}
}
