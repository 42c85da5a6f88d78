<?php
/**
 * How long a full round takes.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Reporting;

use Creators_Image_Refresh\Accounts\Account_Resolver;
use Creators_Image_Refresh\Api\Marketplaces;
use Creators_Image_Refresh\Refresh\Account_Lease;
use Creators_Image_Refresh\Refresh\Account_Queue;
use Creators_Image_Refresh\Settings\Image_Age;

defined( 'ABSPATH' ) || exit;

/**
 * The arithmetic of the day: every known picture once, ten a call, at the account's rate; and whether that leaves every link
 * younger than the 24 hours for which it may be kept.
 *
 * @phpstan-type Row array{marketplace: string, known: int, calls: int, calls_a_day: int, seconds: int, verdict: string}
 */
final class Capacity {

	/** The part of the day from which on people are warned. Background work does not get every second of it. */
	private const TIGHT = 0.6;

	/** Calls a day that Amazon grants a new account. */
	private const NEW_ACCOUNT = 8640;

	/**
	 * Takes what it counts.
	 *
	 * @param Account_Resolver $accounts Who asks for the pictures.
	 */
	public function __construct( private Account_Resolver $accounts ) {}

	/**
	 * A row for each account that serves pictures, the longest round first. Accounts with the same credentials share their
	 * pace: the seconds of each are those of all of them.
	 *
	 * @param array<string, array{known: int}> $counts How many pictures there are, as
	 *                                                 Image_Counts::by_marketplace() says it.
	 * @return list<Row> verdict: fine, tight, too_long.
	 */
	public function rows( array $counts ): array {
		$rows  = array();
		$paces = array();
		$calls = array();
		foreach ( $counts as $marketplace => $count ) {
			$account = $this->accounts->for_marketplace( $marketplace );
			if ( null !== $account && $count['known'] > 0 ) {
				$key                         = Account_Resolver::key( $account );
				$paces[ $key ]               = Account_Lease::key_of( $account );
				$rows[ $key ]['marketplace'] = $account['marketplace'];
				$rows[ $key ]['known']       = ( $rows[ $key ]['known'] ?? 0 ) + $count['known'];
			}
		}
		foreach ( $rows as $key => $row ) {
			$rows[ $key ]['calls']  = (int) ceil( $row['known'] / Account_Queue::A_CALL );
			$calls[ $paces[ $key ] ] = ( $calls[ $paces[ $key ] ] ?? 0 ) + $rows[ $key ]['calls'];
		}
		foreach ( $rows as $key => $row ) {
			$rate    = Account_Lease::steady( Account_Lease::rate( $row['marketplace'] ) );
			$seconds = (int) ceil( round( $calls[ $paces[ $key ] ] / $rate, 3 ) );
			$share   = $seconds / Image_Age::LIFETIME;
			// A link is fetched anew at a certain age, or when its turn comes again if that is later.
			$every         = max( $seconds, Image_Age::refresh_after() );
			$rows[ $key ] += array(
				'calls_a_day' => (int) ceil( $row['calls'] * DAY_IN_SECONDS / $every ),
				'seconds'     => $seconds,
				'verdict'     => $share > 1 ? 'too_long' : ( $share > self::TIGHT ? 'tight' : 'fine' ),
			);
		}
		usort( $rows, static fn( array $one, array $other ): int => $other['seconds'] <=> $one['seconds'] );
		return $rows;
	}

	/**
	 * How long a round takes, for people.
	 *
	 * @param list<Row> $rows What rows() says.
	 * @return string Empty where there is nothing to go round.
	 */
	public static function sentence( array $rows ): string {
		if ( array() === $rows ) {
			return '';
		}
		$row  = $rows[0];
		$span = self::span( $row['seconds'] );
		if ( 1 === count( $rows ) ) {
			return sprintf(
				/* translators: 1: number of pictures, 2: number of calls, 3: a time span such as "5 minutes". */
				_n(
					'A full round through %1$s picture takes %2$s call to Amazon, about %3$s.',
					'A full round through %1$s pictures takes %2$s calls to Amazon, about %3$s.',
					$row['known'],
					'creators-image-refresh'
				),
				number_format_i18n( $row['known'] ),
				number_format_i18n( $row['calls'] ),
				$span
			);
		}
		return sprintf(
			/* translators: 1: number of accounts, 2: a time span such as "5 minutes", 3: a marketplace such as amazon.de. */
			__( 'Your %1$s accounts work side by side. A full round takes about %2$s; %3$s takes longest.', 'creators-image-refresh' ),
			number_format_i18n( count( $rows ) ),
			$span,
			Marketplaces::short( $row['marketplace'] )
		);
	}

	/**
	 * What to do where the day is too short, or nearly.
	 *
	 * @param list<Row> $rows What rows() says.
	 * @return list<string> A few sentences for each account that this is true of.
	 */
	public static function warnings( array $rows ): array {
		$warnings = array();
		foreach ( $rows as $row ) {
			$numbers = array( $row['known'], self::span( $row['seconds'] ) );
			$words   = '';
			if ( 'too_long' === $row['verdict'] ) {
				/* translators: 1: a marketplace such as amazon.de, 2: number of pictures, 3: a time span such as "30 hours". */
				$words = __(
					'%1$s: a full round through %2$s pictures takes about %3$s, longer than the 24 hours for which Amazon lets a link be kept, so some pictures will be older. Give some of your countries an account of their own, or ask Amazon for more calls a second and tell your host to set that rate.',
					'creators-image-refresh'
				);
			} elseif ( 'tight' === $row['verdict'] ) {
				/* translators: 1: a marketplace such as amazon.de, 2: number of pictures, 3: a time span such as "18 hours". */
				$words = __(
					'%1$s: a full round through %2$s pictures takes about %3$s of the 24 hours there are. All are still refreshed in time; with many more pictures the day will not be long enough. See to it now that background work runs every minute, and think of an account of their own for some of your countries.',
					'creators-image-refresh'
				);
			} elseif ( $row['calls_a_day'] > self::NEW_ACCOUNT ) {
				$numbers = array( $row['calls_a_day'], number_format_i18n( self::NEW_ACCOUNT ) );
				/* translators: 1: a marketplace, for instance amazon.de, 2: number of calls, 3: number of calls. */
				$words = __(
					'%1$s: your pictures take %2$s calls a day, and Amazon grants a new account %3$s. It grants more with the sales your links bring; until then some pictures wait for the next day.',
					'creators-image-refresh'
				);
			}
			if ( '' !== $words ) {
				$name       = Marketplaces::short( $row['marketplace'] );
				$warnings[] = sprintf( $words, $name, number_format_i18n( $numbers[0] ), $numbers[1] );
			}
		}
		return $warnings;
	}

	/**
	 * A time span in words, in hours where it is longer than one: "2 days" would say too little.
	 *
	 * @param int $seconds How long.
	 */
	private static function span( int $seconds ): string {
		if ( $seconds <= HOUR_IN_SECONDS ) {
			return human_time_diff( 0, $seconds );
		}
		$hours = (int) ceil( $seconds / HOUR_IN_SECONDS );
		/* translators: %s: a number of hours. */
		return sprintf( _n( '%s hour', '%s hours', $hours, 'creators-image-refresh' ), number_format_i18n( $hours ) );
	}
}
