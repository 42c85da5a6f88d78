<?php
/**
 * What needs a person.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Reporting;

use Creators_Image_Refresh\Messages\Status_Messages;
use Creators_Image_Refresh\Refresh\Refresh_Runner;
use Creators_Image_Refresh\Refresh\Run_Log;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Tells what does not pass by itself from what does, for the dashboard and for the exit status of commands.
 */
final class Attention {

	/**
	 * Words of Amazon's, and of the extension, that stay until somebody does something. not_eligible is none: it ends by itself.
	 */
	private const REFUSED = array(
		'invalid_credentials',
		'wrong_version',
		'not_authorized',
		'wrong_partner_tag',
		'wrong_marketplace',
		'rejected',
		'invalid_arguments',
	);

	/**
	 * What stands in the way on this site, and only a person can put right.
	 */
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
	 * @return bool
	 */
	public static function needs_person( string $status ): bool {
		return in_array(
			$status,
			array(
				...self::REFUSED,
				...self::BROKEN,
				'account_incomplete',
				'account_disabled',
				'no_account',
				'switched_off',
				'not_eligible',
			),
			true
		)
			|| ( str_starts_with( $status, 'license_' ) && 'license_silent' !== $status );
	}

	/**
	 * What is worth a line where nobody asked. A site that has just begun, or was switched off on purpose, has nothing of it.
	 *
	 * @return array{reason: string, sentence: string}|null Null where all goes by itself.
	 */
	public function reason(): ?array {
		$obstacle = $this->refresher->obstacle();
		if ( null !== $obstacle ) {
			$code = (string) $obstacle->get_error_code();
			if ( in_array( $code, self::BROKEN, true ) || ( str_starts_with( $code, 'license_' ) && 'license_none' !== $code ) ) {
				return array(
					'reason'   => $code,
					'sentence' => Status_Messages::for_error( $obstacle ),
				);
			}
			return null;
		}
		$stopped = $this->log->last_run()['stopped'] ?? null;
		if ( null === $stopped || ! in_array( $stopped['status'], self::REFUSED, true ) ) {
			return null;
		}
		return array(
			'reason'   => $stopped['status'],
			'sentence' => $this->report->reason( $stopped ),
		);
	}
}
