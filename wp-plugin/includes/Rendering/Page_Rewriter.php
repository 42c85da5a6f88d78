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

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

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
	 * Whether the page has shown pictures that may be new.
	 *
	 * @var bool
	 */
	private bool $has_discovered = false;

	/**
	 * Takes the plugin: most of its parts are asked for only where there are pictures.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public function __construct( private Plugin $plugin ) {}

	/**
	 * Whether pages are rewritten at all.
	 *
	 * @return bool
	 */
	public function is_active(): bool {
		return $this->plugin->extension()->is_available() && $this->plugin->settings()->is_on() && Schema::is_readable();
	}

	/**
	 * Filters a piece of a page that is stored content: Markdown that was left in it is read as well.
	 *
	 * @param mixed $html Mostly HTML; other plugins pass other things through the same filters.
	 * @return mixed
	 */
	public function rewrite( mixed $html ): mixed {
		return $this->guarded( $html, fn( string $rest ): string => $this->rewrite_html( $rest, true, false ), true );
	}

	/**
	 * Whether there may be Markdown: a picture of it has a target, or is told where that stands.
	 *
	 * @param string $html Any markup.
	 * @return bool
	 */
	public static function may_have_markdown( string $html ): bool {
		return str_contains( $html, '](' ) || str_contains( $html, '][' ) || str_contains( $html, ']:' );
	}

	/**
	 * Filters a block before others change it; the piece and the page in which it stands come later.
	 *
	 * @param mixed $html The block.
	 * @return mixed
	 */
	public function rewrite_block( mixed $html ): mixed {
		return is_string( $html ) && false !== stripos( $html, 'amazon' )
			? $this->guarded( $html, fn( string $rest ): string => $this->rewrite_html( $rest, false, false ), true )
			: $html;
	}

	/**
	 * Filters a template part, but for its comments; one in another waits for that.
	 *
	 * @param mixed $html The part.
	 * @return mixed
	 */
	public function rewrite_part( mixed $html ): mixed {
		$rewrite = fn( string $rest ): string => $this->rewrite_html( $rest, false, false );
		if ( ! $this->plugin->comment_protector()->leave() ) {
			return $html;
		}
		return $this->guarded( $html, $rewrite );
	}

	/**
	 * Filters a whole page, but for its comments. It may show what visitors typed, so no Markdown is read in it.
	 *
	 * @param string $html The page.
	 * @return string
	 */
	public function rewrite_page( string $html ): string {
		return $this->guarded( $html, fn( string $rest ): string => $this->rewrite_html( $rest, false, true ) );
	}

	/**
	 * Stores what the page has shown for the first time, once it is out.
	 */
	public function store_discovered(): void {
		if ( $this->has_discovered ) {
			$this->plugin->discovered_images()->store();
		}
	}

	/**
	 * Rewrites what is worth it, without the comments in it, whose marks it takes out. Whatever is thrown meanwhile, it goes out
	 * as it was; buffers that others have left open meanwhile are closed, since what follows is to go where this goes.
	 *
	 * @param mixed                    $html    As rewrite().
	 * @param callable(string): string $rewrite Rewrites.
	 * @param bool                     $is_part As Comment_Protector::without_comments().
	 * @return mixed
	 */
	private function guarded( mixed $html, callable $rewrite, bool $is_part = false ): mixed {
		// The extension looks for Amazon's hosts itself, and only then for anything else.
		if ( ! is_string( $html ) || '' === $html ) {
			return $html;
		}
		$level = ob_get_level();
		$guard = str_contains( $html, self::SIGN ) ? $this->plugin->comment_protector() : null;
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
	 * @param bool   $markdown Whether Markdown is read.
	 * @param bool   $is_page  Whether it is the page as a whole, whose pieces may have been rewritten before.
	 * @return string
	 */
	private function rewrite_html( string $html, bool $markdown, bool $is_page ): string {
		$name = fn(): ?string => $this->was_active_here() ? Cache_Generation::name( Image_Cache::current_post() ) : null;
		$options = array(
			'markdown' => $markdown,
			'memory'   => $name,
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
	 * Whether this site's pages were to be rewritten when it was first asked.
	 *
	 * @return bool
	 */
	private function was_active_here(): bool {
		return $this->was_active[ get_current_blog_id() ] ??= $this->is_active();
	}

	/**
	 * What is to be shown in the place of what was found.
	 *
	 * @param string                     $html     The markup.
	 * @param list<array<string, mixed>> $found    From the extension.
	 * @param bool                       $markdown Whether Markdown was read.
	 * @param bool                       $is_page  As rewrite_html().
	 * @return array<string, array<array-key, string|array<string, mixed>|null>>|null By marketplace, then by ASIN; null for one
	 *                                                                                that is known to have nothing to show.
	 *                                                                                Null for all leaves the page as it is.
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
			$this->has_discovered = true;
			// Stored content is looked through by the scanner; what else stands there as Markdown may be a visitor's.
			$markup = $markdown && self::may_have_markdown( $html )
				? $this->plugin->image_finder()->find_markup( $html )
				: $pictures;
			$this->plugin->discovered_images()->note( $markup, $entries, $is_page );
		}
		$shown = $images->shown( $entries );
		foreach ( $images->words( $entries ) as $marketplace => $words ) {
			foreach ( $words as $asin => $text ) {
				$shown[ $marketplace ][ $asin ] = array( 'words' => $text );
			}
		}
		foreach ( $pictures as $picture ) {
			$image = $shown[ $picture['marketplace'] ][ $picture['asin'] ] ?? null;
			if ( null === $image ) {
				if ( false !== ( $entries[ Image_Cache::key( $picture['marketplace'], $picture['asin'] ) ] ?? false ) ) {
					$shown[ $picture['marketplace'] ][ $picture['asin'] ] = null;
				}
				continue;
			}
			if ( $picture['in_box'] ) {
				$image = self::with_link( $image, $picture );
				$shown[ $picture['marketplace'] ][ $picture['asin'] ] = $image;
			}
			if ( ! $picture['named'] ) {
				$shown[''][ $picture['asin'] ] = $image;
			}
		}
		return $shown;
	}

	/**
	 * Whether some of these may be new. Asked of every piece, and mostly answered by it.
	 *
	 * @param array<string, Entry|false> $entries What is known.
	 * @return bool
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
		$decoded = is_string( $image ) ? Image_Reader::image( $image, $picture['marketplace'] ) : $image;
		$tag     = (string) Input::tag( $picture['tag'] );
		if ( null !== $decoded && '' === (string) ( $decoded['detail_page_url'] ?? '' ) && '' !== $tag ) {
			$decoded['once']            = true;
			$decoded['detail_page_url'] = 'https://'
				. $picture['marketplace']
				. '/dp/'
				. $picture['asin']
				. '?tag='
				. rawurlencode( $tag );
		}
		return $decoded ?? $image;
	}
}
