<?php
/**
 * The table of pictures.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Admin\Images;

use Creators_Image_Refresh\Accounts\Account_Overview;
use Creators_Image_Refresh\Admin\Page;
use Creators_Image_Refresh\Api\Marketplaces;
use Creators_Image_Refresh\Messages\Image_Messages;
use Creators_Image_Refresh\Settings\Image_Age;
use Creators_Image_Refresh\Storage\Image_Cache;
use Creators_Image_Refresh\Storage\Image_Keys;
use Creators_Image_Refresh\Storage\Listing\Image_Query;
use WP_List_Table;

defined( 'ABSPATH' ) || exit;

require_once ABSPATH . 'wp-admin/includes/class-wp-list-table.php';

/**
 * The table of pictures, page by page, with what can be done with them. An item is a picture of Image_Query.
 *
 * @phpstan-import-type Picture from Image_Query
 */
final class Images_List_Table extends WP_List_Table {

	public const PLURAL = 'creators-image-refresh-images';

	/**
	 * Why nobody is asked for a marketplace, by its host.
	 *
	 * @var array<string, string>
	 */
	private array $left_alone = array();

	/**
	 * Takes what it shows.
	 *
	 * @param Image_Query      $query     The pictures.
	 * @param Account_Overview $accounts  Whether somebody is asked for them.
	 * @param Marketplaces     $countries Names of countries.
	 */
	public function __construct(
		private Image_Query $query,
		private Account_Overview $accounts,
		private Marketplaces $countries
	) {
		parent::__construct(
			array(
				'singular' => 'creators-image-refresh-image',
				'plural'   => self::PLURAL,
				'screen'   => Images_Tab::SCREEN,
				'ajax'     => false,
			)
		);
	}

	/** The columns, label by name. */
	public function get_columns() {
		return array(
			'cb'          => '<input type="checkbox">',
			'asin'        => __( 'Product', 'creators-image-refresh' ),
			'marketplace' => __( 'Amazon country', 'creators-image-refresh' ),
			'posts'       => __( 'Posts', 'creators-image-refresh' ),
			'age'         => __( 'Age', 'creators-image-refresh' ),
			'state'       => __( 'State', 'creators-image-refresh' ),
		);
	}

	/** Columns that sort, and whether the largest comes first. */
	protected function get_sortable_columns() {
		return array(
			'asin'  => array( 'asin', false ),
			'posts' => array( 'posts', true ),
			'age'   => array( 'age', false ),
			'state' => array( 'state', false ),
		);
	}

	/** Reads the rows. */
	public function prepare_items() {
		$this->_column_headers = array( $this->get_columns(), array(), $this->get_sortable_columns(), 'asin' );
		$this->left_alone      = array_column( $this->accounts->left_alone(), 'state', 'marketplace' );

		$filter      = Images_Tab::filter();
		$per_page    = $this->get_items_per_page( Images_Tab::PER_PAGE, Images_Tab::A_PAGE );
		$total_items = $this->query->count( $filter );
		$page        = min( $this->get_pagenum(), max( 1, (int) ceil( $total_items / $per_page ) ) );
		[ $by, $is ] = Images_Tab::order();
		$this->items = $this->query->pictures( $filter, $by, $is, $per_page, ( $page - 1 ) * $per_page );
		$this->set_pagination_args( compact( 'total_items', 'per_page' ) );
	}

	/** What is said where nothing matches. */
	public function no_items() {
		echo esc_html(
			array() === Images_Tab::filter()
				? __( 'Your posts show no Amazon product pictures that are known yet.', 'creators-image-refresh' )
				: __( 'No picture matches.', 'creators-image-refresh' )
		);
	}

	/** Links to each state with its number. */
	protected function get_views() {
		$filter = Images_Tab::filter();
		$counts = $this->query->counts( $filter['marketplace'] ?? '' );
		$links  = array();
		foreach ( array( 'all' => __( 'All', 'creators-image-refresh' ) ) + Image_Messages::states() as $state => $label ) {
			$shown           = 'all' === $state ? '' : $state;
			$count           = number_format_i18n( $counts[ $state ] );
			$links[ $state ] = array(
				'url'     => Images_Tab::url( array( 'state' => $shown ) + array_diff_key( $filter, array( 'search' => '' ) ) ),
				'label'   => esc_html( $label ) . ' <span class="count">(' . $count . ')</span>',
				'current' => ( $filter['state'] ?? '' ) === $shown,
			);
		}
		return $this->get_views_links( $links );
	}

	/** What can be done with several at once. */
	protected function get_bulk_actions() {
		return array(
			'refresh' => __( 'Refresh', 'creators-image-refresh' ),
			'exclude' => __( 'Exclude', 'creators-image-refresh' ),
			'include' => __( 'Include again', 'creators-image-refresh' ),
		);
	}

	/**
	 * The choice of a country, and the export.
	 *
	 * @param mixed $which top or bottom.
	 */
	protected function extra_tablenav( $which ) {
		if ( 'top' !== $which ) {
			return;
		}
		$chosen = Images_Tab::filter()['marketplace'] ?? '';
		printf(
			'<div class="alignleft actions"><label class="screen-reader-text" for="creators-image-refresh-country">%s</label>'
				. '<select name="marketplace" id="creators-image-refresh-country"><option value="">%s</option>',
			esc_html__( 'Amazon country', 'creators-image-refresh' ),
			esc_html__( 'All countries', 'creators-image-refresh' )
		);
		foreach ( Image_Keys::marketplaces() as $host ) {
			$name = $this->countries->name( $host );
			printf( '<option value="%s"%s>%s</option>', esc_attr( $host ), selected( $chosen, $host, false ), esc_html( $name ) );
		}
		echo '</select>';
		$filter = __( 'Filter', 'creators-image-refresh' );
		submit_button( $filter, '', 'filter', false, array( 'id' => 'creators-image-refresh-filter' ) );
		printf(
			' <a class="button" id="creators-image-refresh-export" href="%s">%s</a></div>',
			esc_url( Images_Tab::export_url() ),
			esc_html__( 'Export as CSV', 'creators-image-refresh' )
		);
	}

	/**
	 * One row, with a name by which it can be told.
	 *
	 * @param Picture $item A picture.
	 */
	public function single_row( $item ) {
		printf( '<tr data-image="%s" data-state="%s">', esc_attr( self::key( $item ) ), esc_attr( $item['state'] ) );
		$this->single_row_columns( $item );
		echo '</tr>';
	}

	/**
	 * The box to select it.
	 *
	 * @param Picture $item A picture.
	 */
	protected function column_cb( $item ) {
		/* translators: %s: a product. */
		$label = sprintf( __( 'Select %s', 'creators-image-refresh' ), $item['asin'] );
		return sprintf(
			'<input type="checkbox" name="images[]" id="creators-image-refresh-cb-%1$s" value="%1$s">'
				. '<label for="creators-image-refresh-cb-%1$s"><span class="screen-reader-text">%2$s</span></label>',
			esc_attr( self::key( $item ) ),
			esc_html( $label )
		);
	}

	/**
	 * The picture, its number and title, and what can be done with it.
	 *
	 * @param Picture $item A picture.
	 */
	protected function column_asin( array $item ): string {
		$fitting = 'excluded' === $item['state'] ? array( 'include' ) : array( 'refresh', 'exclude' );
		$actions = array_intersect_key( $this->get_bulk_actions(), array_flip( $fitting ) );
		foreach ( $actions as $action => $word ) {
			$query = array(
				'action'   => $action,
				'images'   => array( self::key( $item ) ),
				'_wpnonce' => wp_create_nonce( 'bulk-' . self::PLURAL ),
			);

			$actions[ $action ] = Page::link( Images_Tab::url( $query + Images_Tab::filter() ), $word, $item['asin'] );
		}
		$title = '<span class="creators-image-refresh-title">' . esc_html( $item['title'] ) . '</span>';
		return self::thumbnail( $item )
			. '<span class="creators-image-refresh-product"><strong><a href="' . esc_url( self::product_url( $item ) ) . '">'
			. '<code>' . esc_html( $item['asin'] ) . '</code></a></strong>'
			. ( '' === $item['title'] ? '' : $title ) . $this->row_actions( $actions ) . '</span>';
	}

	/**
	 * The other columns: the country, the posts that show it, how old its link is, and its state with the reason.
	 *
	 * @param Picture $item A picture.
	 * @param string  $name A column.
	 */
	protected function column_default( $item, $name ) {
		if ( 'posts' === $name && $item['posts'] > 0 ) {
			$url = Images_Tab::url( array( 'used' => self::key( $item ) ) + Images_Tab::shown() ) . '#creators-image-refresh-uses';
			/* translators: %s: a product. */
			$about = sprintf( __( 'posts that show %s', 'creators-image-refresh' ), $item['asin'] );
			return Page::link( $url, number_format_i18n( $item['posts'] ), $about );
		}
		if ( 'state' !== $name ) {
			return esc_html(
				match ( $name ) {
					'marketplace' => Marketplaces::short( $item['marketplace'] ),
					'posts'       => '0',
					'age'         => Image_Messages::age( $item['fetched_at'] ),
				}
			);
		}
		$reason = Image_Messages::reason( $item, $this->left_alone[ $item['marketplace'] ] ?? null );
		return sprintf(
			'<span class="creators-image-refresh-state"><span class="is-%s" aria-hidden="true"></span>%s</span>%s',
			esc_attr( $item['state'] ),
			esc_html( Image_Messages::states()[ $item['state'] ] ),
			'' === $reason ? '' : '<br><span class="description">' . esc_html( $reason ) . '</span>'
		);
	}

	/**
	 * A small picture: of a link that pages may show as well, and no other.
	 *
	 * @param Picture $item A picture.
	 */
	private static function thumbnail( array $item ): string {
		$size = $item['image']['small'] ?? $item['image']['medium'] ?? null;
		$url  = is_array( $size ) && Image_Age::may_show( $item['fetched_at'] ) ? (string) ( $size['url'] ?? '' ) : '';
		if ( ! str_starts_with( $url, 'https://' ) && ! str_starts_with( $url, 'http://' ) ) {
			return '<span class="creators-image-refresh-thumbnail" aria-hidden="true"></span>';
		}
		/* translators: %s: a product. */
		$alt = sprintf( __( 'Picture of %s', 'creators-image-refresh' ), '' === $item['title'] ? $item['asin'] : $item['title'] );
		return sprintf(
			'<span class="creators-image-refresh-thumbnail"><img src="%s" alt="%s" loading="lazy" decoding="async"></span>',
			esc_url( $url ),
			esc_attr( $alt )
		);
	}

	/**
	 * The product's page at Amazon.
	 *
	 * @param Picture $item A picture.
	 */
	private static function product_url( array $item ): string {
		$shop = 'https://' . $item['marketplace'] . '/';
		$url  = (string) ( $item['image']['detail_page_url'] ?? '' );
		return str_starts_with( $url, $shop ) ? $url : $shop . 'dp/' . $item['asin'];
	}

	/**
	 * A name for a picture in addresses.
	 *
	 * @param array<string, mixed> $item A picture.
	 */
	private static function key( array $item ): string {
		return Image_Cache::key( $item['marketplace'], $item['asin'] );
	}
}
