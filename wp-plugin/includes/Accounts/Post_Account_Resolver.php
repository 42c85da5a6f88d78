<?php
/**
 * Accounts of single posts.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Accounts;

use Creators_Image_Refresh\Api\Extension;
use Creators_Image_Refresh\Storage\Due_Images;
use Creators_Image_Refresh\Storage\Image_Repository;
use Creators_Image_Refresh\Storage\Usage_Repository;

defined( 'ABSPATH' ) || exit;

/**
 * Where other code wants an account by post (a blog whose authors have accounts of their own), tells which of the pictures
 * that are due goes to whom. A picture that several posts show is fetched once, for the first of them.
 *
 * @phpstan-import-type Account from Extension
 */
final class Post_Account_Resolver {

	/** Pictures that are looked at in one slice. What is beyond them waits for the next. */
	private const AT_ONCE = 2000;

	/**
	 * Takes what it works with.
	 *
	 * @param Image_Repository $images   What is due.
	 * @param Usage_Repository $uses     Knows which post shows which picture.
	 * @param Account_Resolver $accounts Reads accounts.
	 */
	public function __construct(
		private Image_Repository $images,
		private Usage_Repository $uses,
		private Account_Resolver $accounts
	) {}

	/** Whether anybody wants that. */
	public static function are_wanted(): bool {
		return (bool) has_filter( 'creators_image_refresh_post_account' );
	}

	/**
	 * The accounts that fetch what is due of a marketplace, each with its pictures.
	 *
	 * @param string       $marketplace Its host.
	 * @param Account|null $usual       The account that serves it where nobody says otherwise.
	 * @return array<string, array{account: Account, asins: list<string>}> By the account's key.
	 */
	public function of( string $marketplace, #[\SensitiveParameter] ?array $usual ): array {
		$shares = array();
		$asins  = Due_Images::asins( array( $marketplace ), self::AT_ONCE );
		$posts  = $this->uses->first_posts( $marketplace, $asins );
		$chosen = array();
		foreach ( $asins as $asin ) {
			$post_id = $posts[ $asin ] ?? 0;
			if ( ! array_key_exists( $post_id, $chosen ) ) {
				$chosen[ $post_id ] = $this->chosen( $usual, $marketplace, $post_id );
			}
			$account = $chosen[ $post_id ];
			if ( null !== $account ) {
				$key = Account_Resolver::key( $account );

				$shares[ $key ]['account'] = $account;
				$shares[ $key ]['asins'][] = (string) $asin;
			}
		}
		return $shares;
	}

	/**
	 * The account for the pictures of one post.
	 *
	 * @param Account|null $account     The marketplace's.
	 * @param string       $marketplace Its host.
	 * @param int          $post_id     The post.
	 * @return Account|null Null where they are to be left alone.
	 */
	private function chosen( #[\SensitiveParameter] ?array $account, string $marketplace, int $post_id ): ?array {
		/**
		 * Filters the account that fetches the pictures of one post.
		 *
		 * @param array<string, string>|null $account     The account of the marketplace, its secret in clear; null leaves the
		 *                                                post's pictures alone.
		 * @param string                     $marketplace Its host, for instance `www.amazon.de`.
		 * @param int                        $post_id     The first post that shows the picture; 0 for what stands in widgets.
		 */
		$account = apply_filters( 'creators_image_refresh_post_account', $account, $marketplace, $post_id );
		return is_array( $account ) ? $this->accounts->whole( $account ) : null;
	}
}
