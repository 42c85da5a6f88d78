<?php
/**
 * Which pictures somebody wants to see.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Storage\Listing;

use Creators_Image_Refresh\Settings\Image_Age;
use Creators_Image_Refresh\Storage\Image_Keys;

defined( 'ABSPATH' ) || exit;

/**
 * Turns a filter into conditions on the table of pictures. All of them are on columns of its index "listed".
 *
 * @phpstan-import-type Filter from Image_Query
 */
final class Image_Filter {

	/**
	 * Whether a filter looks for something in all pictures, and no index leads to what it finds.
	 *
	 * @param Filter $filter What is wanted.
	 */
	public static function is_search( array $filter ): bool {
		return '' !== trim( $filter['search'] ?? '' );
	}

	/**
	 * Whether what somebody has typed is the beginning of a product number. Ten letters without a digit are a word.
	 *
	 * @param string $search What somebody has typed.
	 */
	public static function is_asin( string $search ): bool {
		return 1 === preg_match( '/\A(?:B0[A-Z0-9]{1,8}|(?=[A-Z]*[0-9])[A-Z0-9]{10})\z/i', $search );
	}

	/**
	 * The conditions of a filter.
	 *
	 * @param Filter $filter What is wanted.
	 * @return array{0: string, 1: list<mixed>} With placeholders, and what they stand for.
	 */
	public static function where( array $filter ): array {
		list( $where, $values ) = self::state( $filter['state'] ?? '' );
		if ( '' !== ( $filter['marketplace'] ?? '' ) ) {
			$where   .= ' AND images.marketplace = %s';
			$values[] = $filter['marketplace'];
		}
		if ( isset( $filter['asins'] ) ) {
			$asins  = array() === $filter['asins'] ? array( '' ) : $filter['asins'];
			$where .= ' AND images.asin IN (' . Image_Keys::placeholders( $asins ) . ')';
			array_push( $values, ...$asins );
		}
		list( $searched, $words ) = self::search( trim( $filter['search'] ?? '' ) );
		return array( $where . $searched, array( ...$values, ...$words ) );
	}

	/**
	 * The condition of a state; see Image_Query::state().
	 *
	 * @param string $state One of Image_Query::STATES, or empty.
	 * @return array{0: string, 1: list<mixed>}
	 */
	private static function state( string $state ): array {
		$gone  = Image_Query::GONE_CODES;
		$old   = array( time() - Image_Age::LIFETIME );
		$among = 'IN (' . Image_Keys::placeholders( $gone ) . ') AND images.fetched_at <= %d';
		$ours  = 'images.excluded = 0 AND images.';
		return match ( $state ) {
			'excluded' => array( 'images.excluded = 1', array() ),
			'fresh'    => array( $ours . 'fetched_at > %d', $old ),
			'waiting'  => array( $ours . "failed_code = '' AND images.fetched_at <= %d", $old ),
			'failed'   => array( $ours . "failed_code > '' AND images.failed_code NOT {$among}", array( ...$gone, ...$old ) ),
			'gone'     => array( $ours . "failed_code {$among}", array( ...$gone, ...$old ) ),
			default    => array( '1 = 1', array() ),
		};
	}

	/**
	 * The condition of a search: the beginning of a product number, or words that a title has.
	 *
	 * @param string $search What somebody has typed.
	 * @return array{0: string, 1: list<string>} Begins with AND, or is empty.
	 */
	private static function search( string $search ): array {
		global $wpdb;
		if ( '' === $search ) {
			return array( '', array() );
		}
		if ( self::is_asin( $search ) ) {
			return array( ' AND images.asin LIKE %s', array( $wpdb->esc_like( strtoupper( $search ) ) . '%' ) );
		}
		$words = Title_Index::asked( $search );
		return array() === $words
			? array( ' AND 1 = 0', array() )
			: array( str_repeat( ' AND INSTR(images.words, %s) > 0', count( $words ) ), $words );
	}
}
