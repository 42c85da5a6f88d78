<?php
/**
 * Who may do something, until when.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Refresh;

use Creators_Image_Refresh\Storage\Database;

defined( 'ABSPATH' ) || exit;

/**
 * Who may do something, until when: one row of an options table, "until|who", that processes on any number of servers compare and
 * change in one statement each, by the database's clock. It expires unless it is renewed, so whoever is killed leaves nothing
 * behind. Options functions are not used: they read from a cache.
 */
final class Lease {

	/**
	 * Who refreshes: one process of a site at a time. One that was stopped so long that another took it stores nothing more: what it
	 * writes is written on the condition that the lease is still its own.
	 */
	public const RUNNER = 'creators_image_refresh_lock';

	/** Seconds from one renewal to the next. */
	public const TTL = 30;

	/** The database's clock in microseconds. UTC has no hour that comes twice. */
	private const NOW = "TIMESTAMPDIFF( MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6) )";

	/** What ends further ahead, in seconds, was written by a clock that was wrong. */
	private const LONGEST = HOUR_IN_SECONDS;

	/** Where the name of who has it begins: behind sixteen digits and a bar. */
	private const WHO = 18;

	/** Behind that name: somebody waits. */
	private const WANTED = '!';

	/**
	 * Who this is.
	 *
	 * @var string
	 */
	private string $owner;

	/**
	 * Takes which lease.
	 *
	 * @param string      $name      The row's name.
	 * @param string|null $owner     Who wants it, where that is more than this one.
	 * @param bool        $is_shared Whether it is one for all sites of a network.
	 */
	public function __construct( private string $name, ?string $owner = null, private bool $is_shared = false ) {
		$this->owner = $owner ?? wp_generate_uuid4();
	}

	/**
	 * Takes it, or holds it on whoever wants it.
	 *
	 * @param float $seconds For how long.
	 * @return bool|null False where somebody else has it; null where the database refuses.
	 */
	public function take( float $seconds = self::TTL ): ?bool {
		$value = self::value( $seconds, $this->owner );
		$free  = 'option_value < ' . self::value( 0 ) . ' OR option_value > ' . self::value( self::LONGEST );
		$taken = $this->change(
			"UPDATE %i SET option_value = {$value} WHERE option_name = %s AND ( {$free} OR {$this->is_mine( '', self::WANTED )} )"
		);
		return false === $taken
			? $this->change( "INSERT IGNORE INTO %i (option_name, option_value, autoload) VALUES (%s, {$value}, 'off')" )
			: $taken;
	}

	/**
	 * Has it end at another time.
	 *
	 * @param float $seconds How many seconds from now.
	 * @return bool False where it is somebody else's by now, or wanted.
	 */
	public function renew( float $seconds = self::TTL ): bool {
		$value = self::value( $seconds, $this->owner );
		return true === $this->change( "UPDATE %i SET option_value = {$value} WHERE option_name = %s AND {$this->is_mine( '' )}" );
	}

	/** Gives it back, if it is still this one's. */
	public function release(): void {
		$this->change( "DELETE FROM %i WHERE option_name = %s AND {$this->is_mine( '', self::WANTED )}" );
	}

	/** Tells whoever has it that somebody waits. */
	public function want(): void {
		$set = "option_value = CONCAT( option_value, '" . self::WANTED . "' )";
		$not = "option_value NOT LIKE '%%" . self::WANTED . "'";
		$this->change( "UPDATE %i SET {$set} WHERE option_name = %s AND {$not}" );
	}

	/** Whether somebody waits for it who has said so. */
	public function is_wanted(): bool {
		return str_ends_with( $this->read()['value'] ?? '', self::WANTED );
	}

	/** For how many seconds somebody has it, whoever it is; 0 where nobody has, or where the database does not answer. */
	public function left(): float {
		$row  = $this->read();
		$left = null === $row ? 0.0 : ( (int) $row['value'] - (int) $row['now'] ) / 1000000;
		return $left < self::LONGEST ? max( 0.0, $left ) : 0.0;
	}

	/**
	 * A condition for a query on another table: only while it is this one's.
	 *
	 * @return array{0: string, 1: list<string|int>} With placeholders, and their values.
	 */
	public function condition(): array {
		return array(
			'EXISTS (SELECT 1 FROM %i WHERE option_name = %s AND SUBSTR( option_value, %d ) = %s)',
			array( $this->table(), $this->name, self::WHO, $this->owner ),
		);
	}

	/**
	 * The row.
	 *
	 * @return array{value: string, now: string}|null
	 */
	private function read(): ?array {
		$query = 'SELECT option_value AS value, ' . self::value( 0 ) . ' AS now FROM %i WHERE option_name = %s';
		return Database::rows( $query, $this->table(), $this->name )[0] ?? null;
	}

	/**
	 * Runs a statement on the row.
	 *
	 * @param string $query With a placeholder for the table and one for the row's name.
	 * @return bool|null Whether it changed the row; null where the database refuses.
	 */
	private function change( string $query ): ?bool {
		$rows = Database::write( $query, $this->table(), $this->name );
		return false === $rows ? null : 1 === $rows;
	}

	/**
	 * A condition in SQL: the row is this one's.
	 *
	 * @param string ...$ends With one of these behind its name.
	 */
	private function is_mine( string ...$ends ): string {
		global $wpdb;
		$names = array_map( fn( string $end ): string => $wpdb->prepare( '%s', $this->owner . $end ), $ends );
		return 'SUBSTR( option_value, ' . self::WHO . ' ) IN (' . implode( ', ', $names ) . ')';
	}

	/**
	 * A value in SQL. All are of one length, so that as text they stand in the order of their time.
	 *
	 * @param float  $seconds How far ahead.
	 * @param string $owner   Whose.
	 */
	private static function value( float $seconds, string $owner = '' ): string {
		global $wpdb;
		$micros = (int) round( 1000000 * $seconds );
		if ( defined( 'DB_ENGINE' ) && 'sqlite' === DB_ENGINE ) {
			// Which has no clock of its own.
			return $wpdb->prepare( '%s', (int) round( 1000000 * microtime( true ) ) + $micros . "|$owner" );
		}
		// phpcs:ignore WordPress.DB.PreparedSQL.NotPrepared -- a constant.
		return $wpdb->prepare( 'CONCAT( ' . self::NOW . ' + %d, %s )', $micros, "|$owner" );
	}

	/** The table that the row is in. */
	private function table(): string {
		global $wpdb;
		return $this->is_shared && is_multisite() ? $wpdb->get_blog_prefix( get_main_site_id() ) . 'options' : $wpdb->options;
	}
}
