<?php
/**
 * What screens share.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Admin;

use Creators_Image_Refresh\Settings\Input;
use Creators_Image_Refresh\Settings\Settings_Screen;

defined( 'ABSPATH' ) || exit;

/**
 * What screens share: who is let in, what was sent, what waits for the next page, and the files that a page loads.
 */
final class Page {

	public const NONCE = 'creators_image_refresh_nonce';

	/**
	 * Lets in only those who may, from a form or a link of ours.
	 *
	 * @param string $action What is done.
	 * @param string $nonce  The nonce's name.
	 * @param string $right  What one has to be allowed to do.
	 */
	public static function authorize( string $action, string $nonce = self::NONCE, string $right = 'manage_options' ): void {
		// phpcs:ignore WordPress.Security.NonceVerification.Recommended -- verified below.
		if ( ! current_user_can( $right ) || ! is_string( $_REQUEST[ $nonce ] ?? '' ) ) {
			wp_die( esc_html__( 'You are not allowed to do this.', 'creators-image-refresh' ), '', array( 'response' => 403 ) );
		}
		check_admin_referer( $action, $nonce );
	}

	/**
	 * What was sent under a name; whoever reads it, checks it.
	 *
	 * @param string $name Under which name.
	 */
	public static function sent( string $name ): mixed {
		// phpcs:ignore WordPress.Security -- authorize() has verified what changes anything.
		return isset( $_REQUEST[ $name ] ) ? wp_unslash( $_REQUEST[ $name ] ) : null;
	}

	/**
	 * What was sent as a text; empty where it is none.
	 *
	 * @param string $name Under which name.
	 */
	public static function asked( string $name ): string {
		return (string) Input::text( self::sent( $name ) );
	}

	/**
	 * What was sent as a list of fields.
	 *
	 * @param string $name Under which name.
	 */
	public static function fields( string $name ): array {
		$fields = self::sent( $name );
		return is_array( $fields ) ? $fields : array();
	}

	/**
	 * Carries something over a redirect, for one user.
	 *
	 * @param string               $name Under which name.
	 * @param array<string, mixed> $what Nothing secret.
	 */
	public static function keep( string $name, array $what ): void {
		set_transient( $name . get_current_user_id(), $what, 5 * MINUTE_IN_SECONDS );
	}

	/**
	 * Takes what was kept, once.
	 *
	 * @param string $name Under which name.
	 */
	public static function take( string $name ): array {
		$kept = get_transient( $name . get_current_user_id() );
		if ( false !== $kept ) {
			delete_transient( $name . get_current_user_id() );
		}
		return is_array( $kept ) ? $kept : array();
	}

	/**
	 * Ends the request with a redirect.
	 *
	 * @param string $url Where to.
	 */
	public static function go( string $url ): never {
		wp_safe_redirect( $url );
		exit;
	}

	/**
	 * The beginning of a form that is posted to admin-post.php. Escaped.
	 *
	 * @param string                $action What is done.
	 * @param array<string, string> $fields Hidden fields.
	 * @param string                $id     Its id; may be empty.
	 * @param string                $style  Its class.
	 */
	public static function form( string $action, array $fields = array(), string $id = '', string $style = '' ): string {
		$html = sprintf(
			'<form method="post" action="%s"%s%s>',
			esc_url( admin_url( 'admin-post.php' ) ),
			'' === $id ? '' : ' id="' . esc_attr( $id ) . '"',
			'' === $style ? '' : ' class="' . esc_attr( $style ) . '"'
		);
		$hidden = array(
			'action'    => $action,
			self::NONCE => wp_create_nonce( $action ),
		);
		foreach ( $hidden + $fields as $name => $value ) {
			$html .= sprintf( '<input type="hidden" name="%s" value="%s">', esc_attr( $name ), esc_attr( $value ) );
		}
		return $html;
	}

	/**
	 * A link to admin-post.php that does something.
	 *
	 * @param string                $action What is done.
	 * @param array<string, string> $query  What else stands in the address.
	 */
	public static function action_url( string $action, array $query = array() ): string {
		$own = array(
			'action'    => $action,
			self::NONCE => wp_create_nonce( $action ),
		);
		return add_query_arg( $own + array_filter( $query ), admin_url( 'admin-post.php' ) );
	}

	/**
	 * Loads a style of the folder admin.
	 *
	 * @param string $file     Its name.
	 * @param string $handle   What WordPress calls it.
	 * @param string ...$needs What is loaded before it.
	 */
	public static function style( string $file, string $handle = Settings_Screen::SLUG, string ...$needs ): void {
		$url = plugins_url( "admin/$file", CREATORS_IMAGE_REFRESH_FILE );
		wp_enqueue_style( $handle, $url, $needs, CREATORS_IMAGE_REFRESH_VERSION );
	}

	/**
	 * Loads a script of the folder admin, with its translations.
	 *
	 * @param string $file   Its name.
	 * @param string $handle What WordPress calls it.
	 */
	public static function script( string $file, string $handle = Settings_Screen::SLUG ): void {
		wp_enqueue_script(
			$handle,
			plugins_url( "admin/$file", CREATORS_IMAGE_REFRESH_FILE ),
			array( 'wp-a11y', 'wp-api-fetch', 'wp-i18n' ),
			CREATORS_IMAGE_REFRESH_VERSION,
			array( 'in_footer' => true )
		);
		$folder = plugin_dir_path( CREATORS_IMAGE_REFRESH_FILE ) . 'languages';
		wp_set_script_translations( $handle, 'creators-image-refresh', $folder );
	}

	/**
	 * The head of a table. Escaped.
	 *
	 * @param list<string> $columns What the columns are called.
	 */
	public static function table_head( array $columns ): string {
		$columns = array_map( 'esc_html', $columns );
		return '<thead><tr><th scope="col">' . implode( '</th><th scope="col">', $columns ) . '</th></tr></thead>';
	}

	/**
	 * A link with a word, and for those who do not see the row, what it is about.
	 *
	 * @param string $url   Where to.
	 * @param string $word  What it says.
	 * @param string $about What it is about.
	 */
	public static function link( string $url, string $word, string $about ): string {
		return '<a href="' . esc_url( $url ) . '">' . self::words( $word, $about ) . '</a>';
	}

	/**
	 * A word, and for those who do not see the row, what it is about. Escaped.
	 *
	 * @param string $word  What it says.
	 * @param string $about What it is about.
	 */
	public static function words( string $word, string $about ): string {
		return esc_html( $word ) . '<span class="screen-reader-text"> ' . esc_html( $about ) . '</span>';
	}
}
