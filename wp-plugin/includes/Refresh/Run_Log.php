<?php
/**
 * What the last runs came to.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Refresh;

use Creators_Image_Refresh\Accounts\Account_Resolver;
use Creators_Image_Refresh\Hook_Names;
use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Remembers the last run, and what each account was answered last: one that Amazon refused is asked again after minutes, then
 * hours, and not by every run.
 *
 * @phpstan-type Stopped array{status: string, reason: string, message: string, retry_after: int|null, marketplace: string}
 * @phpstan-type Run array{by: string, finished_at: float, refreshed: int, failed: int, calls: int, more: bool,
 *     stopped: Stopped|null}
 * @phpstan-type Answer array{status: string, at: int, times: int, until: int}
 */
final class Run_Log {

	public const LAST_RUN = Hook_Names::LAST_RUN;
	public const ANSWERS  = 'creators_image_refresh_answers';

	/** Statuses that pass by themselves, mostly soon. */
	private const PASSING = array( 'throttled', 'unavailable', 'unreachable', 'invalid_response' );

	/**
	 * Records a run.
	 *
	 * @param Run $run What it came to.
	 */
	public function record( array $run ): void {
		update_option( self::LAST_RUN, $run, false );
	}

	/**
	 * The last run.
	 *
	 * @return Run|null Null where there was none.
	 */
	public function last_run(): ?array {
		$run = get_option( self::LAST_RUN );
		if ( ! is_array( $run ) || ! is_numeric( $run['finished_at'] ?? null ) ) {
			return null;
		}
		$stopped = $run['stopped'] ?? null;
		return array(
			'by'          => (string) ( $run['by'] ?? '' ),
			'finished_at' => (float) $run['finished_at'],
			'refreshed'   => (int) ( $run['refreshed'] ?? 0 ),
			'failed'      => (int) ( $run['failed'] ?? 0 ),
			'calls'       => (int) ( $run['calls'] ?? 0 ),
			'more'        => (bool) ( $run['more'] ?? false ),
			'stopped'     => is_array( $stopped ) ? self::stopped( $stopped ) : null,
		);
	}

	/**
	 * Remembers what Amazon said to an account, and until when it is left in peace for that.
	 *
	 * @param string       $account Its key.
	 * @param Stopped|null $stopped Why it was refused; null where it was served.
	 */
	public function answered( string $account, ?array $stopped ): void {
		$times = min( 10, 1 + $this->answer( $account )['times'] );
		$wait  = match ( true ) {
			null === $stopped                                         => null,
			null !== $stopped['retry_after']                          => $stopped['retry_after'],
			in_array( $stopped['status'], self::PASSING, true )       => min( HOUR_IN_SECONDS, 5 * MINUTE_IN_SECONDS * 2 ** ( $times - 1 ) ),
			default                                                   => min( 6 * HOUR_IN_SECONDS, HOUR_IN_SECONDS * $times ),
		};
		$this->keep(
			$account,
			array(
				'status' => $stopped['status'] ?? 'ok',
				'at'     => time(),
				'times'  => null === $wait ? 0 : $times,
				// A little less than whole hours, for the sake of the hourly run.
				'until'  => null === $wait ? 0 : time() + max( 10, min( DAY_IN_SECONDS, $wait ) - MINUTE_IN_SECONDS ),
			)
		);
	}

	/**
	 * What an account was answered last.
	 *
	 * @param string $account Its key.
	 * @return Answer|null 'ok' where it was served; null where it was not asked, or long ago.
	 */
	public function last_answer( string $account ): ?array {
		$answer = $this->answer( $account );
		return 0 === $answer['at'] ? null : $answer;
	}

	/**
	 * Why an account is left in peace for now.
	 *
	 * @param string $account Its key.
	 * @return Answer|null Null where it is not.
	 */
	public function pause( string $account ): ?array {
		$answer = $this->answer( $account );
		return $answer['until'] > time() ? $answer : null;
	}

	/**
	 * Forgets that an account was refused: it is another now.
	 *
	 * @param array<string, string>|WP_Error $account The account, if it is whole.
	 */
	public function forget_refusal( #[\SensitiveParameter] array|WP_Error $account ): void {
		if ( is_array( $account ) ) {
			$this->keep( Account_Resolver::key( $account ), null );
		}
	}

	/** Forgets all answers: a person asks. */
	public function forget_refusals(): void {
		delete_option( self::ANSWERS );
	}

	/**
	 * What stopped a run, in one shape.
	 *
	 * @param array<string, mixed> $stopped As the extension says it.
	 * @return Stopped
	 */
	public static function stopped( array $stopped ): array {
		$retry_after = $stopped['retry_after'] ?? null;
		return array(
			'status'      => (string) ( $stopped['status'] ?? '' ),
			'reason'      => (string) ( $stopped['reason'] ?? '' ),
			'message'     => (string) ( $stopped['message'] ?? '' ),
			'retry_after' => is_numeric( $retry_after ) ? (int) ceil( (float) $retry_after ) : null,
			'marketplace' => (string) ( $stopped['marketplace'] ?? '' ),
		);
	}

	/**
	 * What is remembered of an account.
	 *
	 * @param string $account Its key.
	 * @return Answer
	 */
	private function answer( string $account ): array {
		$saved  = get_option( self::ANSWERS );
		$answer = is_array( $saved[ $account ] ?? null ) ? $saved[ $account ] : array();
		return array(
			'status' => (string) ( $answer['status'] ?? '' ),
			'at'     => (int) ( $answer['at'] ?? 0 ),
			'times'  => (int) ( $answer['times'] ?? 0 ),
			'until'  => (int) ( $answer['until'] ?? 0 ),
		);
	}

	/**
	 * Remembers something of an account. Not for ever: it may be gone.
	 *
	 * @param string      $account Its key.
	 * @param Answer|null $answer  Null for nothing.
	 */
	private function keep( string $account, ?array $answer ): void {
		$saved   = get_option( self::ANSWERS );
		$lately  = static fn( mixed $old ): bool => (int) ( $old['at'] ?? 0 ) > time() - MONTH_IN_SECONDS;
		$answers = array_filter( array( $account => $answer ) + ( is_array( $saved ) ? $saved : array() ), $lately );
		update_option( self::ANSWERS, $answers, false );
	}
}
