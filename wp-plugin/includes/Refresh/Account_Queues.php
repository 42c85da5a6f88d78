<?php
/**
 * Who has something due.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Refresh;

use Creators_Image_Refresh\Accounts\Account_Resolver;
use Creators_Image_Refresh\Accounts\Post_Account_Resolver;
use Creators_Image_Refresh\Refresh\Lease\Account_Lease;
use Creators_Image_Refresh\Storage\Due_Images;
use Creators_Image_Refresh\Storage\Image_Repository;

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
	 * @param Image_Repository      $images   What is due.
	 * @param Account_Resolver      $accounts Who asks, for which marketplace.
	 * @param Post_Account_Resolver $posts    Who asks for the pictures of single posts.
	 */
	public function __construct(
		private Image_Repository $images,
		private Account_Resolver $accounts,
		private Post_Account_Resolver $posts
	) {}

	/**
	 * The accounts that have something due, each with the marketplaces it serves.
	 *
	 * @return array<string, Account_Queue> By the account's key.
	 */
	public function all(): array {
		$queues  = array();
		$paces   = array();
		$by_post = Post_Account_Resolver::are_wanted();
		foreach ( Due_Images::marketplaces() as $marketplace ) {
			$account = $this->accounts->for_marketplace( $marketplace );
			$shares  = $by_post ? $this->posts->of( $marketplace, $account ) : array( array( 'account' => $account ) );
			foreach ( $shares as $share ) {
				$account = $share['account'];
				if ( null === $account ) {
					continue;
				}
				$key    = Account_Resolver::key( $account );
				$shared = Account_Lease::key_of( $account );

				$paces[ $shared ] ??= new Account_Lease( $shared, Account_Lease::rate( $account['marketplace'] ) );
				$queues[ $key ]   ??= new Account_Queue( $this->images, $key, $account, $paces[ $shared ] );
				$queues[ $key ]->serve( $marketplace, $share['asins'] ?? null );
			}
		}
		return $queues;
	}
}
