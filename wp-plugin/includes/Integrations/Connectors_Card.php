<?php
/**
 * The card under Settings > Connectors.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Integrations;

use Creators_Image_Refresh\Hook_Names;
use Creators_Image_Refresh\Plugin;
use Creators_Image_Refresh\Settings\Config_Constants;
use Creators_Image_Refresh\Settings\Input;

defined( 'ABSPATH' ) || exit;

/**
 * A second door to the same store: Credential ID and Secret of the default account.
 *
 * WordPress 7.1 would keep what is entered there in the clear, in an option of its own. So the setting is registered here
 * before WordPress does it: what comes in goes the way of the form, the option itself is never written, and what is read
 * from it is the ID and a mask.
 */
final class Connectors_Card {

	private const ID      = 'creators-image-refresh';
	private const CREATE  = 'https://affiliate-program.amazon.com/creatorsapi';
	private const NOTHING = array(
		'username' => '',
		'password' => '',
	);

	/** What stands for a secret; WordPress shows the same. */
	private const MASK = '••••••••••••••••';

	/**
	 * Takes the store.
	 *
	 * @param Plugin $plugin Makes what reads and what saves.
	 */
	public function __construct( private Plugin $plugin ) {}

	/** Whether this WordPress has such cards for a pair of name and password. */
	public static function is_possible(): bool {
		return version_compare( get_bloginfo( 'version' ), '7.1-alpha', '>=' );
	}

	/**
	 * Registers the card.
	 *
	 * @param mixed $registry WordPress's registry of connectors.
	 */
	public function register( mixed $registry ): void {
		if ( ! $registry instanceof \WP_Connector_Registry ) {
			return;
		}
		$registry->register(
			self::ID,
			array(
				'name'           => __( 'Amazon Creators API', 'creators-image-refresh' ),
				'description'    => __(
					'Fresh product pictures in your posts. Username is your Credential ID, password your Secret; Associate Tag and country are set under Creators Image Refresh.',
					'creators-image-refresh'
				),
				'type'           => 'affiliate_network',
				'authentication' => array(
					'method'          => 'application_password',
					'credentials_url' => self::CREATE,
					'setting_name'    => Hook_Names::CONNECTOR,
				),
				'plugin'         => array(
					'file'      => plugin_basename( CREATORS_IMAGE_REFRESH_FILE ),
					'is_active' => '__return_true',
				),
			)
		);
	}

	/** Registers the setting, before WordPress does. */
	public function register_setting(): void {
		register_setting(
			'connectors',
			Hook_Names::CONNECTOR,
			array(
				'type'              => 'object',
				'label'             => __( 'Amazon Creators API Credentials', 'creators-image-refresh' ),
				'default'           => self::NOTHING,
				'sanitize_callback' => array( $this, 'save' ),
				'show_in_rest'      => array(
					'schema' => array(
						'type'                 => 'object',
						'properties'           => array_fill_keys( array_keys( self::NOTHING ), array( 'type' => 'string' ) ),
						'additionalProperties' => false,
					),
				),
			)
		);
	}

	/**
	 * What is read from the option, in place of the database.
	 *
	 * @return array{username: string, password: string} The ID, and a mask for the secret.
	 */
	public function shown(): array {
		$accounts = $this->plugin->accounts();
		$secret   = $accounts->own_secret();
		return array(
			'username' => $accounts->is_shared() ? '' : $accounts->value( 'credential_id' ),
			'password' => is_string( $secret ) && '' !== $secret ? self::MASK : '',
		);
	}

	/**
	 * Takes what was entered, and gives back what is shown: WordPress finds nothing new in it and writes nothing. What is
	 * shown may come in again as often as anyone likes.
	 *
	 * @param mixed $input Name and password; a field that is missing, or masked, keeps what is saved; without a name, both are
	 *                     removed.
	 * @return array{username: string, password: string}
	 */
	public function save( #[\SensitiveParameter] mixed $input ): array {
		$before = $this->shown();
		$input  = is_array( $input ) ? array_intersect_key( $input, self::NOTHING ) : array();
		$id     = Input::token( $input['username'] ?? $before['username'] );
		$secret = Input::token( self::MASK === ( $input['password'] ?? self::MASK ) ? '' : $input['password'] );
		if ( null === $id || null === $secret ) {
			return $before;
		}
		if ( $id !== $before['username'] || ( '' !== $id && '' !== $secret ) ) {
			// What is fixed elsewhere stays.
			$pair = array(
				'credential_id'            => $id,
				'credential_secret'        => '' === $id ? '' : $secret,
				'remove_credential_secret' => '' === $id,
			);
			$this->plugin->account_service()->store_default( $pair );
		}
		return $this->shown();
	}

	/**
	 * Tells the card where the pair stands, if that is not the database: it cannot be changed there then.
	 *
	 * @param mixed $data What WordPress gives to the page's script.
	 */
	public function say_where( mixed $data ): mixed {
		$origin = Config_Constants::origin( 'credential_secret' );
		if ( '' !== $origin && is_array( $data ) && isset( $data['connectors'][ self::ID ]['authentication'] ) ) {
			$data['connectors'][ self::ID ]['authentication']['keySource'] = 'constant' === $origin ? 'constant' : 'env';
		}
		return $data;
	}
}
