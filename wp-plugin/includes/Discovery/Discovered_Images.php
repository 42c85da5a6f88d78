<?php
/**
 * Pictures that only pages show.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Discovery;

use Creators_Image_Refresh\Api\Marketplaces;
use Creators_Image_Refresh\Storage\Database;
use Creators_Image_Refresh\Storage\Image_Cache;
use Creators_Image_Refresh\Storage\Image_Keys;
use Creators_Image_Refresh\Storage\Image_Reader;
use Creators_Image_Refresh\Storage\Image_Repository;
use Creators_Image_Refresh\Storage\Schema;

defined( 'ABSPATH' ) || exit;

/**
 * Collects them while the page is made, and notes them when it is out: custom fields, page builders, what code of a theme
 * prints. Each is a use of that page's, so that its page cache is told when the picture changes.
 *
 * What nobody knows is only a candidate at first: a use without a picture, which costs no call. A later look at stored content
 * or a later view of a page has to meet it again. Views count only where Visitor_Request is sure that the site shows it by
 * itself.
 *
 * What they may cost is decided here. There are at most ROOM of them, each is due every Image_Age::refresh_after(), and
 * ten make a call: 2,000 / 10 x 2 = 400 calls a day, of the 8,640 that Amazon gives an account at one call a second. They are
 * asked for when nothing is due that stored content holds, see Due_Images::asins().
 *
 * @phpstan-import-type Entry from Image_Cache
 */
final class Discovered_Images {

	/**
	 * How many pictures one page view may note, how many candidates there may be, and how many pictures that only pages show.
	 */
	public const A_PAGE  = 50;
	public const WAITING = 500;
	public const ROOM    = 2000;

	/**
	 * How long a use is kept without being seen again, and a candidate; after which time it is noted again; and how old a
	 * candidate has to be to give way to a new one.
	 */
	public const KEPT         = 30 * DAY_IN_SECONDS;
	public const KEPT_WAITING = 15 * DAY_IN_SECONDS;
	public const NOTED        = Image_Reader::NOTED;
	private const GIVES_WAY   = HOUR_IN_SECONDS;

	/**
	 * What is to be noted.
	 *
	 * @var array<int, array<string, array{post_id: int, marketplace: string, asin: string, is_known: bool}>> By site, then by
	 *     use.
	 */
	private array $met = array();

	/**
	 * What pieces of the page have shown: it stands in the page as a whole once more, and may be no single post's there.
	 *
	 * @var array<int, array<string, true>> By site, then by picture.
	 */
	private array $in_pieces = array();

	/**
	 * Takes what it works with.
	 *
	 * @param Image_Repository $images       The other pictures.
	 * @param Image_Cache      $cache        What pages know.
	 * @param Marketplaces     $marketplaces Known hosts.
	 * @param Visitor_Request  $request      Who asks for the page, and how.
	 */
	public function __construct(
		private Image_Repository $images,
		private Image_Cache $cache,
		private Marketplaces $marketplaces,
		private Visitor_Request $request
	) {}

	/**
	 * Collects what is new among the pictures of a page or a piece of one.
	 *
	 * @param list<array{marketplace: string, asin: string}> $pictures What stands there.
	 * @param array<string, Entry|false>                     $entries  What is known of them.
	 * @param bool                                           $is_page  Whether it is the page as a whole.
	 */
	public function note( array $pictures, array $entries, bool $is_page = false ): void {
		$site    = get_current_blog_id();
		$post_id = Image_Cache::current_post();
		foreach ( $pictures as $picture ) {
			$key    = Image_Cache::key( $picture['marketplace'], $picture['asin'] );
			$entry  = $entries[ $key ] ?? null;
			$is_new = false === $entry || ( is_array( $entry ) && $entry['seen_at'] > 0 );
			if ( ! $is_new || ( $is_page && isset( $this->in_pieces[ $site ][ $key ] ) ) ) {
				continue;
			}
			if ( ! $is_page ) {
				$this->in_pieces[ $site ][ $key ] = true;
			}
			if ( count( $this->met[ $site ] ?? array() ) >= self::A_PAGE ) {
				return;
			}
			$is_asin = 1 === preg_match( '/\A[A-Z0-9]{10}\z/', $picture['asin'] );
			if (
				$is_asin && $this->marketplaces->is_known( $picture['marketplace'] ) && ! $this->cache->is_shown( $post_id, $key )
			) {
				$this->met[ $site ][ "$post_id $key" ] = array(
					'post_id'     => $post_id,
					'marketplace' => $picture['marketplace'],
					'asin'        => $picture['asin'],
					'is_known'    => is_array( $entry ),
				);
			}
		}
	}

	/**
	 * Notes what was collected, once the page is out. Whatever others throw meanwhile, what they do at the end is still done.
	 */
	public function store(): void {
		$site = get_current_blog_id();
		$met  = $this->met[ $site ] ?? array();
		unset( $this->met[ $site ] );
		try {
			if ( array() === $met || ! Schema::is_ready() || Database::is_away() || ! $this->request->is_plain() ) {
				return;
			}
			$known   = array_filter( $met, static fn( array $use ): bool => $use['is_known'] );
			$asins   = static fn( array $uses ): array => array_values( array_unique( array_column( $uses, 'asin' ) ) );
			$brought = array(
				// A known picture costs nothing at Amazon, and readers may speak of what the page shows.
				...$this->request->brought( $asins( $known ), false ),
				...$this->request->brought( $asins( array_diff_key( $met, $known ) ) ),
			);
			$met     = array_filter( $met, static fn( array $use ): bool => ! in_array( $use['asin'], $brought, true ) );
			if ( array() !== $met ) {
				Database::quietly( fn() => $this->add( $met ) );
			}
		} catch ( \Throwable ) {
			return;
		}
	}

	/**
	 * Adds uses, and pictures that were met before.
	 *
	 * @param non-empty-array<string, array{post_id: int, marketplace: string, asin: string, is_known: bool}> $met A few, by use.
	 */
	private function add( array $met ): void {
		$known = array_filter( $met, static fn( array $use ): bool => $use['is_known'] );
		foreach ( self::uses_of( $known, array_column( $known, 'post_id' ) ) as $row ) {
			$use = $row['post_id'] . ' ' . Image_Cache::key( $row['marketplace'], $row['asin'] );
			if ( isset( $met[ $use ] ) && ( '0' === (string) $row['on_page'] || (int) $row['seen_at'] > time() - self::NOTED ) ) {
				$this->cache->add_shown( $met[ $use ]['post_id'], Image_Keys::names( array( $met[ $use ] ) ) );
				unset( $met[ $use ] );
			}
		}
		$strangers = array_diff_key( $met, $known );
		$before    = array_flip( Image_Keys::names( self::uses_of( $strangers ) ) );
		$was_met   = static fn( array $use ): bool => isset( $before[ Image_Cache::key( $use['marketplace'], $use['asin'] ) ] );
		$confirmed = array_filter( $strangers, $was_met );
		$new       = array_diff_key( $strangers, $confirmed );
		$met       = array_diff_key( $met, $new ) + ( array() === $new ? array() : array_slice( $new, 0, $this->places() ) );
		if ( array() === $met || ! self::add_uses( array_values( $met ) ) ) {
			return;
		}
		$this->confirm( array_values( $confirmed ) );
		$this->images->recount( $met );
		foreach ( array_diff_key( $met, $new ) as $use ) {
			$this->cache->add_shown( $use['post_id'], Image_Keys::names( array( $use ) ) );
		}
	}

	/**
	 * The uses of some pictures.
	 *
	 * @param array<string, array{marketplace: string, asin: string}> $pictures Which.
	 * @param list<int>|null                                          $posts    In which posts; null for any.
	 * @return list<array<string, string|null>> Rows; of any post each picture once, and nothing else of it.
	 */
	private static function uses_of( array $pictures, ?array $posts = null ): array {
		if ( array() === $pictures ) {
			return array();
		}
		list( $any, $values ) = Image_Keys::any_of( $pictures, 'used' );
		$query = "SELECT DISTINCT marketplace, asin FROM %i AS used WHERE {$any}";
		if ( null !== $posts ) {
			$each  = implode( ', ', array_map( 'intval', array_unique( $posts ) ) );
			$query = "SELECT post_id, marketplace, asin, on_page, seen_at FROM %i AS used WHERE post_id IN ({$each}) AND {$any}";
		}
		return Database::rows( $query, Schema::uses(), ...$values );
	}

	/** How many candidates may be added. */
	private function places(): int {
		$lonely = 'on_page = 1 AND NOT EXISTS'
			. ' (SELECT 1 FROM %i AS images WHERE images.marketplace = %i.marketplace AND images.asin = %i.asin)';
		$tables = array( Schema::uses(), Schema::images(), Schema::uses(), Schema::uses() );
		$count  = static fn(): int => (int) Database::value( "SELECT COUNT(*) FROM %i WHERE {$lonely}", ...$tables );
		if ( $count() + self::A_PAGE > self::WAITING ) {
			$tables_and_time = array( ...$tables, time() - self::GIVES_WAY );
			Database::run( "DELETE FROM %i WHERE {$lonely} AND seen_at < %d", ...$tables_and_time );
		}
		return max( 0, self::WAITING - $count() );
	}

	/**
	 * Makes pictures known, as far as there is room.
	 *
	 * @param list<array{marketplace: string, asin: string}> $pictures Met before.
	 */
	private function confirm( array $pictures ): void {
		if ( array() === $pictures ) {
			return;
		}
		/**
		 * Filters how many pictures that only pages show are kept fresh. Ten of them take two calls a day.
		 *
		 * @param int $number 2,000 unless told.
		 */
		$room     = (int) apply_filters( 'creators_image_refresh_discovered_limit', self::ROOM );
		$there    = (int) Database::value( 'SELECT COUNT(*) FROM %i WHERE seen_at > 0', Schema::images() );
		$pictures = array_slice( $pictures, 0, max( 0, $room - $there ) );
		$values   = array();
		foreach ( $pictures as $picture ) {
			array_push( $values, $picture['marketplace'], $picture['asin'], time() );
		}
		if ( array() !== $pictures ) {
			$each = Image_Keys::placeholders( $pictures, '(%s, %s, %d)' );
			Database::run( "INSERT IGNORE INTO %i (marketplace, asin, seen_at) VALUES {$each}", Schema::images(), ...$values );
			$this->cache->forget( Image_Keys::names( $pictures ) );
		}
	}

	/**
	 * Adds uses, or notes that they are seen still. What the scanner has found counts for more, and stays.
	 *
	 * @param non-empty-list<array{post_id: int, marketplace: string, asin: string}> $met A few.
	 * @return bool Whether the database has taken them.
	 */
	private static function add_uses( array $met ): bool {
		$values = array();
		foreach ( $met as $use ) {
			array_push( $values, $use['post_id'], $use['marketplace'], $use['asin'], time() );
		}
		$rows  = Image_Keys::placeholders( $met, '(%d, %s, %s, 1, 0, %d)' );
		$query = "INSERT INTO %i (post_id, marketplace, asin, on_page, dead, seen_at) VALUES {$rows}"
			. ' ON DUPLICATE KEY UPDATE seen_at = CASE on_page WHEN 1 THEN VALUES(seen_at) ELSE 0 END';
		return false !== Database::run( $query, Schema::uses(), ...$values );
	}
}
