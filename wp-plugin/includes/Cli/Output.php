<?php
/**
 * What commands have in common.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Cli;

use Creators_Image_Refresh\Api\Extension;
use Creators_Image_Refresh\Api\Marketplaces;
use Creators_Image_Refresh\Messages\Advice;
use Creators_Image_Refresh\Reporting\Csv;
use Creators_Image_Refresh\Reporting\Status_Report;
use Creators_Image_Refresh\Settings\Input;
use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Reads options and ends commands: 0 where all is well, 1 where something went wrong that may pass, 2 where a person is
 * needed.
 */
final class Output {

	private const NEEDS_PERSON = 2;
	private const FORMATS      = array( 'table', 'json', 'csv', 'ids', 'count' );

	/**
	 * Prints rows. As CSV they may be opened in a spreadsheet.
	 *
	 * @param string                     $format One of FORMATS.
	 * @param list<array<string, mixed>> $rows   Rows.
	 * @param list<string>               $fields Columns.
	 * @param string                     $id     The column that stands for a row.
	 */
	public static function rows( string $format, array $rows, array $fields, string $id ): void {
		if ( 'ids' === $format || 'count' === $format ) {
			\WP_CLI::line( 'ids' === $format ? implode( ' ', array_column( $rows, $id ) ) : (string) count( $rows ) );
			return;
		}
		if ( 'csv' === $format ) {
			$cells  = static fn( array $cells ): array => array_map( Csv::cell( ... ), $cells );
			$rows   = array_map( static fn( array $row ) => array_combine( $cells( array_keys( $row ) ), $cells( $row ) ), $rows );
			$fields = $cells( $fields );
		}
		\WP_CLI\Utils\format_items( $format, $rows, $fields );
	}

	/**
	 * The format that was asked for.
	 *
	 * @param array<string, mixed> $options By name.
	 * @return string One of FORMATS; another one ends the command.
	 */
	public static function format( array $options ): string {
		return self::choice( $options, 'format', self::FORMATS, 'table' );
	}

	/**
	 * One of a few words.
	 *
	 * @param array<string, mixed> $options By name.
	 * @param string               $name    The option's.
	 * @param list<string>         $allowed What it may be.
	 * @param string               $without Where it was not given.
	 * @return string Another one ends the command.
	 */
	public static function choice( array $options, string $name, array $allowed, string $without ): string {
		$chosen = isset( $options[ $name ] ) ? Input::choice( (string) $options[ $name ], $allowed ) : $without;
		if ( null === $chosen ) {
			\WP_CLI::error(
				/* translators: 1: an option of a command, 2: a list of words. */
				sprintf( __( '--%1$s is one of %2$s.', 'creators-image-refresh' ), $name, implode( ', ', $allowed ) )
			);
		}
		return (string) $chosen;
	}

	/**
	 * A marketplace as it was written: `www.amazon.de`, `amazon.de`.
	 *
	 * @param array<string, mixed> $options By name.
	 * @param list<string>         $besides Other words that are meant.
	 * @return string Empty where none was asked for; one that is none ends the command.
	 */
	public static function marketplace( array $options, array $besides = array() ): string {
		$host = strtolower( trim( (string) ( $options['marketplace'] ?? '' ) ) );
		if ( '' === $host || in_array( $host, $besides, true ) ) {
			return $host;
		}
		$host  = str_starts_with( $host, 'www.' ) ? $host : 'www.' . $host;
		$known = array_keys( ( new Marketplaces( new Extension() ) )->names() );
		return self::choice( array( 'marketplace' => $host ), 'marketplace', array( ...$besides, ...$known ), '' );
	}

	/**
	 * Which pictures are meant: of one marketplace, or of some products, parted by commas or blanks.
	 *
	 * @param array<string, mixed> $options By name.
	 * @return array{marketplace: string, asins?: list<string>} For Image_Query.
	 */
	public static function filter( array $options ): array {
		$filter = array( 'marketplace' => self::marketplace( $options ) );
		if ( isset( $options['ids'] ) ) {
			$filter['asins'] = array_values( array_unique( wp_parse_list( strtoupper( (string) $options['ids'] ) ) ) );
		}
		return $filter;
	}

	/**
	 * A number that is at least one.
	 *
	 * @param array<string, mixed> $options By name.
	 * @param int                  $without Where none was asked for.
	 * @return int Another one ends the command.
	 */
	public static function limit( array $options, int $without ): int {
		if ( ! isset( $options['limit'] ) ) {
			return $without;
		}
		$limit = filter_var( $options['limit'], FILTER_VALIDATE_INT, array( 'options' => array( 'min_range' => 1 ) ) );
		if ( false === $limit ) {
			\WP_CLI::error( __( '--limit is a number, and at least 1.', 'creators-image-refresh' ) );
		}
		return (int) $limit;
	}

	/**
	 * Ends a command that could not do its work.
	 *
	 * @param string $status   A status word, or the code of an error.
	 * @param string $sentence For people.
	 */
	public static function fail( string $status, string $sentence ): never {
		\WP_CLI::error( $sentence, false );
		\WP_CLI::halt( Status_Report::needs_person( $status ) ? self::NEEDS_PERSON : 1 );
	}

	/**
	 * Ends a command that met an error of the plugin. Another run that is under way is none: it does the work.
	 *
	 * @param WP_Error $error The error.
	 */
	public static function fail_with( WP_Error $error ): void {
		if ( 'busy' !== $error->get_error_code() ) {
			self::fail( (string) $error->get_error_code(), Advice::for_error( $error ) );
		}
		\WP_CLI::warning( __( 'Another run is under way and does this work.', 'creators-image-refresh' ) );
	}
}
