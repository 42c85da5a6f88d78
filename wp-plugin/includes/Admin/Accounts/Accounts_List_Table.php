<?php
/**
 * The table of accounts.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Admin\Accounts;

use Creators_Image_Refresh\Accounts\Account_Overview;
use Creators_Image_Refresh\Api\Marketplaces;
use Creators_Image_Refresh\Messages\Account_Messages;
use Creators_Image_Refresh\Settings\Settings_Screen;
use WP_List_Table;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

require_once ABSPATH . 'wp-admin/includes/class-wp-list-table.php';

/**
 * Shows every account, and below them the marketplaces of posts that have none.
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

	/**
	 * The columns.
	 *
	 * @return array<string, string>
	 */
	public function get_columns() {
		return array(
			'marketplace' => __( 'Amazon country', 'creators-image-refresh' ),
			'tag'         => __( 'Associate Tag', 'creators-image-refresh' ),
			'version'     => __( 'Version', 'creators-image-refresh' ),
			'pictures'    => __( 'Pictures', 'creators-image-refresh' ),
			'state'       => __( 'What happens with them', 'creators-image-refresh' ),
		);
	}

	/**
	 * Reads the rows.
	 */
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
	 * @param string $which top or bottom.
	 */
	protected function display_tablenav( $which ) {}

	/**
	 * The country, the star, and what can be done.
	 *
	 * @param Entry $item An entry.
	 * @return string
	 */
	protected function column_marketplace( $item ) {
		$name = $this->countries->names()[ $item['marketplace'] ] ?? Marketplaces::short( $item['marketplace'] );
		return $this->star( $item, $name )
			. '<strong>'
			. esc_html( $name )
			. '</strong>'
			. $this->row_actions( $this->actions( $item, $name ), true );
	}

	/**
	 * Enough of the tag to know it again.
	 *
	 * @param Entry $item An entry.
	 * @return string
	 */
	protected function column_tag( $item ) {
		return 'none' === $item['state']
			? '–'
			: '<code>' . esc_html( Account_Messages::half_hidden( $item['partner_tag'] ) ) . '</code>';
	}

	/**
	 * The version.
	 *
	 * @param Entry $item An entry.
	 * @return string
	 */
	protected function column_version( $item ) {
		if ( 'none' === $item['state'] ) {
			return '–';
		}
		$version = $item['credential_version'];
		if ( '' === $version ) {
			return esc_html__( 'Worked out for you', 'creators-image-refresh' );
		}
		return esc_html(
			sprintf(
				str_starts_with( $version, '2' )
					/* translators: %s: a credential version, for instance 3.2. */
					? __( '%s, Cognito', 'creators-image-refresh' )
					: __( '%s, Login with Amazon', 'creators-image-refresh' ),
				$version
			)
		);
	}

	/**
	 * How many pictures.
	 *
	 * @param Entry $item An entry.
	 * @return string
	 */
	protected function column_pictures( $item ) {
		return esc_html(
			sprintf(
				/* translators: 1: a number of pictures, 2: how many of them are fresh. */
				__( '%1$s, %2$s fresh', 'creators-image-refresh' ),
				number_format_i18n( $item['known'] ),
				number_format_i18n( $item['fresh'] )
			)
		);
	}

	/**
	 * What happens.
	 *
	 * @param Entry $item An entry.
	 * @return string
	 */
	protected function column_state( $item ) {
		return esc_html( Account_Messages::what_happens( $item, $this->list->has_default(), $this->items[0]['marketplace'] ) );
	}

	/**
	 * The star of the default account; of the others, the button that gives it to them.
	 *
	 * @param Entry  $item An entry.
	 * @param string $name Its country.
	 * @return string
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
		return self::form(
			$item['id'],
			'default',
			'<span class="dashicons dashicons-star-empty" aria-hidden="true"></span><span class="screen-reader-text">'
				. esc_html( $label )
				. '</span>',
			$label
		);
	}

	/**
	 * What can be done with an entry.
	 *
	 * @param Entry  $item An entry.
	 * @param string $name Its country.
	 * @return array<string, string> HTML by class.
	 */
	private function actions( array $item, string $name ): array {
		if ( $item['is_default'] ) {
			return array( 'edit' => self::link( Settings_Screen::url(), __( 'Edit', 'creators-image-refresh' ), $name ) );
		}
		if ( 'none' === $item['state'] ) {
			return array(
				'add' => self::link(
					Accounts_Tab::edit_url( 'add', $item['marketplace'] ),
					__( 'Add an account', 'creators-image-refresh' ),
					$name
				),
			);
		}
		$actions = array(
			'edit' => self::link( Accounts_Tab::edit_url( 'edit', $item['id'] ), __( 'Edit', 'creators-image-refresh' ), $name ),
		);
		if ( 'off' === $item['state'] ) {
			$actions['enable'] = self::form(
				$item['id'],
				'enable',
				self::words( __( 'Enable', 'creators-image-refresh' ), $name )
			);
		} elseif ( 'resting' !== $item['state'] ) {
			$actions['disable'] = self::form(
				$item['id'],
				'disable',
				self::words( __( 'Disable', 'creators-image-refresh' ), $name )
			);
		}
		$actions['delete'] = self::link(
			Accounts_Tab::edit_url( 'delete', $item['id'] ),
			__( 'Delete', 'creators-image-refresh' ),
			$name
		);
		return $actions;
	}

	/**
	 * A link.
	 *
	 * @param string $url  Where to.
	 * @param string $word What it does.
	 * @param string $name With which country.
	 * @return string
	 */
	private static function link( string $url, string $word, string $name ): string {
		return '<a href="' . esc_url( $url ) . '">' . self::words( $word, $name ) . '</a>';
	}

	/**
	 * A word, and for those who do not see the row, the country it is about.
	 *
	 * @param string $word The word.
	 * @param string $name The country.
	 * @return string
	 */
	private static function words( string $word, string $name ): string {
		return esc_html( $word ) . '<span class="screen-reader-text"> ' . esc_html( $name ) . '</span>';
	}

	/**
	 * A button that changes an account.
	 *
	 * @param string $id     The account.
	 * @param string $change What it does.
	 * @param string $html   What it shows, escaped.
	 * @param string $title  What a mouse is told.
	 * @return string
	 */
	private static function form( string $id, string $change, string $html, string $title = '' ): string {
		return '<form method="post" action="' . esc_url( admin_url( 'admin-post.php' ) ) . '">'
			. Accounts_Tab::hidden( Account_Actions::CHANGE, $id )
			. '<input type="hidden" name="change" value="' . esc_attr( $change ) . '">'
			. '<button type="submit" class="button-link"'
				. ( '' === $title ? '' : ' title="' . esc_attr( $title ) . '"' )
				. '>'
				. $html
				. '</button></form>';
	}
}
