<?php
/**
 * “Check connections”.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Tests saved accounts and puts the answers into the words of a table: one step for the token, one for the catalogue.
 *
 * @phpstan-import-type Account from Extension
 * @phpstan-import-type Verdict from Credential_Check
 * @phpstan-type Step array{state: string, text: string}
 * @phpstan-type Row array{account: string, status: string, ok: bool, token: Step, catalog: Step, sentence: string, amazon: string, works_with: string, checked: string}
 */
final class Connection_Check {

	/**
	 * Takes what it works with.
	 *
	 * @param Credential_Check $check   Asks Amazon.
	 * @param Account_List     $list    The accounts.
	 * @param Check_Results    $results What was said before.
	 */
	public function __construct( private Credential_Check $check, private Account_List $list, private Check_Results $results ) {}

	/**
	 * Checks one account.
	 *
	 * @param string $id A marketplace, or Account_List::DEFAULT_ID.
	 * @return Row
	 */
	public function run( string $id ): array {
		return $this->run_all( array( $id ) )[0];
	}

	/**
	 * Checks accounts side by side. One that is disabled, or not whole, is not asked with.
	 *
	 * @param list<string>|null $ids Ids; null for all.
	 * @return list<Row> In the same order.
	 */
	public function run_all( ?array $ids = null ): array {
		$ids      = $ids ?? $this->ids();
		$accounts = array_filter( array_combine( $ids, array_map( array( $this->list, 'account' ), $ids ) ), 'is_array' );
		$verdicts = array() === $accounts ? array() : array_combine( array_keys( $accounts ), $this->check->test( array_values( $accounts ) ) );
		$rows     = array();
		foreach ( $ids as $id ) {
			$verdict = $verdicts[ $id ] ?? null;
			if ( in_array( $verdict['status'] ?? '', Test_Turns::NOT_ASKED, true ) ) {
				// What Amazon said before is still the last that it said.
				$rows[] = self::row( $id, $verdict['status'], $verdict['sentence'] );
				continue;
			}
			if ( null !== $verdict ) {
				$this->results->remember( $accounts[ $id ], $verdict );
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
			$code      = (string) $account->get_error_code();
			$sentences = array(
				'account_disabled' => __( 'Disabled, so Amazon is not asked.', 'creators-image-refresh' ),
				'no_account'       => __( 'There is no account for this country, so Amazon is not asked.', 'creators-image-refresh' ),
			);
			return self::row( $id, $code, $sentences[ $code ] ?? Status_Messages::for_error( $account ) );
		}
		$verdict = $this->results->of( $account );
		if ( null === $verdict ) {
			return self::row( $id, '', __( 'Not checked yet.', 'creators-image-refresh' ) );
		}
		$is_fixed          = Account_List::DEFAULT_ID === $id && null !== Fixed_Values::get( 'credential_version' );
		$row               = self::row( $id, $verdict['status'], $this->sentence( $verdict, $account ) );
		$row['ok']         = (bool) $verdict['ok'];
		$row['amazon']     = (string) ( $verdict['amazon'] ?? '' );
		$row['token']      = self::step( $verdict, 'token' );
		$row['catalog']    = self::step( $verdict, 'catalog' );
		$row['checked']    = self::ago( (int) ( $verdict['at'] ?? 0 ) );
		$row['works_with'] = $is_fixed ? '' : (string) ( $verdict['works_with'] ?? '' );
		return $row;
	}

	/**
	 * The ids of all accounts.
	 *
	 * @return list<string>
	 */
	public function ids(): array {
		return array_values( array_filter( array_column( $this->list->entries(), 'id' ), static fn( string $id ): bool => '' !== $id ) );
	}

	/**
	 * The sentence for a verdict.
	 *
	 * @param array<string, mixed> $verdict A verdict.
	 * @param Account              $account What was tested.
	 * @return string
	 */
	private function sentence( array $verdict, #[\SensitiveParameter] array $account ): string {
		if ( 'input' === ( $verdict['stage'] ?? '' ) ) {
			return (string) ( $verdict['sentence'] ?? '' );
		}
		return Account_Messages::for_check(
			$verdict['status'],
			array(
				'marketplace' => $account['marketplace'],
				'partner_tag' => $account['partner_tag'],
				'works_with'  => (string) ( $verdict['works_with'] ?? '' ),
			)
		);
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
			return self::not_asked();
		}
		$fine = $reached > $place || ! empty( $verdict['ok'] );
		$text = $fine ? __( 'OK', 'creators-image-refresh' ) : __( 'Refused', 'creators-image-refresh' );
		if ( ! $fine && in_array( $verdict['status'], array( 'unavailable', 'unreachable', 'invalid_response', 'interrupted' ), true ) ) {
			$text = __( 'No answer', 'creators-image-refresh' );
		}
		$milliseconds = $verdict['latency_ms'][ $step ] ?? null;
		if ( is_numeric( $milliseconds ) ) {
			/* translators: 1: what came of it, for instance "OK", 2: milliseconds. */
			$text = sprintf( __( '%1$s, %2$s ms', 'creators-image-refresh' ), $text, number_format_i18n( (float) $milliseconds ) );
		}
		return array(
			'state' => $fine ? 'ok' : 'bad',
			'text'  => $text,
		);
	}

	/**
	 * A step that was not taken.
	 *
	 * @return Step
	 */
	private static function not_asked(): array {
		return array(
			'state' => 'none',
			'text'  => __( 'Not asked', 'creators-image-refresh' ),
		);
	}

	/**
	 * A row without an answer of Amazon's.
	 *
	 * @param string $id       An account's id.
	 * @param string $status   A status word.
	 * @param string $sentence For people.
	 * @return Row
	 */
	private static function row( string $id, string $status, string $sentence ): array {
		return array(
			'account'    => $id,
			'status'     => $status,
			'ok'         => false,
			'token'      => self::not_asked(),
			'catalog'    => self::not_asked(),
			'sentence'   => $sentence,
			'amazon'     => '',
			'works_with' => '',
			'checked'    => '',
		);
	}

	/**
	 * When.
	 *
	 * @param int $at Unix seconds.
	 * @return string
	 */
	private static function ago( int $at ): string {
		/* translators: %s: a time span such as "5 minutes". */
		return sprintf( __( 'Checked %s ago.', 'creators-image-refresh' ), human_time_diff( $at ) );
	}
}
