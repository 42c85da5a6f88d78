<?php
/**
 * Hooks of what visitors see.
 *
 * The room of rendering: what a visitor's page shows. What is not needed for a page view does not enter; on any doubt the
 * page goes out as it came in.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Rendering;

use Creators_Image_Refresh\Discovery\Image_Finder;
use Creators_Image_Refresh\Plugin;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Adds the hooks by which pictures come into pages. From WordPress 6.9 on a page is collected before it goes out, and rewritten
 * as a whole, once; what is no page, and pages of earlier versions, piece by piece. Markdown is read in pieces alone: what a
 * visitor typed may stand in a page.
 */
final class Hooks {

	/**
	 * Filters that pass a piece of a page.
	 */
	private const PIECES = array(
		'the_content',
		'get_the_excerpt',
		'the_excerpt',
		'the_content_feed',
		'the_excerpt_rss',
		'widget_text',
		'widget_text_content',
		'widget_block_content',
		'term_description',
		'get_the_archive_description',
	);

	/**
	 * Whether the page is being collected as a whole.
	 *
	 * @var bool
	 */
	private bool $whole = false;

	/**
	 * Takes the plugin, whose parts are hooked in.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public function __construct( private Plugin $plugin ) {}

	/**
	 * Adds them.
	 */
	public function add(): void {
		$piece = fn( mixed $html ): mixed => $this->comes_later( $html )
			? $html
			: $this->plugin->page_rewriter()->rewrite( $html );
		foreach ( self::PIECES as $name ) {
			// After shortcodes (11, added earlier), before WordPress adds attributes to images (12).
			add_filter( $name, $piece, 11 );
		}
		// WordPress 6.9 has this. Its own buffer is opened at 1000: what others do with that sees the pictures that visitors see.
		add_action( 'wp_before_include_template', array( $this, 'on_page_begun' ), 1001, 0 );
		if ( ! function_exists( 'wp_start_template_enhancement_output_buffer' ) ) {
			$this->add_for_parts();
		}

		// A theme may load comments long before the page begins.
		if ( ! is_admin() && ! wp_doing_cron() && ! ( defined( 'WP_CLI' ) && WP_CLI ) ) {
			add_filter(
				'get_comment',
				function ( mixed $comment ): mixed {
					$this->plugin->visitor_request()->note_comment( $comment );
					return $comment;
				},
				PHP_INT_MAX
			);
		}

		// What is done once a page is out.
		add_action(
			'shutdown',
			function (): void {
				// Only a request that has rewritten something has loaded it.
				if ( class_exists( Page_Rewriter::class, false ) ) {
					$this->plugin->page_rewriter()->store_discovered();
				}
			},
			20,
			0
		);
		add_filter(
			'creators_image_refresh_lookup',
			fn(
				mixed $image,
				mixed $marketplace = '',
				mixed $asin = ''
			): mixed => $this->plugin->page_image_lookup()->answer( $image, $marketplace, $asin ),
			10,
			3
		);
	}

	/**
	 * Whether a piece is rewritten with the page as a whole: twice would cost twice. One with Markdown is not, which is read in
	 * stored content alone; one that another site of the network shows here is that site's affair.
	 *
	 * @param mixed $html The piece.
	 * @return bool
	 */
	private function comes_later( mixed $html ): bool {
		if ( ! $this->is_collected() || ! is_string( $html ) || ( is_multisite() && ms_is_switched() ) ) {
			return false;
		}
		return ! Image_Finder::may_have_markdown( $html );
	}

	/**
	 * Whether what is printed now is rewritten with the page.
	 *
	 * @return bool
	 */
	private function is_collected(): bool {
		return $this->whole && $this->plugin->page_buffer()->is_open();
	}

	/**
	 * The page begins. It is collected, so that page builders, custom fields and a theme's own code are covered; where the
	 * site's owner does not want that, its parts are rewritten one by one.
	 */
	public function on_page_begun(): void {
		if ( ! $this->plugin->extension()->is_available() || $this->whole ) {
			return;
		}
		// phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals -- WordPress's own, by which an owner decides it.
		$is_wanted   = (bool) apply_filters( 'wp_should_output_buffer_template_for_enhancement', true );
		$this->whole = $is_wanted && $this->plugin->page_buffer()->open();
		if ( ! $this->whole ) {
			$this->add_for_parts();
			return;
		}
		$this->add_for_comments();
		// WordPress closes all buffers at 1, and others theirs at 0.
		$finish = fn() => $this->plugin->page_buffer()->finish( array( $this->plugin->page_rewriter(), 'rewrite_page' ) );
		add_action( 'shutdown', $finish, -1000, 0 );
	}

	/**
	 * Has template parts rewritten one by one.
	 */
	private function add_for_parts(): void {
		add_filter( 'render_block_data', fn( mixed $block ): mixed => $this->plugin->comment_protector()->enter( $block ) );
		add_filter(
			'render_block_core/template-part',
			fn( mixed $html ): mixed => $this->plugin->page_rewriter()->rewrite_part( $html ),
			11
		);
		$this->add_for_comments();
	}

	/**
	 * Keeps comments as they are.
	 */
	private function add_for_comments(): void {
		add_filter(
			'comment_text',
			fn( mixed $text ): mixed => $this->plugin->comment_protector()->mark( $text, $this->is_collected() ),
			PHP_INT_MAX
		);
	}
}
