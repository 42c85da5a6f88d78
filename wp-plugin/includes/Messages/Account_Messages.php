<?php
/**
 * Sentences about accounts.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Messages;

use Creators_Image_Refresh\Accounts\Account_Overview;
use Creators_Image_Refresh\Api\Marketplaces;
use Creators_Image_Refresh\Settings\Input;
use Creators_Image_Refresh\Settings\Settings_Sanitizer;
use WP_Error;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Says what is the matter with one of several accounts, and what to do next.
 *
 * @phpstan-import-type Entry from Account_Overview
 */
final class Account_Messages {

	/**
	 * What became of a question that was asked for a saved account.
	 *
	 * @param string                                                              $status  One of the closed set.
	 * @param array{marketplace: string, partner_tag: string, works_with: string} $context What the sentence may name.
	 * @return string
	 */
	public static function for_check( string $status, array $context ): string {
		switch ( $status ) {
			case 'ok':
				return sprintf(
					/* translators: %s: a marketplace, for instance amazon.de. */
					__( 'It works: Amazon answers for %s. There is nothing to do.', 'creators-image-refresh' ),
					Marketplaces::short( $context['marketplace'] )
				);
			case 'wrong_version':
				return '' === $context['works_with']
					? __( 'Your credentials belong to another version. Set Version of this account to “Worked out for you”, and check again.', 'creators-image-refresh' )
					: sprintf(
						/* translators: %s: a credential version, for instance 3.2. */
						__( 'Your credentials are right, but they belong to version %s. One click sets it.', 'creators-image-refresh' ),
						$context['works_with']
					);
			case 'wrong_marketplace':
				return sprintf(
					/* translators: 1: a marketplace, 2: an Associate Tag. */
					__( 'Your credentials are right, but not for %1$s with the tag “%2$s”. Add an account for the Amazon country in which you are an Associate with this tag, and delete this one.', 'creators-image-refresh' ),
					Marketplaces::short( $context['marketplace'] ),
					$context['partner_tag']
				);
			default:
				return Status_Messages::for_test( $status, $context );
		}
	}

	/**
	 * What happens with the pictures of an entry.
	 *
	 * @param array<string, mixed> $entry       An entry of the list.
	 * @param bool                 $has_default Whether the default account can ask.
	 * @param string               $default     The default account's marketplace.
	 * @return string
	 */
	public static function what_happens( array $entry, bool $has_default, string $default ): string {
		switch ( $entry['state'] ) {
			case 'on':
				return null === $entry['pause']
					? __( 'Asked with this account.', 'creators-image-refresh' )
					: self::paused( $entry['pause'] );
			case 'off':
				return __(
					'Disabled: nothing is asked for this country, and its pictures stay as they are in your posts.',
					'creators-image-refresh'
				);
			case 'resting':
				return __( 'Not in use: the default account is for the same country.', 'creators-image-refresh' );
			case 'incomplete':
				return __(
					'Something is still empty. Until it is filled in, nothing is asked with this account.',
					'creators-image-refresh'
				);
			case 'unreadable':
				return __( 'The saved account cannot be read any more; that happens when a site moves or its security keys change. Enter its secret again and save.', 'creators-image-refresh' );
			default:
				return $has_default
					? sprintf(
						/* translators: %s: the default account's marketplace, for instance amazon.com. */
						__( 'No account of its own: looked up at %s, with the default account.', 'creators-image-refresh' ),
						Marketplaces::short( $default )
					)
					: __( 'No account yet: nothing is asked, and these pictures stay as they are.', 'creators-image-refresh' );
		}
	}

	/**
	 * Why an account waits, and until when.
	 *
	 * @param array{status: string, until: int} $pause Its pause.
	 * @return string
	 */
	public static function paused( array $pause ): string {
		return sprintf(
			/* translators: 1: why, one or more sentences, 2: a time span such as "5 minutes". */
			__( '%1$s It is asked again in %2$s.', 'creators-image-refresh' ),
			Status_Messages::for_run( $pause['status'] ),
			human_time_diff( time(), $pause['until'] )
		);
	}

	/**
	 * Why another account cannot become the default one.
	 *
	 * @param WP_Error $error Why.
	 * @return string
	 */
	public static function for_swap( WP_Error $error ): string {
		switch ( $error->get_error_code() ) {
			case 'default_is_fixed':
				return __(
					'The default account is set in wp-config.php or in the server’s environment, and can only be changed there.',
					'creators-image-refresh'
				);
			case 'place_taken':
				return __( 'There is a second account for the country of the default one, and only one of them could be asked with. Delete that one first.', 'creators-image-refresh' );
			default:
				return Status_Messages::for_error( $error );
		}
	}

	/**
	 * Says that nothing was saved because of one field. The value is not repeated: it may be a secret, or half a megabyte.
	 *
	 * @param string $field Its name.
	 * @return string
	 */
	public static function nothing_changed( string $field ): string {
		return sprintf(
			/* translators: %s: a field of the form, for instance "Associate Tag". */
			__( 'Nothing was saved, because what was entered under “%s” cannot be right. Copy it once more from Amazon.', 'creators-image-refresh' ),
			Settings_Sanitizer::label( $field )
		);
	}

	/**
	 * Says that one field was not taken over, and everything else was. The value is not repeated either.
	 *
	 * @param string $field Its name.
	 * @return string
	 */
	public static function not_changed( string $field ): string {
		return sprintf(
			/* translators: %s: a field of the form, for instance "Associate Tag". */
			__( '“%s” was not changed, because what was entered cannot be right. The earlier value stays, and everything else is saved.', 'creators-image-refresh' ),
			Settings_Sanitizer::label( $field )
		);
	}

	/**
	 * Which fields had white space around them.
	 *
	 * @param list<string> $fields Their names.
	 * @return string Empty where none had.
	 */
	public static function removed_spaces( array $fields ): string {
		if ( array() === $fields ) {
			return '';
		}
		return sprintf(
			/* translators: %s: a list of fields, for instance "Credential ID and Secret". */
			__( 'We removed spaces around %s; they often come along when one copies.', 'creators-image-refresh' ),
			wp_sprintf( '%l', array_map( array( Settings_Sanitizer::class, 'label' ), $fields ) )
		);
	}

	/**
	 * The fields of a form that had white space around them.
	 *
	 * @param array<array-key, mixed> $form Fields as submitted.
	 * @return list<string> Their names.
	 */
	public static function with_spaces( #[\SensitiveParameter] array $form ): array {
		$fields = array(
			'credential_id',
			'credential_secret',
			'credential_version',
			'partner_tag',
			'marketplace',
			'license_key',
		);
		return array_values(
			array_filter( $fields, static fn( string $field ): bool => Input::was_trimmed( $form[ $field ] ?? null ) )
		);
	}

	/**
	 * A tag by which its owner knows it again, and nobody else.
	 *
	 * @param string $tag A tag.
	 * @return string
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
	 * @return string
	 */
	public static function small_print( string $amazon ): string {
		/* translators: %s: what Amazon said, in English. */
		return sprintf( __( 'In small print: %s', 'creators-image-refresh' ), $amazon );
	}

	/**
	 * The versions to choose from. Two families of credentials bear them, and which one it is can be seen.
	 *
	 * @return array<string, string> Label by version.
	 */
	public static function versions(): array {
		/* translators: 1: a version, 2: a region. */
		$newer = __( '%1$s – %2$s (Login with Amazon)', 'creators-image-refresh' );
		/* translators: 1: a version, 2: a region. */
		$older = __( '%1$s – %2$s (Cognito, older)', 'creators-image-refresh' );
		$west  = __( 'Americas', 'creators-image-refresh' );
		$mid   = __( 'Europe, Middle East, India', 'creators-image-refresh' );
		$east  = __( 'Japan, Australia, Singapore', 'creators-image-refresh' );
		return array(
			''    => __( 'Worked out for you', 'creators-image-refresh' ),
			'3.1' => sprintf( $newer, '3.1', $west ),
			'3.2' => sprintf( $newer, '3.2', $mid ),
			'3.3' => sprintf( $newer, '3.3', $east ),
			'2.1' => sprintf( $older, '2.1', $west ),
			'2.2' => sprintf( $older, '2.2', $mid ),
			'2.3' => sprintf( $older, '2.3', $east ),
		);
	}
}
