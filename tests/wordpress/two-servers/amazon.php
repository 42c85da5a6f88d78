<?php
/** What the stand-in for Amazon is told, and what it has counted. */

final class Amazon {

	private string $url;

	public function __construct( string $port ) {
		$this->url = "http://127.0.0.1:$port/_sandbox";
	}

	public function reset(): void {
		$this->post( 'reset', '' );
	}

	/** The rate that was agreed for an account, with no tolerance. */
	public function agree( string $account, float $rate ): void {
		$this->post( 'behaviour', json_encode( array( 'account' => $account, 'requests_per_second' => $rate ) ) );
	}

	/** @return array<string, array<string, mixed>> By account. */
	public function counters(): array {
		return $this->get( 'counters' );
	}

	/** @return list<array<string, mixed>> Calls of getItems, the oldest first. */
	public function calls(): array {
		return array_values(
			array_filter( $this->get( 'log' ), static fn( array $call ): bool => str_ends_with( $call['path'], '/getItems' ) )
		);
	}

	/** The shortest time in which one account made one call more than its rate grants for a second, in milliseconds. */
	public static function closest( array $calls, int $rate ): float {
		$at = array_column( $calls, 'at_ms' );
		sort( $at );
		$closest = INF;
		for ( $index = $rate; $index < count( $at ); $index++ ) {
			$closest = min( $closest, $at[ $index ] - $at[ $index - $rate ] );
		}
		return $closest;
	}

	/** How much of its quota an account used from its first call to its last. */
	public static function used( array $calls, float $rate ): float {
		$at = array_column( $calls, 'at_ms' );
		return count( $at ) < 2 ? 0.0 : ( count( $at ) - 1 ) / ( ( max( $at ) - min( $at ) ) / 1000 * $rate );
	}

	private function get( string $what ): array {
		return json_decode( file_get_contents( "$this->url/$what" ), true, 512, JSON_THROW_ON_ERROR );
	}

	private function post( string $what, string $body ): void {
		must(
			file_get_contents(
				"$this->url/$what",
				false,
				stream_context_create(
					array(
						'http' => array( 'method' => 'POST', 'header' => 'Content-Type: application/json', 'content' => $body ),
					)
				)
			),
			"telling the stand-in: $what"
		);
	}
}
