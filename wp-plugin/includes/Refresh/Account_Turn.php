<?php
/**
 * A turn of an account.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Refresh;

use Creators_Image_Refresh\Refresh\Lease\Account_Lease;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * What an account asks Amazon in one go, and what has come of it so far.
 */
final class Account_Turn {

	/**
	 * What a turn may take longer than its calls need: retries, a slow answer. The lock outlives a turn with all of it.
	 */
	private const MARGIN = 8.0;

	/**
	 * Calls besides those that are planned, for retries.
	 */
	private const RETRIES = 3;

	/**
	 * When it began, by this server's clock.
	 *
	 * @var float
	 */
	public readonly float $begun;

	/**
	 * How many calls its pictures need.
	 *
	 * @var int
	 */
	public readonly int $calls;

	/**
	 * For how long it may ask, in seconds.
	 *
	 * @var float
	 */
	public readonly float $seconds;

	/**
	 * How many pictures were answered, with a link or without.
	 *
	 * @var int
	 */
	public int $answered = 0;

	/**
	 * What another plugin threw that was told of an answer: the class of it.
	 *
	 * @var string
	 */
	public string $thrown = '';

	/**
	 * Takes what is asked.
	 *
	 * @param Account_Queue $queue Whose turn it is.
	 * @param list<string>  $asins For which pictures.
	 * @param float         $left  Seconds after which it is to be over whatever it needs.
	 */
	public function __construct( public readonly Account_Queue $queue, public readonly array $asins, float $left ) {
		$this->begun   = microtime( true );
		$this->calls   = (int) ceil( count( $asins ) / Account_Queue::A_CALL );
		$this->seconds = min( $this->calls / $queue->rate + self::MARGIN, $left );
	}

	/**
	 * What the extension is asked for.
	 *
	 * @return array{account: array<string, string>, asins: list<string>, options: array<string, int|float>}
	 */
	public function to_run(): array {
		return array(
			'account' => $this->queue->account,
			'asins'   => $this->asins,
			'options' => array(
				'deadline'            => max( 0.1, $this->seconds - ( microtime( true ) - $this->begun ) ),
				'requests_per_second' => Account_Lease::steady( $this->queue->rate ),
				'max_calls'           => $this->calls + self::RETRIES,
			),
		);
	}

	/**
	 * Ends it: what was not answered is put back.
	 *
	 * @param array<string, mixed> $result What the extension says of it.
	 * @return array<string, mixed>|null What ends the account's part in the slice; null where it goes on.
	 */
	public function end( array $result ): ?array {
		$this->queue->put_back( array_map( 'strval', (array) ( $result['pending'] ?? array() ) ) );
		$this->queue->ready_at = $this->begun + (int) ( $result['calls'] ?? 0 ) / Account_Lease::steady( $this->queue->rate );
		if ( '' !== $this->thrown ) {
			return array(
				'status' => 'extension_failed',
				'reason' => $this->thrown,
			);
		}
		$stopped = is_array( $result['stopped'] ?? null ) ? $result['stopped'] : null;
		$status  = (string) ( $stopped['status'] ?? '' );
		if ( null !== $stopped && ! in_array( $status, array( 'deadline', 'max_calls' ), true ) ) {
			return $stopped;
		}
		if ( $this->answered > 0 ) {
			return null;
		}
		if ( null === $stopped ) {
			// Neither an answer nor a reason: asking on would go round for ever.
			return array( 'status' => 'invalid_response' );
		}
		// A whole turn without an answer: the next slice does not wait for this one.
		return array( 'status' => (int) ( $result['throttled'] ?? 0 ) > 0 ? 'throttled' : 'unreachable' );
	}
}
