<?php
/**
 * "Test credentials".
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Tests what stands in the form and answers in a sentence. Nothing is saved by it.
 *
 * @phpstan-type Verdict array{status: string, ok: bool, sentence: string, amazon: string, works_with: string, stage: string, latency_ms: array{token: int|null, catalog: int|null}}
 */
final class Credential_Check {

	private const FIELDS = array( 'credential_id', 'credential_secret', 'credential_version', 'partner_tag', 'marketplace' );

	/**
	 * The status that goes with a field that cannot be right.
	 */
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
	 * @param Test_Turns $turns    Tests.
	 * @param Settings   $settings Reads fields.
	 * @param Accounts   $accounts Knows what is saved or fixed.
	 */
	public function __construct( private Test_Turns $turns, private Settings $settings, private Accounts $accounts ) {}

	/**
	 * Tests.
	 *
	 * @param array<array-key, mixed> $form Fields as submitted; a field that is missing means the saved one.
	 * @return Verdict
	 */
	public function run( #[\SensitiveParameter] array $form ): array {
		$read = array();
		foreach ( self::FIELDS as $field ) {
			if ( ! array_key_exists( $field, $form ) || null !== Fixed_Values::get( $field ) ) {
				continue;
			}
			$value = $this->settings->accept( $field, $form[ $field ] );
			if ( ! is_string( $value ) ) {
				return $this->verdict( self::STATUS_OF[ $field ], Status_Messages::cannot_be_right( $field ) );
			}
			$read[ $field ] = $value;
		}
		$account = $this->accounts->from_form( $read );
		if ( is_wp_error( $account ) ) {
			return $this->verdict( (string) $account->get_error_code(), Status_Messages::for_error( $account ) );
		}

		$verdict = $this->test( array( $account ) )[0];
		$removed = Account_Messages::removed_spaces( array_values( array_intersect( Account_Messages::with_spaces( $form ), self::FIELDS ) ) );
		if ( '' !== $removed ) {
			$verdict['sentence'] .= ' ' . $removed;
		}
		// A version that is fixed elsewhere cannot be changed by a click.
		if ( null !== Fixed_Values::get( 'credential_version' ) ) {
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
				$verdicts[] = $this->verdict( (string) $result->get_error_code(), Status_Messages::for_error( $result ), array( 'message' => $result->get_error_data()['thrown'] ?? '' ) );
				continue;
			}
			$status     = (string) ( $result['status'] ?? 'invalid_response' );
			$verdicts[] = $this->verdict( $status, $this->sentence( $status, $result, $account ), $result );
		}
		return $verdicts;
	}

	/**
	 * The sentence for a result.
	 *
	 * @param string                $status  Its status.
	 * @param array<string, mixed>  $result  The whole.
	 * @param array<string, string> $account What was tested.
	 * @return string
	 */
	private function sentence( string $status, array $result, #[\SensitiveParameter] array $account ): string {
		if ( 'input' === ( $result['stage'] ?? '' ) ) {
			$needed = array_intersect_key( $account, array_flip( array( 'credential_id', 'credential_secret', 'partner_tag' ) ) );
			$empty  = array_keys( $needed, '', true );
			if ( array() !== $empty ) {
				return Status_Messages::still_empty( array_values( array_intersect( array( 'credential_id', 'credential_secret', 'partner_tag' ), $empty ) ) );
			}
			if ( self::is_retired_key( $account['credential_id'] ) || self::is_retired_key( $account['credential_secret'] ) ) {
				return Status_Messages::retired_keys();
			}
			foreach ( array( 'credential_version', 'marketplace', 'partner_tag' ) as $field ) {
				if ( null === $this->settings->accept( $field, $account[ $field ] ) ) {
					return Status_Messages::cannot_be_right( $field );
				}
			}
		}
		return Status_Messages::for_test(
			$status,
			array(
				'marketplace' => $account['marketplace'],
				'partner_tag' => $account['partner_tag'],
				'works_with'  => (string) ( $result['works_with'] ?? '' ),
			)
		);
	}

	/**
	 * Puts an answer together.
	 *
	 * @param string               $status   A status word.
	 * @param string               $sentence For people.
	 * @param array<string, mixed> $result   What Amazon said.
	 * @return Verdict
	 */
	private function verdict( string $status, string $sentence, array $result = array() ): array {
		return array(
			'status'     => $status,
			'ok'         => 'ok' === $status,
			'sentence'   => $sentence,
			'amazon'     => 'ok' === $status || 'input' === ( $result['stage'] ?? '' ) ? '' : Status_Messages::amazon_said( $result ),
			'works_with' => (string) ( $result['works_with'] ?? '' ),
			'stage'      => (string) ( $result['stage'] ?? 'input' ),
			'latency_ms' => array(
				'token'   => $result['latency_ms']['token'] ?? null,
				'catalog' => $result['latency_ms']['catalog'] ?? null,
			),
		);
	}

	/**
	 * Whether this is an access key of the interface that Amazon has retired.
	 *
	 * @param string $value An id or a secret.
	 * @return bool
	 */
	private static function is_retired_key( #[\SensitiveParameter] string $value ): bool {
		return 1 === preg_match( '/\A(AKIA|ASIA)[A-Z0-9]{16}\z/', $value );
	}
}
