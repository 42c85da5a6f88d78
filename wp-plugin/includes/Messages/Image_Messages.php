<?php
/**
 * Words on single pictures.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Messages;

use Creators_Image_Refresh\Storage\Listing\Image_Query;

defined( 'ABSPATH' ) || exit;

/**
 * Words on single pictures: how each stands, and why.
 *
 * @phpstan-import-type Picture from Image_Query
 */
final class Image_Messages {

	/** The states in words. */
	public static function states(): array {
		return array(
			'fresh'    => __( 'Fresh', 'creators-image-refresh' ),
			'waiting'  => __( 'Waiting', 'creators-image-refresh' ),
			'failed'   => __( 'Failed', 'creators-image-refresh' ),
			'gone'     => __( 'Gone', 'creators-image-refresh' ),
			'excluded' => __( 'Excluded', 'creators-image-refresh' ),
		);
	}

	/**
	 * Why a picture is in its state, and what happens next; empty where the state says it all.
	 *
	 * @param Picture     $picture A picture.
	 * @param string|null $account Why nobody is asked for its marketplace: a state of Account_Overview; null where somebody
	 *                             is.
	 */
	public static function reason( array $picture, ?string $account ): string {
		return match ( true ) {
			'excluded' === $picture['state'] => __( 'Left alone, as you wished.', 'creators-image-refresh' ),
			'gone' === $picture['state']     => __(
				'Amazon does not offer this product here any more. Perhaps another one fits your post.',
				'creators-image-refresh'
			),
			'failed' === $picture['state']   => self::failure( $picture['reason'] ),
			'fresh' === $picture['state']    => '',
			'off' === $account               => __( 'The account of this country is disabled.', 'creators-image-refresh' ),
			null !== $account                => __( 'No account that works for this country yet.', 'creators-image-refresh' ),
			0 === $picture['fetched_at']     => __( 'Not fetched yet.', 'creators-image-refresh' ),
			default                          => __( 'Its link is older than 24 hours.', 'creators-image-refresh' ),
		};
	}

	/**
	 * How old a link is.
	 *
	 * @param int $fetched_at When it was fetched.
	 */
	public static function age( int $fetched_at ): string {
		return 0 === $fetched_at ? __( 'never fetched', 'creators-image-refresh' ) : human_time_diff( $fetched_at );
	}

	/**
	 * Why Amazon gave no picture, by its code.
	 *
	 * @param string $code Amazon's code.
	 */
	private static function failure( string $code ): string {
		if ( in_array( $code, array( 'InvalidAsin', 'InvalidParameterValue' ), true ) ) {
			return __( 'This is no product number that Amazon knows. Look at the link in your post.', 'creators-image-refresh' );
		}
		/* translators: %s: Amazon's own word, in English. */
		$sentence = __( 'Amazon gave no picture (%s). It is asked again later.', 'creators-image-refresh' );
		return sprintf( $sentence, '' === $code ? 'unknown' : $code );
	}
}
