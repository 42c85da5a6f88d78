<?php
/**
 * Another encryption key.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh;

use WP_Error;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Encrypts every saved secret with the key that is in use now. A secret that cannot be read stays as it is: the key that
 * opens it may still turn up.
 */
final class Key_Rotation {

	/**
	 * Takes the secrets.
	 *
	 * @param Secrets $secrets Where they are kept.
	 */
	public function __construct( private Secrets $secrets ) {}

	/**
	 * Goes through all secrets. Running it twice changes nothing.
	 *
	 * @param bool $dry Whether only to say what would be done.
	 * @return array{rotated: list<string>, current: list<string>, unreadable: list<string>, failed: list<string>}|WP_Error Names of options; an error where this site has no key at all.
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
		foreach ( $this->secrets->options() as $option ) {
			$outcome[ $this->rotate( $option, $dry ) ][] = $option;
		}
		return $outcome;
	}

	/**
	 * Encrypts one secret anew.
	 *
	 * @param string $option Its option.
	 * @param bool   $dry    As run().
	 * @return string A key of what run() gives.
	 */
	private function rotate( string $option, bool $dry ): string {
		$secret = $this->secrets->get( $option );
		if ( is_wp_error( $secret ) ) {
			return 'unreadable';
		}
		if ( $this->secrets->is_current( $option ) ) {
			return 'current';
		}
		return $dry || null === $this->secrets->set( $option, $secret ) ? 'rotated' : 'failed';
	}
}
