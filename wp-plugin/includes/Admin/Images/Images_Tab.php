<?php
/**
 * The tab of pictures.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Admin\Images;

use Creators_Image_Refresh\Admin\Page;
use Creators_Image_Refresh\Hook_Names;
use Creators_Image_Refresh\Messages\Advice;
use Creators_Image_Refresh\Messages\Notices;
use Creators_Image_Refresh\Plugin;
use Creators_Image_Refresh\Refresh\Image_Actions;
use Creators_Image_Refresh\Settings\Input;
use Creators_Image_Refresh\Settings\Settings_Screen;
use Creators_Image_Refresh\Storage\Image_Cache;
use Creators_Image_Refresh\Storage\Listing\Image_Query;
use Creators_Image_Refresh\Storage\Schema;

defined( 'ABSPATH' ) || exit;

/**
 * Shows every picture that is known, and answers what is done with them. It is a tab beside the accounts and not a page
 * under Media: no picture is in the library, and whoever looks here has come for the reason, which the other tabs put right.
 */
final class Images_Tab {

	public const TAB      = 'images';
	public const SCREEN   = Settings_Screen::HOOK;
	public const PER_PAGE = Hook_Names::IMAGES_PER_PAGE;
	public const A_PAGE   = 20;
	public const STOP     = 'creators_image_refresh_stop_selected';

	/** A slice for somebody who waits for a page. */
	private const SLICE_SECONDS = 4.0;

	/**
	 * Takes the plugin, whose services it calls.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public function __construct( private Plugin $plugin ) {}

	/**
	 * The tab's address.
	 *
	 * @param array<string, mixed> $query What to show there; the search goes by its short name.
	 */
	public static function url( array $query = array() ): string {
		if ( isset( $query['search'] ) ) {
			$query['s'] = rawurlencode( $query['search'] );
			unset( $query['search'] );
		}
		return add_query_arg( array( 'tab' => self::TAB ) + array_filter( $query ), Settings_Screen::url() );
	}

	/** The address of the export of what is shown. */
	public static function export_url(): string {
		$filter = self::filter();
		$search = array( 's' => rawurlencode( $filter['search'] ?? '' ) );
		return Page::action_url( Image_Export::ACTION, $search + array_diff_key( $filter, array( 'search' => '' ) ) );
	}

	/**
	 * What is to be shown.
	 *
	 * @return array{state?: string, marketplace?: string, search?: string}
	 */
	public static function filter(): array {
		$marketplace = Page::asked( 'marketplace' );
		return array_filter(
			array(
				'state'       => (string) Input::choice( Page::asked( 'state' ), Image_Query::STATES ),
				'marketplace' => 1 === preg_match( '/\A[a-z0-9.-]{4,32}\z/', $marketplace ) ? $marketplace : '',
				'search'      => mb_substr( Page::asked( 's' ), 0, 100 ),
			),
			static fn( string $value ): bool => '' !== $value
		);
	}

	/**
	 * In which order.
	 *
	 * @return array{0: string, 1: bool} One of Image_Query::ORDERS, and whether the other way round.
	 */
	public static function order(): array {
		$by = Input::choice( Page::asked( 'orderby' ), Image_Query::ORDERS ) ?? 'asin';
		return array( $by, 'desc' === Page::asked( 'order' ) );
	}

	/** What is shown, for addresses that come back to it. */
	public static function shown(): array {
		$page = (int) Page::asked( 'paged' );
		return self::filter() + array_filter(
			array(
				'orderby' => Page::asked( 'orderby' ),
				'order'   => Page::asked( 'order' ),
				'paged'   => $page > 1 ? (string) $page : '',
			)
		);
	}

	/** Answers the form and the links of the table, before anything is shown. */
	public function on_load(): void {
		if ( self::TAB !== Page::asked( 'tab' ) || ! current_user_can( 'manage_options' ) ) {
			return;
		}
		add_screen_option(
			'per_page',
			array(
				'default' => self::A_PAGE,
				'option'  => self::PER_PAGE,
			)
		);
		$action = Page::asked( 'action' );
		$action = in_array( $action, array( '', '-1' ), true ) ? Page::asked( 'action2' ) : $action;
		// Whoever presses "Filter" has perhaps chosen an action as well.
		if ( '' === Page::asked( 'filter' ) && in_array( $action, array( 'refresh', 'exclude', 'include' ), true ) ) {
			check_admin_referer( 'bulk-' . Images_List_Table::PLURAL );
			$this->act( $action, Image_Actions::keys( Page::sent( 'images' ) ?? array() ) );
			Page::go( self::url( self::shown() ) );
		}
		if ( 'POST' === ( $_SERVER['REQUEST_METHOD'] ?? '' ) && '' === Page::asked( 'wp_screen_options' ) ) {
			Page::go( self::url( self::shown() ) );
		}
	}

	/**
	 * Does what was chosen, and says so.
	 *
	 * @param string                                         $action refresh, exclude or include.
	 * @param list<array{marketplace: string, asin: string}> $keys   With which pictures.
	 */
	private function act( string $action, array $keys ): void {
		if ( array() === $keys ) {
			Notices::add( 'info', __( 'Nothing was selected. Tick the pictures first.', 'creators-image-refresh' ) );
			return;
		}
		if ( 'refresh' !== $action ) {
			$number = $this->plugin->image_actions()->set_excluded( $keys, 'exclude' === $action );
			$words  = 'exclude' === $action
				/* translators: %s: a number of pictures. */
				? _n(
					'%s picture is excluded: it is not fetched, and your posts show it as you wrote it.',
					'%s pictures are excluded: they are not fetched, and your posts show them as you wrote them.',
					$number,
					'creators-image-refresh'
				)
				/* translators: %s: a number of pictures. */
				: _n( '%s picture is included again.', '%s pictures are included again.', $number, 'creators-image-refresh' );
			Notices::add( 'success', sprintf( $words, number_format_i18n( $number ) ) );
			return;
		}
		$error = $this->plugin->image_actions()->start( $keys );
		if ( 'nothing_selected' === $error?->get_error_code() ) {
			$sentence = __(
				'These pictures are excluded, so there is nothing to fetch. Include them again first.',
				'creators-image-refresh'
			);
			Notices::add( 'info', $sentence );
			return;
		}
		if ( null !== $error ) {
			Notices::add( 'error', Advice::for_error( $error ) );
			return;
		}
		$outcome = $this->plugin->image_actions()->slice( self::SLICE_SECONDS );
		if ( 'running' !== $outcome['state'] ) {
			Notices::add( 'done' === $outcome['state'] ? 'success' : 'error', $outcome['sentence'], $outcome['amazon'] );
		}
	}

	/** Answers "Stop" without the script. */
	public function on_stop(): void {
		Page::authorize( self::STOP );
		$outcome = $this->plugin->image_actions()->stop();
		if ( 'none' !== $outcome['state'] ) {
			Notices::add( 'info', $outcome['sentence'] );
		}
		Page::go( self::url() );
	}

	/**
	 * Accepts the number of rows that somebody has chosen.
	 *
	 * @param mixed $keep   Whether to keep it.
	 * @param mixed $option Which option.
	 * @param mixed $value  What was entered.
	 */
	public static function accept_per_page( mixed $keep, mixed $option, mixed $value ): mixed {
		return self::PER_PAGE === $option ? max( 1, min( 200, (int) $value ) ) : $keep;
	}

	/** Renders the tab. */
	public function render(): void {
		$query = $this->plugin->image_query();
		$table = new Images_List_Table( $query, $this->plugin->account_overview(), $this->plugin->marketplaces() );
		$table->prepare_items();
		$this->render_progress( $this->plugin->image_actions()->slice( 0 ) );
		( new Images_Overview( $query, $this->plugin->run_history(), $this->plugin->status_report() ) )->render();
		$this->render_uses();
		$filter = self::filter();
		echo '<h2 class="screen-reader-text">' . esc_html__( 'The pictures', 'creators-image-refresh' ) . '</h2>';
		if ( isset( $filter['search'] ) ) {
			$all = self::url( array_diff_key( self::shown(), array_flip( array( 'search', 'paged' ) ) ) );
			printf(
				'<p class="creators-image-refresh-searched">%s <a href="%s">%s</a></p>',
				/* translators: %s: what somebody has searched for. */
				esc_html( sprintf( __( 'Results for “%s”.', 'creators-image-refresh' ), $filter['search'] ) ),
				esc_url( $all ),
				esc_html__( 'Show all again', 'creators-image-refresh' )
			);
		}
		$table->views();
		[ $by, $descending ] = self::order();
		printf(
			'<form method="post" action="%s" id="creators-image-refresh-images">'
				. '<input type="hidden" name="orderby" value="%s"><input type="hidden" name="order" value="%s">',
			esc_url( self::url( array_intersect_key( $filter, array( 'state' => '' ) ) ) ),
			esc_attr( $by ),
			esc_attr( $descending ? 'desc' : 'asc' )
		);
		$table->search_box( __( 'Search by number or title', 'creators-image-refresh' ), 'creators-image-refresh-search' );
		$table->display();
		echo '</form>';
	}

	/**
	 * How far the selected pictures are.
	 *
	 * @param array<string, mixed> $progress From Image_Actions.
	 */
	private function render_progress( array $progress ): void {
		printf(
			'<section class="card creators-image-refresh-selected" id="creators-image-refresh-selected" data-state="%1$s"'
				. ' aria-labelledby="creators-image-refresh-selected-heading"%2$s>'
				. '<h2 id="creators-image-refresh-selected-heading">%3$s</h2>'
				. '<progress max="%4$d" value="%5$d" aria-labelledby="creators-image-refresh-selected-heading"></progress>'
				. '<p class="creators-image-refresh-selected-sentence">%6$s</p>'
				. '%7$s<button type="submit" class="button">%8$s</button></form></section>',
			esc_attr( $progress['state'] ),
			'none' === $progress['state'] ? ' hidden' : '',
			esc_html__( 'Refreshing the selected pictures', 'creators-image-refresh' ),
			(int) max( 1, $progress['total'] ),
			(int) $progress['done'],
			esc_html( $progress['sentence'] ),
			Page::form( self::STOP ), // phpcs:ignore WordPress.Security.EscapeOutput -- escaped there.
			esc_html__( 'Stop', 'creators-image-refresh' )
		);
	}

	/** The posts that show one picture, where somebody asked for them. */
	private function render_uses(): void {
		$key = Image_Actions::keys( array( Page::asked( 'used' ) ) );
		if ( array() === $key || ! Schema::is_ready() ) {
			return;
		}
		/* translators: %s: a product. */
		$heading = sprintf( __( 'Where %s is shown', 'creators-image-refresh' ), $key[0]['asin'] );
		echo '<section class="card" id="creators-image-refresh-uses"><h2>' . esc_html( $heading ) . '</h2><ul>';
		$name  = Image_Cache::key( $key[0]['marketplace'], $key[0]['asin'] );
		$posts = $this->plugin->usages()->posts_with( $key )[ $name ] ?? array();
		foreach ( array_slice( $posts, 0, 100, true ) as $id => $type ) {
			$title = 0 === $id ? __( 'Widgets, or more than one page', 'creators-image-refresh' ) : get_the_title( $id );
			$title = '' === $title ? __( '(no title)', 'creators-image-refresh' ) : $title;
			$edit  = 0 === $id ? null : get_edit_post_link( $id );
			$view  = 0 === $id || ! is_post_type_viewable( $type ) ? false : get_permalink( $id );
			$html  = null === $edit ? esc_html( $title ) : '<a href="' . esc_url( $edit ) . '">' . esc_html( $title ) . '</a>';
			if ( is_string( $view ) ) {
				$html .= ' – ' . Page::link( $view, __( 'View', 'creators-image-refresh' ), $title );
			}
			echo '<li>' . $html . '</li>'; // phpcs:ignore WordPress.Security.EscapeOutput -- escaped above.
		}
		echo '</ul></section>';
	}
}
