<?php
/**
 * The tab of pictures.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Admin\Images;

use Creators_Image_Refresh\Accounts\Account_Overview;
use Creators_Image_Refresh\Api\Marketplaces;
use Creators_Image_Refresh\Hook_Names;
use Creators_Image_Refresh\Messages\Notices;
use Creators_Image_Refresh\Messages\Status_Messages;
use Creators_Image_Refresh\Refresh\Image_Actions;
use Creators_Image_Refresh\Settings\Input;
use Creators_Image_Refresh\Settings\Settings_Screen;
use Creators_Image_Refresh\Storage\Image_Cache;
use Creators_Image_Refresh\Storage\Listing\Image_Query;
use Creators_Image_Refresh\Storage\Schema;
use Creators_Image_Refresh\Storage\Usage_Repository;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Shows every picture that is known, and answers what is done with them. It is a tab beside the accounts and not a page under
 * Media: no picture is in the library, and whoever looks here has come for the reason, which the other tabs put right.
 */
final class Images_Tab {

	public const TAB      = 'images';
	public const SCREEN   = Settings_Screen::HOOK;
	public const PER_PAGE = Hook_Names::IMAGES_PER_PAGE;
	public const A_PAGE   = 20;
	public const STOP     = 'creators_image_refresh_stop_selected';

	/**
	 * A slice for somebody who waits for a page.
	 */
	private const SLICE_SECONDS = 4.0;

	/**
	 * Takes what it is made of.
	 *
	 * @param Image_Query      $query     The pictures.
	 * @param Image_Actions    $choice    What is done with them.
	 * @param Account_Overview $accounts  Whether somebody is asked for them.
	 * @param Marketplaces     $countries Names of countries.
	 * @param Images_Overview  $overview  What stands above the table.
	 * @param Usage_Repository $uses      Which post shows which.
	 */
	public function __construct(
		private Image_Query $query,
		private Image_Actions $choice,
		private Account_Overview $accounts,
		private Marketplaces $countries,
		private Images_Overview $overview,
		private Usage_Repository $uses
	) {}

	/**
	 * The tab's address.
	 *
	 * @param array<string, mixed> $query What to show there; the search goes by its short name.
	 * @return string
	 */
	public static function url( array $query = array() ): string {
		if ( isset( $query['search'] ) ) {
			$query['s'] = rawurlencode( $query['search'] );
			unset( $query['search'] );
		}
		return add_query_arg( array( 'tab' => self::TAB ) + array_filter( $query ), Settings_Screen::url() );
	}

	/**
	 * The address of the export of what is shown.
	 *
	 * @return string
	 */
	public static function export_url(): string {
		$filter = self::filter();
		return add_query_arg(
			array_filter(
				array(
					'action'      => Image_Export::ACTION,
					'_wpnonce'    => wp_create_nonce( Image_Export::ACTION ),
					'state'       => $filter['state'] ?? '',
					'marketplace' => $filter['marketplace'] ?? '',
					's'           => rawurlencode( $filter['search'] ?? '' ),
				)
			),
			admin_url( 'admin-post.php' )
		);
	}

	/**
	 * Whether the tab is the one that is shown.
	 *
	 * @return bool
	 */
	public static function is_shown(): bool {
		return self::TAB === self::asked( 'tab' );
	}

	/**
	 * What is to be shown.
	 *
	 * @return array{state?: string, marketplace?: string, search?: string}
	 */
	public static function filter(): array {
		$marketplace = self::asked( 'marketplace' );
		return array_filter(
			array(
				'state'       => (string) Input::choice( self::asked( 'state' ), Image_Query::STATES ),
				'marketplace' => 1 === preg_match( '/\A[a-z0-9.-]{4,32}\z/', $marketplace ) ? $marketplace : '',
				'search'      => mb_substr( self::asked( 's' ), 0, 100 ),
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
		return array(
			Input::choice( self::asked( 'orderby' ), Image_Query::ORDERS ) ?? 'asin',
			'desc' === self::asked( 'order' ),
		);
	}

	/**
	 * What is shown, for addresses that come back to it.
	 *
	 * @return array<string, string>
	 */
	public static function shown(): array {
		return self::filter() + array_filter(
			array(
				'orderby' => self::asked( 'orderby' ),
				'order'   => self::asked( 'order' ),
				'paged'   => (int) self::asked( 'paged' ) > 1 ? (string) (int) self::asked( 'paged' ) : '',
			)
		);
	}

	/**
	 * Answers the form and the links of the table, before anything is shown.
	 */
	public function on_load(): void {
		if ( ! self::is_shown() || ! current_user_can( 'manage_options' ) ) {
			return;
		}
		add_screen_option(
			'per_page',
			array(
				'default' => self::A_PAGE,
				'option'  => self::PER_PAGE,
			)
		);
		$is_post = 'POST' === ( $_SERVER['REQUEST_METHOD'] ?? '' );
		$action  = '' === self::asked( 'filter' ) ? self::asked( 'action' ) : '';
		$action  = in_array( $action, array( '', '-1' ), true ) && '' === self::asked( 'filter' )
			? self::asked( 'action2' )
			: $action;
		$back    = self::url( self::shown() );
		if ( in_array( $action, array( 'refresh', 'exclude', 'include' ), true ) ) {
			check_admin_referer( 'bulk-' . Images_List_Table::PLURAL );
			// phpcs:ignore WordPress.Security.ValidatedSanitizedInput.InputNotSanitized -- Image_Actions::keys() reads each.
			$images = isset( $_REQUEST['images'] ) ? wp_unslash( $_REQUEST['images'] ) : array();
			$this->act( $action, Image_Actions::keys( $images ) );
			wp_safe_redirect( $back );
			exit;
		}
		if ( $is_post && '' === self::asked( 'wp_screen_options' ) ) {
			wp_safe_redirect( $back );
			exit;
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
			$number = $this->choice->set_excluded( $keys, 'exclude' === $action );
			$words  = 'exclude' === $action
				/* translators: %s: a number of pictures. */
				? _n( '%s picture is excluded: it is not fetched, and your posts show it as you wrote it.', '%s pictures are excluded: they are not fetched, and your posts show them as you wrote them.', $number, 'creators-image-refresh' )
				/* translators: %s: a number of pictures. */
				: _n( '%s picture is included again.', '%s pictures are included again.', $number, 'creators-image-refresh' );
			Notices::add( 'success', sprintf( $words, number_format_i18n( $number ) ) );
			return;
		}
		$error = $this->choice->start( $keys );
		if ( null !== $error ) {
			$nothing = 'nothing_selected' === $error->get_error_code();
			Notices::add(
				$nothing ? 'info' : 'error',
				$nothing
					? __(
						'These pictures are excluded, so there is nothing to fetch. Include them again first.',
						'creators-image-refresh'
					)
					: Status_Messages::for_error( $error )
			);
			return;
		}
		$outcome = $this->choice->slice( self::SLICE_SECONDS );
		if ( 'running' !== $outcome['state'] ) {
			Notices::add( 'done' === $outcome['state'] ? 'success' : 'error', $outcome['sentence'], $outcome['amazon'] );
		}
	}

	/**
	 * Answers "Stop" without the script.
	 */
	public function on_stop(): void {
		if ( ! current_user_can( 'manage_options' ) ) {
			wp_die( esc_html__( 'You are not allowed to do this.', 'creators-image-refresh' ), '', array( 'response' => 403 ) );
		}
		check_admin_referer( self::STOP );
		$outcome = $this->choice->stop();
		if ( 'none' !== $outcome['state'] ) {
			Notices::add( 'info', $outcome['sentence'] );
		}
		wp_safe_redirect( self::url() );
		exit;
	}

	/**
	 * Accepts the number of rows that somebody has chosen.
	 *
	 * @param mixed $keep   Whether to keep it.
	 * @param mixed $option Which option.
	 * @param mixed $value  What was entered.
	 * @return mixed
	 */
	public static function accept_per_page( mixed $keep, mixed $option, mixed $value ): mixed {
		return self::PER_PAGE === $option ? max( 1, min( 200, (int) $value ) ) : $keep;
	}

	/**
	 * Loads the tab's script and style.
	 */
	public static function enqueue(): void {
		wp_enqueue_style(
			Settings_Screen::SLUG . '-images',
			plugins_url( 'admin/images.css', CREATORS_IMAGE_REFRESH_FILE ),
			array( Settings_Screen::SLUG ),
			CREATORS_IMAGE_REFRESH_VERSION
		);
		wp_enqueue_script(
			Settings_Screen::SLUG . '-images',
			plugins_url( 'admin/images.js', CREATORS_IMAGE_REFRESH_FILE ),
			array( 'wp-a11y', 'wp-api-fetch', 'wp-i18n' ),
			CREATORS_IMAGE_REFRESH_VERSION,
			array( 'in_footer' => true )
		);
		wp_set_script_translations(
			Settings_Screen::SLUG . '-images',
			'creators-image-refresh',
			plugin_dir_path( CREATORS_IMAGE_REFRESH_FILE ) . 'languages'
		);
	}

	/**
	 * Renders the tab.
	 */
	public function render(): void {
		$table = new Images_List_Table( $this->query, $this->accounts, $this->countries );
		$table->prepare_items();
		$this->render_progress( $this->choice->slice( 0 ) );
		$this->overview->render();
		$this->render_uses();
		$order  = self::order();
		$filter = self::filter();
		echo '<h2 class="screen-reader-text">' . esc_html__( 'The pictures', 'creators-image-refresh' ) . '</h2>';
		if ( isset( $filter['search'] ) ) {
			echo '<p class="creators-image-refresh-searched">'
				/* translators: %s: what somebody has searched for. */
				. esc_html( sprintf( __( 'Results for “%s”.', 'creators-image-refresh' ), $filter['search'] ) )
				. ' <a href="'
				. esc_url( self::url( array_diff_key( self::shown(), array( 'search' => '', 'paged' => '' ) ) ) )
				. '">'
				. esc_html__( 'Show all again', 'creators-image-refresh' )
				. '</a></p>';
		}
		$table->views();
		echo '<form method="post" action="'
			. esc_url( self::url( array_intersect_key( self::filter(), array( 'state' => '' ) ) ) )
			. '" id="creators-image-refresh-images">';
		printf(
			'<input type="hidden" name="orderby" value="%s"><input type="hidden" name="order" value="%s">',
			esc_attr( $order[0] ),
			esc_attr( $order[1] ? 'desc' : 'asc' )
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
		?>
		<section class="card creators-image-refresh-selected" id="creators-image-refresh-selected" data-state="<?php echo esc_attr( $progress['state'] ); ?>" aria-labelledby="creators-image-refresh-selected-heading"<?php echo 'none' === $progress['state'] ? ' hidden' : ''; ?>>
			<h2 id="creators-image-refresh-selected-heading"><?php esc_html_e( 'Refreshing the selected pictures', 'creators-image-refresh' ); ?></h2>
			<progress max="<?php echo esc_attr( (string) max( 1, $progress['total'] ) ); ?>" value="<?php echo esc_attr( (string) $progress['done'] ); ?>" aria-labelledby="creators-image-refresh-selected-heading"></progress>
			<p class="creators-image-refresh-selected-sentence"><?php echo esc_html( $progress['sentence'] ); ?></p>
			<form method="post" action="<?php echo esc_url( admin_url( 'admin-post.php' ) ); ?>">
				<input type="hidden" name="action" value="<?php echo esc_attr( self::STOP ); ?>">
				<?php wp_nonce_field( self::STOP, '_wpnonce', false ); ?>
				<button type="submit" class="button"><?php esc_html_e( 'Stop', 'creators-image-refresh' ); ?></button>
			</form>
		</section>
		<?php
	}

	/**
	 * The posts that show one picture, where somebody asked for them.
	 */
	private function render_uses(): void {
		$key = Image_Actions::keys( array( self::asked( 'used' ) ) );
		if ( array() === $key || ! Schema::is_ready() ) {
			return;
		}
		echo '<section class="card" id="creators-image-refresh-uses"><h2>'
			/* translators: %s: a product. */
			. esc_html( sprintf( __( 'Where %s is shown', 'creators-image-refresh' ), $key[0]['asin'] ) )
			. '</h2><ul>';
		$posts = $this->uses->posts_with( $key )[ Image_Cache::key( $key[0]['marketplace'], $key[0]['asin'] ) ] ?? array();
		foreach ( array_slice( $posts, 0, 100, true ) as $id => $type ) {
			$title = 0 === $id ? __( 'Widgets, or more than one page', 'creators-image-refresh' ) : get_the_title( $id );
			$title = '' === $title ? __( '(no title)', 'creators-image-refresh' ) : $title;
			$edit  = 0 === $id ? null : get_edit_post_link( $id );
			$view  = 0 === $id || ! is_post_type_viewable( $type ) ? false : get_permalink( $id );
			echo '<li>' . (
				null === $edit ? esc_html( $title ) : '<a href="' . esc_url( $edit ) . '">' . esc_html( $title ) . '</a>'
			);
			if ( is_string( $view ) ) {
				echo ' – <a href="'
					. esc_url( $view )
					. '">'
					. esc_html__( 'View', 'creators-image-refresh' )
					. '<span class="screen-reader-text"> '
					. esc_html( $title )
					. '</span></a>';
			}
			echo '</li>';
		}
		echo '</ul></section>';
	}

	/**
	 * What stands in the address, or in the form.
	 *
	 * @param string $name A name.
	 * @return string
	 */
	private static function asked( string $name ): string {
		// phpcs:ignore WordPress.Security -- only chooses what is shown, on_load() verifies the rest; Input reads it.
		return (string) Input::text( isset( $_REQUEST[ $name ] ) ? wp_unslash( $_REQUEST[ $name ] ) : '' );
	}
}
