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

use Creators_Image_Refresh\Discovery\Discovered_Images;
use Creators_Image_Refresh\Plugin;

defined( 'ABSPATH' ) || exit;

/**
 * Adds the hooks by which pictures come into pages. From WordPress 6.9 on a page is collected before it goes out, and rewritten
 * as a whole, once; what is no page, and pages of earlier versions, piece by piece. Markdown is read in pieces alone: what a
 * visitor typed may stand in a page.
 *
 * Lazy loaders and consent plugins hide pictures in attributes, templates and base64 before the page is whole. So a piece is
 * rewritten at its own filter as well where anybody but WordPress changes it behind that, and each block where anybody changes
 * blocks, or the content before our turn: twice costs twice, and a site without them pays nothing.
 */
final class Hooks {

	/** Filters that pass a piece of a page. */
	private const PIECES = array(
		'the_content', 'get_the_excerpt', 'the_excerpt', 'the_content_feed', 'the_excerpt_rss', 'widget_text',
		'widget_text_content', 'widget_block_content', 'term_description', 'get_the_archive_description',
	);

	/** After shortcodes (11, added earlier), before WordPress adds attributes to images (12). Blocks are rendered at 9. */
	private const PRIORITY = 11;
	private const BLOCKS   = 9;

	/**
	 * What WordPress itself has on those filters and on those of blocks, in 6.8 to 7.1. None of it hides a picture; whoever is
	 * not among them may.
	 */
	private const OWN = array(
		'do_blocks' => true, 'wptexturize' => true, 'wpautop' => true, 'shortcode_unautop' => true,
		'prepend_attachment' => true, 'wp_replace_insecure_home_url' => true, 'capital_P_dangit' => true,
		'do_shortcode' => true, '_restore_wpautop_hook' => true, 'wp_filter_content_tags' => true, 'convert_smilies' => true,
		'convert_chars' => true, 'wp_trim_excerpt' => true, 'wp_render_typography_support' => true,
		'wp_strip_inline_note_markers' => true, '_wp_add_block_level_presets_class' => true,
		'wp_render_elements_class_name' => true, 'wp_render_layout_support_flag' => true,
		'wp_render_position_support' => true, 'wp_render_dimensions_support' => true, 'wp_render_background_support' => true,
		'wp_render_block_style_variation_class_name' => true, 'wp_render_block_visibility_support' => true,
		'wp_render_custom_css_class_name' => true, 'wp_render_block_states_support' => true,
		'wp_restore_group_inner_container' => true, 'wp_restore_image_outer_container' => true,
		'WP_Duotone::render_duotone_support' => true, 'WP_Duotone::restore_image_outer_container' => true,
		'block_core_navigation_add_support_classes_to_container' => true, 'block_core_paragraph_add_class' => true,
	);

	/**
	 * Filters of blocks, of all and of those in which pictures stand. What stands outside of any block is one without a name.
	 */
	private const BLOCK_FILTERS = array(
		'render_block', 'render_block_', 'render_block_core/image', 'render_block_core/html',
		'render_block_core/paragraph', 'render_block_core/group', 'render_block_core/columns',
		'render_block_core/column', 'render_block_core/gallery', 'render_block_core/media-text',
		'render_block_core/cover', 'render_block_core/list', 'render_block_core/table', 'render_block_core/shortcode',
		'render_block_core/embed',
	);

	/**
	 * What rewrites a piece, as it stands among other callbacks.
	 *
	 * @var \Closure|null
	 */
	private ?\Closure $piece = null;

	/**
	 * Which filters somebody else changes behind us, and with how many callbacks that was so.
	 *
	 * @var array<string, array{0: int, 1: bool}>
	 */
	private array $changed = array();

	/**
	 * What collects the page as a whole.
	 *
	 * @var Page_Buffer|null
	 */
	private ?Page_Buffer $buffer = null;

	/**
	 * Takes the plugin, whose parts are hooked in.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public function __construct( private Plugin $plugin ) {}

	/** Adds them. */
	public function add(): void {
		$this->piece = fn( mixed $html ): mixed => $this->comes_later( $html )
			? $html
			: $this->plugin->page_rewriter()->rewrite( $html );
		foreach ( self::PIECES as $name ) {
			add_filter( $name, $this->piece, self::PRIORITY );
		}
		// WordPress 6.9 has this. Its own buffer is opened at 1000: what others do with that sees the pictures that visitors see.
		add_action( 'wp_before_include_template', array( $this, 'on_page_begun' ), 1001, 0 );
		if ( ! function_exists( 'wp_start_template_enhancement_output_buffer' ) ) {
			$this->add_for_parts();
			add_action( 'template_redirect', array( $this, 'add_for_blocks' ), PHP_INT_MAX, 0 );
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

		// Once a page is out. Only a request that has shown what may be new has loaded it.
		$store = fn() => class_exists( Discovered_Images::class, false ) ? $this->plugin->discovered_images()->store() : null;
		add_action( 'shutdown', $store, 20, 0 );
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
	 * Whether a piece is rewritten with the page as a whole, and only then. One with Markdown is not, which is read in stored
	 * content alone; one that another site of the network shows here is that site's affair; and one that others change is
	 * another by then.
	 *
	 * @param mixed $html The piece.
	 */
	private function comes_later( mixed $html ): bool {
		return $this->is_collected() && is_string( $html ) && ! ( is_multisite() && ms_is_switched() )
			&& ! Page_Rewriter::may_have_markdown( $html ) && ! $this->is_changed_behind( (string) current_filter() );
	}

	/** Whether what is printed now is rewritten with the page. */
	private function is_collected(): bool {
		return null !== $this->buffer && $this->buffer->is_open();
	}

	/**
	 * Whether somebody else changes what a filter passes behind us, or each picture in it. Found out once, and again where
	 * callbacks have come or gone.
	 *
	 * @param string $filter Its name.
	 */
	private function is_changed_behind( string $filter ): bool {
		$count = 0;
		foreach ( array( $filter, 'wp_content_img_tag' ) as $name ) {
			foreach ( $GLOBALS['wp_filter'][ $name ]->callbacks ?? array() as $callbacks ) {
				$count += count( $callbacks );
			}
		}
		if ( ( $this->changed[ $filter ][0] ?? null ) !== $count ) {
			$is_changed               = $this->others_on( $filter )['behind'] || has_filter( 'wp_content_img_tag' );
			$this->changed[ $filter ] = array( $count, $is_changed );
		}
		return $this->changed[ $filter ][1];
	}

	/**
	 * Whether there are others than WordPress on a filter.
	 *
	 * @param string $filter Its name.
	 * @param int    $from   From which priority on.
	 * @return array{before: bool, behind: bool} Before and behind us; or before and behind our priority.
	 */
	private function others_on( string $filter, int $from = self::BLOCKS ): array {
		$others = array(
			'before' => false,
			'behind' => false,
		);
		$where  = 'before';
		foreach ( $GLOBALS['wp_filter'][ $filter ]->callbacks ?? array() as $priority => $callbacks ) {
			$where = $priority > self::PRIORITY ? 'behind' : $where;
			foreach ( $callbacks as $name => $callback ) {
				if ( $this->piece === $callback['function'] ) {
					$where = 'behind';
				} elseif ( $priority >= $from && ! isset( self::OWN[ $name ] ) ) {
					$others[ $where ] = true;
				}
			}
		}
		return $others;
	}

	/**
	 * Has blocks rewritten one by one, before anybody sees them, where somebody else changes blocks, each picture, or the content
	 * between its blocks and our turn.
	 */
	public function add_for_blocks(): void {
		$is_needed = has_filter( 'wp_content_img_tag' ) || $this->others_on( 'the_content' )['before'];
		foreach ( $is_needed ? array() : self::BLOCK_FILTERS as $filter ) {
			$is_needed = $is_needed
				|| ( isset( $GLOBALS['wp_filter'][ $filter ] ) && in_array( true, $this->others_on( $filter, PHP_INT_MIN ), true ) );
		}
		if ( $is_needed ) {
			add_filter(
				'render_block',
				// Where no page is collected, a template's blocks may show comments that bear no mark.
				fn( mixed $html ): mixed => $this->is_collected() || doing_filter( 'the_content' ) || doing_filter( 'widget_block_content' )
					? $this->plugin->page_rewriter()->rewrite_block( $html )
					: $html,
				PHP_INT_MIN
			);
		}
	}

	/**
	 * The page begins. It is collected, so that page builders, custom fields and a theme's own code are covered; where the
	 * site's owner does not want that, its parts are rewritten one by one.
	 */
	public function on_page_begun(): void {
		if ( ! $this->plugin->extension()->is_available() || null !== $this->buffer ) {
			return;
		}
		// phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals -- WordPress's own, by which an owner decides it.
		if ( apply_filters( 'wp_should_output_buffer_template_for_enhancement', true ) ) {
			$buffer       = new Page_Buffer( $this->plugin->comment_protector( ... ) );
			$this->buffer = $buffer->open() ? $buffer : null;
		}
		$this->add_for_blocks();
		if ( null === $this->buffer ) {
			$this->add_for_parts();
			return;
		}
		$this->add_for_comments();
		// WordPress closes all buffers at 1, and others theirs at 0.
		$finish = fn() => $this->buffer->finish( $this->plugin->page_rewriter()->rewrite_page( ... ) );
		add_action( 'shutdown', $finish, -1000, 0 );
	}

	/** Has template parts rewritten one by one. */
	private function add_for_parts(): void {
		add_filter( 'render_block_data', fn( mixed $block ): mixed => $this->plugin->comment_protector()->enter( $block ) );
		add_filter(
			'render_block_core/template-part',
			fn( mixed $html ): mixed => $this->plugin->page_rewriter()->rewrite_part( $html ),
			11
		);
		$this->add_for_comments();
	}

	/** Keeps comments as they are. */
	private function add_for_comments(): void {
		add_filter(
			'comment_text',
			fn( mixed $text ): mixed => $this->plugin->comment_protector()->mark( $text, $this->is_collected() ),
			PHP_INT_MAX
		);
	}
}
