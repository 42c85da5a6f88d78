<?php
/**
 * Puts fresh pictures into pages.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Rendering;

use Creators_Image_Refresh\Discovery\Image_Finder;
use Creators_Image_Refresh\Plugin;
use Creators_Image_Refresh\Settings\Input;
use Creators_Image_Refresh\Storage\Image_Cache;
use Creators_Image_Refresh\Storage\Image_Reader;
use Creators_Image_Refresh\Storage\Schema;

defined( 'ABSPATH' ) || exit;

/**
 * Rewrites HTML on its way to the visitor: piece by piece where WordPress has a filter, and from WordPress 6.9 on the page as
 * a whole for what no filter sees. On any doubt it goes out byte for byte as it came in, whatever others have hooked in.
 *
 * @phpstan-import-type Entry from Image_Cache
 */
final class Page_Rewriter {

	/**
	 * What marks of comments begin with, see Comment_Protector: most pages have none, and need not load it. Digits, which are the
	 * same in any case; and few, since a theme may cut a text short in the middle of a mark.
	 */
	public const SIGN = '793846';

	/**
	 * Whether pages were to be rewritten when the first piece was: it is asked for each.
	 *
	 * @var array<int, bool> By site.
	 */
	private array $was_active = array();

	/**
	 * Takes the plugin: most of its parts are asked for only where there are pictures.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public function __construct( private Plugin $plugin ) {}

	/** Whether pages are rewritten at all. */
	public function is_active(): bool {
		return $this->plugin->extension()->is_available() && $this->plugin->settings()->is_on() && Schema::is_readable();
	}

	/**
	 * Filters a piece of a page that is stored content: Markdown that was left in it is read as well.
	 *
	 * @param mixed $html Mostly HTML; other plugins pass other things through the same filters.
	 */
	public function rewrite( mixed $html ): mixed {
		return $this->guarded( $html, markdown: true, is_part: true );
	}

	/**
	 * Filters a block before others change it; the piece and the page in which it stands come later.
	 *
	 * @param mixed $html The block.
	 */
	public function rewrite_block( mixed $html ): mixed {
		return is_string( $html ) && false !== stripos( $html, 'amazon' ) ? $this->guarded( $html, is_part: true ) : $html;
	}

	/**
	 * Filters a template part, but for its comments; one in another waits for that.
	 *
	 * @param mixed $html The part.
	 */
	public function rewrite_part( mixed $html ): mixed {
		return $this->plugin->comment_protector()->leave() ? $this->guarded( $html ) : $html;
	}

	/**
	 * Filters a whole page, but for its comments. It may show what visitors typed, so no Markdown is read in it.
	 *
	 * @param string $html The page.
	 */
	public function rewrite_page( string $html ): string {
		return $this->guarded( $html, is_page: true );
	}

	/**
	 * Whether there may be Markdown: a picture of it has a target, or is told where that stands.
	 *
	 * @param string $html Any markup.
	 */
	public static function may_have_markdown( string $html ): bool {
		return str_contains( $html, '](' ) || str_contains( $html, '][' ) || str_contains( $html, ']:' );
	}

	/**
	 * Rewrites what is worth it, without the comments in it, whose marks it takes out. Whatever is thrown meanwhile, it goes out
	 * as it was; buffers that others have left open meanwhile are closed, since what follows is to go where this goes.
	 *
	 * @param mixed $html     As rewrite().
	 * @param bool  $markdown Whether Markdown is read.
	 * @param bool  $is_page  Whether it is the page as a whole, whose pieces may have been rewritten before.
	 * @param bool  $is_part  As Comment_Protector::without_comments().
	 */
	private function guarded( mixed $html, bool $markdown = false, bool $is_page = false, bool $is_part = false ): mixed {
		// The extension looks for Amazon's hosts itself, and only then for anything else.
		if ( ! is_string( $html ) || '' === $html ) {
			return $html;
		}
		$level   = ob_get_level();
		$guard   = str_contains( $html, self::SIGN ) ? $this->plugin->comment_protector() : null;
		$rewrite = fn( string $rest ): string => $this->rewrite_html( $rest, $markdown, $is_page );
		try {
			$rewritten = null === $guard ? $rewrite( $html ) : $guard->without_comments( $html, $rewrite, $is_part );
		} catch ( \Throwable ) {
			$rewritten = $html;
		}
		do {
			$open = ob_get_level();
			try {
				$is_closed = $open > $level && ob_end_clean();
			} catch ( \Throwable ) {
				// What a handler throws of what nobody gets to see is no reason to lose the page.
				$is_closed = ob_get_level() < $open;
			}
		} while ( $is_closed );
		return null === $guard || $is_part ? $rewritten : $guard->without_marks( $rewritten );
	}

	/**
	 * Rewrites HTML.
	 *
	 * @param string $html     HTML.
	 * @param bool   $markdown As guarded().
	 * @param bool   $is_page  As guarded().
	 */
	private function rewrite_html( string $html, bool $markdown, bool $is_page ): string {
		$options = array(
			'markdown' => $markdown,
			'memory'   => fn(): ?string => ( $this->was_active[ get_current_blog_id() ] ??= $this->is_active() )
				? Cache_Generation::name( Image_Cache::current_post() )
				: null,
		);
		// What the extension takes by itself are the same.
		if ( has_filter( 'creators_image_refresh_kinds' ) ) {
			$options['kinds'] = Image_Finder::kinds();
		}
		return $this->plugin->extension()->rewrite_images(
			$html,
			fn( array $found ): ?array => $this->look_up( $html, $found, $markdown, $is_page ),
			$options
		);
	}

	/**
	 * What is to be shown in the place of what was found.
	 *
	 * @param string                     $html     The markup.
	 * @param list<array<string, mixed>> $found    From the extension.
	 * @param bool                       $markdown As guarded().
	 * @param bool                       $is_page  As guarded().
	 * @return array<string, array<array-key, string|array<string, mixed>|null>>|null As Page_Image_Lookup::shown(); null for all
	 *                                                                                leaves the page as it is.
	 */
	private function look_up( string $html, array $found, bool $markdown, bool $is_page ): ?array {
		if ( ! $this->is_active() ) {
			return null;
		}
		$pictures = $this->plugin->image_finder()->products( $html, $found );
		if ( array() === $pictures ) {
			return array();
		}
		$images  = $this->plugin->page_image_lookup();
		$entries = $images->look_up( $pictures );
		if ( self::may_have_discovered( $entries ) ) {
			// Stored content is looked through by the scanner; what else stands there as Markdown may be a visitor's.
			$markup = $markdown && self::may_have_markdown( $html )
				? $this->plugin->image_finder()->find_markup( $html )
				: $pictures;
			$this->plugin->discovered_images()->note( $markup, $entries, $is_page );
		}
		$shown = $images->shown( $entries );
		foreach ( $pictures as $picture ) {
			$image = $shown[ $picture['marketplace'] ][ $picture['asin'] ] ?? null;
			if ( null !== $image && $picture['in_box'] ) {
				$image = self::with_link( $image, $picture );
				$shown[ $picture['marketplace'] ][ $picture['asin'] ] = $image;
			}
			if ( null !== $image && ! $picture['named'] ) {
				$shown[''][ $picture['asin'] ] = $image;
			}
		}
		return $shown;
	}

	/**
	 * Whether some of these may be new. Asked of every piece, and mostly answered by it.
	 *
	 * @param array<string, Entry|false> $entries What is known.
	 */
	public static function may_have_discovered( array $entries ): bool {
		foreach ( $entries as $entry ) {
			if ( false === $entry || $entry['seen_at'] > 0 ) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Gives a link to a picture in a box: boxes are links. Where another country's account serves it, what stands in the post
	 * says to which shop, and with whose tag.
	 *
	 * @param string|array<string, mixed>                          $image   An Image.
	 * @param array{marketplace: string, asin: string, tag: string} $picture What stands on the page.
	 * @return string|array<string, mixed>
	 */
	private static function with_link( string|array $image, array $picture ): string|array {
		$shop    = $picture['marketplace'];
		$decoded = is_string( $image ) ? Image_Reader::image( $image, $shop ) : $image;
		$tag     = (string) Input::tag( $picture['tag'] );
		if ( null !== $decoded && '' === (string) ( $decoded['detail_page_url'] ?? '' ) && '' !== $tag ) {
			$decoded['once']            = true;
			$decoded['detail_page_url'] = "https://$shop/dp/{$picture['asin']}?tag=" . rawurlencode( $tag );
		}
		return $decoded ?? $image;
	}
}
