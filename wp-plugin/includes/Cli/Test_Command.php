<?php
/**
 * `wp creators-images test`.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Cli;

use Creators_Image_Refresh\Accounts\Account_Overview;
use Creators_Image_Refresh\Connection\Connection_Tester;
use Creators_Image_Refresh\Reporting\Attention;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Tests the accounts.
 */
final class Test_Command {

	/**
	 * Takes who tests.
	 *
	 * @param Connection_Tester $tester Asks Amazon.
	 */
	public function __construct( private Connection_Tester $tester ) {}

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
	public function __invoke( array $args, array $options ): void {
		$format = Output::format( $options );
		$one    = Output::marketplace( $options, array( Account_Overview::DEFAULT_ID ) );
		$ids    = '' === $one ? $this->tester->ids() : array( $one );
		if ( ! empty( $options['dry-run'] ) ) {
			Output::rows(
				$format,
				array_map( static fn( string $id ): array => array( 'account' => $id ), $ids ),
				array( 'account' ),
				'account'
			);
			return;
		}
		$rows  = $this->tester->check_all( $ids );
		$worst = null;
		foreach ( $rows as $row ) {
			// A disabled account is not asked with, on purpose.
			if (
				! $row['ok']
				&& ( 'account_disabled' !== $row['status'] || '' !== $one )
				&& ( null === $worst || Attention::needs_person( $row['status'] ) )
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
}
