<?php
/**
 * Pictures that were met on a page and that no scan has found.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Collects them while the page is made, and queues them when it is out: custom fields, page builders, what code of a theme
 * prints. A page view writes only where there is something new, never more than a few rows, and not for comments.
 *
 * @phpstan-import-type Entry from Image_Cache
 */
final class Met_Pictures {

	/**
	 * How many pictures one page view may queue, and all page views together in an hour.
	 */
	public const A_PAGE  = 50;
	public const AN_HOUR = 500;

	/**
	 * How long a picture that only pages show is known without being met again, and after which time that is noted again.
	 */
	public const KEPT   = 30 * DAY_IN_SECONDS;
	private const NOTED = 15 * DAY_IN_SECONDS;

	/**
	 * What is to be queued.
	 *
	 * @var array<int, array<string, array{post_id: int, marketplace: string, asin: string}>> By site, then by key.
	 */
	private array $met = array();

	/**
	 * Takes what it works with.
	 *
	 * @param Met_Queue    $queue        Keeps them.
	 * @param Marketplaces $marketplaces Known hosts.
	 */
	public function __construct( private Met_Queue $queue, private Marketplaces $marketplaces ) {}

	/**
	 * Whether some of these may be new. Asked of every page, and mostly answered by it.
	 *
	 * @param array<string, Entry|false> $entries What is known.
	 * @return bool
	 */
	public static function may_be_among( array $entries ): bool {
		foreach ( $entries as $entry ) {
			if ( false === $entry || $entry['seen_at'] > 0 ) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Notes what is new among the pictures of a piece of a page.
	 *
	 * @param list<array{marketplace: string, asin: string}> $pictures What stands there.
	 * @param array<string, Entry|false>                     $entries  What is known of them.
	 */
	public function note( array $pictures, array $entries ): void {
		$site = get_current_blog_id();
		foreach ( $pictures as $picture ) {
			$key   = Image_Cache::key( $picture['marketplace'], $picture['asin'] );
			$entry = $entries[ $key ] ?? null;
			$new   = false === $entry || ( is_array( $entry ) && $entry['seen_at'] > 0 && $entry['seen_at'] < time() - self::NOTED );
			if ( ! $new || isset( $this->met[ $site ][ $key ] ) || count( $this->met[ $site ] ?? array() ) >= self::A_PAGE ) {
				continue;
			}
			if ( 1 === preg_match( '/\A[A-Z0-9]{10}\z/', $picture['asin'] ) && $this->marketplaces->is_known( $picture['marketplace'] ) ) {
				$this->met[ $site ][ $key ] = array( 'post_id' => self::post_id() ) + $picture;
			}
		}
	}

	/**
	 * Queues what was noted, once the page is out.
	 */
	public function store(): void {
		$site = get_current_blog_id();
		$met  = array_values( $this->met[ $site ] ?? array() );
		unset( $this->met[ $site ] );
		if ( array() !== $met && Schema::is_ready() && ! Database::is_away() ) {
			$this->queue->add( $met, self::AN_HOUR );
		}
	}

	/**
	 * The post that is being shown.
	 *
	 * @return int 0 where it is none, or many.
	 */
	private static function post_id(): int {
		if ( in_the_loop() ) {
			return (int) get_the_ID();
		}
		return is_singular() ? (int) get_queried_object_id() : 0;
	}
}
