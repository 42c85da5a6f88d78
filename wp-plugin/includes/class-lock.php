<?php
/**
 * One runner at a time.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * A lock that lives in one row of the options table and holds for all web servers of a site.
 *
 * It expires unless it is renewed, so a killed process cannot leave it behind; and a process that was stopped so long that
 * another took the lock finds out at the next renewal, before it writes. Options functions are not used: they read from a
 * cache, and a lock must not.
 */
final class Lock {

	public const OPTION = 'creators_image_refresh_lock';

	/**
	 * Takes a lock that was just acquired.
	 *
	 * @param string $owner Who holds it.
	 * @param int    $ttl   Seconds from one renewal to the next.
	 * @param string $value What stands in the row.
	 */
	private function __construct( private string $owner, private int $ttl, private string $value ) {}

	/**
	 * Acquires the lock.
	 *
	 * @param int $ttl Seconds after which it may be taken away if it was not renewed.
	 * @return self|null Null where somebody else holds it.
	 */
	public static function acquire( int $ttl ): ?self {
		global $wpdb;
		$owner = wp_generate_uuid4();
		$value = self::value( $owner, $ttl );
		// phpcs:disable WordPress.DB.DirectDatabaseQuery -- see the class.
		$rows = $wpdb->query( $wpdb->prepare( "INSERT IGNORE INTO %i (option_name, option_value, autoload) VALUES (%s, %s, 'off')", $wpdb->options, self::OPTION, $value ) );
		if ( 1 === $rows ) {
			return new self( $owner, $ttl, $value );
		}
		$held = $wpdb->get_var( $wpdb->prepare( 'SELECT option_value FROM %i WHERE option_name = %s', $wpdb->options, self::OPTION ) );
		// phpcs:enable
		if ( ! is_string( $held ) || self::is_alive( $held ) ) {
			return null;
		}
		$lock = new self( $owner, $ttl, $held );
		return $lock->renew() ? $lock : null;
	}

	/**
	 * Whether somebody holds the lock.
	 *
	 * @return bool
	 */
	public static function is_held(): bool {
		global $wpdb;
		$held = $wpdb->get_var( $wpdb->prepare( 'SELECT option_value FROM %i WHERE option_name = %s', $wpdb->options, self::OPTION ) ); // phpcs:ignore WordPress.DB.DirectDatabaseQuery -- see the class.
		return is_string( $held ) && self::is_alive( $held );
	}

	/**
	 * Holds the lock for another while.
	 *
	 * @return bool False where it is somebody else's by now.
	 */
	public function renew(): bool {
		global $wpdb;
		$value = self::value( $this->owner, $this->ttl );
		$rows  = $wpdb->query( $wpdb->prepare( 'UPDATE %i SET option_value = %s WHERE option_name = %s AND option_value = %s', $wpdb->options, $value, self::OPTION, $this->value ) ); // phpcs:ignore WordPress.DB.DirectDatabaseQuery -- see the class.
		if ( 1 !== $rows ) {
			return false;
		}
		$this->value = $value;
		return true;
	}

	/**
	 * Gives the lock back, if it is still this one.
	 */
	public function release(): void {
		global $wpdb;
		$wpdb->query( $wpdb->prepare( 'DELETE FROM %i WHERE option_name = %s AND option_value = %s', $wpdb->options, self::OPTION, $this->value ) ); // phpcs:ignore WordPress.DB.DirectDatabaseQuery -- see the class.
	}

	/**
	 * What stands in the row. Never twice the same, so that an update always counts as a change.
	 *
	 * @param string $owner Who.
	 * @param int    $ttl   Seconds.
	 * @return string
	 */
	private static function value( string $owner, int $ttl ): string {
		return sprintf( '%s|%.6F', $owner, microtime( true ) + $ttl );
	}

	/**
	 * Whether a row's time is not over. One that lies days ahead was written by a clock that was wrong.
	 *
	 * @param string $value What stands in the row.
	 * @return bool
	 */
	private static function is_alive( string $value ): bool {
		$until = (float) substr( (string) strrchr( $value, '|' ), 1 );
		return $until > microtime( true ) && $until < microtime( true ) + HOUR_IN_SECONDS;
	}
}
