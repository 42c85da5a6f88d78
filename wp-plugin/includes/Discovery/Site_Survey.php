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
use Creators_Image_Refresh\Messages\Advice;
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
 * @phpstan-type Row array{marketplace: string, pictures: string}
 * @phpstan-type Example array{post_id: string, pictures: string}
 */
final class Site_Survey {

	private const EXAMPLES = 5;

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
			$dead       = 'FROM %i WHERE dead > 0';
			$in_widgets = null !== Database::value( "SELECT asin {$dead} AND post_id = 0 LIMIT 1", Schema::uses() );
			$posts      = (int) Database::value( "SELECT COUNT(DISTINCT post_id) {$dead} AND post_id > 0", Schema::uses() );
			$rows       = Database::rows(
				"SELECT marketplace, SUM(dead) AS pictures {$dead} GROUP BY marketplace ORDER BY pictures DESC, marketplace",
				Schema::uses()
			);
			$examples   = Database::rows(
				"SELECT post_id, SUM(dead) AS pictures {$dead} AND post_id > 0"
					. ' GROUP BY post_id ORDER BY pictures DESC, post_id DESC LIMIT %d',
				Schema::uses(),
				self::EXAMPLES
			);
		}
		$pictures = (int) array_sum( array_column( $rows, 'pictures' ) );
		return array(
			'complete'     => $complete,
			'pictures'     => $pictures,
			'posts'        => $posts,
			'sentence'     => $this->sentence( $pictures, $posts, $in_widgets, $complete ),
			'marketplaces' => array_map( $this->marketplace( ... ), $rows ),
			'examples'     => array_values( array_filter( array_map( $this->example( ... ), $examples ) ) ),
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
			return Advice::for_error( new WP_Error( 'tables_missing' ) );
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
	 * @param Row $row Counted.
	 * @return array{name: string, sentence: string}
	 */
	private function marketplace( array $row ): array {
		return array(
			'name'     => $this->marketplaces->names()[ $row['marketplace'] ] ?? Marketplaces::short( $row['marketplace'] ),
			'sentence' => self::number( (int) $row['pictures'] ),
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
	 * @param Example $row Counted.
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
}
