<?php
/**
 * How things stand.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Reporting;

use Creators_Image_Refresh\Api\Marketplaces;
use Creators_Image_Refresh\Connection\Save_Guard;
use Creators_Image_Refresh\Messages\Advice;
use Creators_Image_Refresh\Plugin;
use Creators_Image_Refresh\Refresh\Lease;
use Creators_Image_Refresh\Refresh\Refresh_Runner;
use Creators_Image_Refresh\Storage\Database;
use Creators_Image_Refresh\Storage\Listing\Image_Counts;
use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Puts together what the screens, REST, commands and Site Health say about the pictures and the last run, and tells what does not
 * pass by itself from what does.
 */
final class Status_Report {

	/** What stands in the way on this site, and what Amazon does not accept: only a person can put either right. */
	private const BROKEN  = array(
		...array( 'extension_missing', 'extension_too_old', 'secret_unreadable', 'salts_missing', 'encryption_key_too_short' ),
		...array( 'unknown_marketplace', 'unknown_version' ),
	);
	private const REFUSED = array( ...Save_Guard::REFUSED, 'invalid_arguments' );

	/** What a person has not done yet, or has done on purpose: no alarm. */
	private const NOT_YET = array( 'account_incomplete', 'account_disabled', 'no_account', 'switched_off', 'not_eligible' );

	/**
	 * Takes the plugin, on whose services it reports.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public function __construct( private Plugin $plugin ) {}

	/**
	 * Everything.
	 *
	 * @return array{known: int, fresh: int, waiting: int, failed: int, scan: array{done: int, total: int, complete: bool},
	 *     ready: bool, running: bool, summary: string, last_run: string, timetable: list<array<string, mixed>>,
	 *     round: string, warnings: list<string>}
	 */
	public function all(): array {
		$by_shop  = Image_Counts::by_marketplace();
		$counts   = Image_Counts::all( $by_shop );
		$obstacle = $this->plugin->refresher()->obstacle();
		$rounds   = ( new Capacity( $this->plugin->accounts() ) )->rows( $by_shop );
		return $counts + array(
			'scan'      => $this->plugin->scanner()->progress(),
			'ready'     => null === $obstacle,
			'running'   => ( new Lease( Lease::RUNNER ) )->left() > 0,
			'summary'   => $this->summary_of( $counts, $obstacle ),
			'last_run'  => $this->last_run(),
			'timetable' => $rounds,
			'round'     => Capacity::sentence( $rounds ),
			'warnings'  => Capacity::warnings( $rounds ),
		);
	}

	/**
	 * What "Refresh now" came to, with everything else.
	 *
	 * @param array{state: string, phase: string, status: string, sentence: string, stopped: array<string, mixed>|null} $outcome As
	 *        Refresh_Job says it.
	 * @return array<string, mixed> With 'amazon' in the place of 'stopped'.
	 */
	public function with_outcome( array $outcome ): array {
		$stopped  = $outcome['stopped'];
		$sentence = null === $stopped ? $outcome['sentence'] : $this->reason( $stopped );
		unset( $outcome['stopped'] );
		return array(
			'sentence' => 'done' === $outcome['state'] ? $this->summary() : $sentence,
			'amazon'   => null === $stopped ? '' : Advice::amazon_said( $stopped ),
			'last_run' => $this->last_run( false ),
		) + $outcome + $this->all();
	}

	/** One sentence on the pictures. */
	public function summary(): string {
		return $this->summary_of( Image_Counts::all(), $this->plugin->refresher()->obstacle() );
	}

	/**
	 * See summary().
	 *
	 * @param array{known: int, fresh: int, waiting: int, failed: int} $counts   How many pictures there are.
	 * @param WP_Error|null                                            $obstacle What stands in the way.
	 */
	private function summary_of( array $counts, ?WP_Error $obstacle ): string {
		if ( null !== $obstacle ) {
			return Advice::for_error( $obstacle );
		}
		$refusal = Database::refusal();
		if ( null !== $refusal && ( $counts['waiting'] > 0 || $refusal['until'] > time() ) ) {
			return Advice::for_run( 'database_refuses' );
		}
		if ( 0 === $counts['known'] ) {
			return $this->plugin->scanner()->progress()['complete']
				? __( 'Your posts show no Amazon product pictures that could be refreshed.', 'creators-image-refresh' )
				: __(
					'Your posts have not been looked through yet. Press “Refresh now”, or leave it to the background.',
					'creators-image-refresh'
				);
		}
		if ( $counts['fresh'] === $counts['known'] ) {
			return __( 'Every picture is fresh.', 'creators-image-refresh' );
		}
		if ( $counts['failed'] > 0 && $counts['fresh'] + $counts['failed'] >= $counts['known'] ) {
			return sprintf(
				/* translators: %s: a number of pictures. */
				_n(
					'%s picture is not offered by Amazon any more and is shown as it was. All others are fresh.',
					'%s pictures are not offered by Amazon any more and are shown as they were. All others are fresh.',
					$counts['failed'],
					'creators-image-refresh'
				),
				number_format_i18n( $counts['failed'] )
			);
		}
		$left_alone = 0;
		$accounts   = $this->plugin->account_overview();
		foreach ( $accounts->has_others() ? $accounts->left_alone() : array() as $entry ) {
			$left_alone += $entry['known'] - $entry['fresh'];
		}
		if ( $left_alone > 0 && $counts['fresh'] + $counts['failed'] + $left_alone >= $counts['known'] ) {
			return sprintf(
				/* translators: %s: a number of pictures. */
				_n(
					'%s picture is left as it is, because the account of its country is disabled or not complete. All others are fresh.',
					'%s pictures are left as they are, because the accounts of their countries are disabled or not complete. All others are fresh.',
					$left_alone,
					'creators-image-refresh'
				),
				number_format_i18n( $left_alone )
			);
		}
		return __(
			'Some pictures wait for their turn. They are fetched in the background, or at once when you press “Refresh now”.',
			'creators-image-refresh'
		);
	}

	/**
	 * One or two sentences on the last run.
	 *
	 * @param bool $with_reason Whether to say what stopped it; not where that stands beside it already.
	 */
	public function last_run( bool $with_reason = true ): string {
		$run = $this->plugin->run_log()->last_run();
		if ( null === $run ) {
			return __( 'There was no run yet.', 'creators-image-refresh' );
		}
		$words    = 0 === $run['failed']
			/* translators: 1: a time span such as "5 minutes", 2: number of pictures. */
			? __( 'The last run was %1$s ago: %2$s refreshed.', 'creators-image-refresh' )
			/* translators: 1: a time span such as "5 minutes", 2: number of pictures, 3: number that Amazon did not give. */
			: __( 'The last run was %1$s ago: %2$s refreshed, %3$s not given by Amazon.', 'creators-image-refresh' );
		$sentence = sprintf(
			$words,
			human_time_diff( (int) $run['finished_at'] ),
			number_format_i18n( $run['refreshed'] ),
			number_format_i18n( $run['failed'] )
		);
		return $with_reason && null !== $run['stopped'] ? $sentence . ' ' . $this->reason( $run['stopped'] ) : $sentence;
	}

	/**
	 * What stopped a run; where there are several accounts, which of them.
	 *
	 * @param array{status: string, marketplace: string} $stopped What stopped it.
	 */
	public function reason( array $stopped ): string {
		$sentence = Advice::for_run( $stopped['status'] );
		return '' === $stopped['marketplace'] || ! $this->plugin->account_overview()->has_others()
			? $sentence
			/* translators: 1: a marketplace, for instance amazon.de, 2: why its account had to stop. */
			: sprintf( __( '%1$s: %2$s', 'creators-image-refresh' ), Marketplaces::short( $stopped['marketplace'] ), $sentence );
	}

	/** Accounts that wait because Amazon refused them, where there are several: the others go on. */
	public function waiting_accounts(): array {
		$sentences = array();
		$accounts  = $this->plugin->account_overview();
		foreach ( $accounts->has_others() ? $accounts->entries() : array() as $entry ) {
			if ( null !== $entry['pause'] ) {
				$sentences[] = sprintf(
					/* translators: 1: a marketplace, for instance amazon.de, 2: a time span such as "5 minutes". */
					__( '%1$s waits and is asked again in %2$s. The other accounts go on.', 'creators-image-refresh' ),
					Marketplaces::short( $entry['marketplace'] ),
					human_time_diff( time(), $entry['pause']['until'] )
				);
			}
		}
		return $sentences;
	}

	/**
	 * What stopped the last run.
	 *
	 * @return array{status: string, amazon: string}|null Null where nothing did.
	 */
	public function last_stop(): ?array {
		$stopped = $this->plugin->run_log()->last_run()['stopped'] ?? null;
		if ( null === $stopped ) {
			return null;
		}
		$goes_on = in_array( $stopped['status'], Refresh_Runner::GOES_ON, true );
		return array(
			'status' => $stopped['status'],
			'amazon' => $goes_on ? '' : Advice::amazon_said( $stopped ),
		);
	}

	/**
	 * Whether a status is one that only a person can put right.
	 *
	 * @param string $status A status word, or the code of an error of this plugin.
	 */
	public static function needs_person( string $status ): bool {
		return in_array( $status, array( ...self::BROKEN, ...self::REFUSED, ...self::NOT_YET ), true )
			|| ( str_starts_with( $status, 'license_' ) && 'license_silent' !== $status );
	}

	/**
	 * What is worth a line where nobody asked. A site that has just begun, or was switched off on purpose, has nothing of it.
	 *
	 * @return array{reason: string, sentence: string}|null Null where all goes by itself.
	 */
	public function alarm(): ?array {
		$obstacle = $this->plugin->refresher()->obstacle();
		if ( null !== $obstacle ) {
			$reason   = (string) $obstacle->get_error_code();
			$license  = str_starts_with( $reason, 'license_' ) && 'license_none' !== $reason;
			$sentence = $license || in_array( $reason, self::BROKEN, true ) ? Advice::for_error( $obstacle ) : null;
		} else {
			$stopped  = $this->plugin->run_log()->last_run()['stopped'] ?? array( 'status' => '' );
			$reason   = $stopped['status'];
			$sentence = in_array( $reason, self::REFUSED, true ) ? $this->reason( $stopped ) : null;
		}
		return null === $sentence ? null : compact( 'reason', 'sentence' );
	}
}
