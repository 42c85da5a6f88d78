<?php
/** What a command of the plugin needs of WP-CLI: it remembers what was said, and ends a command where WP-CLI would. */

define( 'WP_CLI', true );

final class Cli_Exit extends RuntimeException {}

final class WP_CLI {

	/** @var array<string, callable> */
	public static array $commands = array();

	/** @var list<string> */
	public static array $said = array();

	/** @var array{0: int, 1: int, 2: bool}|array{} How far the last bar came, of how many, and whether it was finished. */
	public static array $bar = array();

	public static function add_command( string $name, callable $command ): void {
		self::$commands[ $name ] = $command;
	}

	public static function log( string $line ): void {
		self::$said[] = $line;
	}

	public static function success( string $line ): void {
		self::$said[] = "Success: $line";
	}

	public static function warning( string $line ): void {
		self::$said[] = "Warning: $line";
	}

	public static function line( string $line ): void {
		self::$said[] = $line;
	}

	public static function error( string $line, bool $exit = true ): void {
		self::$said[] = "Error: $line";
		$exit && throw new Cli_Exit( $line, 1 );
	}

	public static function halt( int $status ): never {
		throw new Cli_Exit( 'halted', $status );
	}

	/** Runs a command as the shell would. Gives its exit status; what it said is in $said. */
	public static function shell( string $name, array $options = array() ): int {
		self::$said = array();
		self::$bar  = array();
		try {
			( self::$commands[ $name ] )( array(), $options );
			return 0;
		} catch ( Cli_Exit $exit ) {
			return $exit->getCode();
		}
	}
}

require __DIR__ . '/fake-wp-cli-utils.php';
