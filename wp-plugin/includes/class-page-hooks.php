<?php
/**
 * Hooks of what visitors see.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Adds the hooks by which pictures come into pages. From WordPress 6.9 on it collects a page before it goes out: the page is
 * rewritten then as a whole, once. What is no page (feeds, REST, answers to scripts), and pages of earlier versions, is
 * rewritten piece by piece.
 */
final class Page_Hooks {

	/**
	 * Filters that pass a piece of a page.
	 */
	private const PIECES = array( 'the_content', 'get_the_excerpt', 'the_excerpt', 'the_content_feed', 'the_excerpt_rss', 'widget_text', 'widget_text_content', 'widget_block_content', 'term_description', 'get_the_archive_description' );

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
		$piece = fn( mixed $html ): mixed => $this->comes_later() ? $html : $this->plugin->renderer->rewrite( $html );
		foreach ( self::PIECES as $name ) {
			// After shortcodes (11, added earlier), before WordPress adds attributes to images (12).
			add_filter( $name, $piece, 11 );
		}
		// WordPress 6.9 has this: it collects a page only for whom it has a filter by then, at 1000.
		add_action( 'wp_before_include_template', array( $this, 'collect_page' ), 10, 0 );
		add_action( 'wp_template_enhancement_output_buffer_started', array( $this, 'on_page_collected' ), 10, 0 );
		if ( ! function_exists( 'wp_start_template_enhancement_output_buffer' ) ) {
			$this->add_for_parts();
		}

		// What is done once a page is out.
		add_action(
			'shutdown',
			function (): void {
				if ( isset( $this->plugin->met_pictures ) ) {
					$this->plugin->met_pictures->store();
				}
			},
			20,
			0
		);
		add_filter( 'creators_image_refresh_lookup', fn( mixed $image, mixed $marketplace = '', mixed $asin = '' ): mixed => $this->plugin->page_images->answer( $image, $marketplace, $asin ), 10, 3 );
	}

	/**
	 * Whether a piece is rewritten with the page. One that another site of the network shows here is that site's affair.
	 *
	 * @return bool
	 */
	private function comes_later(): bool {
		return $this->whole && ! ( is_multisite() && ms_is_switched() );
	}

	/**
	 * Has WordPress collect the page before it goes out, so that page builders, custom fields and a theme's own code are
	 * covered.
	 */
	public function collect_page(): void {
		if ( $this->plugin->extension->is_available() ) {
			// Before others: they are to see the pictures that visitors see.
			add_filter( 'wp_template_enhancement_output_buffer', fn( mixed $html ): mixed => $this->plugin->renderer->rewrite_page( $html ), 5 );
			add_action( 'wp_before_include_template', array( $this, 'on_page_begun' ), 1001, 0 );
		}
	}

	/**
	 * The page is being collected: comments are to stay as they are.
	 */
	public function on_page_collected(): void {
		if ( $this->plugin->extension->is_available() ) {
			$this->whole = true;
			$this->add_for_comments();
		}
	}

	/**
	 * The page begins, and nobody collects it: the site's owner does not want that.
	 */
	public function on_page_begun(): void {
		if ( ! $this->whole ) {
			$this->add_for_parts();
		}
	}

	/**
	 * Has template parts rewritten one by one.
	 */
	private function add_for_parts(): void {
		add_filter( 'render_block_data', fn( mixed $block ): mixed => $this->plugin->comment_guard->enter( $block ) );
		add_filter( 'render_block_core/template-part', fn( mixed $html ): mixed => $this->plugin->renderer->rewrite_part( $html ), 11 );
		$this->add_for_comments();
	}

	/**
	 * Keeps comments as they are.
	 */
	private function add_for_comments(): void {
		add_filter( 'comment_text', fn( mixed $text ): mixed => $this->plugin->comment_guard->mark( $text, $this->whole ), PHP_INT_MAX );
	}
}
