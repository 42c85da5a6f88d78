<?php
/**
 * A value that processes share.
 *
 * The room of leases: who may work or ask, and until when, across processes and web servers. It does not know for what.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Refresh\Lease;

use Creators_Image_Refresh\Storage\Database;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * "Who, until when" in one row of an options table, changed only by whoever knows what stands there now. Options functions
 * are not used: they read from a cache, and a promise between processes must not.
 */
final class Shared_Row {

	/**
	 * Takes where the row is.
	 *
	 * @param string $table An options table.
	 * @param string $name  The row's name.
	 */
	public function __construct( private string $table, private string $name ) {}

	/**
	 * What stands in the row.
	 *
	 * @return string|null Null where there is no such row, or where the database does not answer.
	 */
	public function read(): ?string {
		global $wpdb;
		// phpcs:disable WordPress.DB.DirectDatabaseQuery -- see the class.
		$value = $wpdb->get_var(
			$wpdb->prepare( 'SELECT option_value FROM %i WHERE option_name = %s', $this->table, $this->name )
		);
		// phpcs:enable WordPress.DB.DirectDatabaseQuery
		return is_string( $value ) ? $value : null;
	}

	/**
	 * Changes the row, if nobody else has.
	 *
	 * @param string|null $from What stands there; null for a row that is not there yet.
	 * @param string      $to   What is to stand there: never the same, so that an update always counts as a change.
	 * @return bool|null Whether it was changed; null where the database refuses.
	 */
	public function change( ?string $from, string $to ): ?bool {
		global $wpdb;
		$query = null === $from
			? $wpdb->prepare(
				"INSERT IGNORE INTO %i (option_name, option_value, autoload) VALUES (%s, %s, 'off')",
				$this->table,
				$this->name,
				$to
			)
			: $wpdb->prepare(
				'UPDATE %i SET option_value = %s WHERE option_name = %s AND option_value = %s',
				$this->table,
				$to,
				$this->name,
				$from
			);
		$rows  = Database::write( $query );
		return false === $rows ? null : 1 === $rows;
	}

	/**
	 * Removes the row, if nobody else has changed it.
	 *
	 * @param string $from What stands there.
	 */
	public function remove( string $from ): void {
		global $wpdb;
		Database::write(
			$wpdb->prepare( 'DELETE FROM %i WHERE option_name = %s AND option_value = %s', $this->table, $this->name, $from )
		);
	}

	/**
	 * A condition for a query on another table: only while the row is somebody's.
	 *
	 * @param string $owner Whose.
	 * @return array{0: string, 1: list<string>} The condition, with placeholders, and their values.
	 */
	public function condition( string $owner ): array {
		global $wpdb;
		return array(
			'EXISTS (SELECT 1 FROM %i WHERE option_name = %s AND option_value LIKE %s)',
			array( $this->table, $this->name, $wpdb->esc_like( $owner ) . '|%' ),
		);
	}

	/**
	 * A value.
	 *
	 * @param string $owner Who.
	 * @param float  $until Until when.
	 * @return string
	 */
	public static function value( string $owner, float $until ): string {
		return sprintf( '%s|%.6F', $owner, $until );
	}

	/**
	 * Who stands in a value.
	 *
	 * @param string $value A value.
	 * @return string
	 */
	public static function owner( string $value ): string {
		return (string) strtok( $value, '|' );
	}

	/**
	 * For how long a value holds from now on. One that lies hours ahead was written by a clock that was wrong.
	 *
	 * @param string $value A value.
	 * @return float Seconds; 0 where its time is over.
	 */
	public static function left( string $value ): float {
		$left = (float) substr( (string) strrchr( $value, '|' ), 1 ) - Database_Clock::now();
		return $left < HOUR_IN_SECONDS ? max( 0.0, $left ) : 0.0;
	}
}
