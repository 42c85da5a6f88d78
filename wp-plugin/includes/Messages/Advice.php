<?php
/**
 * Sentences for people.
 *
 * The room of messages: what a status, a product or an account is called in words for people, and how that comes to the next
 * page. It decides nothing.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Messages;

use Creators_Image_Refresh\Api\Marketplaces;
use Creators_Image_Refresh\License\License_Messages;
use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Says in a sentence or two what is the matter and what to do next, for every status there is.
 */
final class Advice {

	/**
	 * What a test of the credentials came to.
	 *
	 * @param string                                                                 $status  One of the closed set.
	 * @param array{marketplace?: string, partner_tag?: string, works_with?: string} $context What the sentence may name.
	 */
	public static function for_test( string $status, #[\SensitiveParameter] array $context = array() ): string {
		$sentences = array(
			/* translators: %s: a marketplace, for instance amazon.de. */
			'ok'                => __(
				'It works: Amazon accepts your credentials for %s. Save your changes if you have not yet, then press “Refresh now”.',
				'creators-image-refresh'
			),
			/* translators: %s: an Associate Tag. */
			'wrong_partner_tag' => __(
				'Your credentials are right, but the Associate Tag “%s” does not belong to them. Copy the tag from the same Amazon account in which you made the credentials.',
				'creators-image-refresh'
			),
			/* translators: 1: a marketplace, 2: an Associate Tag. */
			'wrong_marketplace' => __(
				'Your credentials are right, but not for %1$s with the tag “%2$s”. Under Localization, choose the Amazon country in which you are an Associate with this tag, and test again.',
				'creators-image-refresh'
			),
			'wrong_version'     => '' === ( $context['works_with'] ?? '' )
				? __(
					'Your credentials belong to another version. Set Version to “Worked out for you” and test again; Amazon also shows the version beside the Credential ID.',
					'creators-image-refresh'
				)
				/* translators: %s: a credential version, for instance 3.2. */
				: __(
					'Your credentials are right, but they belong to version %s. Choose that under Version and test again.',
					'creators-image-refresh'
				),
			'throttled'         => __(
				'Amazon asks for a little patience: there were too many questions in a short time. Wait a few minutes and test again.',
				'creators-image-refresh'
			),
			'unavailable'       => __(
				'Amazon’s service has trouble of its own just now, so nothing is known about your credentials yet. Test again in a while.',
				'creators-image-refresh'
			),
			'unreachable'       => __(
				'Your site could not reach Amazon, so nothing is known about your credentials yet. Test again in a minute; if it stays, ask your host to allow outgoing connections to creatorsapi.amazon.',
				'creators-image-refresh'
			),
			'invalid_response'  => __(
				'Something came back that was not an answer of Amazon’s. Test again in a while; if it stays, ask your host whether a filter stands between your site and creatorsapi.amazon.',
				'creators-image-refresh'
			),
			'interrupted'       => __(
				'Your server ended the test before Amazon had answered, so nothing is known about your credentials yet. Test again.',
				'creators-image-refresh'
			),
		);
		return isset( $sentences[ $status ] )
			? self::with_names( $sentences[ $status ], $status, $context )
			: self::for_run( $status );
	}

	/**
	 * Fills in what the sentence for a status names of an account.
	 *
	 * @param string                $sentence A sentence.
	 * @param string                $status   What it is for.
	 * @param array<string, string> $context  The account, and works_with.
	 */
	public static function with_names( string $sentence, string $status, #[\SensitiveParameter] array $context ): string {
		$shop  = Marketplaces::short( $context['marketplace'] ?? '' );
		$tag   = $context['partner_tag'] ?? '';
		$names = match ( $status ) {
			'wrong_partner_tag' => array( $tag ),
			'wrong_version'     => array( $context['works_with'] ?? '' ),
			default             => array( $shop, $tag ),
		};
		return vsprintf( $sentence, $names );
	}

	/**
	 * What stopped a run, where the sentence needs to name nothing.
	 *
	 * @param string $status A status word.
	 */
	public static function for_run( string $status ): string {
		$sentences = array(
			'ok'                  => __( 'All went well.', 'creators-image-refresh' ),
			'invalid_credentials' => __(
				'Amazon does not know this Credential ID and Secret as a pair. Copy both once more from Associates Central; if the secret is lost, create a new credential there, for Amazon shows a secret only once.',
				'creators-image-refresh'
			),
			'wrong_version' => __(
				'Your credentials belong to another version. Set Version to “Worked out for you”, save, and press “Test credentials”.',
				'creators-image-refresh'
			),
			'not_eligible' => __(
				'Your credentials are right. Amazon has not opened the API for your account yet: it needs ten qualified sales in the last 30 days, and new credentials can take up to 48 hours. Your pictures stay as they are, and refreshing starts by itself.',
				'creators-image-refresh'
			),
			'not_authorized' => __(
				'Amazon knows your credentials but does not let them in. Sign in to Associates Central with the main account and see under Tools → Creators API whether the application is still active; if it is, ask Amazon’s Associates support.',
				'creators-image-refresh'
			),
			'wrong_partner_tag' => __(
				'The Associate Tag does not belong to your credentials. Copy the tag from the same Amazon account in which you made them, and save.',
				'creators-image-refresh'
			),
			'wrong_marketplace' => __(
				'Your credentials are not for the Amazon country that is chosen. Choose the one in which you are an Associate under Localization, and save.',
				'creators-image-refresh'
			),
			'throttled' => __(
				'Amazon asks for a little patience: there were too many questions in a short time. Wait a few minutes and try again; in the background it goes on by itself.',
				'creators-image-refresh'
			),
			'quota_exhausted' => __(
				'Today’s allowance of questions to Amazon is used up. It goes on by itself tomorrow; the allowance grows with the sales your links bring.',
				'creators-image-refresh'
			),
			'rejected' => __(
				'Amazon refused the question and did not say more than you see in small print. Check Version and Localization, and try again; if it stays, show the small print to whoever helps you.',
				'creators-image-refresh'
			),
			'unavailable'         => __(
				'Amazon’s service has trouble of its own just now. There is nothing for you to do: it is tried again by itself.',
				'creators-image-refresh'
			),
			'unreachable' => __(
				'Your site could not reach Amazon. It is tried again by itself; if it stays, ask your host to allow outgoing connections to creatorsapi.amazon.',
				'creators-image-refresh'
			),
			'invalid_response' => __(
				'Something came back that was not an answer of Amazon’s. It is tried again by itself; if it stays, ask your host whether a filter stands between your site and creatorsapi.amazon.',
				'creators-image-refresh'
			),
			'invalid_arguments' => __(
				'What is set for this account cannot be right, so Amazon was not asked. Look through its fields and save them; if a plugin or wp-config.php sets them, look there.',
				'creators-image-refresh'
			),
			'deadline'            => __(
				'The time for one round was over. The next round goes on where this one ended, by itself.',
				'creators-image-refresh'
			),
			'max_calls'           => __(
				'The questions for one round were used up. The next round goes on where this one ended, by itself.',
				'creators-image-refresh'
			),
			'interrupted' => __(
				'Your server ended the round before it was through. Nothing is lost: the next round goes on where this one ended.',
				'creators-image-refresh'
			),
			'cancelled'           => __(
				'The round was ended because another one took over. Nothing is lost.',
				'creators-image-refresh'
			),
		);
		return $sentences[ $status ] ?? self::for_error( new WP_Error( $status ) );
	}

	/**
	 * What the plugin itself could not do.
	 *
	 * @param WP_Error $error An error of this plugin.
	 */
	public static function for_error( WP_Error $error ): string {
		$code = (string) $error->get_error_code();
		if ( 'account_incomplete' === $code ) {
			return self::still_empty( (array) $error->get_error_data() );
		}
		if ( 'field_refused' === $code ) {
			return self::cannot_be_right( (string) $error->get_error_data() );
		}
		if ( str_starts_with( $code, 'license_' ) ) {
			return License_Messages::for_error( $error );
		}
		$sentences = array(
			'extension_missing' => __(
				'A small program on your server is missing, so nothing can be asked of Amazon yet. The box on this page says how you get it.',
				'creators-image-refresh'
			),
			'extension_too_old'        => __(
				'The program on your server is older than this plugin needs. The box on this page says what to ask for.',
				'creators-image-refresh'
			),
			'extension_failed' => __(
				'Something went wrong on your server before Amazon could be asked. Your pages are as they were. Try again; if it stays, show the small print to whoever helps you.',
				'creators-image-refresh'
			),
			'tables_missing' => __(
				'The plugin could not create its tables in your database. Deactivate and activate it once; if that does not help, ask your host whether the database may create tables.',
				'creators-image-refresh'
			),
			'tables_unreadable' => __(
				'The plugin’s tables in your database cannot be read just now, so your pages are shown as you wrote them. It is tried again by itself; if it stays, ask your host to check and repair the tables whose names end in creators_image_refresh_images and creators_image_refresh_uses.',
				'creators-image-refresh'
			),
			'switched_off' => __(
				'“Refresh Images” is switched off, so nothing is fetched and your pages are shown as they are. Tick it and save to begin.',
				'creators-image-refresh'
			),
			'busy'                     => __(
				'A round is under way in the background. This page waits for it.',
				'creators-image-refresh'
			),
			'account_in_use' => __(
				'Amazon is being asked with this account just now, for your pictures or by another test, and one question has to follow the other. Nothing is wrong: try again in a few seconds.',
				'creators-image-refresh'
			),
			'database_refuses' => __(
				'Your database accepts no changes just now, so nothing can be kept. Try again in a few minutes; if it stays, ask your host whether the database is full or read-only.',
				'creators-image-refresh'
			),
			'unknown_marketplace'      => __(
				'The Amazon country that is set does not exist. It is written like www.amazon.de.',
				'creators-image-refresh'
			),
			'unknown_version'          => __(
				'The version that is set does not exist. It is one of 3.1, 3.2, 3.3, 2.1, 2.2, 2.3, or left out.',
				'creators-image-refresh'
			),
			'secret_unreadable' => __(
				'The saved secret cannot be read any more; that happens when a site moves or its security keys change. Enter it again and save. Until then, nothing is asked of Amazon.',
				'creators-image-refresh'
			),
			'secret_not_saved' => __(
				'The secret could not be saved: your database did not take it. Nothing else was changed by this; please try again.',
				'creators-image-refresh'
			),
			'account_exists'           => __(
				'There is an account for this country already. Edit that one.',
				'creators-image-refresh'
			),
			'account_changed' => __(
				'Somebody else has changed this account in the meantime, so what you entered was not saved. Look at what is there now, and enter it once more if it is still right.',
				'creators-image-refresh'
			),
			'salts_missing' => __(
				'This site has no security keys of its own to encrypt the secret with, so it is neither saved nor read. Ask your host to put fresh keys and salts into wp-config.php (https://api.wordpress.org/secret-key/1.1/salt/), then enter the secret again.',
				'creators-image-refresh'
			),
			'encryption_key_too_short' => __(
				'The secret cannot be encrypted: CREATORS_IMAGE_REFRESH_ENCRYPTION_KEY must have at least 16 characters, better 64.',
				'creators-image-refresh'
			),
		);
		return $sentences[ $code ] ?? $sentences['extension_failed'];
	}

	/**
	 * Which fields are still empty.
	 *
	 * @param array<array-key, mixed> $fields Their names.
	 */
	public static function still_empty( array $fields ): string {
		return sprintf(
			/* translators: %s: a list of fields, for instance "Credential ID, Secret and Associate Tag". */
			_n(
				'%s is still empty. Fill it in to go on.',
				'%s are still empty. Fill them in to go on.',
				count( $fields ),
				'creators-image-refresh'
			),
			Account_Messages::labels( $fields )
		);
	}

	/** What is said to somebody who enters keys of the interface that is no more. */
	public static function retired_keys(): string {
		return __(
			'These are keys of the Product Advertising API, which Amazon retired on 15 May 2026. In Associates Central, go to Tools → Creators API, create a credential there, and enter that one.',
			'creators-image-refresh'
		);
	}

	/**
	 * What is said where a field holds something that cannot be right.
	 *
	 * @param string $field Its name.
	 */
	public static function cannot_be_right( string $field ): string {
		return sprintf(
			/* translators: %s: a field of the form. */
			__( 'What stands under “%s” cannot be right. Copy it once more from Amazon and test again.', 'creators-image-refresh' ),
			Account_Messages::label( $field )
		);
	}

	/**
	 * Amazon's own words, for the small print; the extension has bounded them.
	 *
	 * @param array<string, mixed> $answer With 'reason' and 'message', as a test or a run has them.
	 */
	public static function amazon_said( array $answer ): string {
		$words = array_filter( array( $answer['reason'] ?? '', $answer['message'] ?? '' ), 'is_string' );
		return implode( ': ', array_diff( $words, array( '' ) ) );
	}
}
