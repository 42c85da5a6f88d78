<?php
/**
 * One row of the options table.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Settings;

defined( 'ABSPATH' ) || exit;

/**
 * One row of the options table, or of a network's options. Changes it only while it stands as it was read, each time in one
 * statement: of two processes that change it at once, one is told. WordPress's functions for options are not used, since
 * they compare with a cache; what it caches is dropped.
 *
 * Rows are compared byte by byte: a table's collation takes A for a.
 */
final class Option_Row {

	/**
	 * Takes which row.
	 *
	 * @param string $name       The option's name.
	 * @param bool   $of_network Whether it stands among a network's options.
	 */
	public function __construct( private string $name, private bool $of_network = false ) {}

	/** What stands in the row, as the database has it. Null where there is no such row, or the database does not answer. */
	public function read(): ?string {
		global $wpdb;
		$query = 'SELECT %i' . $this->where();
		// phpcs:ignore WordPress.DB -- prepared; see the class.
		return $wpdb->get_var( $wpdb->prepare( $query, $this->of_network ? 'meta_value' : 'option_value', ...$this->place() ) );
	}

	/**
	 * What stands in all rows whose names begin alike. By name; null where the database does not answer.
	 *
	 * @param string $prefix How they begin.
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
	 * @param string $autoload on or off; a network has no such thing.
	 * @return bool|null Whether it was added; null where the database refuses.
	 */
	public function insert( string $value, string $autoload = 'off' ): ?bool {
		global $wpdb;
		if ( $this->of_network ) {
			// A network's table knows no unique names; while this statement runs, nobody else's like it does.
			$query = 'INSERT INTO %i (site_id, meta_key, meta_value) SELECT %d, %s, %s FROM DUAL'
				. ' WHERE NOT EXISTS ( SELECT 1' . $this->where() . ' )';
			$first = array( $wpdb->sitemeta, get_current_network_id(), $this->name, $value );
			return $this->query( $query, ...$first, ...$this->place() );
		}
		$query = 'INSERT IGNORE INTO %i (option_name, option_value, autoload) VALUES (%s, %s, %s)';
		return $this->query( $query, $wpdb->options, $this->name, $value, $autoload );
	}

	/**
	 * Changes the row, if nobody else has.
	 *
	 * @param string $from What stood there when it was read.
	 * @param string $to   What is to stand there; not the same.
	 * @return bool|null Whether it was changed; null where the database refuses.
	 */
	public function replace( string $from, string $to ): ?bool {
		[ $table, $key, $name ] = $this->place();
		$column                 = $this->of_network ? 'meta_value' : 'option_value';
		$query                  = 'UPDATE %i SET %i = %s WHERE %i = %s AND HEX(%i) = %s' . $this->and_network();
		return $this->query( $query, $table, $column, $to, $key, $name, $column, strtoupper( bin2hex( $from ) ) );
	}

	/**
	 * Removes the row.
	 *
	 * @param string|null $from Only if this stands there; null for whatever does.
	 * @return bool|null Whether it was removed; null where the database refuses.
	 */
	public function remove( ?string $from = null ): ?bool {
		return null === $from
			? $this->query( 'DELETE' . $this->where(), ...$this->place() )
			: $this->query(
				'DELETE' . $this->where() . ' AND HEX(%i) = %s',
				...$this->place(),
				...array( $this->of_network ? 'meta_value' : 'option_value', strtoupper( bin2hex( $from ) ) )
			);
	}

	/** Where the row stands, as place() fills it in. */
	private function where(): string {
		return ' FROM %i WHERE %i = %s' . $this->and_network();
	}

	/** A table of networks may hold those of several. */
	private function and_network(): string {
		return $this->of_network ? ' AND site_id = ' . get_current_network_id() : '';
	}

	/**
	 * The table, the column of names, and the name.
	 *
	 * @return array{0: string, 1: string, 2: string}
	 */
	private function place(): array {
		global $wpdb;
		return $this->of_network
			? array( $wpdb->sitemeta, 'meta_key', $this->name )
			: array( $wpdb->options, 'option_name', $this->name );
	}

	/**
	 * Runs a statement, and drops what is cached of the row. Whether it changed it; null where the database refuses.
	 *
	 * @param string $query     Prepared.
	 * @param mixed  ...$values What is filled in.
	 */
	private function query( string $query, mixed ...$values ): ?bool {
		global $wpdb;
		$rows   = $wpdb->query( $wpdb->prepare( $query, ...$values ) ); // phpcs:ignore WordPress.DB -- constants; see the class.
		$group  = $this->of_network ? 'site-options' : 'options';
		$prefix = $this->of_network ? get_current_network_id() . ':' : '';
		wp_cache_delete( $prefix . $this->name, $group );
		wp_cache_delete( 'alloptions', 'options' );
		$missing = wp_cache_get( $prefix . 'notoptions', $group );
		if ( isset( $missing[ $this->name ] ) ) {
			unset( $missing[ $this->name ] );
			wp_cache_set( $prefix . 'notoptions', $missing, $group );
		}
		return false === $rows ? null : 1 === $rows;
	}
}
