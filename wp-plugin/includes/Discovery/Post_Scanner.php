<?php
/**
 * Looks for product pictures in posts.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Discovery;

use Creators_Image_Refresh\Accounts\Account_Resolver;
use Creators_Image_Refresh\Api\Extension;
use Creators_Image_Refresh\Storage\Database;
use Creators_Image_Refresh\Storage\Image_Keys;
use Creators_Image_Refresh\Storage\Maintenance;
use Creators_Image_Refresh\Storage\Schema;
use Creators_Image_Refresh\Storage\Usage_Repository;
use WP_Error;
use WP_Post;

defined( 'ABSPATH' ) || exit;

/**
 * Learns which posts show which pictures: from a post when it is saved, and from everything else in slices. It reads posts
 * and never writes one.
 */
final class Post_Scanner {

	/** Where the scan of everything stands. */
	public const OPTION = 'creators_image_refresh_scan';

	private const IDS_A_STEP     = 200;
	private const SCAN_AGAIN     = WEEK_IN_SECONDS;
	private const STATUSES       = array( 'publish', 'future', 'private', 'draft', 'pending' );
	private const WAITING        = array( 'draft', 'pending' );
	private const PARTS          = array( 'wp_block', 'wp_template', 'wp_template_part', 'wp_navigation' );
	private const WIDGET_OPTIONS = array( 'widget_block', 'widget_text', 'widget_custom_html' );

	/**
	 * Takes what it works with.
	 *
	 * @param Extension        $extension Whether there is one.
	 * @param Image_Finder     $finder    Finds pictures.
	 * @param Usage_Repository $uses      Keeps what was found.
	 * @param Account_Resolver $accounts  Knows the default marketplace.
	 * @param Maintenance      $tidying   Comes when all posts have been looked through.
	 */
	public function __construct(
		private Extension $extension,
		private Image_Finder $finder,
		private Usage_Repository $uses,
		private Account_Resolver $accounts,
		private Maintenance $tidying
	) {}

	/**
	 * Looks through a post that was saved.
	 *
	 * @param mixed $post_id The post's id.
	 * @param mixed $post    The post.
	 */
	public function on_save_post( mixed $post_id, mixed $post ): void {
		if (
			! $post instanceof WP_Post || ! Schema::is_ready() || wp_is_post_revision( $post ) || wp_is_post_autosave( $post )
		) {
			return;
		}
		if ( ! $this->extension->is_available() ) {
			// Nobody has looked at this post, so everything is looked at again when somebody can.
			$this->restart();
			return;
		}
		$is_written = current_user_can( 'edit_post', $post->ID );
		// Of a kind that visitors, or its author, can see.
		$is_seen = in_array( $post->post_status, self::STATUSES, true )
			&& in_array( $post->post_type, self::post_types(), true )
			&& ! $this->is_sent( $post, $is_written );
		$text    = $post->post_content . "\n\n" . $post->post_excerpt;
		$found   = $is_seen ? array( $post->ID => $this->finder->find( $text ) ) : array();
		if ( ! $this->take( $post->ID, $post->ID, $found ) ) {
			$this->restart();
		}
	}

	/**
	 * Forgets a post that was deleted.
	 *
	 * @param mixed $post_id The post's id.
	 */
	public function on_deleted_post( mixed $post_id ): void {
		if ( Schema::is_ready() ) {
			$this->take( (int) $post_id, (int) $post_id, array() );
		}
	}

	/** Looks through the widgets, which stand in the options. */
	public function scan_widgets(): void {
		if ( ! $this->extension->is_available() || ! Schema::is_ready() ) {
			return;
		}
		$html = '';
		foreach ( self::WIDGET_OPTIONS as $option ) {
			foreach ( (array) get_option( $option, array() ) as $widget ) {
				$text  = is_array( $widget ) ? $widget['content'] ?? $widget['text'] ?? '' : '';
				$html .= is_string( $text ) ? $text . "\n\n" : '';
			}
		}
		$this->take( 0, 0, array( 0 => $this->finder->find( $html ) ) );
	}

	/**
	 * Goes on with the scan of everything, for some seconds.
	 *
	 * @param float $seconds How long.
	 * @return array{done: int, total: int, complete: bool}|WP_Error Where it stands.
	 */
	public function scan_slice( float $seconds ): array|WP_Error {
		if ( ! $this->extension->is_available() ) {
			return new WP_Error( 'extension_' . $this->extension->state() );
		}
		if ( ! Schema::are_there() ) {
			Schema::install();
		}
		$tables = Schema::obstacle();
		if ( null !== $tables ) {
			return new WP_Error( $tables );
		}
		$state = $this->state();
		if ( $this->is_current( $state ) ) {
			return $this->progress();
		}
		if ( $state['finished_at'] > 0 || $state['marketplace'] !== $this->accounts->default_marketplace() ) {
			$this->restart();
			$state = $this->state();
		}
		$until = microtime( true ) + $seconds;
		if ( 0 === $state['cursor'] ) {
			$this->scan_widgets();
		}
		$newest = self::newest_post();
		do {
			$first   = (int) Database::value( 'SELECT MIN(ID) FROM %i WHERE ID > %d', $GLOBALS['wpdb']->posts, $state['cursor'] );
			$last    = 0 === $first ? 0 : max( $first, min( $newest, $first + self::IDS_A_STEP - 1 ) );
			$refused = '' !== Database::complaint() || ( $last > 0 && ! $this->scan_step( $state['cursor'] + 1, $last ) );
			if ( $refused ) {
				// What could not be read or kept is looked through again.
				break;
			}
			if ( 0 === $last ) {
				$state['tidied'] = $this->tidying->slice( $state['tidied'], $until );
				if ( null === $state['tidied'] ) {
					$state['tidied']      = '';
					$state['finished_at'] = time();
				}
				break;
			}
			$state['cursor'] = $last;
		} while ( microtime( true ) < $until );

		update_option( self::OPTION, $state, false );
		return $refused ? new WP_Error( 'database_refuses' ) : $this->progress();
	}

	/**
	 * Has everything looked through again. Links that name no marketplace are filed under the default one, so another default needs
	 * another scan.
	 */
	public function restart(): void {
		update_option( self::OPTION, array( 'marketplace' => $this->accounts->default_marketplace() ), false );
	}

	/**
	 * Where the scan of everything stands.
	 *
	 * @return array{done: int, total: int, complete: bool} In post ids, which is near enough for a bar.
	 */
	public function progress(): array {
		$state    = $this->state();
		$complete = $this->is_current( $state );
		$total    = $complete ? $state['cursor'] : self::newest_post();
		return array(
			'done'     => min( $state['cursor'], $total ),
			'total'    => $total,
			'complete' => $complete,
		);
	}

	/**
	 * The saved state, whatever stands in the database.
	 *
	 * @return array{cursor: int, tidied: string, finished_at: int, marketplace: string}
	 */
	private function state(): array {
		$saved = array_filter( (array) get_option( self::OPTION ), 'is_scalar' );
		return array(
			'cursor'      => max( 0, (int) ( $saved['cursor'] ?? 0 ) ),
			'tidied'      => (string) ( $saved['tidied'] ?? '' ),
			'finished_at' => (int) ( $saved['finished_at'] ?? 0 ),
			'marketplace' => (string) ( $saved['marketplace'] ?? '' ),
		);
	}

	/**
	 * Whether a scan was finished, not too long ago, and still means what it says.
	 *
	 * @param array{cursor: int, tidied: string, finished_at: int, marketplace: string} $state The state.
	 */
	private function is_current( array $state ): bool {
		return $state['finished_at'] > time() - self::SCAN_AGAIN
			&& $state['marketplace'] === $this->accounts->default_marketplace();
	}

	/** The highest id of all posts; 0 where there are none. */
	private static function newest_post(): int {
		return (int) Database::value( 'SELECT MAX(ID) FROM %i', $GLOBALS['wpdb']->posts );
	}

	/**
	 * Looks through the posts in a span of ids.
	 *
	 * @param int $first Lowest id.
	 * @param int $last  Highest id.
	 * @return bool Whether what was found could be kept.
	 */
	private function scan_step( int $first, int $last ): bool {
		$post_types = self::post_types();
		// Byte by byte: in the way of a language, it takes ten times as long, and most of a scan.
		$is_like = '(post_content LIKE BINARY %s OR post_content LIKE BINARY %s OR post_excerpt LIKE BINARY %s'
			. ' OR post_excerpt LIKE BINARY %s)';
		$values  = array( $GLOBALS['wpdb']->posts, $first, $last, '%mazon%', '%MAZON%', '%mazon%', '%MAZON%' );
		$posts   = Database::rows(
			'SELECT ID, post_content, post_excerpt, post_author, post_status, post_type FROM %i'
				. " WHERE ID BETWEEN %d AND %d AND {$is_like}"
				. ' AND post_type IN (' . Image_Keys::placeholders( $post_types ) . ')'
				. ' AND post_status IN (' . Image_Keys::placeholders( self::STATUSES ) . ')',
			...$values,
			...$post_types,
			...self::STATUSES
		);
		if ( '' !== Database::complaint() ) {
			return false;
		}
		$found = array();
		$known = array_flip( $this->uses->posts_between( $first, $last ) );
		foreach ( $posts as $post ) {
			$found[ (int) $post['ID'] ] = $this->is_sent( (object) $post, isset( $known[ (int) $post['ID'] ] ) )
				? array()
				: $this->finder->find( $post['post_content'] . "\n\n" . $post['post_excerpt'] );
		}
		return $this->take( $first, $last, $found );
	}

	/**
	 * Whether a visitor may have sent it, by a form for instance, and nobody has let a page show it. Forms name whomever they
	 * like as the author of what waits for its publication; so that counts only once somebody who may write has saved it, and
	 * so does what is private, by an author who may not write.
	 *
	 * @param object $post       A post's row.
	 * @param bool   $is_written Whether somebody who may write has saved it.
	 */
	private function is_sent( object $post, bool $is_written ): bool {
		if ( in_array( $post->post_status, self::WAITING, true ) ) {
			return ! $is_written;
		}
		$author = (int) $post->post_author;
		$cap    = get_post_type_object( $post->post_type )->cap->edit_posts ?? 'edit_posts';
		if ( user_can( $author, 'edit_posts' ) || user_can( $author, $cap ) ) {
			return false;
		}
		return 'private' === $post->post_status ? ! $is_written : ! in_array( $post->post_type, self::seen_types(), true );
	}

	/**
	 * The kinds of posts that visitors can see, alone or as a part of what they see.
	 *
	 * @return non-empty-list<string>
	 */
	private static function seen_types(): array {
		$types = array_filter(
			get_post_types( array(), 'objects' ),
			static fn( \WP_Post_Type $type ): bool => $type->public || $type->publicly_queryable
		);
		return array( ...self::PARTS, ...array_map( 'strval', array_keys( $types ) ) );
	}

	/**
	 * The kinds of posts that are looked through: those that visitors can see or that are written in an editor, and the parts
	 * that blocks and templates put around them. What nobody may write there, such as the messages of a form, is none of those.
	 *
	 * @return non-empty-list<string>
	 */
	private static function post_types(): array {
		$types = self::seen_types();
		foreach ( get_post_types( array(), 'objects' ) as $type ) {
			$is_written = ! in_array( $type->cap->create_posts ?? false, array( 'do_not_allow', false, '' ), true );
			if ( $is_written && $type->show_ui && ! $type->_builtin && post_type_supports( $type->name, 'editor' ) ) {
				$types[] = $type->name;
			}
		}

		/**
		 * Filters the kinds of posts that are looked through for pictures.
		 *
		 * @param list<string> $types Names of post types.
		 */
		$types = apply_filters(
			'creators_image_refresh_post_types',
			array_values( array_unique( array_diff( $types, array( 'attachment' ) ) ) )
		);
		$types = is_array( $types ) ? array_values( array_filter( $types, 'is_string' ) ) : array();
		return array() === $types ? array( 'post', 'page' ) : $types;
	}

	/**
	 * Keeps what was found.
	 *
	 * @param int                                                                   $first Lowest id.
	 * @param int                                                                   $last  Highest id.
	 * @param array<int, list<array{marketplace: string, asin: string, dead: int}>> $found Pictures by post id.
	 * @return bool False where the database refuses.
	 */
	private function take( int $first, int $last, array $found ): bool {
		$before = Database::refused();
		$added  = Database::quietly( fn(): ?int => $this->uses->replace( $first, $last, $found ) );
		if ( null === $added || Database::refused() > $before ) {
			Database::note_refusal();
			return false;
		}
		if ( $added > 0 ) {
			Database::forget_refusal();

			/**
			 * Fires when pictures were found that were not known before.
			 *
			 * @param int $added How many.
			 */
			do_action( 'creators_image_refresh_images_found', $added );
		}
		return true;
	}
}
