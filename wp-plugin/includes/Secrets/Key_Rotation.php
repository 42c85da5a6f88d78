<?php
/**
 * Another encryption key.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Secrets;

use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Encrypts every saved secret with the key that is in use now. A secret that cannot be read stays as it is: the key that
 * opens it may still turn up.
 */
final class Key_Rotation {

	/**
	 * Takes the secrets.
	 *
	 * @param Secret_Vault $secrets Where they are kept.
	 */
	public function __construct( private Secret_Vault $secrets ) {}

	/**
	 * Goes through all secrets. Running it twice changes nothing.
	 *
	 * @param bool $dry Whether only to say what would be done.
	 * @return array<string, list<string>>|WP_Error Places, as Secret_Vault::places() has them, under rotated, current,
	 *     unreadable and failed; an error where this site has no key at all.
	 */
	public function run( bool $dry ): array|WP_Error {
		$obstacle = $this->secrets->obstacle();
		if ( null !== $obstacle ) {
			return $obstacle;
		}
		$outcome = array(
			'rotated'    => array(),
			'current'    => array(),
			'unreadable' => array(),
			'failed'     => array(),
		);
		foreach ( $this->secrets->places() as $place => $envelope ) {
			$outcome[ $this->rotate( $place, $envelope, $dry ) ][] = $place;
		}
		return $outcome;
	}

	/**
	 * Encrypts one secret anew.
	 *
	 * @param string $place    Its place.
	 * @param string $envelope What is there.
	 * @param bool   $dry      As run().
	 */
	private function rotate( string $place, string $envelope, bool $dry ): string {
		$secret = $this->secrets->open( $place, $envelope );
		if ( is_wp_error( $secret ) ) {
			return 'unreadable';
		}
		if ( $this->secrets->is_current( $envelope ) ) {
			return 'current';
		}
		if ( $dry ) {
			return 'rotated';
		}
		$sealed = $this->secrets->seal( $place, $secret );
		return is_string( $sealed ) && $this->secrets->exchange( $place, $envelope, $sealed ) ? 'rotated' : 'failed';
	}
}
