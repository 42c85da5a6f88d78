<?php
/**
 * Who has something due.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Puts what is due into the queues of the accounts that fetch it.
 */
final class Account_Queues {

	/**
	 * Takes what it works with.
	 *
	 * @param Image_Store   $images   What is due.
	 * @param Accounts      $accounts Who asks, for which marketplace.
	 * @param Post_Accounts $posts    Who asks for the pictures of single posts.
	 */
	public function __construct( private Image_Store $images, private Accounts $accounts, private Post_Accounts $posts ) {}

	/**
	 * The accounts that have something due, each with the marketplaces it serves.
	 *
	 * @return array<string, Account_Queue> By the account's key.
	 */
	public function all(): array {
		$queues  = array();
		$paces   = array();
		$by_post = Post_Accounts::are_wanted();
		foreach ( $this->images->due_marketplaces() as $marketplace ) {
			$account = $this->accounts->for_marketplace( $marketplace );
			$shares  = $by_post ? $this->posts->of( $marketplace, $account ) : array( array( 'account' => $account ) );
			foreach ( $shares as $share ) {
				$account = $share['account'];
				if ( null === $account ) {
					continue;
				}
				$key    = Accounts::key( $account );
				$shared = Pace::key_of( $account );

				$paces[ $shared ] ??= new Pace( $shared, Pace::rate( $account['marketplace'] ) );
				$queues[ $key ]   ??= new Account_Queue( $this->images, $key, $account, $paces[ $shared ] );
				$queues[ $key ]->serve( $marketplace, $share['asins'] ?? null );
			}
		}
		return $queues;
	}
}
