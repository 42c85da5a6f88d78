<?php
/** A stand-in for the extension, for the arithmetic and the order of what is asked. */

use Creators_Image_Refresh\Api\Extension;

/** Answers at once, a call of each run after the other, and remembers what it was asked and how many ran side by side. */
final class Answering_Extension extends Extension {
	public array $asked    = array();
	public array $together = array();
	public $meanwhile      = null;

	public function refresh_accounts( array $runs, callable $on_batch, callable $on_end, callable $next_asins ): array {
		$this->together[] = count( $runs );
		$begun            = microtime( true );
		$fresh            = array( 'calls' => 0, 'seen' => array() );
		$states           = array_fill_keys( array_keys( $runs ), $fresh );
		$result           = static fn( string|int $key, string $status ): array => array(
			'pending' => array(),
			'calls'   => $states[ $key ]['calls'],
			'stopped' => '' === $status ? null : array( 'status' => $status, 'retry_after' => null ),
			'free_in' => 0.0,
		);
		while ( array() !== $runs ) {
			foreach ( $runs as $key => $run ) {
				$ended = $this->step( $key, $run, $states[ $key ], microtime( true ) - $begun, $on_batch, $next_asins );
				if ( null === $ended ) {
					continue;
				}
				$next = 'cancelled' === $ended ? false : $on_end( $key, $result( $key, $ended ) );
				if ( false === $next ) {
					return array_combine(
						array_keys( $runs ),
						array_map( static fn( string|int $key ): array => $result( $key, 'cancelled' ), array_keys( $runs ) )
					);
				}
				unset( $runs[ $key ] );
				if ( is_array( $next ) ) {
					$runs[ $key ]   = $next;
					$states[ $key ] = $fresh;
				}
			}
		}
		return array();
	}

	/** @return string|null What ends the run, empty where nothing is left; null where it goes on. */
	private function step(
		string|int $key,
		array $run,
		array &$state,
		float $passed,
		callable $on_batch,
		callable $next_asins
	): ?string {
		if ( strlen( $run['account']['partner_tag'] ) > 64 ) {
			return 'invalid_arguments';
		}
		if ( $passed > $run['options']['deadline'] ) {
			return 'deadline';
		}
		if ( $state['calls'] >= ( $run['options']['max_calls'] ?? INF ) ) {
			return 'max_calls';
		}
		$asins = $next_asins( $key, 10 * (int) ceil( $run['options']['requests_per_second'] ), 0, 0.0 );
		if ( is_float( $asins ) ) {
			usleep( (int) ( 1000000 * $asins ) );
			return null;
		}
		if ( false === $asins ) {
			return 'cancelled';
		}
		$new = array_slice( array_values( array_diff( $asins ?? array(), $state['seen'] ) ), 0, 10 );
		if ( array() === $new ) {
			return '';
		}
		array_push( $state['seen'], ...$new );
		++$state['calls'];
		$this->asked[] = array( $run['account']['marketplace'], $new, $run['account']['partner_tag'] );
		null === $this->meanwhile || ( $this->meanwhile )( $new );
		$image = array( 'medium' => array( 'url' => 'https://m.media-amazon.com/images/I/clock.jpg' ), 'fetched_at' => time() );
		$batch = array( 'images' => array_fill_keys( $new, $image ), 'failed' => array(), 'calls' => $state['calls'] );
		return $on_batch( $key, $batch ) ? null : 'cancelled';
	}
}
