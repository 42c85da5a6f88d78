<?php
/**
 * Abilities, for assistants and automations.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Integrations;

use Creators_Image_Refresh\Plugin;

defined( 'ABSPATH' ) || exit;

/**
 * Offers what can be read without a change through WordPress's Abilities API. Its hooks fire from WordPress 6.9 on; before
 * that, nothing happens.
 */
final class Abilities {

	private const CATEGORY = 'creators-image-refresh';

	/**
	 * Takes what it answers with.
	 *
	 * @param Plugin $plugin Makes the services that know.
	 */
	public function __construct( private Plugin $plugin ) {}

	/** Registers the category. */
	public function register_category(): void {
		wp_register_ability_category(
			self::CATEGORY,
			array(
				'label'       => __( 'Amazon pictures', 'creators-image-refresh' ),
				'description' => __(
					'Looks up the Amazon product pictures of this site and how fresh they are.',
					'creators-image-refresh'
				),
			)
		);
	}

	/** Registers the abilities. */
	public function register(): void {
		$all = array(
			'category' => self::CATEGORY,
			'meta'     => array(
				'annotations'  => array(
					'readonly'    => true,
					'destructive' => false,
					'idempotent'  => true,
				),
				'show_in_rest' => true,
			),
		);
		wp_register_ability(
			'creators-image-refresh/status',
			array(
				'label'               => __( 'How the Amazon pictures stand', 'creators-image-refresh' ),
				'description'         => __(
					'How many Amazon product pictures the posts show, how many are fresh, wait or are not given by Amazon, and what the last run came to.',
					'creators-image-refresh'
				),
				'input_schema'        => self::schema( array() ) + array( 'default' => array() ),
				'output_schema'       => self::status_schema(),
				'execute_callback'    => fn(): array => array_intersect_key(
					array( 'extension' => $this->plugin->extension()->state() ) + $this->plugin->status_report()->all(),
					self::status_schema()['properties']
				),
				'permission_callback' => static fn(): bool => current_user_can( 'manage_options' ),
			) + $all
		);
		$country = __(
			'The host of the Amazon country, for instance www.amazon.de; the site’s own country where it is left out.',
			'creators-image-refresh'
		);
		$input   = array(
			'asin'        => array(
				'type'        => 'string',
				'description' => __( 'Amazon’s product number, ten letters and digits.', 'creators-image-refresh' ),
				'pattern'     => '^[A-Za-z0-9]{10}$',
			),
			'marketplace' => array(
				'type'        => 'string',
				'description' => $country,
				'maxLength'   => 32,
			),
		);
		wp_register_ability(
			'creators-image-refresh/lookup',
			array(
				'label'               => __( 'Look up an Amazon picture', 'creators-image-refresh' ),
				'description'         => __(
					'The picture that pages of this site show of an Amazon product; nothing where the site does not know it. Amazon is not asked.',
					'creators-image-refresh'
				),
				'input_schema'        => self::schema( $input ) + array( 'required' => array( 'asin' ) ),
				'output_schema'       => self::lookup_schema(),
				'execute_callback'    => array( $this, 'look_up' ),
				'permission_callback' => static fn(): bool => current_user_can( 'edit_posts' ),
			) + $all
		);
	}

	/**
	 * Looks up the picture of a product.
	 *
	 * @param mixed $input asin, and perhaps marketplace.
	 * @return array{found: bool, asin: string, marketplace: string, image: array<string, mixed>|null}
	 */
	public function look_up( mixed $input ): array {
		$asin        = strtoupper( (string) ( is_array( $input ) ? $input['asin'] ?? '' : '' ) );
		$marketplace = strtolower( (string) ( is_array( $input ) ? $input['marketplace'] ?? '' : '' ) );
		$marketplace = '' === $marketplace ? $this->plugin->accounts()->default_marketplace() : $marketplace;
		$image       = $this->plugin->page_image_lookup()->answer( null, $marketplace, $asin );
		return array(
			'found'       => is_array( $image ),
			'asin'        => $asin,
			'marketplace' => $marketplace,
			'image'       => is_array( $image ) ? $image : null,
		);
	}

	/**
	 * An object of these properties alone.
	 *
	 * @param array<string, array<string, mixed>> $properties Their schemas.
	 * @return array{type: string, properties: array<string, array<string, mixed>>, additionalProperties: bool}
	 */
	private static function schema( array $properties ): array {
		return array(
			'type'                 => 'object',
			'properties'           => $properties,
			'additionalProperties' => false,
		);
	}

	/** What 'status' gives. */
	private static function status_schema(): array {
		return self::schema(
			array_fill_keys( array( 'known', 'fresh', 'waiting', 'failed' ), array( 'type' => 'integer' ) )
				+ array_fill_keys( array( 'ready', 'running' ), array( 'type' => 'boolean' ) )
				+ array_fill_keys( array( 'summary', 'last_run', 'extension' ), array( 'type' => 'string' ) )
		);
	}

	/** What 'lookup' gives. */
	private static function lookup_schema(): array {
		$string = array( 'type' => 'string' );
		$number = array( 'type' => 'integer' );
		$maybe  = array( 'type' => array( 'string', 'null' ) );
		$object = array( 'type' => array( 'object', 'null' ) );
		$size   = $object + array(
			'properties' => array(
				'url'    => $string,
				'width'  => $number,
				'height' => $number,
			),
		);
		$image  = array_fill_keys( array( 'small', 'medium', 'large', 'hires' ), $size ) + array(
			'title'           => $maybe,
			'detail_page_url' => $maybe,
			'fetched_at'      => $number,
		);
		return self::schema(
			array(
				'found'       => array( 'type' => 'boolean' ),
				'asin'        => $string,
				'marketplace' => $string,
				'image'       => $object + array( 'properties' => $image ),
			)
		);
	}
}
