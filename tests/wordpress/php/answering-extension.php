<?php
/** A stand-in for the extension, for the arithmetic and the order of what is asked. */

use Creators_Image_Refresh\Api\Extension;

/** Answers at once, one run after the other, and remembers what it was asked and how many ran side by side. */
final class Answering_Extension extends Extension {
	public array $asked    = array();
	public array $together = array();
	public $meanwhile      = null;

	public function refresh_accounts( array $runs, callable $on_batch, callable $on_end ): array {
		$this->together[] = count( $runs );
		while ( array() !== $runs ) {
			$key = array_key_first( $runs );
			$run = $runs[ $key ];
			unset( $runs[ $key ] );
			$answer = $this->answer( $run );
			if ( null === $answer['result']['stopped'] && array() !== $run['asins'] && ! $on_batch( $key, $answer['batch'] ) ) {
				$stopped = array(
					'pending' => array(),
					'calls'   => 0,
					'stopped' => array( 'status' => 'cancelled', 'retry_after' => null ),
				);
				return array( $key => array( 'calls' => $answer['result']['calls'] ) + $stopped )
					+ array_fill_keys( array_keys( $runs ), $stopped );
			}
			usleep( (int) ( 1000000 * ( $run['options']['delay'] ?? 0 ) ) );
			$next = $on_end( $key, $answer['result'] );
			$runs = $runs + ( null === $next ? array() : array( $key => $next ) );
		}
		return array();
	}

	private function answer( array $run ): array {
		$asins = $run['asins'];
		if ( strlen( $run['account']['partner_tag'] ) > 64 ) {
			return array(
				'result' => array( 'pending' => $asins, 'stopped' => array( 'status' => 'invalid_arguments' ), 'calls' => 0 ),
			);
		}
		if ( array() !== $asins ) {
			$this->asked[] = array( $run['account']['marketplace'], $asins, $run['account']['partner_tag'] );
			null === $this->meanwhile || ( $this->meanwhile )( $asins );
		}
		return array(
			'batch'  => array(
				'images' => array_fill_keys(
					$asins,
					array( 'medium' => array( 'url' => 'https://m.media-amazon.com/images/I/clock.jpg' ), 'fetched_at' => time() )
				),
				'failed' => array(),
			),
			'result' => array( 'pending' => array(), 'stopped' => null, 'calls' => (int) ceil( count( $asins ) / 10 ) ),
		);
	}
}
