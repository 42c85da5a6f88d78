<?php
/**
 * What is due of one account.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Refresh;

use Creators_Image_Refresh\Api\Extension;
use Creators_Image_Refresh\Refresh\Lease\Account_Lease;
use Creators_Image_Refresh\Storage\Due_Images;
use Creators_Image_Refresh\Storage\Image_Repository;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * One account's part in a slice: the pictures that wait, read in the order in which they are due, and the moment of its next
 * turn. No picture is handed out a second time in one slice, unless its question was never answered.
 *
 * @phpstan-import-type Account from Extension
 */
final class Account_Queue {

	/**
	 * Products that Amazon takes in one call.
	 */
	public const A_CALL = 10;

	private const ROWS_A_QUERY = 200;

	/**
	 * Moment of the next turn, by this server's clock.
	 *
	 * @var float
	 */
	public float $ready_at = 0.0;

	/**
	 * Marketplaces under which the pictures stand in posts.
	 *
	 * @var list<string>
	 */
	public array $marketplaces = array();

	/**
	 * Calls per second.
	 *
	 * @var float
	 */
	public readonly float $rate;

	/**
	 * Whether it was given its pictures, and reads none by itself.
	 *
	 * @var bool
	 */
	private bool $was_given = false;

	/**
	 * What was read and not handed out.
	 *
	 * @var list<string>
	 */
	private array $asins = array();

	/**
	 * What was read in this slice, as keys.
	 *
	 * @var array<array-key, true>
	 */
	private array $seen = array();

	/**
	 * Takes whose queue it is.
	 *
	 * @param Image_Repository $images  What is due.
	 * @param string           $key     The account's name, see Account_Resolver::key().
	 * @param Account          $account Who asks.
	 * @param Account_Lease    $pace    Since when it may; shared by accounts with the same credentials.
	 */
	public function __construct(
		private Image_Repository $images,
		public readonly string $key,
		#[\SensitiveParameter] public readonly array $account,
		public readonly Account_Lease $pace
	) {
		$this->rate = Account_Lease::rate( $account['marketplace'] );
	}

	/**
	 * Has it serve a marketplace.
	 *
	 * @param string            $marketplace Its host.
	 * @param list<string>|null $asins       The pictures that are its own there; null for all that are due.
	 */
	public function serve( string $marketplace, ?array $asins = null ): void {
		$this->marketplaces[] = $marketplace;
		if ( null !== $asins ) {
			$this->was_given = true;
			$this->take( $asins );
		}
	}

	/**
	 * The pictures of the next turn.
	 *
	 * @param int $calls How many calls it may take.
	 * @return list<string> ASINs, none where nothing is due any more.
	 */
	public function next( int $calls ): array {
		$wanted = $calls * self::A_CALL;
		if ( count( $this->asins ) < $wanted && ! $this->was_given ) {
			$this->take( Due_Images::asins( $this->marketplaces, max( self::ROWS_A_QUERY, 2 * $wanted ) ) );
		}
		return array_splice( $this->asins, 0, $wanted );
	}

	/**
	 * Takes in what it has not seen yet.
	 *
	 * @param list<string> $asins ASINs.
	 */
	private function take( array $asins ): void {
		foreach ( $asins as $asin ) {
			if ( ! isset( $this->seen[ $asin ] ) ) {
				$this->seen[ $asin ] = true;
				$this->asins[]       = (string) $asin;
			}
		}
	}

	/**
	 * Puts back what was not answered.
	 *
	 * @param list<string> $asins ASINs.
	 */
	public function put_back( array $asins ): void {
		array_splice( $this->asins, 0, 0, $asins );
	}

	/**
	 * Keeps what it holds of a secret out of dumps.
	 *
	 * @return array<string, mixed>
	 */
	public function __debugInfo(): array {
		return array( 'key' => $this->key );
	}
}
