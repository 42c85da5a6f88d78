<?php
/**
 * The file of the extension that a server needs.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Reporting;

use Creators_Image_Refresh\Settings\Config_Constants;

defined( 'ABSPATH' ) || exit;

/**
 * Picks, out of what was built along with this plugin, what fits this PHP and this system, and says how it is installed.
 *
 * The list, downloads.json in the plugin's folder, comes with a plugin that was built for people (`make dist`): version, url, and
 * the SHA-256 sum of each file by its name.
 *
 * @phpstan-type Server array{php: string, threads: string, debug: bool, os: string, machine: string, libc: string,
 *     debian: string, sapi: string, binary: string, extensions: string, scanned: string}
 */
final class Downloads {

	/**
	 * The file for this server, and the commands that install it.
	 *
	 * @return array{file: string, sum: string, commands: list<string>}|null Null where there is none.
	 */
	public static function for_this_server(): ?array {
		$file = dirname( __DIR__, 2 ) . '/downloads.json';
		$list = is_file( $file ) ? wp_json_file_decode( $file, array( 'associative' => true ) ) : null;
		return is_array( $list ) ? self::choose( $list, self::server(), Config_Constants::get( 'downloads_url' ) ) : null;
	}

	/** Where PHP looks for more ini files. */
	public static function scanned(): string {
		$folder = (string) getenv( 'PHP_INI_SCAN_DIR' );
		$folder = '' === $folder ? PHP_CONFIG_FILE_SCAN_DIR : $folder;
		return '' === $folder ? '-' : $folder;
	}

	/**
	 * Chooses from a list for a server.
	 *
	 * @param array       $list   What was built.
	 * @param array       $server What the server is like.
	 * @param string|null $url    Where the files lie, if the owner has said so.
	 * @return array{file: string, sum: string, commands: list<string>}|null
	 *
	 * @phpstan-param Server $server
	 */
	public static function choose( array $list, array $server, ?string $url = null ): ?array {
		if ( $server['debug'] ) {
			return null;
		}
		$version = (string) ( $list['version'] ?? '' );
		$machine = array( 'aarch64' => 'arm64' )[ $server['machine'] ] ?? $server['machine'];
		$kind    = "$machine-{$server['os']}-{$server['libc']}-{$server['threads']}";
		$for_pie = "php_creators_api-{$version}_php{$server['php']}-$kind.zip";
		$tarball = "creators_api-$version-linux-{$server['machine']}.tar.gz";
		$machine = array( 'x86_64' => 'amd64' )[ $machine ] ?? $machine;
		$package = "php{$server['php']}-creators-api_$version-1~deb{$server['debian']}u1_$machine.deb";
		// The tarball holds what there is under PIE's names; Debian's package is for Debian's own PHP.
		$is_built = isset( $list['files'][ $for_pie ] );
		$fits     = array(
			$package => 'nts' === $server['threads'] && str_starts_with( $server['scanned'], '/etc/php/' ),
			$tarball => $is_built,
			$for_pie => $is_built,
		);
		foreach ( array_keys( array_filter( $fits ) ) as $file ) {
			$sum = $list['files'][ $file ] ?? null;
			if ( is_string( $sum ) ) {
				$base     = rtrim( $url ?? (string) ( $list['url'] ?? '' ), '/' );
				$commands = array(
					...( '' === $base ? array() : array( 'curl -fLO ' . self::quoted( "$base/$file" ) ) ),
					"echo '$sum  $file' | sha256sum -c",
					...self::installing( $file, $server ),
					self::restarting( $server ),
				);
				return compact( 'file', 'sum', 'commands' );
			}
		}
		return null;
	}

	/**
	 * The commands that install a file.
	 *
	 * @param string $file   The file's name.
	 * @param array  $server What the server is like.
	 * @return list<string>
	 */
	private static function installing( string $file, array $server ): array {
		if ( str_ends_with( $file, '.deb' ) ) {
			return array( "apt install ./$file" );
		}
		if ( str_ends_with( $file, '.tar.gz' ) ) {
			return array( "tar -xzf $file", './' . substr( $file, 0, -7 ) . '/install ' . self::quoted( $server['binary'] ) );
		}
		return array(
			"unzip -o $file creators_api.so -d " . self::quoted( $server['extensions'] ),
			'echo extension=creators_api >' . self::quoted( $server['scanned'] . '/20-creators_api.ini' ),
		);
	}

	/**
	 * The command that makes a PHP notice.
	 *
	 * @param array $server What the server is like.
	 */
	private static function restarting( array $server ): string {
		$cpanel = 1 === preg_match( '~\A/opt/cpanel/(ea-php\d+)/~', $server['binary'], $match );
		$debian = str_starts_with( $server['scanned'], '/etc/php/' );
		return 'systemctl restart ' . match ( $server['sapi'] ) {
			'fpm-fcgi'   => $cpanel ? "{$match[1]}-php-fpm" : ( $debian ? "php{$server['php']}-fpm" : 'php-fpm' ),
			'litespeed'  => 'lsws',
			'frankenphp' => 'frankenphp',
			default      => $debian ? 'apache2' : 'httpd',
		};
	}

	/**
	 * A word of a shell's command.
	 *
	 * @param string $word Any text.
	 */
	private static function quoted( string $word ): string {
		return 1 === preg_match( '~\A[\w./:@%+=,-]+\z~', $word ) ? $word : "'" . str_replace( "'", "'\\''", $word ) . "'";
	}

	/**
	 * What this server is like.
	 *
	 * @return Server
	 */
	private static function server(): array {
		// Where PHP may not look, it would write a warning.
		$free   = '' === (string) ini_get( 'open_basedir' );
		$file   = '/etc/os-release';
		$system = $free && is_readable( $file ) ? (array) parse_ini_file( $file, false, INI_SCANNER_RAW ) : array();
		$musl   = $free && array() !== (array) glob( '/lib/ld-musl-*' );
		return array(
			'php'        => PHP_MAJOR_VERSION . '.' . PHP_MINOR_VERSION,
			'threads'    => PHP_ZTS ? 'zts' : 'nts',
			'debug'      => (bool) PHP_DEBUG,
			'os'         => strtolower( PHP_OS_FAMILY ),
			'machine'    => php_uname( 'm' ),
			'libc'       => 'Darwin' === PHP_OS_FAMILY ? 'bsdlibc' : ( $musl ? 'musl' : 'glibc' ),
			'debian'     => 'debian' === ( $system['ID'] ?? '' ) ? trim( (string) ( $system['VERSION_ID'] ?? '' ), '"' ) : '',
			'sapi'       => PHP_SAPI,
			'binary'     => PHP_BINDIR . '/php',
			'extensions' => (string) ini_get( 'extension_dir' ),
			'scanned'    => self::scanned(),
		);
	}
}
