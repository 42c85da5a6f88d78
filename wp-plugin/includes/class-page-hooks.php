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
 * Adds the hooks by which pictures come into pages.
 */
final class Page_Hooks {

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
		// Pages: after shortcodes (11, added earlier), before WordPress adds attributes to images (12).
		$pieces = array( 'the_content', 'get_the_excerpt', 'the_excerpt', 'the_content_feed', 'the_excerpt_rss', 'widget_text', 'widget_text_content', 'widget_block_content', 'term_description', 'get_the_archive_description' );
		foreach ( $pieces as $piece ) {
			add_filter( $piece, array( $this->plugin->renderer, 'rewrite' ), 11 );
		}

		// Pages as a whole: what no filter has seen, and what is done once a page is out.
		add_filter( 'render_block_data', array( $this->plugin->comment_guard, 'enter' ) );
		add_filter( 'render_block_core/template-part', array( $this->plugin->renderer, 'rewrite_part' ), 11 );
		add_filter( 'comment_text', array( $this->plugin->comment_guard, 'mark' ), PHP_INT_MAX );
		// Both are WordPress 6.9's. It collects a page only for whom it has a filter by then.
		add_action( 'wp_before_include_template', array( $this, 'collect_page' ), 10, 0 );
		add_action( 'wp_template_enhancement_output_buffer_started', array( $this, 'guard_comments' ), 10, 0 );
		add_action( 'shutdown', array( $this->plugin->met_pictures, 'store' ), 20, 0 );
		add_filter( 'creators_image_refresh_lookup', array( $this->plugin->page_images, 'answer' ), 10, 3 );
	}

	/**
	 * Has WordPress collect the page before it goes out, so that page builders, custom fields and a theme's own code are
	 * covered.
	 */
	public function collect_page(): void {
		if ( $this->plugin->renderer->is_active() ) {
			// Before others: they are to see the pictures that visitors see.
			add_filter( 'wp_template_enhancement_output_buffer', array( $this->plugin->renderer, 'rewrite_page' ), 5 );
		}
	}

	/**
	 * Keeps comments as they are, once a page is being collected.
	 */
	public function guard_comments(): void {
		if ( $this->plugin->renderer->is_active() ) {
			$this->plugin->comment_guard->start();
		}
	}
}
