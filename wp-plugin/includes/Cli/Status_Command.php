<?php
/**
 * `wp creators-images status`.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Cli;

use Creators_Image_Refresh\Messages\Image_Messages;
use Creators_Image_Refresh\Reporting\Attention;
use Creators_Image_Refresh\Reporting\Status_Report;
use Creators_Image_Refresh\Storage\Listing\Image_Query;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Says how things stand.
 */
final class Status_Command {

	/**
	 * Takes what it says.
	 *
	 * @param Status_Report $report    Sentences.
	 * @param Image_Query   $query     Numbers.
	 * @param Attention     $attention What needs a person.
	 */
	public function __construct( private Status_Report $report, private Image_Query $query, private Attention $attention ) {}

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
	public function __invoke( array $args, array $options ): void {
		$format = Output::format( $options );
		$counts = $this->query->counts( Output::marketplace( $options ) );
		$reason = $this->attention->reason();
		if ( 'count' === $format ) {
			\WP_CLI::line( (string) $counts['all'] );
		} else {
			$rows = array();
			foreach ( array_intersect_key( $counts, Image_Messages::states() ) as $state => $number ) {
				$rows[] = array(
					'state'    => $state,
					'pictures' => $number,
				);
			}
			Output::rows( $format, $rows, array( 'state', 'pictures' ), 'state' );
		}
		if ( 'table' === $format ) {
			\WP_CLI::log( $this->report->summary() );
			\WP_CLI::log( $this->report->last_run() );
		}
		if ( null !== $reason ) {
			Output::fail( $reason['reason'], $reason['sentence'] );
		}
	}
}
