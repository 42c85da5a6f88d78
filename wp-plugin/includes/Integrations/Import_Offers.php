<?php
/**
 * Offers to take settings of other plugins over.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Integrations;

use Creators_Image_Refresh\Api\Marketplaces;
use Creators_Image_Refresh\Messages\Account_Messages;
use Creators_Image_Refresh\Messages\Advice;
use Creators_Image_Refresh\Plugin;
use Creators_Image_Refresh\Settings\Config_Constants;
use Creators_Image_Refresh\Settings\Input;
use Creators_Image_Refresh\Settings\Settings;
use Creators_Image_Refresh\Settings\Settings_Screen;

defined( 'ABSPATH' ) || exit;

/**
 * Says what could be taken from which plugin, and takes it when somebody presses the button: into empty fields only. Nothing
 * is taken silently, and nothing is changed in the other plugin. What is read is the Associate Tag, the Amazon country, and
 * credentials where they are some of the Creators API; never keys of the Product Advertising API, which open nothing any more.
 *
 * @phpstan-type Source array{id: string, plugin: string, values: array<string, string>}
 */
final class Import_Offers {

	public const ACTION = 'creators_image_refresh_import';
	private const NONCE = 'creators_image_refresh_import_nonce';

	/**
	 * Each name was looked up in the source of its plugin; one that could not be is not here.
	 *
	 * @var array<string, list<string>> The plugin's name, its option (empty where each field is one), and the names of FIELDS.
	 */
	private const PLUGINS = array(
		'aawp'         => array( 'AAWP', 'aawp_api', 'associate_tag', 'country' ),
		'affiliatex'   => array(
			...array( 'AffiliateX', 'affiliatex_amazon_settings', 'tracking_id', 'country' ),
			...array( 'creator_client_id', 'creator_client_secret' ),
		),
		'asa1'         => array( 'Amazon Simple Admin (ASA1)', '', '_asa_amazon_tracking_id', '_asa_amazon_country_code' ),
		'azonmate'     => array( 'AzonMate', '', 'azon_mate_partner_tag', 'azon_mate_marketplace' ),
		'amazonjs'     => array( 'AmazonJS', 'amazonjs_settings' ),
		'easyazon'     => array( 'EasyAzon', 'easyazon-settings' ),
		'woozone'      => array( 'WZone', 'WooZone_amazon' ),
		'data-machine' => array(
			...array( 'Data Machine', 'datamachine_amazon_config', 'partner_tag', 'marketplace' ),
			...array( 'client_id', 'client_secret' ),
		),
	);
	private const FIELDS  = array( 'partner_tag', 'marketplace', 'credential_id', 'credential_secret' );

	/**
	 * Takes what it works with.
	 *
	 * @param Plugin $plugin Makes what reads, keeps and saves.
	 */
	public function __construct( private Plugin $plugin ) {}

	/**
	 * What the plugins that have left something have.
	 *
	 * @return list<Source> By the names of our own fields.
	 */
	public function found(): array {
		$found = array();
		foreach ( self::PLUGINS as $id => list( $plugin ) ) {
			$values  = $this->clean( $this->values( $id, ...array_slice( self::PLUGINS[ $id ], 1 ) ) );
			$found[] = compact( 'id', 'plugin', 'values' );
		}
		return array_values( array_filter( $found, static fn( array $source ): bool => array() !== $source['values'] ) );
	}

	/**
	 * What would be taken, and from whom.
	 *
	 * @return array<string, Source> By id; only what goes into an empty field.
	 */
	private function all(): array {
		$offers = array();
		foreach ( $this->found() as $source ) {
			$source['values'] = $this->missing( $source['values'] );
			if ( array() !== $source['values'] ) {
				$offers[ $source['id'] ] = $source;
			}
		}
		return $offers;
	}

	/** Renders the offers. */
	public function render(): void {
		/* translators: %s: a plugin's name. */
		$intro = __( '%s has settings on this site that you need not enter again:', 'creators-image-refresh' );
		/* translators: %s: a plugin's name. */
		$button = __( 'Take over from %s', 'creators-image-refresh' );
		foreach ( $this->all() as $offer ) {
			printf(
				'<div class="notice notice-info inline creators-image-refresh-import" data-source="%1$s">'
					. '<form method="post" action="%2$s"><p>%3$s</p><ul class="ul-disc">',
				esc_attr( $offer['id'] ),
				esc_url( admin_url( 'admin-post.php' ) ),
				esc_html( sprintf( $intro, $offer['plugin'] ) )
			);
			foreach ( $offer['values'] as $field => $value ) {
				echo '<li>' . esc_html( $this->describe( $field, $value ) ) . '</li>';
			}
			printf(
				'</ul><p><input type="hidden" name="action" value="%1$s"><input type="hidden" name="source" value="%2$s">%3$s'
					. '<button type="submit" class="button">%4$s</button> <span class="description">%5$s</span></p></form></div>',
				esc_attr( self::ACTION ),
				esc_attr( $offer['id'] ),
				wp_nonce_field( self::ACTION, self::NONCE, false, false ), // phpcs:ignore WordPress.Security.EscapeOutput -- there.
				esc_html( sprintf( $button, $offer['plugin'] ) ),
				esc_html__( 'Only empty fields are filled. Nothing is changed in the other plugin.', 'creators-image-refresh' )
			);
		}
	}

	/** Answers the button. */
	public function on_import(): void {
		if ( ! current_user_can( 'manage_options' ) ) {
			wp_die( esc_html__( 'You are not allowed to do this.', 'creators-image-refresh' ), '', array( 'response' => 403 ) );
		}
		check_admin_referer( self::ACTION, self::NONCE );
		$source = isset( $_POST['source'] ) ? sanitize_key( wp_unslash( $_POST['source'] ) ) : '';
		$this->import( $source );
		// What is said stands on the page that options.php would have led to as well.
		set_transient( 'settings_errors', get_settings_errors(), 30 );
		wp_safe_redirect( add_query_arg( 'settings-updated', 'true', Settings_Screen::url() ) );
		exit;
	}

	/**
	 * Fills the empty fields.
	 *
	 * @param string $id Which source.
	 */
	private function import( string $id ): void {
		$offer = $this->all()[ $id ] ?? null;
		$error = null === $offer ? null : $this->plugin->account_service()->store_default( $offer['values'] );
		if ( null === $offer ) {
			$words = __( 'There was nothing to take over any more: the fields are filled already.', 'creators-image-refresh' );
			add_settings_error( Settings::OPTION, 'not_imported', esc_html( $words ), 'info' );
		} elseif ( null !== $error ) {
			add_settings_error( Settings::OPTION, 'not_imported', esc_html( Advice::for_error( $error ) ) );
		} elseif ( array() === get_settings_errors( Settings::OPTION ) ) {
			/* translators: 1: a plugin's name, 2: a list of fields. */
			$words  = __( 'Taken over from %1$s: %2$s.', 'creators-image-refresh' );
			$fields = Account_Messages::labels( array_keys( $offer['values'] ) );
			add_settings_error( Settings::OPTION, 'imported', esc_html( sprintf( $words, $offer['plugin'], $fields ) ), 'success' );
		}
	}

	/**
	 * The values whose fields are empty. The country is never empty; it is taken along with the tag.
	 *
	 * @param array<string, string> $values By field.
	 * @return array<string, string>
	 */
	private function missing( #[\SensitiveParameter] array $values ): array {
		$saved = $this->plugin->account_repository()->default_record();
		$pair  = '' === $saved['credential_id'] && '' === $saved['sealed']
			&& null === Config_Constants::get( 'credential_id' ) && null === Config_Constants::get( 'credential_secret' );
		$tag   = '' === $saved['partner_tag'] && null === Config_Constants::get( 'partner_tag' );
		return array_filter(
			$values,
			static fn( string $field ) => str_starts_with( $field, 'credential_' )
				? $pair
				: $tag && null === Config_Constants::get( $field ),
			ARRAY_FILTER_USE_KEY
		);
	}

	/**
	 * A value for people. A secret is only named.
	 *
	 * @param string $field Its field.
	 * @param string $value The value.
	 */
	private function describe( string $field, #[\SensitiveParameter] string $value ): string {
		$label = Account_Messages::label( $field );
		if ( 'credential_secret' === $field ) {
			return $label . ' ' . __( '(stored encrypted here, and not shown)', 'creators-image-refresh' );
		}
		$value = 'marketplace' === $field ? Marketplaces::short( $value ) : $value;
		/* translators: 1: a field of the form, 2: its value. */
		return sprintf( __( '%1$s: %2$s', 'creators-image-refresh' ), $label, $value );
	}

	/**
	 * What a plugin has saved.
	 *
	 * @param string $id     Its id.
	 * @param string $option Empty where each field is one.
	 * @param string ...$names What it calls FIELDS.
	 * @return array<string, mixed> By our own fields.
	 */
	private function values( string $id, string $option, string ...$names ): array {
		$saved = '' === $option ? array_combine( $names, array_map( 'get_option', $names ) ) : get_option( $option );
		$saved = 'data-machine' === $id ? get_site_option( $option ) : $saved;
		$saved = is_array( $saved ) ? $saved : array();
		if ( 'amazonjs' === $id || 'easyazon' === $id ) {
			return $this->only_tag( $saved, 'amazonjs' === $id ? 'associateTag' : 'associates_' );
		}
		if ( 'woozone' === $id ) {
			[ $country, $tags ] = array( $saved['main_aff_id'] ?? '', $saved['AffiliateID'] ?? '' );
			return array(
				'partner_tag' => is_array( $tags ) && is_string( $country ) ? $tags[ $country ] ?? '' : '',
				'marketplace' => $country,
			);
		}
		if ( 'affiliatex' === $id && 'creator' !== ( $saved['api_type'] ?? '' ) ) {
			$names = array_slice( $names, 0, 2 );
		}
		$fields = array_slice( self::FIELDS, 0, count( $names ) );
		return array_combine( $fields, array_map( static fn( string $name ): mixed => $saved[ $name ] ?? '', $names ) );
	}

	/**
	 * The tag of a plugin that keeps one for each country, if it has one only: of several, none is the right one for sure.
	 *
	 * @param array<array-key, mixed> $saved  The plugin's option.
	 * @param string                  $prefix What stands before the country in a tag's name.
	 * @return array<string, mixed>
	 */
	private function only_tag( array $saved, string $prefix ): array {
		$tags = array();
		foreach ( $saved as $name => $tag ) {
			$country = strtolower( substr( (string) $name, strlen( $prefix ) ) );
			if ( str_starts_with( (string) $name, $prefix ) && '' !== $this->host( $country ) && '' !== (string) Input::tag( $tag ) ) {
				$tags[ $country ] = $tag;
			}
		}
		list( $partner_tag, $marketplace ) = array( reset( $tags ), key( $tags ) );
		return 1 === count( $tags ) ? compact( 'partner_tag', 'marketplace' ) : array();
	}

	/**
	 * What of it can be meant. Credentials count only as a pair, and a country only beside a tag.
	 *
	 * @param array<string, mixed> $values By our own fields.
	 * @return array<string, string>
	 */
	private function clean( #[\SensitiveParameter] array $values ): array {
		$values['marketplace'] = $this->host( $values['marketplace'] ?? '' );
		$clean                 = array();
		foreach ( $values as $field => $value ) {
			$read = $this->plugin->settings()->accept( $field, $value );
			if ( is_string( $read ) && '' !== $read ) {
				$clean[ $field ] = $read;
			}
		}
		if (
			! isset( $clean['credential_id'], $clean['credential_secret'] )
			|| 1 === preg_match( '/\A(AKIA|ASIA)[A-Z0-9]{16}\z/', $clean['credential_id'] )
		) {
			unset( $clean['credential_id'], $clean['credential_secret'] );
		}
		return isset( $clean['partner_tag'] ) ? $clean : array_diff_key( $clean, array( 'marketplace' => true ) );
	}

	/**
	 * The host that a country means.
	 *
	 * @param mixed $country As a plugin writes it: `de`, `DE`, `co.uk`, `com`, `www.amazon.de`.
	 * @return string Empty where it means none.
	 */
	private function host( mixed $country ): string {
		$country = strtolower( (string) Input::text( $country ) );
		$country = array(
			'us' => 'com',
			'gb' => 'uk',
		)[ $country ] ?? $country;
		foreach ( array( '', 'www.amazon.', 'www.amazon.com.', 'www.amazon.co.' ) as $begin ) {
			if ( $this->plugin->marketplaces()->is_known( $begin . $country ) ) {
				return $begin . $country;
			}
		}
		return '';
	}
}
