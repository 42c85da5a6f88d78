<?php
/**
 * Commands of WP-CLI.
 *
 * The room of WP-CLI: each command reads its options, calls a service and prints. It holds no rule of its own.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Cli;

use Creators_Image_Refresh\Accounts\Account_Overview;
use Creators_Image_Refresh\Messages\Advice;
use Creators_Image_Refresh\Messages\Image_Messages;
use Creators_Image_Refresh\Plugin;
use Creators_Image_Refresh\Reporting\Status_Report;

defined( 'ABSPATH' ) || exit;

/**
 * The commands under `wp creators-images` that are about the site; those about pictures stand in Picture_Commands. Each is a
 * method that WP-CLI calls; what it does stands in another class, which knows nothing of WP-CLI.
 */
final class Commands {

	public const PARENT = 'creators-images';

	private const SCAN_SECONDS = 10.0;

	/**
	 * Takes what the commands work with.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public function __construct( private Plugin $plugin ) {}

	/**
	 * Registers every command.
	 *
	 * @param Plugin $plugin What the commands work with.
	 */
	public static function register( Plugin $plugin ): void {
		$site     = new self( $plugin );
		$pictures = new Picture_Commands( $plugin );
		$commands = array(
			'status'     => array( $site, 'status' ),
			'test'       => array( $site, 'test' ),
			'scan'       => array( $site, 'scan' ),
			'refresh'    => array( $pictures, 'refresh' ),
			'list'       => array( $pictures, 'list' ),
			'rotate-key' => array( $site, 'rotate_key' ),
		);
		foreach ( $commands as $name => $command ) {
			\WP_CLI::add_command( self::PARENT . ' ' . $name, $command );
		}
	}

	/**
	 * Says how the pictures stand, and whether anything needs a person.
	 *
	 * ## OPTIONS
	 *
	 * [--marketplace=<host>]
	 * : Count the pictures of one Amazon country only, for instance www.amazon.de.
	 *
	 * [--format=<format>]
	 * : How to print the numbers: table, json, csv, ids (the states) or count (all pictures).
	 * ---
	 * default: table
	 * ---
	 *
	 * ## EXIT STATUS
	 *
	 * 0 where all is well; 2 where something is refused or broken that only a person can put right.
	 *
	 * ## EXAMPLES
	 *
	 *     wp creators-images status
	 *     wp creators-images status --format=json
	 *
	 * @param list<string>         $args    None.
	 * @param array<string, mixed> $options By name.
	 */
	public function status( array $args, array $options ): void {
		$format = Output::format( $options );
		$counts = $this->plugin->image_query()->counts( Output::marketplace( $options ) );
		$reason = $this->plugin->status_report()->alarm();
		if ( 'count' === $format ) {
			\WP_CLI::line( (string) $counts['all'] );
		} else {
			$rows = array();
			foreach ( array_intersect_key( $counts, Image_Messages::states() ) as $state => $pictures ) {
				$rows[] = compact( 'state', 'pictures' );
			}
			Output::rows( $format, $rows, array( 'state', 'pictures' ), 'state' );
		}
		if ( 'table' === $format ) {
			\WP_CLI::log( $this->plugin->status_report()->summary() );
			\WP_CLI::log( $this->plugin->status_report()->last_run() );
		}
		if ( null !== $reason ) {
			Output::fail( $reason['reason'], $reason['sentence'] );
		}
	}

	/**
	 * Asks Amazon once with every account that is saved.
	 *
	 * ## OPTIONS
	 *
	 * [--marketplace=<host>]
	 * : Test the account of one Amazon country only, for instance www.amazon.de; "default" for the default account.
	 *
	 * [--dry-run]
	 * : Only say which accounts would be tested.
	 *
	 * [--format=<format>]
	 * : table, json, csv, ids or count.
	 * ---
	 * default: table
	 * ---
	 *
	 * ## EXIT STATUS
	 *
	 * 0 where Amazon accepts every account; 1 where one could not be asked for now (Amazon or the network fails, or asks for
	 * patience); 2 where one is refused, not complete or cannot be read, so that a person is needed.
	 *
	 * ## EXAMPLES
	 *
	 *     wp creators-images test
	 *     wp creators-images test --marketplace=www.amazon.de --format=json
	 *
	 * @param list<string>         $args    None.
	 * @param array<string, mixed> $options By name.
	 */
	public function test( array $args, array $options ): void {
		$format = Output::format( $options );
		$tester = $this->plugin->connection_tester();
		$one    = Output::marketplace( $options, array( Account_Overview::DEFAULT_ID ) );
		$ids    = '' === $one ? $tester->ids() : array( $one );
		if ( ! empty( $options['dry-run'] ) ) {
			$rows = array_map( static fn( string $account ): array => compact( 'account' ), $ids );
			Output::rows( $format, $rows, array( 'account' ), 'account' );
			return;
		}
		$rows  = $tester->check_all( $ids );
		$worst = null;
		foreach ( $rows as $row ) {
			// A disabled account is not asked with, on purpose.
			if (
				! $row['ok']
				&& ( 'account_disabled' !== $row['status'] || '' !== $one )
				&& ( null === $worst || Status_Report::needs_person( $row['status'] ) )
			) {
				$worst = $row;
			}
		}
		Output::rows( $format, $rows, array( 'account', 'status', 'sentence', 'amazon' ), 'account' );
		if ( null !== $worst ) {
			Output::fail(
				$worst['status'],
				/* translators: 1: an account, 2: what is the matter. */
				sprintf( __( '%1$s: %2$s', 'creators-image-refresh' ), $worst['account'], $worst['sentence'] )
			);
		} elseif ( 'table' === $format ) {
			\WP_CLI::success( __( 'Amazon accepts every account that is in use.', 'creators-image-refresh' ) );
		}
	}

	/**
	 * Looks through all posts and widgets for pictures. Posts are read and never written.
	 *
	 * ## OPTIONS
	 *
	 * [--dry-run]
	 * : Only say how far the last scan is.
	 *
	 * ## EXIT STATUS
	 *
	 * 0 where everything was looked through; 1 where that failed, for instance because the tables are missing; 2 where the PHP
	 * extension is missing, so that a person is needed.
	 *
	 * ## EXAMPLES
	 *
	 *     wp creators-images scan
	 *
	 * @param list<string>         $args    None.
	 * @param array<string, mixed> $options By name.
	 */
	public function scan( array $args, array $options ): void {
		$scanner  = $this->plugin->scanner();
		$progress = $scanner->progress();
		$all      = __( 'All posts have been looked through.', 'creators-image-refresh' );
		if ( ! empty( $options['dry-run'] ) ) {
			/* translators: 1: a number, 2: a number. */
			$words  = __( 'Looked through as far as post %1$s of %2$s.', 'creators-image-refresh' );
			$so_far = sprintf( $words, number_format_i18n( $progress['done'] ), number_format_i18n( $progress['total'] ) );
			\WP_CLI::log( $progress['complete'] ? $all : $so_far );
			return;
		}
		$scanner->restart();
		$bar  = \WP_CLI\Utils\make_progress_bar(
			__( 'Looking through your posts', 'creators-image-refresh' ),
			max( 1, $scanner->progress()['total'] )
		);
		$done = 0;
		do {
			$progress = $scanner->scan_slice( self::SCAN_SECONDS );
			if ( is_wp_error( $progress ) ) {
				Output::fail_with( $progress );
				return;
			}
			$bar->tick( max( 0, $progress['done'] - $done ) );
			$done = $progress['done'];
		} while ( ! $progress['complete'] );
		$bar->finish();
		\WP_CLI::success( $all );
	}

	/**
	 * Encrypts all saved secrets with a new key.
	 *
	 * First put the new key into CREATORS_IMAGE_REFRESH_ENCRYPTION_KEY and the old one into
	 * CREATORS_IMAGE_REFRESH_ENCRYPTION_KEY_PREVIOUS, as constants in wp-config.php or in the environment. A site that had no
	 * key of its own so far needs no previous one: its secrets are encrypted with its salts, which are still there. The
	 * previous key may be taken out once this command has ended well. Running it twice does no harm.
	 *
	 * ## OPTIONS
	 *
	 * [--dry-run]
	 * : Only say what would be done.
	 *
	 * ## EXIT STATUS
	 *
	 * 0 where every secret is encrypted with the key in use; 1 where one could not be read or saved, or there is no key.
	 *
	 * ## EXAMPLES
	 *
	 *     wp creators-images rotate-key --dry-run
	 *     wp creators-images rotate-key
	 *
	 * @param list<string>         $args    None.
	 * @param array<string, mixed> $options By name.
	 */
	public function rotate_key( array $args, array $options ): void {
		$dry     = (bool) ( $options['dry-run'] ?? false );
		$outcome = $this->plugin->secrets()->rotate( $dry );
		if ( is_wp_error( $outcome ) ) {
			\WP_CLI::error( Advice::for_error( $outcome ) );
		}
		/* translators: %s: the place of a secret in the database. */
		$would = __( '%s: would be encrypted with the new key.', 'creators-image-refresh' );
		$words = array(
			/* translators: %s: the place of a secret in the database. */
			'rotated'    => $dry ? $would : __( '%s: encrypted with the new key.', 'creators-image-refresh' ),
			/* translators: %s: the place of a secret in the database. */
			'current'    => __( '%s: is encrypted with the key in use already.', 'creators-image-refresh' ),
			/* translators: %s: the place of a secret in the database. */
			'unreadable' => __(
				'%s: cannot be read with the key in use, the previous one or the salts. It was left as it is.',
				'creators-image-refresh'
			),
			/* translators: %s: the place of a secret in the database. */
			'failed'     => __( '%s: could not be saved. The database did not take it.', 'creators-image-refresh' ),
		);
		foreach ( $words as $key => $sentence ) {
			foreach ( $outcome[ $key ] as $place ) {
				\WP_CLI::log( sprintf( $sentence, $place ) );
			}
		}
		$bad  = count( $outcome['unreadable'] ) + count( $outcome['failed'] );
		$done = count( $outcome['rotated'] );
		/* translators: %s: a number of secrets. */
		$not_done = _n(
			'%s secret is not encrypted with the key in use. Name the key it was encrypted with as CREATORS_IMAGE_REFRESH_ENCRYPTION_KEY_PREVIOUS and run this again, or enter the secret again in the settings.',
			'%s secrets are not encrypted with the key in use. Name the key they were encrypted with as CREATORS_IMAGE_REFRESH_ENCRYPTION_KEY_PREVIOUS and run this again, or enter them again in the settings.',
			$bad,
			'creators-image-refresh'
		);
		/* translators: %s: a number of secrets. */
		$would = _n(
			'%s secret would be encrypted anew. Nothing was changed.',
			'%s secrets would be encrypted anew. Nothing was changed.',
			$done,
			'creators-image-refresh'
		);
		/* translators: %s: a number of secrets. */
		$did = _n(
			'%s secret is encrypted with the new key now. The previous key is not needed any more.',
			'%s secrets are encrypted with the new key now. The previous key is not needed any more.',
			$done,
			'creators-image-refresh'
		);
		if ( $bad > 0 ) {
			\WP_CLI::error( sprintf( $not_done, number_format_i18n( $bad ) ) );
		}
		\WP_CLI::success(
			0 === $done
				? __( 'There is nothing to do: no secret is encrypted with another key.', 'creators-image-refresh' )
				: sprintf( $dry ? $would : $did, number_format_i18n( $done ) )
		);
	}
}
