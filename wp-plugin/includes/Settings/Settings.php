<?php
/**
 * The plugin's one option.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Settings;

use Creators_Image_Refresh\Api\Marketplaces;
use Creators_Image_Refresh\Hook_Names;

defined( 'ABSPATH' ) || exit;

/**
 * Holds everything of the form that is neither secret nor an account's. The same sanitizer runs on read and on write, so
 * that a value that came into the database some other way is no more trusted than one from a form.
 *
 * @phpstan-type Values array{api_provider: string, refresh_images: bool}
 */
final class Settings {

	public const OPTION    = Hook_Names::SETTINGS;
	public const GROUP     = Hook_Names::SETTINGS_GROUP;
	public const VERSIONS  = array( '', '2.1', '2.2', '2.3', '3.1', '3.2', '3.3' );
	public const PROVIDERS = array( 'auto', 'creators_api' );

	/** What a new site begins with. */
	private const DEFAULTS = array(
		'api_provider'   => 'auto',
		'refresh_images' => true,
	);

	/**
	 * What was saved when it was last read, and what was made of it: a page asks many times.
	 *
	 * @var array{0: mixed, 1: Values}|null
	 */
	private ?array $read = null;

	/**
	 * Takes what it checks marketplaces with.
	 *
	 * @param \Closure(): Marketplaces $marketplaces Gives who knows the hosts; a page does not ask.
	 */
	public function __construct( private \Closure $marketplaces ) {}

	/**
	 * The saved settings.
	 *
	 * @return Values
	 */
	public function all(): array {
		$saved = get_option( self::OPTION );
		if ( null === $this->read || $this->read[0] !== $saved ) {
			$this->read = array( $saved, $this->sanitize( $saved, self::DEFAULTS ) );
		}
		return $this->read[1];
	}

	/** Whether pictures are to be refreshed at all. */
	public function is_on(): bool {
		$saved = get_option( self::OPTION );
		$flag  = is_array( $saved ) ? $saved['refresh_images'] ?? null : null;
		// Every page asks, and nearly every one finds it as it was saved.
		return is_bool( $flag ) ? $flag : $this->all()['refresh_images'];
	}

	/**
	 * Makes settings of anything: a field that is missing or cannot be meant takes its fallback, the others stand.
	 *
	 * @param mixed  $input    Anything.
	 * @param Values $fallback Settings.
	 * @return Values
	 */
	public function sanitize( mixed $input, array $fallback ): array {
		if ( ! is_array( $input ) ) {
			return $fallback;
		}
		$clean = array();
		foreach ( $fallback as $field => $value ) {
			$clean[ $field ] = array_key_exists( $field, $input ) ? $this->accept( $field, $input[ $field ] ) ?? $value : $value;
		}
		return $clean;
	}

	/**
	 * Reads one field, of the settings or of an account. Null where the value cannot be meant.
	 *
	 * @param string $field Its name.
	 * @param mixed  $value Anything.
	 */
	public function accept( string $field, #[\SensitiveParameter] mixed $value ): string|bool|null {
		if ( 'marketplace' === $field ) {
			$host = strtolower( (string) Input::text( $value ) );
			return ( $this->marketplaces )()->is_known( $host ) ? $host : null;
		}
		return match ( $field ) {
			'partner_tag'        => Input::tag( $value ),
			'credential_version' => Input::choice( $value, self::VERSIONS ),
			'api_provider'       => Input::choice( $value, self::PROVIDERS ),
			'refresh_images'     => Input::flag( $value ),
			default              => Input::token( $value ),
		};
	}
}
