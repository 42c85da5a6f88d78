<?php
/**
 * Sentences about accounts.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Messages;

use Creators_Image_Refresh\Api\Marketplaces;
use Creators_Image_Refresh\Settings\Input;
use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Sentences about accounts and their fields: what is the matter with one of several, and what to do next.
 */
final class Account_Messages {

	/**
	 * A field's name for people.
	 *
	 * @param string $field A field.
	 */
	public static function label( string $field ): string {
		$labels = array(
			'license_key'              => __( 'License key', 'creators-image-refresh' ),
			'credential_id'            => __( 'Credential ID', 'creators-image-refresh' ),
			'credential_secret'        => __( 'Secret', 'creators-image-refresh' ),
			'credential_version'       => __( 'Version', 'creators-image-refresh' ),
			'partner_tag'              => __( 'Associate Tag', 'creators-image-refresh' ),
			'marketplace'              => __( 'Localization', 'creators-image-refresh' ),
			'test'                     => __( 'Connection', 'creators-image-refresh' ),
			'api_provider'             => __( 'API Provider', 'creators-image-refresh' ),
			'refresh_images'           => __( 'Refresh Images', 'creators-image-refresh' ),
			'when_refused'             => __( 'When Amazon gives no picture', 'creators-image-refresh' ),
			'remove_license_key'       => __( 'Remove the saved license key', 'creators-image-refresh' ),
			'remove_credential_secret' => __( 'Remove the saved secret', 'creators-image-refresh' ),
		);
		return $labels[ $field ] ?? $field;
	}

	/**
	 * Fields' names for people, as a list.
	 *
	 * @param array<array-key, mixed> $fields Their names.
	 */
	public static function labels( array $fields ): string {
		return wp_sprintf( '%l', array_map( array( self::class, 'label' ), array_values( $fields ) ) );
	}

	/**
	 * What became of a question that was asked for a saved account.
	 *
	 * @param string                                                              $status  One of the closed set.
	 * @param array{marketplace: string, partner_tag: string, works_with: string} $context What the sentence may name.
	 */
	public static function for_check( string $status, #[\SensitiveParameter] array $context ): string {
		$sentences = array(
			/* translators: %s: a marketplace, for instance amazon.de. */
			'ok'                => __( 'It works: Amazon answers for %s. There is nothing to do.', 'creators-image-refresh' ),
			'wrong_version'     => '' === $context['works_with']
				? __(
					'Your credentials belong to another version. Set Version of this account to “Worked out for you”, and check again.',
					'creators-image-refresh'
				)
				/* translators: %s: a credential version, for instance 3.2. */
				: __( 'Your credentials are right, but they belong to version %s. One click sets it.', 'creators-image-refresh' ),
			/* translators: 1: a marketplace, 2: an Associate Tag. */
			'wrong_marketplace' => __(
				'Your credentials are right, but not for %1$s with the tag “%2$s”. Add an account for the Amazon country in which you are an Associate with this tag, and delete this one.',
				'creators-image-refresh'
			),
		);
		return isset( $sentences[ $status ] )
			? Advice::with_names( $sentences[ $status ], $status, $context )
			: Advice::for_test( $status, $context );
	}

	/**
	 * What happens with the pictures of an entry.
	 *
	 * @param array<string, mixed> $entry       An entry of the list.
	 * @param bool                 $has_default Whether the default account can ask.
	 * @param string               $default     The default account's marketplace.
	 */
	public static function what_happens( array $entry, bool $has_default, string $default ): string {
		$sentences = array(
			'on'         => null === $entry['pause']
				? __( 'Asked with this account.', 'creators-image-refresh' )
				: self::paused( $entry['pause'] ),
			'off'        => __(
				'Disabled: nothing is asked for this country, and its pictures stay as they are in your posts.',
				'creators-image-refresh'
			),
			'resting'    => __( 'Not in use: the default account is for the same country.', 'creators-image-refresh' ),
			'incomplete' => __(
				'Something is still empty. Until it is filled in, nothing is asked with this account.',
				'creators-image-refresh'
			),
			'unreadable' => __(
				'The saved account cannot be read any more; that happens when a site moves or its security keys change. Enter its secret again and save.',
				'creators-image-refresh'
			),
			'none'       => $has_default
				? sprintf(
					/* translators: %s: the default account's marketplace, for instance amazon.com. */
					__( 'No account of its own: looked up at %s, with the default account.', 'creators-image-refresh' ),
					Marketplaces::short( $default )
				)
				: __( 'No account yet: nothing is asked, and these pictures stay as they are.', 'creators-image-refresh' ),
		);
		return $sentences[ $entry['state'] ];
	}

	/**
	 * Why an account waits, and until when.
	 *
	 * @param array{status: string, until: int} $pause Its pause.
	 */
	public static function paused( array $pause ): string {
		return sprintf(
			/* translators: 1: why, one or more sentences, 2: a time span such as "5 minutes". */
			__( '%1$s It is asked again in %2$s.', 'creators-image-refresh' ),
			Advice::for_run( $pause['status'] ),
			human_time_diff( time(), $pause['until'] )
		);
	}

	/**
	 * Why another account cannot become the default one.
	 *
	 * @param WP_Error $error Why.
	 */
	public static function for_swap( WP_Error $error ): string {
		return match ( $error->get_error_code() ) {
			'default_is_fixed' => __(
				'The default account is set in wp-config.php or in the server’s environment, and can only be changed there.',
				'creators-image-refresh'
			),
			'place_taken' => __(
				'There is a second account for the country of the default one, and only one of them could be asked with. Delete that one first.',
				'creators-image-refresh'
			),
			default            => Advice::for_error( $error ),
		};
	}

	/**
	 * Says that nothing was saved because of one field. The value is not repeated: it may be a secret, or half a megabyte.
	 *
	 * @param string $field Its name.
	 */
	public static function nothing_changed( string $field ): string {
		return sprintf(
			/* translators: %s: a field of the form, for instance "Associate Tag". */
			__(
				'Nothing was saved, because what was entered under “%s” cannot be right. Copy it once more from Amazon.',
				'creators-image-refresh'
			),
			self::label( $field )
		);
	}

	/**
	 * Says that one field was not taken over, and everything else was. The value is not repeated either.
	 *
	 * @param string $field Its name.
	 */
	public static function not_changed( string $field ): string {
		return sprintf(
			/* translators: %s: a field of the form, for instance "Associate Tag". */
			__(
				'“%s” was not changed, because what was entered cannot be right. The earlier value stays, and everything else is saved.',
				'creators-image-refresh'
			),
			self::label( $field )
		);
	}

	/** Says that a button could do nothing. */
	public static function nothing_done(): string {
		return __( 'Nothing was changed. Please try again.', 'creators-image-refresh' );
	}

	/** Where a secret comes from. */
	public static function about_secrets(): string {
		return __(
			'Stands beside the Credential ID. Amazon shows it only once, when the credential is made; if it is lost, make a new credential. It is stored encrypted.',
			'creators-image-refresh'
		);
	}

	/** Says that a form is shown again without its secret. */
	public static function secret_not_kept(): string {
		return __(
			'For safety the secret that you entered was not kept: enter it once more before you save.',
			'creators-image-refresh'
		);
	}

	/**
	 * Says which fields had white space around them; empty where none had.
	 *
	 * @param array<array-key, mixed> $form   Fields as submitted.
	 * @param list<string>            $fields Their names.
	 */
	public static function removed_spaces( #[\SensitiveParameter] array $form, array $fields ): string {
		$trimmed = array_filter( $fields, static fn( string $field ): bool => Input::was_trimmed( $form[ $field ] ?? null ) );
		return array() === $trimmed ? '' : sprintf(
			/* translators: %s: a list of fields, for instance "Credential ID and Secret". */
			__( 'We removed spaces around %s; they often come along when one copies.', 'creators-image-refresh' ),
			self::labels( $trimmed )
		);
	}

	/**
	 * A tag by which its owner knows it again, and nobody else.
	 *
	 * @param string $tag A tag.
	 */
	public static function half_hidden( string $tag ): string {
		$dash = strrpos( $tag, '-' );
		$name = false === $dash ? $tag : substr( $tag, 0, $dash );
		$end  = false === $dash ? '' : substr( $tag, $dash );
		return '' === $tag ? '–' : substr( $name, 0, min( 4, intdiv( strlen( $name ) + 1, 2 ) ) ) . '…' . $end;
	}

	/**
	 * Amazon's words.
	 *
	 * @param string $amazon The words.
	 */
	public static function small_print( string $amazon ): string {
		/* translators: %s: what Amazon said, in English. */
		return sprintf( __( 'In small print: %s', 'creators-image-refresh' ), $amazon );
	}

	/**
	 * Amazon's words as the second line of a notice, where there are any. Escaped.
	 *
	 * @param string $amazon The words.
	 */
	public static function small_line( string $amazon ): string {
		return '' === $amazon ? '' : '<br><small>' . esc_html( self::small_print( $amazon ) ) . '</small>';
	}

	/** The versions to choose from. Two families of credentials bear them, and which one it is can be seen. */
	public static function versions(): array {
		/* translators: 1: a version, 2: a region. */
		$newer   = __( '%1$s – %2$s (Login with Amazon)', 'creators-image-refresh' );
		/* translators: 1: a version, 2: a region. */
		$older   = __( '%1$s – %2$s (Cognito, older)', 'creators-image-refresh' );
		$labels  = array( '' => __( 'Worked out for you', 'creators-image-refresh' ) );
		$regions = array(
			1 => __( 'Americas', 'creators-image-refresh' ),
			2 => __( 'Europe, Middle East, India', 'creators-image-refresh' ),
			3 => __( 'Japan, Australia, Singapore', 'creators-image-refresh' ),
		);
		foreach ( array( 3 => $newer, 2 => $older ) as $family => $words ) {
			foreach ( $regions as $number => $region ) {
				$labels[ "$family.$number" ] = sprintf( $words, "$family.$number", $region );
			}
		}
		return $labels;
	}
}
