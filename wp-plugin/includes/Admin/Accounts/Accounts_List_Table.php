<?php
/**
 * The table of accounts.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Admin\Accounts;

use Creators_Image_Refresh\Accounts\Account_Overview;
use Creators_Image_Refresh\Admin\Page;
use Creators_Image_Refresh\Api\Marketplaces;
use Creators_Image_Refresh\Messages\Account_Messages;
use Creators_Image_Refresh\Settings\Settings_Screen;
use WP_List_Table;

defined( 'ABSPATH' ) || exit;

require_once ABSPATH . 'wp-admin/includes/class-wp-list-table.php';

/**
 * The table of accounts, and below them the marketplaces of posts that have none. An item is an entry of Account_Overview.
 *
 * @phpstan-import-type Entry from Account_Overview
 */
final class Accounts_List_Table extends WP_List_Table {

	/**
	 * Takes what it shows.
	 *
	 * @param Account_Overview $list      The accounts.
	 * @param Marketplaces     $countries Names of countries.
	 * @param bool             $can_swap  Whether the default account may become another.
	 */
	public function __construct( private Account_Overview $list, private Marketplaces $countries, private bool $can_swap ) {
		parent::__construct(
			array(
				'singular' => 'creators-image-refresh-account',
				'plural'   => 'creators-image-refresh-accounts',
				'screen'   => Settings_Screen::HOOK,
				'ajax'     => false,
			)
		);
	}

	/** The columns, label by name. */
	public function get_columns() {
		return array(
			'marketplace' => __( 'Amazon country', 'creators-image-refresh' ),
			'tag'         => __( 'Associate Tag', 'creators-image-refresh' ),
			'version'     => __( 'Version', 'creators-image-refresh' ),
			'pictures'    => __( 'Pictures', 'creators-image-refresh' ),
			'state'       => __( 'What happens with them', 'creators-image-refresh' ),
		);
	}

	/** Reads the rows. */
	public function prepare_items() {
		$this->_column_headers = array( $this->get_columns(), array(), array(), 'marketplace' );
		$this->items           = $this->list->entries();
	}

	/**
	 * One row, with a name by which it can be told.
	 *
	 * @param Entry $item An entry.
	 */
	public function single_row( $item ) {
		printf(
			'<tr data-account="%s" data-marketplace="%s" data-state="%s">',
			esc_attr( $item['id'] ),
			esc_attr( $item['marketplace'] ),
			esc_attr( $item['state'] )
		);
		$this->single_row_columns( $item );
		echo '</tr>';
	}

	/**
	 * No navigation above and below: there are 22 countries at most.
	 *
	 * @param mixed $which top or bottom.
	 */
	protected function display_tablenav( $which ) {}

	/**
	 * The country, the star, and what can be done.
	 *
	 * @param Entry $item An entry.
	 */
	protected function column_marketplace( array $item ): string {
		$name = $this->countries->name( $item['marketplace'] );
		return $this->star( $item, $name )
			. '<strong>' . esc_html( $name ) . '</strong>'
			. $this->row_actions( self::actions( $item, $name ), true );
	}

	/**
	 * Enough of the tag to know it again.
	 *
	 * @param Entry $item An entry.
	 */
	protected function column_tag( array $item ): string {
		$tag = Account_Messages::half_hidden( $item['partner_tag'] );
		return 'none' === $item['state'] ? '–' : '<code>' . esc_html( $tag ) . '</code>';
	}

	/**
	 * The version.
	 *
	 * @param Entry $item An entry.
	 */
	protected function column_version( array $item ): string {
		$version = $item['credential_version'];
		if ( 'none' === $item['state'] ) {
			return '–';
		}
		if ( '' === $version ) {
			return esc_html__( 'Worked out for you', 'creators-image-refresh' );
		}
		return str_starts_with( $version, '2' )
			/* translators: %s: a credential version, for instance 3.2. */
			? esc_html( sprintf( __( '%s, Cognito', 'creators-image-refresh' ), $version ) )
			/* translators: %s: a credential version, for instance 3.2. */
			: esc_html( sprintf( __( '%s, Login with Amazon', 'creators-image-refresh' ), $version ) );
	}

	/**
	 * How many pictures.
	 *
	 * @param Entry $item An entry.
	 */
	protected function column_pictures( array $item ): string {
		/* translators: 1: a number of pictures, 2: how many of them are fresh. */
		$words = __( '%1$s, %2$s fresh', 'creators-image-refresh' );
		return esc_html( sprintf( $words, number_format_i18n( $item['known'] ), number_format_i18n( $item['fresh'] ) ) );
	}

	/**
	 * What happens.
	 *
	 * @param Entry $item An entry.
	 */
	protected function column_state( array $item ): string {
		return esc_html( Account_Messages::what_happens( $item, $this->list->has_default(), $this->items[0]['marketplace'] ) );
	}

	/**
	 * The star of the default account; of the others, the button that gives it to them.
	 *
	 * @param Entry  $item An entry.
	 * @param string $name Its country.
	 */
	private function star( array $item, string $name ): string {
		if ( $item['is_default'] ) {
			return '<span class="dashicons dashicons-star-filled" aria-hidden="true"></span><span class="screen-reader-text">'
				. esc_html__( 'Default account:', 'creators-image-refresh' )
				. ' </span>';
		}
		if ( 'on' !== $item['state'] || ! $this->can_swap ) {
			return '<span class="dashicons creators-image-refresh-no-star" aria-hidden="true"></span>';
		}
		/* translators: %s: a country. */
		$label = sprintf( __( 'Make %s the default account', 'creators-image-refresh' ), $name );
		$star  = '<span class="dashicons dashicons-star-empty" aria-hidden="true"></span>';
		$star .= '<span class="screen-reader-text">' . esc_html( $label ) . '</span>';
		return self::button( $item['id'], 'default', $star, $label );
	}

	/**
	 * What can be done with an entry. HTML by class.
	 *
	 * @param Entry  $item An entry.
	 * @param string $name Its country.
	 */
	private static function actions( array $item, string $name ): array {
		$edit = __( 'Edit', 'creators-image-refresh' );
		if ( $item['is_default'] ) {
			return array( 'edit' => Page::link( Settings_Screen::url(), $edit, $name ) );
		}
		if ( 'none' === $item['state'] ) {
			$add = __( 'Add an account', 'creators-image-refresh' );
			return array( 'add' => Page::link( Accounts_Tab::edit_url( 'add', $item['marketplace'] ), $add, $name ) );
		}
		$actions = array( 'edit' => Page::link( Accounts_Tab::edit_url( 'edit', $item['id'] ), $edit, $name ) );
		if ( 'off' === $item['state'] ) {
			$words             = Page::words( __( 'Enable', 'creators-image-refresh' ), $name );
			$actions['enable'] = self::button( $item['id'], 'enable', $words );
		} elseif ( 'resting' !== $item['state'] ) {
			$words              = Page::words( __( 'Disable', 'creators-image-refresh' ), $name );
			$actions['disable'] = self::button( $item['id'], 'disable', $words );
		}
		$delete = __( 'Delete', 'creators-image-refresh' );
		return $actions + array( 'delete' => Page::link( Accounts_Tab::edit_url( 'delete', $item['id'] ), $delete, $name ) );
	}

	/**
	 * A button that changes an account.
	 *
	 * @param string $account An account.
	 * @param string $change  What it does.
	 * @param string $html    What it shows, escaped.
	 * @param string $title   A title.
	 */
	private static function button( string $account, string $change, string $html, string $title = '' ): string {
		$title = '' === $title ? '' : ' title="' . esc_attr( $title ) . '"';
		return Page::form( Account_Actions::CHANGE, compact( 'account', 'change' ) )
			. '<button type="submit" class="button-link"' . $title . '>' . $html . '</button></form>';
	}
}
