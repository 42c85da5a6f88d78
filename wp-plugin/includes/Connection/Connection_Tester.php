<?php
/**
 * Whether accounts work.
 *
 * The room of connections: whether an account works, asked before it is saved and when somebody wants to know. How an
 * account is kept stands in Accounts.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Connection;

use Creators_Image_Refresh\Accounts\Account_Overview;
use Creators_Image_Refresh\Accounts\Account_Resolver;
use Creators_Image_Refresh\Accounts\Account_Service;
use Creators_Image_Refresh\Api\Extension;
use Creators_Image_Refresh\Messages\Account_Messages;
use Creators_Image_Refresh\Messages\Advice;
use Creators_Image_Refresh\Settings\Config_Constants;
use Creators_Image_Refresh\Settings\Settings;

defined( 'ABSPATH' ) || exit;

/**
 * “Test credentials” and “Check connections”: tests what stands in a form and answers in a sentence; tests saved
 * accounts and puts the answers into the words of a table, one step for the token, one for the catalogue.
 *
 * @phpstan-import-type Account from Extension
 * @phpstan-type Verdict array{
 *     status: string, ok: bool, sentence: string, amazon: string, works_with: string, stage: string,
 *     latency_ms: array{token: int|null, catalog: int|null}
 * }
 * @phpstan-type Step array{state: string, text: string}
 * @phpstan-type Row array{
 *     account: string, status: string, ok: bool, token: Step, catalog: Step, sentence: string, amazon: string,
 *     works_with: string, checked: string
 * }
 */
final class Connection_Tester {

	/** Names of the results that are kept for a day, so that the table is there on the next page too. */
	private const KEPT = 'creators_image_refresh_check_';

	/** What an access key of the interface looks like that Amazon has retired. */
	private const RETIRED = '/\A(AKIA|ASIA)[A-Z0-9]{16}\z/';

	/** The status that goes with a field that cannot be right. */
	private const STATUS_OF = array(
		'credential_id'      => 'invalid_credentials',
		'credential_secret'  => 'invalid_credentials',
		'credential_version' => 'wrong_version',
		'partner_tag'        => 'wrong_partner_tag',
		'marketplace'        => 'wrong_marketplace',
	);

	/**
	 * Takes what it works with.
	 *
	 * @param Test_Queue       $turns    Asks Amazon.
	 * @param Settings         $settings Reads fields.
	 * @param Account_Resolver $accounts Knows what is saved or fixed.
	 * @param Account_Overview $list     All accounts.
	 */
	public function __construct(
		private Test_Queue $turns,
		private Settings $settings,
		private Account_Resolver $accounts,
		private Account_Overview $list
	) {}

	/**
	 * Tests what stands in a form. Nothing is saved by it.
	 *
	 * @param array<array-key, mixed> $form Fields as submitted; a field that is missing means the saved one.
	 * @return Verdict
	 */
	public function test_form( #[\SensitiveParameter] array $form ): array {
		$read = array();
		foreach ( array_intersect( Account_Service::FIELDS, array_keys( $form ) ) as $field ) {
			if ( null === Config_Constants::get( $field ) ) {
				$read[ $field ] = $this->settings->accept( $field, $form[ $field ] );
				if ( ! is_string( $read[ $field ] ) ) {
					return self::verdict( self::STATUS_OF[ $field ], Advice::cannot_be_right( $field ) );
				}
			}
		}
		$account = $this->accounts->from_form( $read );
		if ( is_wp_error( $account ) ) {
			return self::verdict( (string) $account->get_error_code(), Advice::for_error( $account ) );
		}
		$verdict = $this->test( array( $account ) )[0];
		$removed = Account_Messages::removed_spaces( $form, Account_Service::FIELDS );

		$verdict['sentence'] = trim( $verdict['sentence'] . ' ' . $removed );
		// A version that is fixed elsewhere cannot be changed by a click.
		if ( null !== Config_Constants::get( 'credential_version' ) ) {
			$verdict['works_with'] = '';
		}
		return $verdict;
	}

	/**
	 * Tests accounts side by side.
	 *
	 * @param non-empty-list<array<string, string>> $accounts Accounts, their secrets in clear.
	 * @return non-empty-list<Verdict> In the same order.
	 */
	public function test( #[\SensitiveParameter] array $accounts ): array {
		$results  = $this->turns->test( $accounts );
		$verdicts = array();
		foreach ( $accounts as $index => $account ) {
			$result = $results[ $index ];
			if ( is_wp_error( $result ) ) {
				$status   = (string) $result->get_error_code();
				$sentence = Advice::for_error( $result );
				$result   = array( 'message' => $result->get_error_data()['thrown'] ?? '' );
			} else {
				$status   = (string) ( $result['status'] ?? 'invalid_response' );
				$sentence = self::sentence_for_test( $status, $result, $account );
			}
			$verdicts[] = self::verdict( $status, $sentence, $result );
		}
		return $verdicts;
	}

	/**
	 * Checks one account.
	 *
	 * @param string $id Its id, or Account_Overview::DEFAULT_ID.
	 * @return Row
	 */
	public function check( string $id ): array {
		return $this->check_all( array( $id ) )[0];
	}

	/**
	 * Checks accounts side by side. One that is disabled, or not whole, is not asked with.
	 *
	 * @param list<string>|null $ids Ids; null for all.
	 * @return list<Row> In the same order.
	 */
	public function check_all( ?array $ids = null ): array {
		$ids      = $ids ?? $this->ids();
		$accounts = array_filter( array_combine( $ids, array_map( array( $this->list, 'account' ), $ids ) ), 'is_array' );
		$verdicts = array() === $accounts ? array() : $this->test( array_values( $accounts ) );
		$verdicts = array_combine( array_keys( $accounts ), $verdicts );
		$rows     = array();
		foreach ( $ids as $id ) {
			$verdict = $verdicts[ $id ] ?? null;
			if ( in_array( $verdict['status'] ?? '', Test_Queue::NOT_ASKED, true ) ) {
				// What Amazon said before is still the last that it said.
				$rows[] = self::row( $id, $verdict['status'], $verdict['sentence'] );
				continue;
			}
			if ( null !== $verdict ) {
				self::remember( $accounts[ $id ], $verdict );
			}
			$rows[] = $this->last( $id );
		}
		return $rows;
	}

	/**
	 * What an account's last check came to.
	 *
	 * @param string $id Its id.
	 * @return Row
	 */
	public function last( string $id ): array {
		$account = $this->list->account( $id );
		if ( is_wp_error( $account ) ) {
			$code = (string) $account->get_error_code();
			return self::row(
				$id,
				$code,
				match ( $code ) {
					'account_disabled' => __( 'Disabled, so Amazon is not asked.', 'creators-image-refresh' ),
					'no_account'       => __(
						'There is no account for this country, so Amazon is not asked.',
						'creators-image-refresh'
					),
					default            => Advice::for_error( $account ),
				}
			);
		}
		$verdict = self::remembered( $account );
		if ( null === $verdict ) {
			return self::row( $id, '', __( 'Not checked yet.', 'creators-image-refresh' ) );
		}
		if ( Account_Overview::DEFAULT_ID === $id && null !== Config_Constants::get( 'credential_version' ) ) {
			$verdict['works_with'] = '';
		}
		$verdict['checked'] = sprintf(
			/* translators: %s: a time span such as "5 minutes". */
			__( 'Checked %s ago.', 'creators-image-refresh' ),
			human_time_diff( $verdict['at'] )
		);
		$sentence = 'input' === $verdict['stage']
			? $verdict['sentence']
			: Account_Messages::for_check( $verdict['status'], $verdict + $account );
		return self::row( $id, $verdict['status'], $sentence, $verdict );
	}

	/**
	 * Keeps a result. It is one of the whole account as it was tested, the secret included: where anything is another now,
	 * there is none yet.
	 *
	 * @param Account $account What was tested.
	 * @param Verdict $verdict What came of it.
	 */
	public static function remember( #[\SensitiveParameter] array $account, array $verdict ): void {
		set_transient( self::kept( $account ), $verdict + array( 'at' => time() ), DAY_IN_SECONDS );
	}

	/**
	 * What an account's last test came to.
	 *
	 * @param Account $account The account.
	 * @return (Verdict&array{at: int})|null Null where there was none lately.
	 */
	public static function remembered( #[\SensitiveParameter] array $account ): ?array {
		$kept = get_transient( self::kept( $account ) );
		return is_array( $kept ) && is_string( $kept['status'] ?? null ) ? $kept : null;
	}

	/**
	 * A name for the result of an account. The secret cannot be worked out from it: that takes the site's salt.
	 *
	 * @param Account $account The account.
	 */
	private static function kept( #[\SensitiveParameter] array $account ): string {
		ksort( $account );
		return self::KEPT . substr( hash_hmac( 'sha256', implode( "\n", $account ), wp_salt() ), 0, 32 );
	}

	/** The ids of all accounts. */
	public function ids(): array {
		return array_values( array_diff( array_column( $this->list->entries(), 'id' ), array( '' ) ) );
	}

	/**
	 * One step of a verdict.
	 *
	 * @param array<string, mixed> $verdict A verdict.
	 * @param string               $step    token or catalog.
	 * @return Step
	 */
	private static function step( array $verdict, string $step ): array {
		$reached = array_search( $verdict['stage'] ?? '', array( 'input', 'token', 'catalog' ), true );
		$place   = 'token' === $step ? 1 : 2;
		if ( $reached < $place ) {
			return array(
				'state' => 'none',
				'text'  => __( 'Not asked', 'creators-image-refresh' ),
			);
		}
		$fine    = $reached > $place || ! empty( $verdict['ok'] );
		$silent  = array( 'unavailable', 'unreachable', 'invalid_response', 'interrupted' );
		$latency = $verdict['latency_ms'][ $step ] ?? null;
		$text    = match ( true ) {
			$fine                                         => __( 'OK', 'creators-image-refresh' ),
			in_array( $verdict['status'], $silent, true ) => __( 'No answer', 'creators-image-refresh' ),
			default                                       => __( 'Refused', 'creators-image-refresh' ),
		};
		if ( is_numeric( $latency ) ) {
			/* translators: 1: what came of it, for instance "OK", 2: milliseconds. */
			$words = __( '%1$s, %2$s ms', 'creators-image-refresh' );
			$text  = sprintf( $words, $text, number_format_i18n( (float) $latency ) );
		}
		return array(
			'state' => $fine ? 'ok' : 'bad',
			'text'  => $text,
		);
	}

	/**
	 * A row of the table.
	 *
	 * @param string               $id       An account's id.
	 * @param string               $status   A status word.
	 * @param string               $sentence For people.
	 * @param array<string, mixed> $verdict  What Amazon said, and when; empty where it said nothing.
	 * @return Row
	 */
	private static function row( string $id, string $status, string $sentence, array $verdict = array() ): array {
		$row = array(
			'account'    => $id,
			'status'     => $status,
			'ok'         => false,
			'token'      => self::step( $verdict, 'token' ),
			'catalog'    => self::step( $verdict, 'catalog' ),
			'sentence'   => $sentence,
			'amazon'     => '',
			'works_with' => '',
			'checked'    => '',
		);
		$said = array( 'ok', 'amazon', 'works_with', 'checked' );
		return array_merge( $row, array_intersect_key( $verdict, array_flip( $said ) ) );
	}

	/**
	 * The sentence for what stood in a form.
	 *
	 * @param string                $status  Its status.
	 * @param array<string, mixed>  $result  The whole.
	 * @param array<string, string> $account What was tested.
	 */
	private static function sentence_for_test( string $status, array $result, #[\SensitiveParameter] array $account ): string {
		$pair    = array( $account['credential_id'], $account['credential_secret'] );
		$empty   = Account_Resolver::still_empty( $account );
		$field   = (string) array_search( $status, array_slice( self::STATUS_OF, 2 ), true );
		$context = array( 'works_with' => (string) ( $result['works_with'] ?? '' ) ) + $account;
		return match ( true ) {
			'input' !== ( $result['stage'] ?? '' )        => Advice::for_test( $status, $context ),
			array() !== $empty                            => Advice::still_empty( $empty ),
			array() !== preg_grep( self::RETIRED, $pair ) => Advice::retired_keys(),
			'' !== $field                                 => Advice::cannot_be_right( $field ),
			default                                       => Advice::for_test( $status, $context ),
		};
	}

	/**
	 * Puts an answer together.
	 *
	 * @param string               $status   A status word.
	 * @param string               $sentence For people.
	 * @param array<string, mixed> $result   What Amazon said.
	 * @return Verdict
	 */
	private static function verdict( string $status, string $sentence, array $result = array() ): array {
		$silent = 'ok' === $status || 'input' === ( $result['stage'] ?? '' );
		return array(
			'status'     => $status,
			'ok'         => 'ok' === $status,
			'sentence'   => $sentence,
			'amazon'     => $silent ? '' : Advice::amazon_said( $result ),
			'works_with' => (string) ( $result['works_with'] ?? '' ),
			'stage'      => (string) ( $result['stage'] ?? 'input' ),
			'latency_ms' => array(
				'token'   => $result['latency_ms']['token'] ?? null,
				'catalog' => $result['latency_ms']['catalog'] ?? null,
			),
		);
	}
}
