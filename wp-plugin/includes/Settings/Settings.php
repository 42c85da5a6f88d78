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

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Holds everything of the form that is neither secret nor an account's. The same sanitizer runs on read and on write, so that
 * a value that came into the database some other way is no more trusted than one from a form.
 *
 * @phpstan-type Values array{api_provider: string, refresh_images: bool}
 */
final class Settings {

	public const OPTION    = Hook_Names::SETTINGS;
	public const GROUP     = 'creators_image_refresh';
	public const VERSIONS  = array( '', '2.1', '2.2', '2.3', '3.1', '3.2', '3.3' );
	public const PROVIDERS = array( 'auto', 'creators_api' );

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
	 * What a new site begins with.
	 *
	 * @return Values
	 */
	public static function defaults(): array {
		return array(
			'api_provider'   => 'auto',
			'refresh_images' => true,
		);
	}

	/**
	 * The saved settings.
	 *
	 * @return Values
	 */
	public function all(): array {
		$saved = get_option( self::OPTION );
		if ( null === $this->read || $this->read[0] !== $saved ) {
			$this->read = array( $saved, $this->sanitize( $saved, self::defaults() ) );
		}
		return $this->read[1];
	}

	/**
	 * Whether pictures are to be refreshed at all.
	 *
	 * @return bool
	 */
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
	 * Reads one field, of the settings or of an account.
	 *
	 * @param string $field Its name.
	 * @param mixed  $value Anything.
	 * @return string|bool|null Null where the value cannot be meant.
	 */
	public function accept( string $field, #[\SensitiveParameter] mixed $value ): string|bool|null {
		switch ( $field ) {
			case 'partner_tag':
				return Input::tag( $value );
			case 'credential_version':
				return Input::choice( $value, self::VERSIONS );
			case 'api_provider':
				return Input::choice( $value, self::PROVIDERS );
			case 'refresh_images':
				return Input::flag( $value );
			case 'marketplace':
				$host = strtolower( (string) Input::text( $value ) );
				return ( $this->marketplaces )()->is_known( $host ) ? $host : null;
			default:
				return Input::token( $value );
		}
	}
}
