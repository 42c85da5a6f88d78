<?php
/**
 * Fields of forms.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Admin;

use Creators_Image_Refresh\Messages\Account_Messages;
use Creators_Image_Refresh\Messages\Advice;
use Creators_Image_Refresh\Secrets\Secret_Vault;
use Creators_Image_Refresh\Settings\Config_Constants;
use Creators_Image_Refresh\Settings\Settings_Screen;
use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Fields of a form, each with its help. A secret is never among what is rendered: its field is always empty.
 */
final class Form_Fields {

	/**
	 * Takes how the fields are called.
	 *
	 * @param string $name    What their names begin with: `fields` makes `fields[partner_tag]`.
	 * @param string $prefix  What their ids begin with, behind the plugin's name.
	 * @param bool   $may_fix Whether wp-config.php or the environment may set what they show.
	 */
	public function __construct( private string $name, private string $prefix = '', private bool $may_fix = false ) {}

	/**
	 * A field's id on the page.
	 *
	 * @param string $field A field.
	 */
	public function id( string $field ): string {
		return Settings_Screen::id( $this->prefix . $field );
	}

	/**
	 * A row of a table.
	 *
	 * @param string           $field  A field.
	 * @param callable(): void $render Renders the field.
	 */
	public function row( string $field, callable $render ): void {
		printf(
			'<tr><th scope="row"><label for="%s">%s</label></th><td>',
			esc_attr( $this->id( $field ) ),
			esc_html( Account_Messages::label( $field ) )
		);
		$render();
		echo '</td></tr>';
	}

	/**
	 * A field of an account: a secret, a choice, or a text.
	 *
	 * @param string                $field        Its name.
	 * @param string|WP_Error       $value        What it shows; of the secret only the end, or why it cannot be read.
	 * @param string                $help         What stands below it.
	 * @param array<string, string> $marketplaces Those to choose from, label by host.
	 */
	public function account_field(
		string $field,
		#[\SensitiveParameter] string|WP_Error $value,
		string $help,
		array $marketplaces
	): void {
		match ( $field ) {
			'credential_secret'  => $this->secret( $field, $value, $help ),
			'credential_version' => $this->select( $field, Account_Messages::versions(), $value, $help ),
			'marketplace'        => $this->select( $field, $marketplaces, $value, $help ),
			default              => $this->text( $field, $value, $help ),
		};
	}

	/**
	 * A text field; one without a name cannot be changed.
	 *
	 * @param string $field A field.
	 * @param string $value What it shows.
	 * @param string $help  What stands below it.
	 */
	private function text( string $field, string $value, string $help ): void {
		$this->input( $field, 'text', 'autocomplete="off" autocapitalize="none"', $this->fixed( $field ) ?? $value );
		$this->help( $field, $help );
	}

	/**
	 * What cannot be changed.
	 *
	 * @param string $field A field.
	 * @param string $value What it shows.
	 * @param string $help  What stands below it.
	 */
	public function fixed_text( string $field, string $value, string $help ): void {
		printf(
			'<input type="text" id="%1$s" class="regular-text" value="%2$s" readonly aria-describedby="%1$s-help">',
			esc_attr( $this->id( $field ) ),
			esc_attr( $value )
		);
		$this->help( $field, $help );
	}

	/**
	 * A field to choose from.
	 *
	 * @param string                   $field   A field.
	 * @param array<array-key, string> $choices Label by value.
	 * @param string                   $value   What it shows.
	 * @param string                   $help    What stands below it.
	 */
	public function select( string $field, array $choices, string $value, string $help ): void {
		$fixed = $this->fixed( $field );
		$value = $fixed ?? $value;
		$name  = $this->name( $field, 'disabled' );
		// phpcs:ignore WordPress.Security.EscapeOutput -- name() escapes.
		printf( '<select id="%1$s" %2$s aria-describedby="%1$s-help">', esc_attr( $this->id( $field ) ), $name );
		foreach ( null === $fixed ? $choices : $choices + array( $fixed => $fixed ) as $choice => $label ) {
			printf(
				'<option value="%s"%s>%s</option>',
				esc_attr( (string) $choice ),
				selected( $value, (string) $choice, false ),
				esc_html( $label )
			);
		}
		echo '</select>';
		$this->help( $field, $help );
	}

	/**
	 * A box to tick.
	 *
	 * @param string $field     A field.
	 * @param bool   $is_ticked Whether it is ticked.
	 * @param string $label     What stands beside it.
	 * @param string $help      What stands below it.
	 */
	public function checkbox( string $field, bool $is_ticked, string $label, string $help = '' ): void {
		printf(
			'<label for="%1$s"><input type="checkbox" id="%1$s" %2$s value="1"%3$s%4$s> %5$s</label>',
			esc_attr( $this->id( $field ) ),
			$this->name( $field, 'disabled' ), // phpcs:ignore WordPress.Security.EscapeOutput -- name() escapes.
			'' === $help ? '' : ' aria-describedby="' . esc_attr( $this->id( $field ) ) . '-help"',
			checked( $is_ticked, true, false ),
			esc_html( $label )
		);
		$this->help( $field, $help );
	}

	/**
	 * A field for a secret, with a word on what is saved.
	 *
	 * @param string          $field A field.
	 * @param string|WP_Error $saved The secret, or why it cannot be read; only its end is shown.
	 * @param string          $help  What stands below it.
	 */
	public function secret( string $field, #[\SensitiveParameter] string|WP_Error $saved, string $help ): void {
		$fixed = null !== $this->fixed( $field );
		$id    = $this->id( $field );
		$this->input( $field, 'password', 'autocomplete="new-password"', '', $id . '-saved ' );
		printf(
			'<p id="%s-saved" class="creators-image-refresh-saved">%s</p>',
			esc_attr( $id ),
			esc_html( self::what_is_saved( $field, $saved, $fixed ) )
		);
		if ( ! $fixed && '' !== $saved ) {
			echo '<p>';
			$this->checkbox( 'remove_' . $field, false, Account_Messages::label( 'remove_' . $field ) );
			echo '</p>';
		}
		$this->help( $field, $help );
	}

	/**
	 * The help text under a field; for a value that is set elsewhere, where.
	 *
	 * @param string $field A field.
	 * @param string $html  HTML, escaped.
	 */
	public function help( string $field, string $html ): void {
		$origin = $this->may_fix ? Config_Constants::origin( $field ) : '';
		if ( '' !== $origin ) {
			$where = 'constant' === $origin
				/* translators: %s: a constant's name. */
				? __( 'Set in wp-config.php (%s), and can only be changed there.', 'creators-image-refresh' )
				/* translators: %s: an environment variable's name. */
				: __( 'Set in the server’s environment (%s), and can only be changed there.', 'creators-image-refresh' );
			$html  = sprintf( $where, '<code>' . Config_Constants::name( $field ) . '</code>' );
		}
		if ( '' !== $html ) {
			printf( '<p class="description" id="%s-help">%s</p>', esc_attr( $this->id( $field ) ), wp_kses_post( $html ) );
		}
	}

	/**
	 * One line to type in.
	 *
	 * @param string $field     A field.
	 * @param string $type      text or password.
	 * @param string $more      Further attributes, escaped.
	 * @param string $value     What it shows.
	 * @param string $described An id, and a blank, of what describes it besides its help.
	 */
	private function input( string $field, string $type, string $more, string $value, string $described = '' ): void {
		$name = $more . ' ' . $this->name( $field, 'text' === $type ? 'readonly' : 'disabled' );
		printf(
			'<input type="%1$s" id="%2$s" %3$s value="%4$s" class="regular-text code" spellcheck="false"'
				. ' aria-describedby="%5$s%2$s-help">',
			esc_attr( $type ),
			esc_attr( $this->id( $field ) ),
			$name, // phpcs:ignore WordPress.Security.EscapeOutput -- name() escapes, and the rest is a constant.
			esc_attr( $value ),
			esc_attr( $described )
		);
	}

	/**
	 * A field's name, as an attribute; another one where its value is set elsewhere. Escaped.
	 *
	 * @param string $field     A field.
	 * @param string $otherwise What stands in its place where the value is set elsewhere.
	 */
	private function name( string $field, string $otherwise ): string {
		return null === $this->fixed( $field ) ? 'name="' . esc_attr( "{$this->name}[$field]" ) . '"' : $otherwise;
	}

	/**
	 * The value that is set elsewhere; null where none is.
	 *
	 * @param string $field A field.
	 */
	private function fixed( string $field ): ?string {
		return $this->may_fix ? Config_Constants::get( $field ) : null;
	}

	/**
	 * A word on what is saved.
	 *
	 * @param string          $field A field.
	 * @param string|WP_Error $saved The secret, or why it cannot be read.
	 * @param bool            $fixed Whether it is set elsewhere.
	 */
	private static function what_is_saved( string $field, #[\SensitiveParameter] string|WP_Error $saved, bool $fixed ): string {
		if ( is_wp_error( $saved ) ) {
			return 'license_key' === $field && 'secret_unreadable' === $saved->get_error_code()
				? __( 'The saved license key cannot be read any more. Enter it again and save.', 'creators-image-refresh' )
				: Advice::for_error( $saved );
		}
		$ending = Secret_Vault::ending( $saved );
		$words  = match ( true ) {
			'' === $saved            => __( 'None saved yet.', 'creators-image-refresh' ),
			$fixed && '' === $ending => '',
			/* translators: %s: the last four characters. */
			$fixed                   => __( 'Ends in …%s.', 'creators-image-refresh' ),
			'' === $ending           => __( 'Saved. Leave the field empty to keep it.', 'creators-image-refresh' ),
			/* translators: %s: the last four characters. */
			default                  => __( 'Saved, ends in …%s. Leave the field empty to keep it.', 'creators-image-refresh' ),
		};
		return sprintf( $words, $ending );
	}
}
