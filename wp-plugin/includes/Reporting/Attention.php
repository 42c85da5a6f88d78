<?php
/**
 * What needs a person.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Reporting;

use Creators_Image_Refresh\Connection\Save_Guard;
use Creators_Image_Refresh\Messages\Status_Messages;
use Creators_Image_Refresh\Refresh\Refresh_Runner;
use Creators_Image_Refresh\Refresh\Run_Log;

defined( 'ABSPATH' ) || exit;

/**
 * Tells what does not pass by itself from what does, for the dashboard and for the exit status of commands.
 */
final class Attention {

	/** What stands in the way on this site, and only a person can put right. */
	private const BROKEN = array(
		'extension_missing',
		'extension_too_old',
		'secret_unreadable',
		'salts_missing',
		'encryption_key_too_short',
		'unknown_marketplace',
		'unknown_version',
	);

	/**
	 * Takes what it looks at.
	 *
	 * @param Refresh_Runner $refresher What stands in the way.
	 * @param Run_Log        $log       What Amazon said last.
	 * @param Status_Report  $report    Words.
	 */
	public function __construct( private Refresh_Runner $refresher, private Run_Log $log, private Status_Report $report ) {}

	/**
	 * Whether a status is one that only a person can put right.
	 *
	 * @param string $status A status word, or the code of an error of this plugin.
	 */
	public static function needs_person( string $status ): bool {
		$own = array( 'account_incomplete', 'account_disabled', 'no_account', 'switched_off', 'not_eligible' );
		return in_array( $status, array( ...Save_Guard::REFUSED, 'invalid_arguments', ...self::BROKEN, ...$own ), true )
			|| ( str_starts_with( $status, 'license_' ) && 'license_silent' !== $status );
	}

	/**
	 * What is worth a line where nobody asked. A site that has just begun, or was switched off on purpose, has nothing of it.
	 *
	 * @return array{reason: string, sentence: string}|null Null where all goes by itself.
	 */
	public function reason(): ?array {
		$obstacle = $this->refresher->obstacle();
		$reason   = (string) $obstacle?->get_error_code();
		if ( null !== $obstacle ) {
			$license  = str_starts_with( $reason, 'license_' ) && 'license_none' !== $reason;
			$sentence = $license || in_array( $reason, self::BROKEN, true ) ? Status_Messages::for_error( $obstacle ) : null;
		} else {
			$stopped  = $this->log->last_run()['stopped'] ?? array( 'status' => '' );
			$reason   = $stopped['status'];
			$refused  = in_array( $reason, array( ...Save_Guard::REFUSED, 'invalid_arguments' ), true );
			$sentence = $refused ? $this->report->reason( $stopped ) : null;
		}
		return null === $sentence ? null : compact( 'reason', 'sentence' );
	}
}
