<?php
/**
 * What pages show when Amazon gives no fresh link.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Settings;

use Creators_Image_Refresh\Hook_Names;
use Creators_Image_Refresh\Storage\Image_Reader;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * The setting, an option of its own in the plugin's one form: the last picture, or after 24 hours the link in words.
 */
final class Fallback_Policy {

	public const OPTION = Hook_Names::WHEN_REFUSED;

	public const LAST_PICTURE = 'last_picture';
	public const WORDS        = 'words';

	private const FIELD = 'creators-image-refresh-when-refused';

	/**
	 * The owner's choice.
	 *
	 * @return string
	 */
	public static function choice(): string {
		return self::WORDS === get_option( self::OPTION, self::LAST_PICTURE ) ? self::WORDS : self::LAST_PICTURE;
	}

	/**
	 * Whether words are wanted.
	 *
	 * @return bool
	 */
	public static function wants_words(): bool {
		return self::WORDS === self::choice();
	}

	/**
	 * Whether a link of this age may be shown.
	 *
	 * @param int $fetched_at When it was fetched; 0 for a link that is none.
	 * @return bool
	 */
	public static function may_show( int $fetched_at ): bool {
		return $fetched_at > 0 && ( $fetched_at > time() - Image_Reader::LIFETIME || ! self::wants_words() );
	}

	/**
	 * Whether a link of this age may be shown for less than so long.
	 *
	 * @param int $fetched_at When it was fetched.
	 * @param int $seconds    How long.
	 * @return bool
	 */
	public static function may_end( int $fetched_at, int $seconds ): bool {
		return $fetched_at <= time() - Image_Reader::LIFETIME + $seconds && self::wants_words();
	}

	/**
	 * Registers the option, in every request, as the form's others.
	 */
	public function register(): void {
		register_setting(
			Settings::GROUP,
			self::OPTION,
			array(
				'type'              => 'string',
				'default'           => self::LAST_PICTURE,
				'sanitize_callback' => array( $this, 'save' ),
				'show_in_rest'      => false,
			)
		);
	}

	/**
	 * The option's sanitizer: what cannot be meant leaves what was chosen.
	 *
	 * @param mixed $input What was submitted.
	 * @return string
	 */
	public function save( mixed $input ): string {
		return Input::choice( $input, array( self::LAST_PICTURE, self::WORDS ) ) ?? self::choice();
	}

	/**
	 * Adds the field below the others, once they are there.
	 */
	public function add_field(): void {
		add_settings_field(
			'when_refused',
			__( 'When Amazon gives no picture', 'creators-image-refresh' ),
			array( $this, 'render' ),
			Settings_Screen::SLUG,
			'creators_image_refresh_account'
		);
	}

	/**
	 * The field: two choices.
	 */
	public function render(): void {
		$choices = array(
			self::LAST_PICTURE => __( 'Go on showing the last picture', 'creators-image-refresh' ),
			self::WORDS        => __( 'After 24 hours, show the link in words instead', 'creators-image-refresh' ),
		);
		echo '<fieldset aria-describedby="'
			. esc_attr( self::FIELD )
			. '-help"><legend class="screen-reader-text">'
			. esc_html__( 'When Amazon gives no picture', 'creators-image-refresh' )
			. '</legend>';
		foreach ( $choices as $choice => $label ) {
			printf(
				'<p><label for="%1$s-%2$s"><input type="radio" id="%1$s-%2$s" name="%3$s" value="%4$s"%5$s> %6$s</label></p>',
				esc_attr( self::FIELD ),
				esc_attr( str_replace( '_', '-', $choice ) ),
				esc_attr( self::OPTION ),
				esc_attr( $choice ),
				checked( self::choice(), $choice, false ),
				esc_html( $label )
			);
		}
		echo '</fieldset>';
		printf(
			'<p class="description" id="%s-help">%s</p>',
			esc_attr( self::FIELD ),
			esc_html__( 'For the days when your account is refused or Amazon cannot be reached. Amazon’s licence lets a picture’s link be kept for 24 hours: with the second choice no older link is kept or shown, and the links in your posts go on working as text. A product that Amazon no longer offers is left as you wrote it.', 'creators-image-refresh' )
		);
	}
}
