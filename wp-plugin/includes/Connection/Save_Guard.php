<?php
/**
 * The test of an account that is about to be saved.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Connection;

use Creators_Image_Refresh\Api\Extension;
use Creators_Image_Refresh\Api\Marketplaces;
use Creators_Image_Refresh\Messages\Advice;
use Creators_Image_Refresh\Secrets\Secret_Vault;
use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Decides whether changed credentials may take the place of the saved ones: always, unless Amazon refuses the new ones and
 * accepts those that are there. What could not be asked is no refusal. Refused ones that a person may want all the same are
 * kept for a few minutes, encrypted as a whole, for this user only.
 *
 * @phpstan-import-type Account from Extension
 * @phpstan-import-type Verdict from Connection_Tester
 */
final class Save_Guard {

	/** Statuses that say that the account cannot work as it is. not_eligible is none of them: the pair is right. */
	public const REFUSED = array(
		'invalid_credentials',
		'wrong_version',
		'not_authorized',
		'wrong_partner_tag',
		'wrong_marketplace',
		'rejected',
	);

	/** What is shown of the refusal. */
	private const SHOWN = array( 'sentence', 'amazon', 'works_with' );

	private const NAME     = 'creators_image_refresh_pending_';
	private const LIFETIME = 15 * MINUTE_IN_SECONDS;

	/**
	 * Takes what it works with.
	 *
	 * @param Connection_Tester $tester  Asks Amazon.
	 * @param Secret_Vault      $secrets Encrypts.
	 */
	public function __construct( private Connection_Tester $tester, private Secret_Vault $secrets ) {}

	/**
	 * Tests, and keeps the new account aside where it may not be saved.
	 *
	 * @param string           $id    Its id: a marketplace, or Account_Overview::DEFAULT_ID.
	 * @param Account          $new   What is to be saved; complete.
	 * @param Account|WP_Error $saved What is there, or why that is no account.
	 * @return array{save: bool, type: string, sentence: string, amazon: string} Whether to save, and what to say besides.
	 */
	public function decide( string $id, #[\SensitiveParameter] array $new, #[\SensitiveParameter] array|WP_Error $saved ): array {
		$verdict = $this->tester->test( array( $new ) )[0];
		$refused = in_array( $verdict['status'], self::REFUSED, true );
		$this->forget();
		if ( ! in_array( $verdict['status'], Test_Queue::NOT_ASKED, true ) ) {
			// Also where it is not saved: it is the last word on the new ones if a person saves them anyway.
			Connection_Tester::remember( $new, $verdict );
		}

		$works = fn(): bool => ! in_array( $this->tester->test( array( $saved ) )[0]['status'], self::REFUSED, true );
		if ( $refused && is_array( $saved ) && $works() ) {
			// Where it cannot be kept aside, it could not have been saved either.
			$error = $this->keep( $id, $new, $verdict );
			return array(
				'save'     => false,
				'type'     => 'error',
				'sentence' => null === $error
					? __(
						'The credentials were not changed: Amazon refuses the new ones, and the ones you have go on working. Everything else is saved.',
						'creators-image-refresh'
					)
					: Advice::for_error( $error ),
				'amazon'   => '',
			);
		}
		return array( 'save' => true ) + self::word( $verdict, $refused, $new['marketplace'] );
	}

	/**
	 * What to say of an account that is saved.
	 *
	 * @param Verdict $verdict     What Amazon said.
	 * @param bool    $refused     Whether it is a refusal.
	 * @param string  $marketplace Its host.
	 * @return array{type: string, sentence: string, amazon: string}
	 */
	private static function word( array $verdict, bool $refused, string $marketplace ): array {
		$type     = 'warning';
		$sentence = $verdict['sentence'];
		if ( $verdict['ok'] ) {
			$type = 'success';
			/* translators: %s: a marketplace, for instance amazon.de. */
			$sentence = __( 'Saved, and it works: Amazon accepts your credentials for %s.', 'creators-image-refresh' );
			$sentence = sprintf( $sentence, Marketplaces::short( $marketplace ) );
		} elseif ( $refused ) {
			$type = 'error';
			/* translators: %s: what is the matter, one or more sentences. */
			$sentence = sprintf( __( 'It does not work yet. %s', 'creators-image-refresh' ), $sentence );
		} elseif ( 'not_eligible' !== $verdict['status'] ) {
			/* translators: %s: why, one or more sentences. */
			$sentence = sprintf( __( 'It could not be tested. %s', 'creators-image-refresh' ), $sentence );
		}
		return compact( 'type', 'sentence' ) + array( 'amazon' => $verdict['amazon'] );
	}

	/**
	 * Keeps an account.
	 *
	 * @param string  $id      Whose place it wants to take: a marketplace, or Account_Overview::DEFAULT_ID.
	 * @param Account $account The account.
	 * @param Verdict $verdict What Amazon said to it.
	 * @return WP_Error|null An error where it cannot be encrypted; nothing is kept then.
	 */
	private function keep( string $id, #[\SensitiveParameter] array $account, array $verdict ): ?WP_Error {
		$sealed = $this->secrets->seal( self::name(), (string) wp_json_encode( $account ) );
		if ( is_wp_error( $sealed ) ) {
			return $sealed;
		}
		$marketplace = $account['marketplace'];
		$said        = array_intersect_key( $verdict, array_flip( self::SHOWN ) );
		set_transient( self::name(), compact( 'id', 'sealed', 'marketplace' ) + $said, self::LIFETIME );
		return null;
	}

	/**
	 * What waits, without anything that is secret.
	 *
	 * @return array{id: string, marketplace: string, sentence: string, amazon: string, works_with: string}|null
	 */
	public function waiting(): ?array {
		$kept = get_transient( self::name() );
		return is_array( $kept ) ? array_diff_key( $kept, array( 'sealed' => '' ) ) : null;
	}

	/**
	 * The account that waits.
	 *
	 * @return array{id: string, account: Account}|null As waiting(), and with it; null also where it cannot be read any more.
	 */
	public function account(): ?array {
		$kept    = get_transient( self::name() );
		$json    = is_array( $kept ) ? $this->secrets->open( self::name(), $kept['sealed'] ) : null;
		$account = is_string( $json ) ? json_decode( $json, true ) : null;
		return is_array( $account ) ? compact( 'account' ) + $kept : null;
	}

	/** Forgets what waits. */
	public function forget(): void {
		delete_transient( self::name() );
	}

	/** The current user's own place. */
	private static function name(): string {
		return self::NAME . get_current_user_id();
	}
}
