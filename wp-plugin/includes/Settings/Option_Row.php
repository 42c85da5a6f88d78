<?php
/**
 * One row of the options table.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Settings;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Changes a row only while it stands as it was read, each time in one statement: of two processes that change it at once, one
 * is told. WordPress's functions for options are not used, since they compare with a cache; what it caches is dropped.
 *
 * Rows are compared byte by byte: a table's collation takes A for a.
 */
final class Option_Row {

	/**
	 * Takes which row.
	 *
	 * @param string $name The option's name.
	 */
	public function __construct( private string $name ) {}

	/**
	 * What stands in the row, as the database has it.
	 *
	 * @return string|null Null where there is no such row, or the database does not answer.
	 */
	public function read(): ?string {
		global $wpdb;
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- see the class.
		return $wpdb->get_var(
			$wpdb->prepare( 'SELECT option_value FROM %i WHERE option_name = %s', $wpdb->options, $this->name )
		);
	}

	/**
	 * What stands in all rows whose names begin alike.
	 *
	 * @param string $prefix How they begin.
	 * @return array<string, string>|null By name; null where the database does not answer.
	 */
	public static function all( string $prefix ): ?array {
		global $wpdb;
		$query = 'SELECT option_name, option_value FROM %i WHERE option_name LIKE %s ORDER BY option_name';
		// phpcs:disable WordPress.DB -- a constant, prepared here; get_results() gives an empty list for an error as well.
		$count = $wpdb->query( $wpdb->prepare( $query, $wpdb->options, $wpdb->esc_like( $prefix ) . '%' ) );
		// phpcs:enable
		return false === $count ? null : array_column( (array) $wpdb->last_result, 'option_value', 'option_name' );
	}

	/**
	 * Adds the row, if it is not there.
	 *
	 * @param string $value    What is to stand there.
	 * @param string $autoload on or off.
	 * @return bool|null Whether it was added; null where the database refuses.
	 */
	public function insert( string $value, string $autoload = 'off' ): ?bool {
		global $wpdb;
		return $this->query(
			$wpdb->prepare(
				'INSERT IGNORE INTO %i (option_name, option_value, autoload) VALUES (%s, %s, %s)',
				$wpdb->options,
				$this->name,
				$value,
				$autoload
			)
		);
	}

	/**
	 * Changes the row, if nobody else has.
	 *
	 * @param string $from What stood there when it was read.
	 * @param string $to   What is to stand there; not the same.
	 * @return bool|null Whether it was changed; null where the database refuses.
	 */
	public function replace( string $from, string $to ): ?bool {
		global $wpdb;
		return $this->query(
			$wpdb->prepare(
				'UPDATE %i SET option_value = %s WHERE option_name = %s AND HEX(option_value) = %s',
				$wpdb->options,
				$to,
				$this->name,
				strtoupper( bin2hex( $from ) )
			)
		);
	}

	/**
	 * Removes the row.
	 *
	 * @param string|null $from Only if this stands there; null for whatever does.
	 * @return bool|null Whether it was removed; null where the database refuses.
	 */
	public function remove( ?string $from = null ): ?bool {
		global $wpdb;
		$query = $wpdb->prepare( 'DELETE FROM %i WHERE option_name = %s', $wpdb->options, $this->name );
		if ( null !== $from ) {
			$query .= $wpdb->prepare( ' AND HEX(option_value) = %s', strtoupper( bin2hex( $from ) ) );
		}
		return $this->query( $query );
	}

	/**
	 * Runs a statement, and drops what WordPress has cached of the row.
	 *
	 * @param string $query Prepared.
	 * @return bool|null Whether it changed the row; null where the database refuses.
	 */
	private function query( string $query ): ?bool {
		global $wpdb;
		$rows = $wpdb->query( $query ); // phpcs:ignore WordPress.DB -- prepared above; see the class.
		wp_cache_delete( $this->name, 'options' );
		wp_cache_delete( 'alloptions', 'options' );
		$missing = wp_cache_get( 'notoptions', 'options' );
		if ( isset( $missing[ $this->name ] ) ) {
			unset( $missing[ $this->name ] );
			wp_cache_set( 'notoptions', $missing, 'options' );
		}
		return false === $rows ? null : 1 === $rows;
	}
}
