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
	 * The other columns: enough of the tag to know it again, the version, how many pictures, and what happens with them.
	 *
	 * @param Entry  $item An entry.
	 * @param string $name A column.
	 */
	protected function column_default( $item, $name ) {
		$version = $item['credential_version'];
		if ( 'none' === $item['state'] && in_array( $name, array( 'tag', 'version' ), true ) ) {
			return '–';
		}
		return match ( $name ) {
			'tag'      => '<code>' . esc_html( Account_Messages::half_hidden( $item['partner_tag'] ) ) . '</code>',
			'version'  => esc_html( '' === $version ? Account_Messages::versions()[''] : self::version( $version ) ),
			'pictures' => esc_html(
				sprintf(
					/* translators: 1: a number of pictures, 2: how many of them are fresh. */
					__( '%1$s, %2$s fresh', 'creators-image-refresh' ),
					number_format_i18n( $item['known'] ),
					number_format_i18n( $item['fresh'] )
				)
			),
			'state'    => esc_html(
				Account_Messages::what_happens( $item, $this->list->has_default(), $this->items[0]['marketplace'] )
			),
		};
	}

	/**
	 * A version, and what credentials it is of.
	 *
	 * @param string $version A version.
	 */
	private static function version( string $version ): string {
		$words = str_starts_with( $version, '2' )
			/* translators: %s: a credential version, for instance 3.2. */
			? __( '%s, Cognito', 'creators-image-refresh' )
			/* translators: %s: a credential version, for instance 3.2. */
			: __( '%s, Login with Amazon', 'creators-image-refresh' );
		return sprintf( $words, $version );
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
		$link = static fn( string $do, string $word, string $account ): array => array(
			$do => Page::link( Accounts_Tab::edit_url( $do, $account ), $word, $name ),
		);
		$edit = __( 'Edit', 'creators-image-refresh' );
		if ( $item['is_default'] ) {
			return array( 'edit' => Page::link( Settings_Screen::url(), $edit, $name ) );
		}
		if ( 'none' === $item['state'] ) {
			return $link( 'add', __( 'Add an account', 'creators-image-refresh' ), $item['marketplace'] );
		}
		$change = 'off' === $item['state'] ? 'enable' : 'disable';
		$word   = 'off' === $item['state'] ? __( 'Enable', 'creators-image-refresh' ) : __( 'Disable', 'creators-image-refresh' );
		$button = array( $change => self::button( $item['id'], $change, Page::words( $word, $name ) ) );
		return $link( 'edit', $edit, $item['id'] )
			+ ( 'resting' === $item['state'] ? array() : $button )
			+ $link( 'delete', __( 'Delete', 'creators-image-refresh' ), $item['id'] );
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
