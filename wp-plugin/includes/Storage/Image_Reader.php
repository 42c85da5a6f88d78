<?php
/**
 * Reads pictures for pages.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Storage;

use Creators_Image_Refresh\Api\Extension;

defined( 'ABSPATH' ) || exit;

/**
 * The one query that a page with pictures costs. Quiet where the tables are gone: the page goes out as it was written.
 *
 * @phpstan-import-type Entry from Image_Cache
 * @phpstan-import-type Image from Extension
 */
final class Image_Reader {

	/** Seconds after which a use on a page is noted again. */
	public const NOTED = 15 * DAY_IN_SECONDS;

	/** How many pictures beside those of its posts a page reads ahead. */
	private const READ_AHEAD = 200;

	/**
	 * Tables that could not be read. A page has many pieces, and waits for one that is locked only once.
	 *
	 * @var array<string, true>
	 */
	private array $unreadable = array();

	/**
	 * Takes where it is remembered which page shows what.
	 *
	 * @param Image_Cache $cache What pages know.
	 */
	public function __construct( private Image_Cache $cache ) {}

	/**
	 * What a page needs to know: one query, of any age.
	 *
	 * @param list<array{marketplace: string, asin: string}> $pictures What stands on the page.
	 * @param list<int>|null                                 $ahead    The page's posts, to read what stands beside and around
	 *                                                                 their text as well; null reads nothing ahead.
	 * @return array<string, Entry>|null By Image_Cache::key(), of those that have a row; null where nothing can be read.
	 */
	public function read( array $pictures, ?array $ahead = null ): ?array {
		$is_known_to_fail = isset( $this->unreadable[ Schema::images() ] );
		if ( array() === $pictures || ! Schema::is_readable() || $is_known_to_fail || Database::is_away() ) {
			return null;
		}
		$columns = 'images.marketplace, images.asin, images.image, images.fetched_at, images.failed_code, images.seen_at,'
			. ' images.excluded';
		$page    = '';
		$values  = array( Schema::images() );
		// An earlier version does not say when a page has shown what.
		$is_dated = null !== $ahead && Schema::is_ready();
		if ( $is_dated ) {
			$page     = ' LEFT JOIN %i AS used ON used.post_id = %d AND used.marketplace = images.marketplace AND used.asin = images.asin';
			$columns .= ', used.post_id, used.seen_at AS shown_at';
			array_push( $values, Schema::uses(), Image_Cache::current_post() );
		}
		[ $any, $keys ] = Image_Keys::any_of( $pictures, 'images' );
		array_push( $values, ...$keys );
		// Told which index, a database need not think about the others: with many pictures that takes it longer than the rest.
		$query = "SELECT {$columns} FROM %i AS images FORCE INDEX (PRIMARY){$page} WHERE {$any}";
		if ( null !== $ahead ) {
			// Widgets and what these pages have shown before; then what stands in templates.
			// The inner queries hold no Images: a database would put those into a file on its way.
			$inner  = 'marketplace, asin' . ( $is_dated ? ', post_id, seen_at' : '' );
			$used   = "SELECT {$columns} FROM (SELECT {$inner} FROM %i WHERE";
			$known  = 'LIMIT %d) AS used INNER JOIN %i AS images ON images.marketplace = used.marketplace AND images.asin = used.asin';
			$posts  = Image_Keys::placeholders( array( 0, ...$ahead ), '%d' );
			$query .= " UNION ALL {$used} post_id IN ({$posts}) AND on_page = CASE post_id WHEN 0 THEN 0 ELSE 1 END {$known}";
			$query .= " UNION ALL {$used} post_id IN (SELECT ID FROM %i"
				. " WHERE post_type IN ('wp_template', 'wp_template_part', 'wp_navigation')) {$known}";
			array_push( $values, Schema::uses(), 0, ...$ahead );
			array_push( $values, self::READ_AHEAD, Schema::images(), Schema::uses(), $GLOBALS['wpdb']->posts );
			array_push( $values, self::READ_AHEAD, Schema::images() );
		}
		$rows = Database::quietly( static fn(): array => Database::rows( $query, ...$values ) );
		if ( '' !== Database::complaint() ) {
			$this->unreadable[ Schema::images() ] = true;
			return null;
		}
		$entries = array();
		$shown   = array();
		$lately  = time() - self::NOTED;
		foreach ( $rows as $row ) {
			$key             = Image_Cache::key( $row['marketplace'], $row['asin'] );
			$entries[ $key ] = self::entry( $row );
			// What the scanner has found bears no date.
			if ( isset( $row['post_id'] ) && ( '0' === (string) $row['shown_at'] || (int) $row['shown_at'] > $lately ) ) {
				$shown[ (int) $row['post_id'] ][] = $key;
			}
		}
		array_walk( $shown, fn( array $keys, int $post_id ) => $this->cache->add_shown( $post_id, $keys ) );
		return $entries;
	}

	/**
	 * A row as pages read it.
	 *
	 * @param array<string, mixed> $row A row.
	 * @return Entry
	 */
	public static function entry( array $row ): array {
		// One that a person has excluded stays as it was written, like one that Amazon does not give.
		$excluded = 0 !== (int) ( $row['excluded'] ?? 0 );
		$image    = (string) $row['image'];
		return array(
			'image'      => str_starts_with( $image, '{' ) && str_ends_with( $image, '}' ) && ! $excluded ? $image : null,
			'fetched_at' => (int) $row['fetched_at'],
			'failed'     => $excluded || '' !== (string) $row['failed_code'],
			'seen_at'    => (int) $row['seen_at'],
		);
	}

	/**
	 * Whether an Image's link, if it has one, leads to the shop under which it stands in posts. Read without taking it apart.
	 *
	 * @param string $json        As it stands in the table.
	 * @param string $marketplace Under which it stands in posts.
	 */
	public static function leads_to( string $json, string $marketplace ): bool {
		return ! str_contains( $json, '"detail_page_url":"' )
			|| str_contains( $json, '"detail_page_url":"https:\/\/' . $marketplace . '\/' );
	}

	/**
	 * An Image from its JSON.
	 *
	 * @param string|null $json        As it stands in the table.
	 * @param string      $marketplace Under which it stands in posts.
	 * @return Image|null Without the address where that leads to another shop.
	 */
	public static function image( ?string $json, string $marketplace ): ?array {
		$image = null === $json ? null : json_decode( $json, true );
		if ( ! is_array( $image ) ) {
			return null;
		}
		// A link to another country's shop, with another tag, is not what the author wrote: the picture alone is.
		$link = $image['detail_page_url'] ?? '';
		if ( ! is_string( $link ) || ! str_starts_with( $link, 'https://' . $marketplace . '/' ) ) {
			unset( $image['detail_page_url'] );
		}
		return $image;
	}
}
