<?php
/**
 * Names that hooks are made of.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh;

defined( 'ABSPATH' ) || exit;

/**
 * The options and the jobs whose changes the plugin listens to, in one place, so that a page view does not load the classes
 * that keep them.
 */
final class Hook_Names {

	public const SETTINGS          = 'creators_image_refresh_settings';
	public const SETTINGS_GROUP    = 'creators_image_refresh';
	public const WHEN_REFUSED      = 'creators_image_refresh_when_refused';
	public const ACCOUNT           = 'creators_image_refresh_account_';
	public const DEFAULT_ACCOUNT   = 'creators_image_refresh_default_account';
	public const LICENSE_KEY       = 'creators_image_refresh_license_key';
	public const LAST_RUN          = 'creators_image_refresh_last_run';
	public const PAGE_MEMORY       = 'creators_image_refresh_page_memory';
	public const CONNECTOR         = 'creators_image_refresh_connector';
	public const IMAGES_PER_PAGE   = 'creators_image_refresh_images_per_page';

	/** Where 0.1.0 kept the accounts besides the default one, and the secret of that. */
	public const ACCOUNTS          = 'creators_image_refresh_accounts';
	public const CREDENTIAL_SECRET = 'creators_image_refresh_credential_secret';

	/** The hooks of WP-Cron: two that come every hour, and one that comes where page caches are still to be told. */
	public const SCAN  = 'creators_image_refresh_scan';
	public const RUN   = 'creators_image_refresh_run';
	public const PURGE = 'creators_image_refresh_purge';
}
