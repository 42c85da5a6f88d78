<?php
/**
 * What pages show when Amazon gives no fresh link.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Settings;

use Creators_Image_Refresh\Hook_Names;

defined( 'ABSPATH' ) || exit;

/**
 * What pages show when Amazon gives no fresh link: the last picture, or after 24 hours the link in words. An option of its
 * own in the plugin's one form.
 */
final class Fallback_Policy {

	public const OPTION = Hook_Names::WHEN_REFUSED;

	public const LAST_PICTURE = 'last_picture';
	public const WORDS        = 'words';

	/** The owner's choice. */
	public static function choice(): string {
		return self::WORDS === get_option( self::OPTION, self::LAST_PICTURE ) ? self::WORDS : self::LAST_PICTURE;
	}

	/** Whether words are wanted. */
	public static function wants_words(): bool {
		return self::WORDS === self::choice();
	}

	/**
	 * The option's sanitizer: what cannot be meant leaves what was chosen.
	 *
	 * @param mixed $input What was submitted.
	 */
	public static function sanitize( mixed $input ): string {
		return Input::choice( $input, array( self::LAST_PICTURE, self::WORDS ) ) ?? self::choice();
	}
}
