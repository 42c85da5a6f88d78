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

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Remembers the last run, what each account was answered last, and the accounts that Amazon refused: those are asked again
 * after minutes, then hours, and not by every run.
 *
 * @phpstan-type Stopped array{status: string, reason: string, message: string, retry_after: int|null, marketplace: string}
 * @phpstan-type Run array{by: string, finished_at: float, refreshed: int, failed: int, calls: int, more: bool,
 *     stopped: Stopped|null}
 */
final class Run_Log {

	public const LAST_RUN = Hook_Names::LAST_RUN;
	public const REFUSALS = 'creators_image_refresh_refusals';
	public const ANSWERS  = 'creators_image_refresh_answers';

	/**
	 * Statuses that pass by themselves, mostly soon.
	 */
	private const PASSING = array( 'throttled', 'unavailable', 'unreachable', 'invalid_response' );

	/**
	 * Records a run.
	 *
	 * @param Run                   $run     What it came to.
	 * @param array<string, string> $answers What Amazon said last, 'ok' or a status, by the account's key.
	 */
	public function record( array $run, array $answers ): void {
		update_option( self::LAST_RUN, $run, false );
		if ( array() !== $answers ) {
			$new = array_map(
				static fn( string $status ): array => array(
					'status' => $status,
					'at'     => time(),
				),
				$answers
			);
			// Not for ever: an account may be gone.
			update_option(
				self::ANSWERS,
				$new + array_filter(
					$this->answers(),
					static fn( array $answer ): bool => $answer['at'] > time() - MONTH_IN_SECONDS
				),
				false
			);
		}
	}

	/**
	 * What an account was answered last.
	 *
	 * @param string $account Its key.
	 * @return array{status: string, at: int}|null 'ok' where it was served; null where it was not asked, or long ago.
	 */
	public function last_answer( string $account ): ?array {
		return $this->answers()[ $account ] ?? null;
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
	 * Remembers that Amazon refused an account.
	 *
	 * @param string  $account Its key.
	 * @param Stopped $stopped Why.
	 */
	public function refused( string $account, array $stopped ): void {
		$refusals = $this->refusals();
		$times    = min( 10, 1 + (int) ( $refusals[ $account ]['times'] ?? 0 ) );
		if ( null !== $stopped['retry_after'] ) {
			$wait = $stopped['retry_after'];
		} elseif ( in_array( $stopped['status'], self::PASSING, true ) ) {
			$wait = min( HOUR_IN_SECONDS, 5 * MINUTE_IN_SECONDS * 2 ** ( $times - 1 ) );
		} else {
			$wait = min( 6 * HOUR_IN_SECONDS, HOUR_IN_SECONDS * $times );
		}
		// A little less than whole hours, for the sake of the hourly run.
		$refusals[ $account ] = array(
			'times'  => $times,
			'until'  => time() + max( 10, min( DAY_IN_SECONDS, $wait ) - MINUTE_IN_SECONDS ),
			'status' => $stopped['status'],
			'at'     => time(),
		);
		update_option( self::REFUSALS, $refusals, false );
	}

	/**
	 * Forgets that an account was refused: it was served.
	 *
	 * @param string $account Its key.
	 */
	public function served( string $account ): void {
		$refusals = $this->refusals();
		if ( isset( $refusals[ $account ] ) ) {
			unset( $refusals[ $account ] );
			update_option( self::REFUSALS, $refusals, false );
		}
	}

	/**
	 * Whether an account is to be left in peace for now.
	 *
	 * @param string $account Its key.
	 * @return bool
	 */
	public function is_paused( string $account ): bool {
		return (int) ( $this->refusals()[ $account ]['until'] ?? 0 ) > time();
	}

	/**
	 * Whether an account was refused in this or the last slice: a person who waits for the others does not have it asked again.
	 *
	 * @param string $account Its key.
	 * @return bool
	 */
	public function was_refused_just_now( string $account ): bool {
		return $this->is_paused( $account ) && (int) ( $this->refusals()[ $account ]['at'] ?? 0 ) > time() - MINUTE_IN_SECONDS;
	}

	/**
	 * Why an account is left in peace for now.
	 *
	 * @param string $account Its key.
	 * @return array{status: string, until: int}|null Null where it is not.
	 */
	public function pause( string $account ): ?array {
		if ( ! $this->is_paused( $account ) ) {
			return null;
		}
		$refusal = $this->refusals()[ $account ];
		return array(
			'status' => (string) ( $refusal['status'] ?? '' ),
			'until'  => (int) $refusal['until'],
		);
	}

	/**
	 * Forgets that an account was refused: it is another now.
	 *
	 * @param array<string, string>|WP_Error $account The account, if it is whole.
	 */
	public function forget_refusal( #[\SensitiveParameter] array|WP_Error $account ): void {
		if ( is_array( $account ) ) {
			$this->served( Account_Resolver::key( $account ) );
		}
	}

	/**
	 * Forgets all refusals: a person asks.
	 */
	public function forget_refusals(): void {
		delete_option( self::REFUSALS );
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
	 * The answers that are remembered.
	 *
	 * @return array<string, array{status: string, at: int}>
	 */
	private function answers(): array {
		$saved = get_option( self::ANSWERS );
		return is_array( $saved )
			? array_filter(
				$saved,
				static fn( mixed $answer ): bool => is_string( $answer['status'] ?? null ) && is_int( $answer['at'] ?? null )
			)
			: array();
	}

	/**
	 * The refusals that are remembered.
	 *
	 * @return array<string, array{times: int, until: int, status?: string, at?: int}>
	 */
	private function refusals(): array {
		$saved = get_option( self::REFUSALS );
		return is_array( $saved ) ? array_filter( $saved, 'is_array' ) : array();
	}
}
