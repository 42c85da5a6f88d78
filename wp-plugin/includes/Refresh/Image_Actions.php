<?php
/**
 * What a person chooses to do with single pictures.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Refresh;

use Creators_Image_Refresh\Messages\Status_Messages;
use Creators_Image_Refresh\Reporting\Status_Report;
use Creators_Image_Refresh\Storage\Image_Cache;
use Creators_Image_Refresh\Storage\Image_Repository;
use Creators_Image_Refresh\Storage\Listing\Image_Query;
use Creators_Image_Refresh\Storage\Purge_Marks;
use Creators_Image_Refresh\Storage\Schema;
use WP_Error;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Excludes pictures, includes them again, and refreshes those that a person has selected: they are made due at once, and the
 * same slices as ever fetch them. What is under way stands in one option, so that it goes on without the page, and can be
 * stopped from any other.
 *
 * @phpstan-type Keys list<array{marketplace: string, asin: string}>
 * @phpstan-type Progress array{state: string, done: int, total: int, status: string, sentence: string, amazon: string}
 */
final class Image_Actions {

	public const OPTION = 'creators_image_refresh_selected';

	/**
	 * How many pictures may be selected at once.
	 */
	public const MOST = 1000;

	/**
	 * A selection that nobody has come back to for so long is none any more.
	 */
	private const FORGOTTEN = 6 * HOUR_IN_SECONDS;

	private const ROWS_A_QUERY = 100;

	/**
	 * Takes what it works with.
	 *
	 * @param Refresh_Runner $refresher Fetches what is due.
	 * @param Scheduler      $schedule  Goes on where the person leaves.
	 * @param Run_Log        $log       Knows who was refused.
	 * @param Status_Report  $report    Words for what stopped a run.
	 * @param Image_Cache    $cache     What pages know.
	 */
	public function __construct(
		private Refresh_Runner $refresher,
		private Scheduler $schedule,
		private Run_Log $log,
		private Status_Report $report,
		private Image_Cache $cache
	) {}

	/**
	 * Reads keys as forms and scripts send them.
	 *
	 * @param mixed $keys Perhaps a list of `www.amazon.de:B00TSUGXKE`.
	 * @return Keys
	 */
	public static function keys( mixed $keys ): array {
		$read = array();
		foreach ( is_array( $keys ) ? array_slice( $keys, 0, self::MOST ) : array() as $key ) {
			if ( is_string( $key ) && 1 === preg_match( '/\A([a-z0-9.-]{1,32}):([A-Z0-9]{1,10})\z/', $key, $found ) ) {
				$read[ $key ] = array(
					'marketplace' => $found[1],
					'asin'        => $found[2],
				);
			}
		}
		return array_values( $read );
	}

	/**
	 * Excludes pictures, or includes them again. Pages show an excluded one as it was written, and Amazon is not asked for it.
	 *
	 * @param Keys $keys     Which.
	 * @param bool $excluded Whether to exclude.
	 * @return int How many are others now.
	 */
	public function set_excluded( array $keys, bool $excluded ): int {
		$set     = array( (int) $excluded, Purge_Marks::mark() );
		$changed = $this->update( $keys, 'excluded = %d, purge_due = %d', $set, 'excluded <> %d', array( (int) $excluded ) );
		$this->cache->forget(
			array_map( static fn( array $key ): string => Image_Cache::key( $key['marketplace'], $key['asin'] ), $keys )
		);
		Image_Query::forget_counts();
		if ( $changed > 0 && ! $excluded ) {
			$this->schedule->run_soon();
		}
		return $changed;
	}

	/**
	 * Has selected pictures refreshed.
	 *
	 * @param Keys $keys Which.
	 * @return WP_Error|null Why nothing can be fetched; 'nothing_selected' where there is nothing to fetch.
	 */
	public function start( array $keys ): ?WP_Error {
		$obstacle = $this->refresher->obstacle();
		if ( null !== $obstacle ) {
			return $obstacle;
		}
		$keys = array_slice( $keys, 0, self::MOST );
		$this->update( $keys, 'due_at = 0', array(), 'excluded = 0', array() );
		$total = $this->remaining( $keys );
		if ( 0 === $total ) {
			return new WP_Error( 'nothing_selected' );
		}
		$this->log->forget_refusals();
		update_option(
			self::OPTION,
			array(
				'keys'  => array_map(
					static fn( array $key ): string => Image_Cache::key( $key['marketplace'], $key['asin'] ),
					$keys
				),
				'total' => $total,
				'since' => time(),
			),
			false
		);
		$this->schedule->run_soon();
		return null;
	}

	/**
	 * Goes on with what was selected.
	 *
	 * @param float $seconds How long; 0 only looks how far it is.
	 * @return Progress state: none, running, done, stopped.
	 */
	public function slice( float $seconds ): array {
		$selected = $this->selected();
		if ( null === $selected ) {
			return self::say( 'none', 0, 0, '', '' );
		}
		$run = $seconds > 0 && $this->remaining( $selected['keys'] ) > 0
			? $this->refresher->run_slice( $seconds, 'person' )
			: null;
		Image_Query::forget_counts();

		$total = $selected['total'];
		$done  = max( 0, $total - $this->remaining( $selected['keys'] ) );
		if ( $done >= $total ) {
			delete_option( self::OPTION );
			return self::say(
				'done',
				$total,
				$total,
				'ok',
				sprintf(
					/* translators: %s: a number of pictures. */
					_n( '%s picture was asked for. What came of it stands in the list.', '%s pictures were asked for. What came of them stands in the list.', $total, 'creators-image-refresh' ),
					number_format_i18n( $total )
				)
			);
		}
		if ( is_wp_error( $run ) && 'busy' !== $run->get_error_code() ) {
			delete_option( self::OPTION );
			return self::say( 'stopped', $done, $total, (string) $run->get_error_code(), Status_Messages::for_error( $run ) );
		}
		if ( is_array( $run ) && ! $run['more'] ) {
			delete_option( self::OPTION );
			if ( null !== $run['stopped'] ) {
				return self::say(
					'stopped',
					$done,
					$total,
					$run['stopped']['status'],
					$this->report->reason( $run['stopped'] ),
					Status_Messages::amazon_said( $run['stopped'] )
				);
			}
			// Nobody asks for what is left: its country's account is disabled or not complete.
			return self::say(
				'stopped',
				$done,
				$total,
				'no_account',
				__( 'The others are of countries whose account is disabled or not complete, so Amazon is not asked for them. See under “Accounts”.', 'creators-image-refresh' )
			);
		}
		$this->schedule->run_soon();
		return self::say(
			'running',
			$done,
			$total,
			'',
			sprintf(
				/* translators: 1: a number of pictures, 2: how many there are. */
				__( '%1$s of %2$s selected pictures are done. You can leave this page: the rest goes on in the background.', 'creators-image-refresh' ),
				number_format_i18n( $done ),
				number_format_i18n( $total )
			)
		);
	}

	/**
	 * Stops it: those that were not asked for yet wait for their usual turn again.
	 *
	 * @return Progress
	 */
	public function stop(): array {
		$selected = $this->selected();
		if ( null === $selected ) {
			return self::say( 'none', 0, 0, '', '' );
		}
		$done = max( 0, $selected['total'] - $this->remaining( $selected['keys'] ) );
		delete_option( self::OPTION );
		$this->update(
			$selected['keys'],
			'due_at = fetched_at + %d',
			array( Image_Repository::refresh_after() ),
			'due_at = 0 AND fetched_at > 0',
			array()
		);
		return self::say(
			'stopped',
			$done,
			$selected['total'],
			'cancelled',
			sprintf(
				/* translators: 1: a number of pictures, 2: how many there are. */
				__( 'Stopped: %1$s of %2$s selected pictures are done. The others wait for their usual turn.', 'creators-image-refresh' ),
				number_format_i18n( $done ),
				number_format_i18n( $selected['total'] )
			)
		);
	}

	/**
	 * What is under way.
	 *
	 * @return array{keys: Keys, total: int}|null
	 */
	private function selected(): ?array {
		$saved = get_option( self::OPTION );
		if ( ! is_array( $saved ) || (int) ( $saved['since'] ?? 0 ) < time() - self::FORGOTTEN ) {
			return null;
		}
		$keys = self::keys( $saved['keys'] ?? null );
		return array() === $keys ? null : array(
			'keys'  => $keys,
			'total' => max( 1, (int) ( $saved['total'] ?? 0 ) ),
		);
	}

	/**
	 * How many of these still wait.
	 *
	 * @param Keys $keys Which.
	 * @return int
	 */
	private function remaining( array $keys ): int {
		global $wpdb;
		$number = 0;
		foreach ( Schema::is_ready() ? array_chunk( $keys, self::ROWS_A_QUERY ) : array() as $chunk ) {
			list( $each, $values ) = self::each( $chunk );
			// phpcs:disable WordPress.DB -- placeholders only; own table, must be current.
			$number               += (int) $wpdb->get_var(
				$wpdb->prepare(
					"SELECT COUNT(*) FROM %i WHERE excluded = 0 AND due_at <= %d AND ({$each})",
					array( Schema::images(), time(), ...$values )
				)
			);
			// phpcs:enable WordPress.DB
		}
		return $number;
	}

	/**
	 * Changes rows.
	 *
	 * @param Keys        $keys         Which.
	 * @param string      $set          An assignment, with placeholders.
	 * @param list<mixed> $set_values   What they stand for.
	 * @param string      $where        A condition besides, with placeholders.
	 * @param list<mixed> $where_values What they stand for.
	 * @return int How many.
	 */
	private function update( array $keys, string $set, array $set_values, string $where, array $where_values ): int {
		global $wpdb;
		$changed = 0;
		foreach ( Schema::is_ready() ? array_chunk( $keys, self::ROWS_A_QUERY ) : array() as $chunk ) {
			list( $each, $values ) = self::each( $chunk );
			// phpcs:disable WordPress.DB -- placeholders and fixed words only; own table.
			$changed              += (int) $wpdb->query(
				$wpdb->prepare(
					"UPDATE %i SET {$set} WHERE {$where} AND ({$each})",
					array( Schema::images(), ...$set_values, ...$where_values, ...$values )
				)
			);
			// phpcs:enable WordPress.DB
		}
		return $changed;
	}

	/**
	 * The condition for some pictures.
	 *
	 * @param non-empty-list<array{marketplace: string, asin: string}> $keys A few.
	 * @return array{0: string, 1: list<string>}
	 */
	private static function each( array $keys ): array {
		$values = array();
		foreach ( $keys as $key ) {
			array_push( $values, $key['marketplace'], $key['asin'] );
		}
		return array( implode( ' OR ', array_fill( 0, count( $keys ), '(marketplace = %s AND asin = %s)' ) ), $values );
	}

	/**
	 * Puts an answer together.
	 *
	 * @param string $state    none, running, done, stopped.
	 * @param int    $done     How many are done.
	 * @param int    $total    Of how many.
	 * @param string $status   A status word.
	 * @param string $sentence For people.
	 * @param string $amazon   Amazon's own words, for the small print.
	 * @return Progress
	 */
	private static function say(
		string $state,
		int $done,
		int $total,
		string $status,
		string $sentence,
		string $amazon = ''
	): array {
		return compact( 'state', 'done', 'total', 'status', 'sentence', 'amazon' );
	}
}
