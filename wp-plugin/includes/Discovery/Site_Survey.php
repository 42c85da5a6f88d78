<?php
/**
 * What there is to repair.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Discovery;

use Creators_Image_Refresh\Api\Extension;
use Creators_Image_Refresh\Api\Marketplaces;
use Creators_Image_Refresh\Messages\Status_Messages;
use Creators_Image_Refresh\Storage\Database;
use Creators_Image_Refresh\Storage\Schema;
use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Counts the dead pictures of a site, before there are any credentials: how many, in how many posts, of which Amazon
 * countries, with some posts to look at. It asks nobody but the site's own database.
 *
 * @phpstan-type Findings array{complete: bool, pictures: int, posts: int, sentence: string,
 *     marketplaces: list<array{name: string, sentence: string}>, examples: list<array{title: string, sentence: string,
 *     view: string, edit: string}>}
 * @phpstan-type Row array{marketplace: string, pictures: int}
 * @phpstan-type Example array{post_id: string, pictures: string}
 */
final class Site_Survey {

	private const ROWS_A_STEP = 5000;
	private const EXAMPLES    = 5;

	/**
	 * Takes what it works with.
	 *
	 * @param Extension    $extension    Without it, nothing is found.
	 * @param Post_Scanner $scanner      Looks through the posts.
	 * @param Marketplaces $marketplaces Names of countries.
	 */
	public function __construct(
		private Extension $extension,
		private Post_Scanner $scanner,
		private Marketplaces $marketplaces
	) {}

	/** Whether anything can be counted here. */
	public function is_possible(): bool {
		return $this->extension->is_available() && Schema::is_ready();
	}

	/**
	 * Goes on counting, and says what was found so far.
	 *
	 * @param float $seconds How long.
	 * @return Findings
	 */
	public function slice( float $seconds ): array {
		if ( $this->is_possible() && ! $this->scanner->progress()['complete'] ) {
			$this->scanner->scan_slice( $seconds );
		}
		return $this->findings();
	}

	/**
	 * What was found so far.
	 *
	 * @return Findings
	 */
	public function findings(): array {
		$rows       = array();
		$posts      = 0;
		$in_widgets = false;
		$examples   = array();
		// Where nothing can be counted, there is nothing to wait for.
		$complete   = true;
		if ( $this->is_possible() ) {
			$complete   = $this->scanner->progress()['complete'];
			$in_widgets = null !== Database::value( 'SELECT asin FROM %i WHERE post_id = 0 AND dead > 0 LIMIT 1', Schema::uses() );

			list( $rows, $posts, $examples ) = self::counted();
		}
		$pictures = (int) array_sum( array_column( $rows, 'pictures' ) );
		return array(
			'complete'     => $complete,
			'pictures'     => $pictures,
			'posts'        => $posts,
			'sentence'     => $this->sentence( $pictures, $posts, $in_widgets, $complete ),
			'marketplaces' => array_map( array( $this, 'marketplace' ), $rows ),
			'examples'     => array_values( array_filter( array_map( array( $this, 'example' ), $examples ) ) ),
		);
	}

	/**
	 * The whole in a sentence.
	 *
	 * @param int  $pictures   How many.
	 * @param int  $posts      In how many posts; 0 where all stand in widgets.
	 * @param bool $in_widgets Whether some stand in widgets.
	 * @param bool $complete   Whether everything was looked through.
	 */
	private function sentence( int $pictures, int $posts, bool $in_widgets, bool $complete ): string {
		if ( ! $this->extension->is_available() ) {
			return __(
				'As soon as the missing piece is there, your posts are looked through and counted here by themselves.',
				'creators-image-refresh'
			);
		}
		if ( ! Schema::is_ready() ) {
			return Status_Messages::for_error( new WP_Error( 'tables_missing' ) );
		}
		if ( 0 === $pictures ) {
			return $complete
				? __( 'Good news: your posts show no Amazon picture that was switched off.', 'creators-image-refresh' )
				: __( 'Your posts are being looked through. Nothing was found so far.', 'creators-image-refresh' );
		}
		$what = sprintf(
			/* translators: %s: a number of pictures. */
			_n( '%s dead Amazon picture', '%s dead Amazon pictures', $pictures, 'creators-image-refresh' ),
			number_format_i18n( $pictures )
		);
		if ( 0 === $posts ) {
			/* translators: %s: for instance "3 dead Amazon pictures". */
			$so_far = __( '%s in your widgets so far.', 'creators-image-refresh' );
			/* translators: %s: for instance "3 dead Amazon pictures". */
			return sprintf( $complete ? __( '%s in your widgets.', 'creators-image-refresh' ) : $so_far, $what );
		}
		$where = sprintf(
			/* translators: %s: a number of posts. It follows the "in" of a sentence, or its equivalent. */
			_nx( '%s post', '%s posts', $posts, 'pictures in so many posts', 'creators-image-refresh' ),
			number_format_i18n( $posts )
		);
		if ( $in_widgets ) {
			/* translators: %s: for instance "12 posts". */
			$where = sprintf( __( '%s and your widgets', 'creators-image-refresh' ), $where );
		}
		/* translators: 1: for instance "31 dead Amazon pictures", 2: for instance "12 posts". */
		$so_far = __( '%1$s in %2$s so far; your posts are still being looked through.', 'creators-image-refresh' );
		/* translators: 1: for instance "31 dead Amazon pictures", 2: for instance "12 posts". */
		return sprintf( $complete ? __( '%1$s in %2$s.', 'creators-image-refresh' ) : $so_far, $what, $where );
	}

	/**
	 * One marketplace.
	 *
	 * @param Row $row From counted().
	 * @return array{name: string, sentence: string}
	 */
	private function marketplace( array $row ): array {
		return array(
			'name'     => $this->marketplaces->names()[ $row['marketplace'] ] ?? Marketplaces::short( $row['marketplace'] ),
			'sentence' => self::number( $row['pictures'] ),
		);
	}

	/**
	 * A number of pictures, in words.
	 *
	 * @param int $pictures How many.
	 */
	private static function number( int $pictures ): string {
		return sprintf(
			/* translators: %s: a number of pictures. */
			_n( '%s picture', '%s pictures', $pictures, 'creators-image-refresh' ),
			number_format_i18n( $pictures )
		);
	}

	/**
	 * One post to look at.
	 *
	 * @param Example $row From counted().
	 * @return array{title: string, sentence: string, view: string, edit: string}|null Null where the post is gone.
	 */
	private function example( array $row ): ?array {
		$post = get_post( (int) $row['post_id'] );
		if ( null === $post ) {
			return null;
		}
		$title = wp_strip_all_tags( html_entity_decode( get_the_title( $post ), ENT_QUOTES | ENT_HTML5, 'UTF-8' ) );
		return array(
			'title'    => '' === trim( $title ) ? __( '(no title)', 'creators-image-refresh' ) : $title,
			'sentence' => self::number( (int) $row['pictures'] ),
			'view'     => is_post_publicly_viewable( $post ) ? (string) get_permalink( $post ) : '',
			'edit'     => (string) get_edit_post_link( $post, 'raw' ),
		);
	}

	/**
	 * Counts, span by span of posts, so that no query is long.
	 *
	 * @return array{0: list<Row>, 1: int, 2: list<Example>} By marketplace, those with the most first; the posts in all; the
	 *                                                       posts with the most.
	 */
	private static function counted(): array {
		$countries = array();
		$examples  = array();
		$posts     = 0;
		$last      = -1;
		do {
			$next   = 'SELECT post_id FROM %i WHERE post_id > %d ORDER BY post_id LIMIT 1 OFFSET %d';
			$first  = (int) $last + 1;
			$last   = Database::value( $next, Schema::uses(), $first - 1, self::ROWS_A_STEP );
			$within = array( Schema::uses(), $first, null === $last ? PHP_INT_MAX : (int) $last );
			$dead   = 'FROM %i WHERE post_id BETWEEN %d AND %d AND dead > 0';
			$found  = Database::rows( "SELECT marketplace, SUM(dead) AS pictures {$dead} GROUP BY marketplace", ...$within );
			foreach ( $found as $row ) {
				$row['pictures'] = (int) $row['pictures'] + ( $countries[ $row['marketplace'] ]['pictures'] ?? 0 );

				$countries[ $row['marketplace'] ] = $row;
			}
			$posts += (int) Database::value( "SELECT COUNT(DISTINCT post_id) {$dead} AND post_id > 0", ...$within );
			$most   = "SELECT post_id, SUM(dead) AS pictures {$dead} AND post_id > 0"
				. ' GROUP BY post_id ORDER BY pictures DESC, post_id DESC LIMIT %d';
			array_push( $examples, ...Database::rows( $most, ...$within, ...array( self::EXAMPLES ) ) );
		} while ( null !== $last );
		usort(
			$countries,
			static fn( array $one, array $other ): int => array( $other['pictures'], $one['marketplace'] )
				<=> array( $one['pictures'], $other['marketplace'] )
		);
		usort(
			$examples,
			static fn( array $one, array $other ): int => array( (int) $other['pictures'], (int) $other['post_id'] )
				<=> array( (int) $one['pictures'], (int) $one['post_id'] )
		);
		return array( $countries, $posts, array_slice( $examples, 0, self::EXAMPLES ) );
	}
}
