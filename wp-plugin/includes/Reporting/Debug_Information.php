<?php
/**
 * The facts for whoever helps.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Reporting;

use Creators_Image_Refresh\Accounts\Account_Resolver;
use Creators_Image_Refresh\Plugin;
use Creators_Image_Refresh\Settings\Config_Constants;
use Creators_Image_Refresh\Storage\Schema;

defined( 'ABSPATH' ) || exit;

/**
 * The facts for whoever helps, under Site Health: nothing of them is secret, and what names the site's owner is kept out of
 * the copy that is sent around.
 */
final class Debug_Information {

	/** What names the site's owner. */
	private const PRIVATE_FIELDS = array( 'credential_id', 'partner_tag' );

	/**
	 * Takes the plugin, on whose services it reports.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public function __construct( private Plugin $plugin ) {}

	/**
	 * Adds the facts to WordPress's own.
	 *
	 * @param mixed $info WordPress's own.
	 */
	public function add_information( mixed $info ): mixed {
		if ( ! is_array( $info ) ) {
			return $info;
		}
		$labels = array(
			'plugin'         => __( 'Plugin', 'creators-image-refresh' ),
			'tables'         => __( 'Tables', 'creators-image-refresh' ),
			'secret'         => __( 'Secret', 'creators-image-refresh' ),
			'encryption_key' => __( 'Encryption key', 'creators-image-refresh' ),
			'marketplace'    => __( 'Amazon country', 'creators-image-refresh' ),
			'credential_id'  => __( 'Credential ID', 'creators-image-refresh' ),
			'partner_tag'    => __( 'Associate Tag', 'creators-image-refresh' ),
			'license'        => __( 'License', 'creators-image-refresh' ),
			'pictures'       => __( 'Pictures', 'creators-image-refresh' ),
			'round'          => __( 'A full round', 'creators-image-refresh' ),
			'scan'           => __( 'Looked through', 'creators-image-refresh' ),
			'last_run'       => __( 'Last run', 'creators-image-refresh' ),
			'last_answers'   => __( 'Each account’s last answer', 'creators-image-refresh' ),
		);
		$facts  = $this->facts();
		foreach ( ( new Requirements( $this->plugin->extension() ) )->facts() as $label => $value ) {
			$name            = 'server_' . sanitize_key( $label );
			$labels[ $name ] = $label;
			$facts[ $name ]  = $value;
		}
		$fields = array();
		foreach ( $labels as $name => $label ) {
			$fields[ $name ] = array(
				'label'   => $label,
				'value'   => '' === $facts[ $name ] ? '-' : $facts[ $name ],
				'private' => in_array( $name, self::PRIVATE_FIELDS, true ),
			);
		}
		$info['creators-image-refresh'] = array(
			'label'  => __( 'Creators Image Refresh for Amazon', 'creators-image-refresh' ),
			'fields' => $fields,
		);
		return $info;
	}

	/** The facts about the plugin, in words for whoever helps. */
	private function facts(): array {
		$report = $this->plugin->status_report()->all();
		$scan   = $report['scan'];
		$key    = Config_Constants::origin( 'encryption_key' );
		$rounds = array();
		foreach ( $report['timetable'] as $row ) {
			$numbers  = array( $row['marketplace'], $row['known'], $row['calls'], $row['seconds'], $row['verdict'] );
			$rounds[] = vsprintf( '%s: %d pictures, %d calls, %d s, %s', $numbers );
		}
		return array(
			'plugin'         => CREATORS_IMAGE_REFRESH_VERSION,
			'tables'         => Schema::is_ready() ? 'ready' : 'missing',
			'secret'         => $this->secret(),
			'encryption_key' => '' === $key ? 'salts' : $key,
			'marketplace'    => $this->plugin->accounts()->default_marketplace(),
			'credential_id'  => $this->plugin->accounts()->value( 'credential_id' ),
			'partner_tag'    => $this->plugin->accounts()->value( 'partner_tag' ),
			'license'        => $this->plugin->license()->status(),
			'pictures'       => sprintf(
				'known %d, fresh %d, waiting %d, not given %d',
				$report['known'],
				$report['fresh'],
				$report['waiting'],
				$report['failed']
			),
			'round'          => implode( '; ', $rounds ),
			'scan'           => $scan['complete'] ? 'all posts' : sprintf( '%d of %d', $scan['done'], $scan['total'] ),
			'last_run'       => $this->last_run(),
			'last_answers'   => implode( '; ', $this->last_answers() ),
		);
	}

	/** Whether there is a secret, and where; nothing of the secret itself. */
	private function secret(): string {
		$secret = $this->plugin->accounts()->secret();
		$origin = Config_Constants::origin( 'credential_secret' );
		return match ( true ) {
			is_wp_error( $secret ) => (string) $secret->get_error_code(),
			'' !== $origin         => $origin,
			default                => '' === $secret ? 'none' : 'saved, encrypted',
		};
	}

	/** The last run. */
	private function last_run(): string {
		$run = $this->plugin->run_log()->last_run();
		return null === $run ? 'none' : sprintf(
			'%s UTC by %s: refreshed %d, not given %d, calls %d, stopped by %s',
			gmdate( 'Y-m-d H:i:s', (int) $run['finished_at'] ),
			$run['by'],
			$run['refreshed'],
			$run['failed'],
			$run['calls'],
			$run['stopped']['status'] ?? 'nothing'
		);
	}

	/** What each account was answered last. One for each account that Amazon may be asked with. */
	private function last_answers(): array {
		$told = array();
		$list = $this->plugin->account_overview();
		foreach ( $list->entries() as $entry ) {
			$account = 'on' === $entry['state'] ? $list->account( $entry['id'] ) : null;
			if ( ! is_array( $account ) ) {
				continue;
			}
			$answer = $this->plugin->run_log()->last_answer( Account_Resolver::key( $account ) );
			$words  = 'not asked yet';
			if ( null !== $answer ) {
				$words = 'ok' === $answer['status'] ? 'served' : "refused ({$answer['status']})";
				$words = $words . gmdate( ' Y-m-d H:i:s', $answer['at'] ) . ' UTC';
			}
			if ( null !== $entry['pause'] ) {
				$words .= ', asked again' . gmdate( ' Y-m-d H:i:s', $entry['pause']['until'] ) . ' UTC';
			}
			$told[] = $entry['marketplace'] . ( $entry['is_default'] ? ' (default)' : '' ) . ': ' . $words;
		}
		return $told;
	}
}
