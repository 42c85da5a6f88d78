<?php
/**
 * The facts for whoever helps.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Reporting;

use Creators_Image_Refresh\Accounts\Account_Overview;
use Creators_Image_Refresh\Accounts\Account_Resolver;
use Creators_Image_Refresh\License\License;
use Creators_Image_Refresh\Refresh\Run_Log;
use Creators_Image_Refresh\Settings\Config_Constants;
use Creators_Image_Refresh\Storage\Schema;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Lists under Site Health how things stand: nothing of it is secret, and what names the site's owner is kept out of the copy
 * that is sent around.
 */
final class Debug_Information {

	/**
	 * Takes what it reports on.
	 *
	 * @param Requirements     $requirements Facts on this server.
	 * @param Account_Resolver $accounts     Who asks Amazon.
	 * @param License          $license      How the license stands.
	 * @param Status_Report    $report       Numbers, and what Amazon said last.
	 * @param Run_Log          $log          When that was.
	 * @param Account_Overview $list         All accounts.
	 */
	public function __construct(
		private Requirements $requirements,
		private Account_Resolver $accounts,
		private License $license,
		private Status_Report $report,
		private Run_Log $log,
		private Account_Overview $list
	) {}

	/**
	 * Adds the facts.
	 *
	 * @param mixed $info WordPress's own.
	 * @return mixed
	 */
	public function add_information( mixed $info ): mixed {
		if ( ! is_array( $info ) ) {
			return $info;
		}
		$report = $this->report->all();
		$fields = array(
			'plugin'         => array( __( 'Plugin', 'creators-image-refresh' ), CREATORS_IMAGE_REFRESH_VERSION ),
			'tables'         => array( __( 'Tables', 'creators-image-refresh' ), Schema::is_ready() ? 'ready' : 'missing' ),
			'secret'         => array( __( 'Secret', 'creators-image-refresh' ), $this->secret() ),
			'encryption_key' => array(
				__( 'Encryption key', 'creators-image-refresh' ),
				'' === Config_Constants::origin( 'encryption_key' ) ? 'salts' : Config_Constants::origin( 'encryption_key' ),
			),
			'marketplace'    => array( __( 'Amazon country', 'creators-image-refresh' ), $this->accounts->default_marketplace() ),
			'credential_id'  => array(
				__( 'Credential ID', 'creators-image-refresh' ),
				$this->accounts->value( 'credential_id' ),
				true,
			),
			'partner_tag'    => array(
				__( 'Associate Tag', 'creators-image-refresh' ),
				$this->accounts->value( 'partner_tag' ),
				true,
			),
			'license'        => array( __( 'License', 'creators-image-refresh' ), $this->license->status() ),
			'pictures'       => array(
				__( 'Pictures', 'creators-image-refresh' ),
				sprintf(
					'known %d, fresh %d, waiting %d, not given %d',
					$report['known'],
					$report['fresh'],
					$report['waiting'],
					$report['failed']
				),
			),
			'round'          => array(
				__( 'A full round', 'creators-image-refresh' ),
				implode(
					'; ',
					array_map(
						static fn( array $row ): string => sprintf(
							'%s: %d pictures, %d calls, %d s, %s',
							$row['marketplace'],
							$row['known'],
							$row['calls'],
							$row['seconds'],
							$row['verdict']
						),
						$report['timetable']
					)
				),
			),
			'scan'           => array(
				__( 'Looked through', 'creators-image-refresh' ),
				$report['scan']['complete']
					? 'all posts'
					: sprintf( '%d of %d', $report['scan']['done'], $report['scan']['total'] ),
			),
			'last_run'       => array( __( 'Last run', 'creators-image-refresh' ), $this->last_run() ),
			'last_answers'   => array(
				__( 'Each account’s last answer', 'creators-image-refresh' ),
				implode( '; ', $this->last_answers() ),
			),
		);
		foreach ( $this->requirements->facts() as $label => $value ) {
			$fields[ 'server_' . sanitize_key( $label ) ] = array( $label, $value );
		}
		$info['creators-image-refresh'] = array(
			'label'  => __( 'Creators Image Refresh for Amazon', 'creators-image-refresh' ),
			'fields' => array_map(
				static fn( array $field ) => array(
					'label'   => $field[0],
					'value'   => '' === $field[1] ? '-' : $field[1],
					'private' => $field[2] ?? false,
				),
				$fields
			),
		);
		return $info;
	}

	/**
	 * Whether there is a secret, and where; nothing of the secret itself.
	 *
	 * @return string
	 */
	private function secret(): string {
		$secret = $this->accounts->secret();
		if ( is_wp_error( $secret ) ) {
			return (string) $secret->get_error_code();
		}
		$origin = Config_Constants::origin( 'credential_secret' );
		if ( '' !== $origin ) {
			return $origin;
		}
		return '' === $secret ? 'none' : 'saved, encrypted';
	}

	/**
	 * The last run, in words for whoever helps.
	 *
	 * @return string
	 */
	private function last_run(): string {
		$run = $this->log->last_run();
		return null === $run
			? 'none'
			: sprintf(
				'%s UTC by %s: refreshed %d, not given %d, calls %d, stopped by %s',
				gmdate( 'Y-m-d H:i:s', (int) $run['finished_at'] ),
				$run['by'],
				$run['refreshed'],
				$run['failed'],
				$run['calls'],
				$run['stopped']['status'] ?? 'nothing'
			);
	}

	/**
	 * What each account was answered last, in words for whoever helps.
	 *
	 * @return list<string> One for each account that Amazon may be asked with.
	 */
	private function last_answers(): array {
		$told = array();
		foreach ( $this->list->entries() as $entry ) {
			$account = 'on' === $entry['state'] ? $this->list->account( $entry['id'] ) : null;
			if ( ! is_array( $account ) ) {
				continue;
			}
			$answer = $this->log->last_answer( Account_Resolver::key( $account ) );
			$words  = 'not asked yet';
			if ( null !== $answer ) {
				$words = sprintf(
					'ok' === $answer['status'] ? 'served %2$s UTC' : 'refused (%1$s) %2$s UTC',
					$answer['status'],
					gmdate( 'Y-m-d H:i:s', $answer['at'] )
				);
			}
			if ( null !== $entry['pause'] ) {
				$words .= sprintf( ', asked again %s UTC', gmdate( 'Y-m-d H:i:s', $entry['pause']['until'] ) );
			}
			$told[] = sprintf( '%s%s: %s', $entry['marketplace'], $entry['is_default'] ? ' (default)' : '', $words );
		}
		return $told;
	}
}
