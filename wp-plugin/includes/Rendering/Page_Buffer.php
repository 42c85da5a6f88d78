<?php
/**
 * A page, held back until it is whole.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Rendering;

defined( 'ABSPATH' ) || exit;

/**
 * Collects a page from its template's first byte to its last. It is changed while it still lies in the buffer, past PHP's
 * handlers of output, in which nobody may open a buffer and a script that ends takes the page with it: whatever happens
 * meanwhile, the page is there and goes out.
 *
 * There are two buffers, one in the other, since PHP copies a page twice for each handler that it passes. The inner one has
 * none and collects; the outer one is empty, unless somebody else closes the inner one, and lets no mark of a comment out.
 */
final class Page_Buffer {

	/** What a page may need of memory to be changed, in bytes for each of its own, and whatever its size. */
	private const MEMORY_A_BYTE = 12;
	private const MEMORY        = 2 * MB_IN_BYTES;

	/** Like WordPress's own, neither gives away parts of the page before the whole of it is there. */
	private const FLAGS = PHP_OUTPUT_HANDLER_CLEANABLE | PHP_OUTPUT_HANDLER_REMOVABLE;

	/** What PHP calls a buffer without a handler. */
	private const PLAIN = 'default output handler';

	/** Headers that say that what goes out is no page as it stands, and kinds of content that are one. */
	private const OTHERWISE = array( 'content-encoding', 'content-disposition', 'content-length' );
	private const PAGES     = array( 'text/html', 'application/xhtml+xml' );

	/**
	 * How many buffers there are with the outer one.
	 *
	 * @var int
	 */
	private int $level = 0;

	/**
	 * Whether the outer one is open.
	 *
	 * @var bool
	 */
	private bool $is_open = false;

	/**
	 * Whether nothing has gone out when it was closed.
	 *
	 * @var bool
	 */
	private bool $is_lost = false;

	/**
	 * The page while it is being changed, and how many buffers hold it.
	 *
	 * @var array{0: string, 1: int}|null
	 */
	private ?array $held = null;

	/**
	 * Takes what is needed where a page that leaves before its time has marks of comments.
	 *
	 * @param \Closure(): Comment_Protector $comments Makes what takes them out.
	 */
	public function __construct( private \Closure $comments ) {}

	/**
	 * Begins to collect.
	 *
	 * @return bool Whether it could.
	 */
	public function open(): bool {
		$this->is_open = ob_start( $this->pass( ... ), 0, self::FLAGS );
		$this->level   = ob_get_level();
		return $this->is_open && ob_start( null, 0, self::FLAGS );
	}

	/** Whether it still collects: others may close it in the middle of a page. */
	public function is_open(): bool {
		return $this->is_open;
	}

	/**
	 * Changes the page, if it is one and still here, and lets it go out.
	 *
	 * @param callable(string): string $change Throws nothing, and leaves no mark; what it prints is dropped.
	 */
	public function finish( callable $change ): void {
		$this->close_above( $this->level + 1, 'ob_end_flush' );
		$buffers = ob_get_status( true );
		$outer   = $buffers[ $this->level - 1 ] ?? array();
		$inner   = $buffers[ $this->level ] ?? null;
		if ( null !== $inner && ( 0 !== ( $outer['buffer_used'] ?? 0 ) || self::PLAIN !== $inner['name'] ) ) {
			// Somebody has closed the inner one, and opened another.
			$this->close_above( $this->level, 'ob_end_flush' );
		}
		$level = ob_get_level();
		if ( ! $this->is_open || $level < $this->level || $level > $this->level + 1 ) {
			return;
		}
		$page = (string) ob_get_contents();
		if ( self::is_page( $page ) && self::has_memory_for( $page ) ) {
			// Whoever closes a buffer too many closes this one.
			ob_start();
			$this->held = array( $page, $level );
			$this->let_out( $change( $page ), $level );
		}
		$this->close_above( $this->level - 1, 'ob_end_flush' );
	}

	/** The script was ended while the page was being changed, by somebody who may have emptied all buffers before. */
	public function __destruct() {
		if ( null !== $this->held ) {
			list( $page, $level ) = $this->held;
			$this->let_out( $this->without_marks( $page ), $level );
		}
	}

	/**
	 * Lets the page go out in the place of what lies in the buffers: the page as it was, or nothing any more.
	 *
	 * @param string $page  The page.
	 * @param int    $level How many buffers hold it.
	 */
	private function let_out( string $page, int $level ): void {
		$this->held = null;
		$this->close_above( $level, 'ob_end_clean' );
		$this->close_above( $this->level - 1, 'ob_end_clean' );
		if ( $this->is_lost ) {
			echo $page; // phpcs:ignore WordPress.Security.EscapeOutput -- the page.
		}
	}

	/**
	 * PHP's handler: what leaves past finish() leaves as it is, but for marks.
	 *
	 * @param string $page  What is there.
	 * @param int    $phase What becomes of it.
	 */
	private function pass( string $page, int $phase ): string {
		if ( 0 !== ( $phase & PHP_OUTPUT_HANDLER_FINAL ) ) {
			$this->is_open = false;
			$this->is_lost = '' === $page || 0 !== ( $phase & PHP_OUTPUT_HANDLER_CLEAN );
		}
		return $this->without_marks( $page );
	}

	/**
	 * A page without the marks of its comments.
	 *
	 * @param string $page The page.
	 */
	private function without_marks( string $page ): string {
		return str_contains( $page, Page_Rewriter::SIGN ) ? ( $this->comments )()->without_marks( $page ) : $page;
	}

	/**
	 * Closes the buffers above a level, as far as they may be closed. What somebody's handler throws is thrown once the page is
	 * out, as it would be where no page is held back: nothing has told the visitor by then that there was an error.
	 *
	 * @param int              $level How many are to be left.
	 * @param callable(): bool $close How.
	 */
	private function close_above( int $level, callable $close ): void {
		while (
			$this->is_open && ob_get_level() > $level && 0 !== ( ob_get_status()['flags'] & PHP_OUTPUT_HANDLER_REMOVABLE )
		) {
			$before = ob_get_level();
			try {
				$close();
			} catch ( \Throwable $thrown ) {
				register_shutdown_function( static fn() => throw $thrown );
			}
			if ( ob_get_level() >= $before ) {
				return;
			}
		}
	}

	/**
	 * Whether what was collected is a page: not a feed, data, or a file.
	 *
	 * @param string $page What was collected.
	 */
	private static function is_page( string $page ): bool {
		$type = (string) ini_get( 'default_mimetype' );
		foreach ( array_reverse( headers_list() ) as $header ) {
			if ( 0 !== strncasecmp( $header, 'content-', 8 ) ) {
				continue;
			}
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
	 */
	private static function has_memory_for( string $page ): bool {
		$limit = wp_convert_hr_to_bytes( (string) ini_get( 'memory_limit' ) );
		return $limit <= 0 || memory_get_usage() + self::MEMORY + self::MEMORY_A_BYTE * strlen( $page ) < $limit;
	}
}
