<?php
/**
 * What page caches are still to be told.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Purging;

use Creators_Image_Refresh\Rendering\Cache_Generation;
use Creators_Image_Refresh\Settings\Fallback_Policy;
use Creators_Image_Refresh\Settings\Settings;
use Creators_Image_Refresh\Storage\Database;
use Creators_Image_Refresh\Storage\Image_Cache;
use Creators_Image_Refresh\Storage\Image_Keys;
use Creators_Image_Refresh\Storage\Purge_Marks;
use Creators_Image_Refresh\Storage\Usage_Repository;

defined( 'ABSPATH' ) || exit;

/**
 * Goes by Purge_Marks: each post is told at least once after the last change of one of its pictures, and mostly once.
 *
 * Settings that change all pages need no mark: what was told of them last is remembered, and compared with what they are.
 *
 * @phpstan-import-type Due from Purge_Marks
 */
final class Purge_Outbox {

	/** Seconds for which a request tells page caches after its page is out. */
	public const AT_SHUTDOWN = 5.0;

	/** The settings of which page caches were told last. */
	public const OPTION    = 'creators_image_refresh_told_settings';
	private const AT_FIRST = 'on ' . Fallback_Policy::LAST_PICTURE;

	/** How many pictures are read at once, within which a post is told once; and of how many is told before that is noted. */
	private const A_ROUND   = 5000;
	private const A_PORTION = 10;

	/** From so many posts on, it is quicker to have a page cache drop all pages. */
	private const MANY_POSTS = 1000;

	/**
	 * Takes what it works with.
	 *
	 * @param Usage_Repository  $uses     Knows which post shows which picture.
	 * @param Image_Cache       $cache    Is to know nothing older than a page that is made anew.
	 * @param Page_Cache_Purger $purger   Tells page caches.
	 * @param Settings          $settings Whether pages are rewritten.
	 */
	public function __construct(
		private Usage_Repository $uses,
		private Image_Cache $cache,
		private Page_Cache_Purger $purger,
		private Settings $settings
	) {}

	/** Whether there is nothing to tell. */
	public function is_empty(): bool {
		return array() === Purge_Marks::due( 1 ) && $this->told_settings() === $this->settings_now();
	}

	/**
	 * Tells what there is to tell: the oldest first, portion by portion.
	 *
	 * @param float                   $seconds How long, about.
	 * @param (callable(): bool)|null $goes_on Asked before each portion whether this process may still tell.
	 */
	public function tell( float $seconds, ?callable $goes_on = null ): void {
		Purge_Marks::forget();
		$until   = microtime( true ) + $seconds;
		$goes_on = static fn(): bool => microtime( true ) < $until && ( null === $goes_on || $goes_on() );
		$this->tell_of_settings();
		do {
			$due = Purge_Marks::due( self::A_ROUND );
		} while ( array() !== $due && $this->tell_round( $due, $goes_on ) );
	}

	/** Tells of the whole site, where a setting has changed what pages show. */
	public function tell_of_settings(): void {
		$now = $this->settings_now();
		if ( Database::is_away() || $this->told_settings() === $now ) {
			return;
		}
		Cache_Generation::renew();
		$this->purger->purge_site();
		Database::quietly( static fn(): bool => update_option( self::OPTION, $now, false ) );
	}

	/**
	 * Tells of some pictures.
	 *
	 * @param non-empty-list<Due> $due     Which.
	 * @param callable(): bool    $goes_on Asked before each portion.
	 * @return bool Whether all were told, and that was noted.
	 */
	private function tell_round( array $due, callable $goes_on ): bool {
		if ( ! $goes_on() ) {
			return false;
		}
		// What remembers least is told first: a page that is made anew is not to be made of what was.
		$this->cache->forget( Image_Keys::names( $due ) );
		Cache_Generation::renew();
		$told = array();
		foreach ( array_chunk( $due, self::A_PORTION ) as $pictures ) {
			$shown_in = Database::quietly( fn(): array => $this->uses->posts_with( $pictures ) );
			if ( '' !== Database::complaint() || ! $goes_on() ) {
				return false;
			}
			$told = $this->tell_portion( $pictures, array_replace( array(), ...array_values( $shown_in ) ), $told );
			if ( ! Purge_Marks::take_out( $pictures ) ) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Tells of a few pictures.
	 *
	 * @param non-empty-list<Due> $pictures Which.
	 * @param array<int, string>  $posts    The posts that show them: kind of post by id.
	 * @param array<int, true>    $told     The posts of which was told in this round; 0 stands for the whole site.
	 * @return array<int, true> The same, with these.
	 */
	private function tell_portion( array $pictures, array $posts, array $told ): array {
		$changed = array_map( static fn( array $due ): array => array_diff_key( $due, array( 'purge_due' => '' ) ), $pictures );

		/**
		 * Fires when pages show other pictures than before; not where a link came back the same. Fires again where the process
		 * that has told was killed before it could note that.
		 *
		 * @param list<array{marketplace: string, asin: string}> $pictures Which.
		 */
		Page_Cache_Purger::quietly( static fn() => do_action( 'creators_image_refresh_images_changed', $changed ) );
		if ( ! isset( $told[0] ) && ( Page_Cache_Purger::may_be_anywhere( $posts ) || count( $posts ) > self::MANY_POSTS ) ) {
			$this->purger->purge_site();
			$told[0] = true;
		}
		$new = array_diff_key( $posts, $told, array( 0 => '' ) );
		$this->purger->purge_posts( array_keys( $new ), ! isset( $told[0] ) );
		return $told + array_fill_keys( array_keys( $new ), true );
	}

	/** What settings have all pages show. */
	private function settings_now(): string {
		return ( $this->settings->is_on() ? 'on ' : 'off ' ) . Fallback_Policy::choice();
	}

	/** The settings of which page caches were told last. */
	private function told_settings(): string {
		return (string) get_option( self::OPTION, self::AT_FIRST );
	}
}
