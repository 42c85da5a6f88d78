<?php
/**
 * The test of an account that is about to be saved.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh;

use WP_Error;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Decides whether changed credentials may take the place of the saved ones: always, unless Amazon refuses the new ones and
 * accepts those that are there. What could not be asked is no refusal.
 *
 * @phpstan-import-type Account from Extension
 * @phpstan-import-type Verdict from Credential_Check
 */
final class Save_Test {

	/**
	 * Statuses that say that the account cannot work as it is. not_eligible is none of them: the pair is right.
	 */
	private const REFUSED = array( 'invalid_credentials', 'wrong_version', 'not_authorized', 'wrong_partner_tag', 'wrong_marketplace', 'rejected' );

	/**
	 * Takes what it works with.
	 *
	 * @param Credential_Check $check   Asks Amazon.
	 * @param Pending_Account  $pending Keeps what is not saved.
	 * @param Check_Results    $results Keeps what Amazon said of what is saved.
	 */
	public function __construct( private Credential_Check $check, private Pending_Account $pending, private Check_Results $results ) {}

	/**
	 * Tests, and keeps the new account aside where it may not be saved.
	 *
	 * @param string           $id    Its id: a marketplace, or Account_List::DEFAULT_ID.
	 * @param Account          $new   What is to be saved; complete.
	 * @param Account|WP_Error $saved What is there, or why that is no account.
	 * @return array{save: bool, type: string, sentence: string, amazon: string} Whether to save, and what to say besides.
	 */
	public function decide( string $id, #[\SensitiveParameter] array $new, #[\SensitiveParameter] array|WP_Error $saved ): array {
		$verdict = $this->check->test( array( $new ) )[0];
		$refused = in_array( $verdict['status'], self::REFUSED, true );
		$this->pending->forget();

		if ( $refused && is_array( $saved ) && ! in_array( $this->check->test( array( $saved ) )[0]['status'], self::REFUSED, true ) ) {
			// Where it cannot be kept aside, it could not have been saved either.
			$error = $this->pending->keep( $id, $new, $verdict );
			return array(
				'save'     => false,
				'type'     => 'error',
				'sentence' => null === $error
					? __( 'The credentials were not changed: Amazon refuses the new ones, and the ones you have go on working. Everything else is saved.', 'creators-image-refresh' )
					: Status_Messages::for_error( $error ),
				'amazon'   => '',
			);
		}
		if ( ! in_array( $verdict['status'], Test_Turns::NOT_ASKED, true ) ) {
			$this->results->remember( $new, $verdict );
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
		if ( $verdict['ok'] ) {
			/* translators: %s: a marketplace, for instance amazon.de. */
			$sentence = sprintf( __( 'Saved, and it works: Amazon accepts your credentials for %s.', 'creators-image-refresh' ), Marketplaces::short( $marketplace ) );
			$type     = 'success';
		} elseif ( $refused ) {
			/* translators: %s: what is the matter, one or more sentences. */
			$sentence = sprintf( __( 'It does not work yet. %s', 'creators-image-refresh' ), $verdict['sentence'] );
			$type     = 'error';
		} elseif ( 'not_eligible' === $verdict['status'] ) {
			$sentence = $verdict['sentence'];
			$type     = 'warning';
		} else {
			/* translators: %s: why, one or more sentences. */
			$sentence = sprintf( __( 'It could not be tested. %s', 'creators-image-refresh' ), $verdict['sentence'] );
			$type     = 'warning';
		}
		return array(
			'type'     => $type,
			'sentence' => $sentence,
			'amazon'   => $verdict['amazon'],
		);
	}
}
