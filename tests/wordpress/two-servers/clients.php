<?php
/** Clients of the two servers, all at once: each sends its next request as soon as the last one is answered. */

final class Clients {

	/** @var list<array{what: string, status: int, seconds: float, body: string}> What was answered. */
	public array $answers = array();

	/**
	 * @var list<array{what: string, server: int, next: callable(): array, pause: callable(array): float, at: float,
	 *     handle: CurlHandle|null}>
	 */
	private array $clients = array();

	private CurlMultiHandle $multi;
	private string $jar;
	private string $nonce = '';

	/** @param array{0: string, 1: string} $servers Their addresses. The site has the first one's. */
	public function __construct( private array $servers ) {
		$this->multi = curl_multi_init();
		$this->jar   = tempnam( sys_get_temp_dir(), 'jar' );
	}

	/** Signs in; the session holds at both servers. */
	public function sign_in( string $name, string $password ): void {
		$this->send( 0, '/wp-login.php', array(), false );
		$this->send( 0, '/wp-login.php', array( 'log' => $name, 'pwd' => $password, 'testcookie' => '1' ), false );
		$this->nonce = $this->send( 1, '/wp-admin/admin-ajax.php?action=rest-nonce', null, false );
		must( 1 === preg_match( '/^[0-9a-f]{10}$/', $this->nonce ), 'signing in' );
	}

	/**
	 * Adds a client.
	 *
	 * @param string                      $what   What it does.
	 * @param int                         $server Where.
	 * @param callable(): array           $next   Gives the next path, and data to post to it, if any; an empty array where there
	 *                                            is no more.
	 * @param callable(array): float|null $pause  Gives the seconds between an answer and the next request; none where it is null.
	 * @param float                       $later  Seconds before the first.
	 */
	public function add( string $what, int $server, callable $next, ?callable $pause = null, float $later = 0.0 ): void {
		$this->clients[] = compact( 'what', 'server', 'next', 'pause' )
			+ array( 'at' => microtime( true ) + $later, 'handle' => null );
	}

	/** Lets all of them go on until something is so, and then those that are under way come to their end. */
	public function run( callable $until ): void {
		$over = false;
		do {
			$over = $over || $until();
			foreach ( $this->clients as &$client ) {
				if ( ! $over && null === $client['handle'] && microtime( true ) >= $client['at'] ) {
					$request = ( $client['next'] )();
					if ( array() === $request ) {
						$client['at'] = INF;
						continue;
					}
					$client['handle'] = $this->request( $client['server'], $request[0], $request[1] ?? null );
					curl_multi_add_handle( $this->multi, $client['handle'] );
				}
			}
			unset( $client );
			curl_multi_exec( $this->multi, $running );
			$this->collect();
			curl_multi_select( $this->multi, 0.02 );
		} while ( ! $over || $running > 0 );
	}

	/** @return list<array{what: string, status: int, seconds: float, body: string}> What one kind of client was answered. */
	public function of( string $what ): array {
		return array_values( array_filter( $this->answers, static fn( array $answer ): bool => $answer['what'] === $what ) );
	}

	/**
	 * @return array<string, array{what: string, status: int}> For each kind of client an answer of another status, or one of
	 *                                                         this.
	 */
	public function unlike( int $status ): array {
		$found = array();
		foreach ( $this->answers as $answer ) {
			if ( $answer['status'] !== $status || ! isset( $found[ $answer['what'] ] ) ) {
				$found[ $answer['what'] ] = $answer;
			}
		}
		return $found;
	}

	/** How many answers there were, and how long the longest took. */
	public function summary(): string {
		$told = array();
		foreach ( array_unique( array_column( $this->answers, 'what' ) ) as $what ) {
			$told[] = sprintf(
				'%s %d times, %.1f s at most',
				$what,
				count( $this->of( $what ) ),
				max( array_column( $this->of( $what ), 'seconds' ) )
			);
		}
		return implode( '; ', $told );
	}

	/** Takes in what was answered. */
	private function collect(): void {
		while ( $done = curl_multi_info_read( $this->multi ) ) {
			foreach ( $this->clients as &$client ) {
				if ( $client['handle'] === $done['handle'] ) {
					$answer           = array(
						'what'    => $client['what'],
						'status'  => curl_getinfo( $done['handle'], CURLINFO_RESPONSE_CODE ),
						'seconds' => curl_getinfo( $done['handle'], CURLINFO_TOTAL_TIME ),
						'body'    => (string) curl_multi_getcontent( $done['handle'] ),
					);
					$this->answers[]  = $answer;
					$client['handle'] = null;
					$client['at']     = microtime( true ) + ( null === $client['pause'] ? 0.0 : ( $client['pause'] )( $answer ) );
				}
			}
			curl_multi_remove_handle( $this->multi, $done['handle'] );
		}
	}

	/** One request by itself, as a client would send it. */
	public function once( int $server, string $path, ?array $data = null ): void {
		$this->send( $server, $path, $data, true );
	}

	/** One request by itself. Gives the body. */
	private function send( int $server, string $path, ?array $data, bool $rest = true ): string {
		return (string) curl_exec( $this->request( $server, $path, $data, $rest ) );
	}

	/** Both servers are asked for the site's own address, as a balancer in front of them would. */
	private function request( int $server, string $path, ?array $data, bool $rest = true ): CurlHandle {
		$handle  = curl_init( $this->servers[ $server ] . $path );
		$headers = array( 'Host: ' . substr( $this->servers[0], strlen( 'http://' ) ) );
		if ( null !== $data ) {
			$rest && array_push( $headers, 'Content-Type: application/json', "X-WP-Nonce: $this->nonce" );
			curl_setopt( $handle, CURLOPT_POSTFIELDS, $rest ? json_encode( (object) $data ) : http_build_query( $data ) );
		}
		if ( null !== $data || ! $rest ) {
			curl_setopt_array( $handle, array( CURLOPT_COOKIEFILE => $this->jar, CURLOPT_COOKIEJAR => $this->jar ) );
		}
		curl_setopt_array(
			$handle,
			array( CURLOPT_HTTPHEADER => $headers, CURLOPT_RETURNTRANSFER => true, CURLOPT_TIMEOUT => 60 )
		);
		return $handle;
	}
}
