<?php
/**
 * What is said where the PHP extension is missing.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Reporting;

use Creators_Image_Refresh\Api\Extension;
use Creators_Image_Refresh\Settings\Settings_Screen;

defined( 'ABSPATH' ) || exit;

/** Tells those who can do something about it what is missing, what this server is like, and what to write to the host. */
final class Requirements {

	/** The version of PHP that had the extension on the command line. */
	public const SEEN = 'creators_image_refresh_seen_in_cli';

	/**
	 * Takes what may be missing.
	 *
	 * @param Extension $extension The extension.
	 */
	public function __construct( private Extension $extension ) {}

	/** One notice on the Plugins page; the plugin's own page has the whole story. */
	public function notice_on_plugins_page(): void {
		if (
			$this->extension->is_available()
			|| ! in_array( get_current_screen()?->id, array( 'plugins', 'plugins-network' ), true )
			|| ! current_user_can( 'activate_plugins' )
		) {
			return;
		}
		/* translators: %s: what is missing. */
		$words = __( 'Creators Image Refresh for Amazon waits: %s Your pages are as they were.', 'creators-image-refresh' );
		$words = esc_html( sprintf( $words, $this->what_is_missing() ) );
		$link  = esc_html__( 'How to get it', 'creators-image-refresh' );
		wp_admin_notice(
			$words . ' <a href="' . esc_url( Settings_Screen::url() ) . '">' . $link . '</a>',
			array(
				'type' => 'warning',
				'id'   => 'creators-image-refresh-requirements-notice',
			)
		);
	}

	/** The box on the settings page. */
	public function render(): void {
		if ( $this->extension->is_available() ) {
			return;
		}
		$hint     = $this->hint();
		$download = Downloads::for_this_server();
		printf(
			'<div class="notice notice-error inline creators-image-refresh-requirements" id="creators-image-refresh-requirements"'
				. ' data-extension="%s"><h2>%s</h2><p>%s %s</p>',
			esc_attr( $this->extension->state() ),
			esc_html__( 'One piece is missing on your server', 'creators-image-refresh' ),
			esc_html( $this->what_is_missing() ),
			esc_html__(
				'Your pages are shown exactly as before, and you can fill in and save the form below already. As soon as the extension is there, everything begins by itself.',
				'creators-image-refresh'
			)
		);
		if ( '' !== $hint ) {
			echo '<p id="creators-image-refresh-hint"><strong>' . esc_html( $hint ) . '</strong></p>';
		}
		if ( null !== $download ) {
			/* translators: 1: the name of a file, 2: a version of PHP, 3: a way to run PHP, such as fpm-fcgi. */
			$words = __(
				'The file for this server (PHP %2$s, %3$s) is %1$s. These commands check and install it, as root:',
				'creators-image-refresh'
			);
			printf(
				'<p>%s</p><pre id="creators-image-refresh-commands">%s</pre>',
				esc_html( sprintf( $words, $download['file'], PHP_VERSION, PHP_SAPI ) ),
				esc_html( implode( "\n", $download['commands'] ) )
			);
		}
		printf(
			'<p>%s</p><p><label class="screen-reader-text" for="creators-image-refresh-host-message">%s</label>'
				. '<textarea id="creators-image-refresh-host-message" class="large-text code" rows="18" readonly>%s</textarea>'
				. '</p><p>'
				. '<button type="button" class="button hide-if-no-js" id="creators-image-refresh-copy">%s</button></p></div>',
			esc_html__(
				'Whoever looks after the server installs it once, the same way as ImageMagick or Redis. On your own server, that is you: follow the installation section of the extension’s README, then restart PHP. Everywhere else, send your host this message:',
				'creators-image-refresh'
			),
			esc_html__( 'Message to your host', 'creators-image-refresh' ),
			esc_textarea( $this->message_to_host( $hint, $download['commands'] ?? array() ) ),
			esc_html__( 'Copy the message', 'creators-image-refresh' )
		);
	}

	/** What is missing, in a sentence. */
	public function what_is_missing(): string {
		return 'too_old' !== $this->extension->state()
			? __( 'The PHP extension creators_api is not loaded on this server.', 'creators-image-refresh' )
			: sprintf(
				/* translators: 1: version needed, 2: version found. */
				__(
					'The PHP extension creators_api is too old here: version %1$s or newer is needed, and this is %2$s.',
					'creators-image-refresh'
				),
				Extension::NEEDED_VERSION,
				$this->extension->version()
			);
	}

	/** How near it is: the file is there and not switched on, or PHP has it on the command line only; empty where neither. */
	private function hint(): string {
		$file = ini_get( 'extension_dir' ) . '/creators_api.so';
		$seen = get_option( self::SEEN );
		if ( 'missing' !== $this->extension->state() ) {
			return '';
		}
		// Where PHP may not look, it would write a warning.
		if ( '' === (string) ini_get( 'open_basedir' ) && is_file( $file ) ) {
			return sprintf(
				/* translators: 1: a file, 2: a line of a settings file, 3: a folder, 4: a way to run PHP, such as fpm-fcgi. */
				__(
					'Nearly there: the file is on the server (%1$s), but this PHP (%4$s) does not load it. The line “%2$s” is missing in a file in %3$s, or PHP was not restarted since.',
					'creators-image-refresh'
				),
				$file,
				'extension=creators_api',
				Downloads::scanned(),
				PHP_SAPI
			);
		}
		return ! is_string( $seen ) || '' === $seen || 'cli' === PHP_SAPI ? '' : sprintf(
			/* translators: 1: version of PHP, 2: how the web server runs PHP, for instance fpm-fcgi, 3: version of PHP. */
			__(
				'Nearly there: PHP %1$s on the command line has the extension, but the PHP that serves your pages (%2$s, PHP %3$s) has not. They are set up apart: it has to be switched on for this one too, and PHP restarted.',
				'creators-image-refresh'
			),
			$seen,
			PHP_SAPI,
			PHP_VERSION
		);
	}

	/**
	 * Remembers whether PHP on the command line has the extension, for the day when a page finds it missing.
	 *
	 * @param Extension $extension The extension.
	 */
	public static function remember_command_line( Extension $extension ): void {
		if ( $extension->is_available() ) {
			update_option( self::SEEN, PHP_VERSION, false );
		} else {
			delete_option( self::SEEN );
		}
	}

	/** What somebody who installs extensions needs to know about this server. */
	public function facts(): array {
		return array(
			'Extension'            => 'creators_api >= ' . Extension::NEEDED_VERSION,
			'Loaded now'           => '' === $this->extension->version() ? '-' : $this->extension->version(),
			'PHP version'          => PHP_VERSION,
			'Server API'           => PHP_SAPI,
			'Thread safety'        => PHP_ZTS ? 'ZTS' : 'NTS',
			'Debug build'          => PHP_DEBUG ? 'yes' : 'no',
			'Architecture'         => PHP_OS_FAMILY . ' ' . php_uname( 'm' ),
			'extension_dir'        => (string) ini_get( 'extension_dir' ),
			'Loaded php.ini'       => (string) php_ini_loaded_file(),
			'Scanned for .ini'     => Downloads::scanned(),
			'Additional ini files' => (string) count( array_filter( explode( ',', (string) php_ini_scanned_files() ), 'trim' ) ),
		);
	}

	/**
	 * The message to the host.
	 *
	 * @param string       $hint     How near it is.
	 * @param list<string> $commands What installs it.
	 */
	private function message_to_host( string $hint, array $commands ): string {
		$lines = array(
			__( 'Hello,', 'creators-image-refresh' ),
			'',
			sprintf(
				/* translators: %s: the site's address. */
				__(
					'my WordPress site %s uses a plugin that needs the native PHP extension “creators_api”. Could you please install it and enable it for the PHP that serves the site (not only for the command line), and then restart PHP? It opens outgoing HTTPS connections to Amazon’s API and nothing else.',
					'creators-image-refresh'
				),
				home_url()
			),
			'',
			__( 'This is the PHP it has to fit:', 'creators-image-refresh' ),
		);
		foreach ( $this->facts() as $label => $value ) {
			$lines[] = "  $label: $value";
		}
		if ( '' !== $hint ) {
			array_push( $lines, '', $hint );
		}
		if ( array() !== $commands ) {
			$words = __( 'This is the file for it, and how it is checked and installed:', 'creators-image-refresh' );
			array_push( $lines, '', $words, ...$commands );
		}
		array_push( $lines, '', __( 'Thank you!', 'creators-image-refresh' ) );
		return implode( "\n", $lines );
	}
}
