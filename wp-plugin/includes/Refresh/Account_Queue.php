<?php
/**
 * What is due of one account.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Refresh;

use Creators_Image_Refresh\Accounts\Account_Resolver;
use Creators_Image_Refresh\Accounts\Post_Account_Resolver;
use Creators_Image_Refresh\Api\Extension;
use Creators_Image_Refresh\Storage\Due_Images;

defined( 'ABSPATH' ) || exit;

/**
 * One account's part in a slice: the pictures that wait, in the order in which they are due.
 *
 * @phpstan-import-type Account from Extension
 */
final class Account_Queue {

	/** Products that Amazon takes in one call. */
	public const A_CALL = 10;

	/**
	 * Marketplaces under which the pictures stand in posts.
	 *
	 * @var list<string>
	 */
	public array $marketplaces = array();

	/**
	 * The pictures that it was given and has not handed out; null where it reads what is due.
	 *
	 * @var list<string>|null
	 */
	private ?array $given = null;

	/**
	 * Takes whose queue it is.
	 *
	 * @param string        $key     The account's name, see Account_Resolver::key().
	 * @param Account       $account Who asks.
	 * @param Account_Lease $lease   Shared by accounts with the same credentials.
	 */
	private function __construct(
		public readonly string $key,
		#[\SensitiveParameter] public readonly array $account,
		public readonly Account_Lease $lease
	) {}

	/**
	 * The accounts that have something due, each with the marketplaces it serves.
	 *
	 * @param Account_Resolver      $accounts Who asks, for which marketplace.
	 * @param Post_Account_Resolver $posts    Who asks for the pictures of single posts.
	 * @return array<string, self> By the account's key.
	 */
	public static function all( Account_Resolver $accounts, Post_Account_Resolver $posts ): array {
		$queues  = array();
		$leases  = array();
		$by_post = Post_Account_Resolver::are_wanted();
		foreach ( Due_Images::marketplaces() as $marketplace ) {
			$account = $accounts->for_marketplace( $marketplace );
			$shares  = $by_post ? $posts->of( $marketplace, $account ) : array( array( 'account' => $account ) );
			foreach ( $shares as $share ) {
				$account = $share['account'];
				if ( null === $account ) {
					continue;
				}
				$key    = Account_Resolver::key( $account );
				$shared = Account_Lease::key_of( $account );

				$leases[ $shared ] ??= new Account_Lease( $shared, Account_Lease::rate( $account['marketplace'] ) );
				$queues[ $key ]    ??= new self( $key, $account, $leases[ $shared ] );

				$queues[ $key ]->marketplaces[] = $marketplace;
				if ( isset( $share['asins'] ) ) {
					$queues[ $key ]->given = array_merge( $queues[ $key ]->given ?? array(), $share['asins'] );
				}
			}
		}
		return $queues;
	}

	/**
	 * The pictures that are to be asked for next. Some of them may be under way: the extension passes them over.
	 *
	 * @param int $count How many.
	 * @return list<string> ASINs, none where nothing is due any more.
	 */
	public function next( int $count ): array {
		return null === $this->given
			? Due_Images::asins( $this->marketplaces, $count )
			: array_splice( $this->given, 0, $count );
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
