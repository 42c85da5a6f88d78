<?php
/**
 * A page, held back until it is whole.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Rendering;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Collects a page from its template's first byte to its last. It is changed while it still lies in the buffer, past PHP's
 * handlers of output, in which nobody may open a buffer and a script that ends takes the page with it: whatever happens
 * meanwhile, the page is there and goes out.
 */
final class Page_Buffer {

	/**
	 * What a page may need of memory to be changed, in bytes for each of its own, and whatever its size.
	 */
	private const MEMORY_A_BYTE = 12;
	private const MEMORY        = 2 * MB_IN_BYTES;

	/**
	 * Headers that say that what goes out is no page as it stands, and kinds of content that are one.
	 */
	private const OTHERWISE = array( 'content-encoding', 'content-disposition', 'content-length' );
	private const PAGES     = array( 'text/html', 'application/xhtml+xml' );

	/**
	 * How many buffers there are with this one.
	 *
	 * @var int
	 */
	private int $level = 0;

	/**
	 * Whether it is open, and what became of the page where somebody else has closed it.
	 *
	 * @var bool
	 */
	private bool $is_open = false;

	/**
	 * Whether it was thrown away by whoever has closed it.
	 *
	 * @var bool
	 */
	private bool $is_lost = false;

	/**
	 * Takes what is done to each byte that leaves.
	 *
	 * @param Comment_Protector $guard Takes its marks out.
	 */
	public function __construct( private Comment_Protector $guard ) {}

	/**
	 * Begins to collect.
	 *
	 * @return bool Whether it could.
	 */
	public function open(): bool {
		// Like WordPress's own, it does not give away parts of the page before the whole of it is there.
		$this->is_open = ob_start( $this->pass( ... ), 0, PHP_OUTPUT_HANDLER_CLEANABLE | PHP_OUTPUT_HANDLER_REMOVABLE );
		$this->level   = ob_get_level();
		return $this->is_open;
	}

	/**
	 * Whether it still collects: others may close it in the middle of a page.
	 *
	 * @return bool
	 */
	public function is_open(): bool {
		return $this->is_open;
	}

	/**
	 * Changes the page, if it is one and still here, and lets it go out.
	 *
	 * @param callable(string): string $change Throws nothing; what it prints is dropped.
	 */
	public function finish( callable $change ): void {
		$this->close_others( 'ob_end_flush' );
		if ( ! $this->is_on_top() ) {
			return;
		}
		$page = (string) ob_get_contents();
		if ( self::is_page( $page ) && self::has_memory_for( $page ) ) {
			// Whoever closes a buffer too many closes this one.
			ob_start();
			$changed = $change( $page );
			$this->close_others( 'ob_end_clean' );
			if ( $this->is_on_top() && $changed !== $page ) {
				ob_clean();
				echo $changed; // phpcs:ignore WordPress.Security.EscapeOutput -- the page.
			} elseif ( $this->is_lost ) {
				echo $changed; // phpcs:ignore WordPress.Security.EscapeOutput -- the page.
			}
		}
		if ( $this->is_on_top() ) {
			ob_end_flush();
		}
	}

	/**
	 * PHP's handler: what leaves, leaves as it is.
	 *
	 * @param string $page  What is there.
	 * @param int    $phase What becomes of it.
	 * @return string
	 */
	private function pass( string $page, int $phase ): string {
		if ( 0 !== ( $phase & PHP_OUTPUT_HANDLER_FINAL ) ) {
			$this->is_open = false;
			$this->is_lost = 0 !== ( $phase & PHP_OUTPUT_HANDLER_CLEAN );
		}
		return $this->guard->without_marks( $page );
	}

	/**
	 * Closes the buffers that were opened since and are open still.
	 *
	 * @param callable(): bool $close How.
	 */
	private function close_others( callable $close ): void {
		while (
			$this->is_open && ob_get_level() > $this->level && 0 !== ( ob_get_status()['flags'] & PHP_OUTPUT_HANDLER_REMOVABLE )
		) {
			if ( ! $close() ) {
				return;
			}
		}
	}

	/**
	 * Whether it is open, and no other is open in it.
	 *
	 * @return bool
	 */
	private function is_on_top(): bool {
		return $this->is_open && ob_get_level() === $this->level;
	}

	/**
	 * Whether what was collected is a page: not a feed, data, or a file.
	 *
	 * @param string $page What was collected.
	 * @return bool
	 */
	private static function is_page( string $page ): bool {
		$type = (string) ini_get( 'default_mimetype' );
		foreach ( array_reverse( headers_list() ) as $header ) {
			list( $name, $value ) = array_map( 'trim', explode( ':', strtolower( $header ), 2 ) ) + array( '', '' );
			if ( in_array( $name, self::OTHERWISE, true ) ) {
				return false;
			}
			$type = 'content-type' === $name ? $value : $type;
		}
		$first = substr( ltrim( substr( $page, 0, 100 ) ), 0, 1 );
		$type  = trim( (string) strtok( $type, ';' ) );
		return in_array( $type, self::PAGES, true ) && ! in_array( $first, array( '', '{', '[' ), true );
	}

	/**
	 * Whether the page can be changed within what PHP has left. It ends whoever asks for more, and the page with that.
	 *
	 * @param string $page The page.
	 * @return bool
	 */
	private static function has_memory_for( string $page ): bool {
		$limit = wp_convert_hr_to_bytes( (string) ini_get( 'memory_limit' ) );
		return $limit <= 0 || memory_get_usage() + self::MEMORY + self::MEMORY_A_BYTE * strlen( $page ) < $limit;
	}
}
