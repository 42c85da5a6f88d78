<?php
/**
 * The one door to the PHP extension.
 *
 * The room of the API: the only place that calls the extension's functions. It knows no WordPress option and no table.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Api;

use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Calls the functions of `creators_api`, and nothing else in the plugin does.
 *
 * It may be gone after any update of PHP, so every call is guarded. And nothing that it throws goes further than this class:
 * an error becomes a WP_Error, a page becomes the page as it was.
 *
 * @phpstan-type Account array{credential_id: string, credential_secret: string, credential_version?: string, marketplace: string,
 *     partner_tag: string}
 * @phpstan-type Picture array{url: string, width: int|null, height: int|null}
 * @phpstan-type Image array{small: Picture|null, medium: Picture|null, large: Picture|null, hires: Picture|null,
 *     title: string|null, detail_page_url?: string|null, fetched_at: int}
 * @phpstan-type Run array{account: array<string, mixed>, options: array<string, int|float>}
 * @phpstan-type Lookup callable(list<array<string, mixed>>): (array<string, array<array-key, mixed>>|null)
 * @phpstan-type On_Batch callable(int|string, array<string, mixed>): bool
 * @phpstan-type On_End callable(int|string, array<string, mixed>): (array<string, mixed>|false|null)
 * @phpstan-type Next_Asins callable(int|string, int, int, float): (list<string>|float|false|null)
 */
class Extension {

	/** The oldest extension whose answers this plugin understands. */
	public const NEEDED_VERSION = '0.2.0';

	/**
	 * Worked out once per request.
	 *
	 * @var string|null
	 */
	private ?string $state = null;

	/** Whether the extension can be called. */
	public function is_available(): bool {
		return 'ok' === $this->state();
	}

	/**
	 * What is the matter with the extension.
	 *
	 * @return string 'ok', 'missing', or 'too_old'.
	 */
	public function state(): string {
		return $this->state ??= $this->look();
	}

	/**
	 * The loaded extension's version.
	 *
	 * @return string Empty where it is not loaded.
	 */
	public function version(): string {
		return (string) phpversion( 'creators_api' );
	}

	/**
	 * Looks for it. A version that PHP does not know (functions from elsewhere) is not held against it.
	 *
	 * @return string As state().
	 */
	protected function look(): string {
		$version = $this->version();
		if ( '' === $version ) {
			return function_exists( 'creators_api_rewrite_images' ) ? 'ok' : 'missing';
		}
		return version_compare( $version, self::NEEDED_VERSION, '<' ) ? 'too_old' : 'ok';
	}

	/**
	 * Finds the Amazon images in HTML.
	 *
	 * @param string $html Any markup.
	 * @return list<array{kind: string, asin: string|null, marketplace: string|null, partner_tag: string|null, size: int|null,
	 *     url: string, offset: int, length: int}> Empty on any doubt.
	 */
	public function find_images( string $html ): array {
		return $this->call( static fn(): array => creators_api_find_images( $html ), array() );
	}

	/**
	 * Puts fresh picture links into HTML, which is read once.
	 *
	 * @param string               $html    Any markup.
	 * @param Lookup               $lookup  Is given what find_images() finds, if that is anything, and gives what is to be shown:
	 *                                      by marketplace host, then by ASIN.
	 * @param array<string, mixed> $options kinds, markdown, memory, as the extension takes them.
	 * @return string The same bytes on any doubt.
	 */
	public function rewrite_images( string $html, callable $lookup, array $options ): string {
		if ( ! $this->is_available() ) {
			return $html;
		}
		try {
			$rewritten = creators_api_rewrite_images( $html, array(), array( 'lookup' => $lookup ) + $options );
		} catch ( \Throwable ) {
			return $html;
		}
		return '' === $rewritten ? $html : $rewritten;
	}

	/**
	 * Tests accounts side by side.
	 *
	 * @param array<int, array<string, mixed>> $accounts A list of accounts.
	 * @return list<array<string, mixed>>|WP_Error One result per account, in the same order.
	 */
	public function test_credentials( #[\SensitiveParameter] array $accounts ): array|WP_Error {
		return $this->call( static fn(): array => creators_api_test_credentials( array_values( $accounts ) ) );
	}

	/**
	 * Fetches picture links, ten products a call, for several accounts side by side. A run is an account and its options: deadline
	 * and grace in seconds, requests_per_second, max_calls.
	 *
	 * @param array<string, Run> $runs       By any key.
	 * @param On_Batch           $on_batch   Takes the run's key and an answer at once; false stops all.
	 * @param On_End             $on_end     Takes the run's key and what it came to; gives the next; false stops all.
	 * @param Next_Asins         $next_asins Takes the run's key, how many ASINs are wanted, how many calls are under way, and in how
	 *                                       many seconds another process may make one; gives them, or the seconds to wait.
	 * @return array<array-key, array<string, mixed>>|WP_Error What was stopped as a whole, by key, as in the contract.
	 */
	public function refresh_accounts(
		#[\SensitiveParameter] array $runs,
		callable $on_batch,
		callable $on_end,
		callable $next_asins
	): array|WP_Error {
		return $this->call( static fn(): array => creators_api_refresh_accounts( $runs, $on_batch, $on_end, $next_asins ) );
	}

	/**
	 * The marketplaces that the extension knows.
	 *
	 * @return array<string, array<string, mixed>> By host; empty where the extension is missing.
	 */
	public function marketplaces(): array {
		return $this->call( static fn(): array => creators_api_marketplaces(), array() );
	}

	/**
	 * Calls the extension. Of what it throws the class is kept for whoever looks for the fault; its words are not, since nobody
	 * can promise what a foreign error quotes.
	 *
	 * @param \Closure(): array<array-key, mixed> $work    What to call.
	 * @param array<array-key, mixed>|null        $without The answer where that cannot be; null for an error.
	 * @return array<array-key, mixed>|WP_Error
	 */
	private function call( \Closure $work, ?array $without = null ): array|WP_Error {
		try {
			return $this->is_available() ? $work() : $without ?? new WP_Error( 'extension_' . $this->state() );
		} catch ( \Throwable $error ) {
			return $without ?? new WP_Error( 'extension_failed', '', array( 'thrown' => get_class( $error ) ) );
		}
	}
}
