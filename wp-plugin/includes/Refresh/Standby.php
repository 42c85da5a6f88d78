<?php
/**
 * Who comes while another process refreshes.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Refresh;

use Creators_Image_Refresh\Api\Extension;

defined( 'ABSPATH' ) || exit;

/**
 * Waits a moment for another's slice to end, one process at a time: so an account is not idle until somebody comes again. What a
 * slice needs first, tokens, is had meanwhile.
 */
final class Standby {

	/** Seconds for which it is waited. */
	private const LENGTH = 2.0;

	/** Seconds after which it is looked again. */
	private const LOOK = 0.04;

	/**
	 * Waits.
	 *
	 * @param Lease                        $lease     What is waited for.
	 * @param Extension                    $extension Fetches tokens meanwhile.
	 * @param array<string, Account_Queue> $queues    Whose.
	 * @return bool Whether it is taken.
	 */
	public static function wait( Lease $lease, Extension $extension, array $queues ): bool {
		$place = new Lease( Lease::STANDBY );
		if ( array() === $queues || true !== $place->take( 2 * self::LENGTH ) ) {
			return false;
		}
		$run   = static fn( Account_Queue $queue ): array => array(
			'account' => $queue->account,
			'options' => array( 'deadline' => self::LENGTH ),
		);
		$taken = false;
		$extension->refresh_accounts(
			array_map( $run, $queues ),
			static fn(): bool => true,
			static fn(): ?bool => null,
			static function () use ( $lease, &$taken ): float|false {
				$taken = 0.0 === $lease->left() && true === $lease->take();
				return $taken ? false : self::LOOK;
			}
		);
		$place->release();
		return $taken;
	}
}
