<?php
/**
 * One runner at a time.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Refresh\Lease;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * A lock that lives in one row of the options table and holds for all web servers of a site.
 *
 * It expires unless it is renewed, so a killed process cannot leave it behind; and a process that was stopped so long that
 * another took the lock writes nothing more: what it stores is stored on the condition that the row is still its own.
 */
final class Run_Lock {

	public const OPTION = 'creators_image_refresh_lock';

	/**
	 * Seconds from one renewal to the next. A turn is shorter.
	 */
	public const TTL = 30;

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
	 * @return self|false|null False where somebody else holds it; null where the database refuses.
	 */
	public static function acquire( int $ttl = self::TTL ): self|false|null {
		$owner = wp_generate_uuid4();
		$value = Shared_Row::value( $owner, Database_Clock::now() + $ttl );
		$row   = self::row();
		$held  = null;
		$taken = $row->change( null, $value );
		if ( false === $taken ) {
			$held  = $row->read();
			$taken = null === $held || Shared_Row::left( $held ) > 0 ? false : $row->change( $held, $value );
		}
		return true === $taken ? new self( $owner, $ttl, $value ) : $taken;
	}

	/**
	 * Whether somebody holds the lock.
	 *
	 * @return bool
	 */
	public static function is_held(): bool {
		$held = self::row()->read();
		return null !== $held && Shared_Row::left( $held ) > 0;
	}

	/**
	 * Holds the lock for another while.
	 *
	 * @return bool False where it is somebody else's by now.
	 */
	public function renew(): bool {
		$value = Shared_Row::value( $this->owner, Database_Clock::now() + $this->ttl );
		if ( $value === $this->value ) {
			return true;
		}
		if ( true !== self::row()->change( $this->value, $value ) ) {
			return false;
		}
		$this->value = $value;
		return true;
	}

	/**
	 * A condition for what is stored: only while the lock is this one. See Shared_Row::condition().
	 *
	 * @return array{0: string, 1: list<string>}
	 */
	public function condition(): array {
		return self::row()->condition( $this->owner );
	}

	/**
	 * Gives the lock back, if it is still this one.
	 */
	public function release(): void {
		self::row()->remove( $this->value );
	}

	/**
	 * The row.
	 *
	 * @return Shared_Row
	 */
	private static function row(): Shared_Row {
		return new Shared_Row( $GLOBALS['wpdb']->options, self::OPTION );
	}
}
