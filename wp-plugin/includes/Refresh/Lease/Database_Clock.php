<?php
/**
 * One clock for all servers.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Refresh\Lease;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * The database's clock: web servers may disagree on what time it is, and whoever shares a lock must not.
 */
final class Database_Clock {

	/**
	 * Seconds for which a comparison of the two clocks holds.
	 */
	private const HOLDS = 300;

	/**
	 * An answer that took longer, in seconds, says little; the best of a few is taken then.
	 */
	private const PROMPT = 0.005;

	/**
	 * How often a database is asked that takes its time.
	 */
	private const ATTEMPTS = 5;

	/**
	 * How far the database is ahead of this server, in seconds.
	 *
	 * @var float
	 */
	private static float $ahead = 0.0;

	/**
	 * When that was looked up.
	 *
	 * @var float|null
	 */
	private static ?float $compared_at = null;

	/**
	 * The time.
	 *
	 * @return float Unix seconds.
	 */
	public static function now(): float {
		$now = microtime( true );
		if ( null === self::$compared_at || abs( $now - self::$compared_at ) > self::HOLDS ) {
			self::compare();
			$now = microtime( true );
		}
		return $now + self::$ahead;
	}

	/**
	 * Compares this server's clock with the database's. SQLite has none of its own, nor has a database that does not say.
	 */
	private static function compare(): void {
		global $wpdb;
		self::$ahead       = 0.0;
		self::$compared_at = microtime( true );
		if ( defined( 'DB_ENGINE' ) && 'sqlite' === DB_ENGINE ) {
			return;
		}
		$shortest = null;
		for ( $attempt = 0; $attempt < self::ATTEMPTS && ( null === $shortest || $shortest > self::PROMPT ); $attempt++ ) {
			$asked_at = microtime( true );
			// Seconds and their fraction apart: NOW() alone is told twice in the hour in which summer time ends.
			// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- a clock is not cached.
			$told = $wpdb->get_row( 'SELECT UNIX_TIMESTAMP() AS seconds, MICROSECOND(NOW(6)) AS micros', ARRAY_A );
			$took = microtime( true ) - $asked_at;
			if ( ! is_numeric( $told['seconds'] ?? null ) || ! is_numeric( $told['micros'] ?? null ) ) {
				return;
			}
			if ( null === $shortest || $took < $shortest ) {
				$shortest    = $took;
				self::$ahead = (float) $told['seconds'] + (float) $told['micros'] / 1000000 - ( $asked_at + $took / 2 );
			}
		}
	}
}
