<?php

/**
 * The PHP extension `creators_api`: Amazon's Creators API for WordPress plugins and everybody else.
 *
 * This file is for editors and static analysers (PHPStan, Psalm); it is never loaded beside the extension. A test
 * compares it with the loaded extension and fails on every difference.
 *
 * Scalars are taken as they are meant, whatever `strict_types` says: `"10"` and `10.0` are an int, `"1.5"` is a float, `17` is
 * a string, `1`, `"1"`, `0`, `"0"` and `""` are bools; `null` is as good as absent. White space around the values of an account
 * is trimmed.
 *
 * A mistake in the arguments themselves (a parameter or an option of another type, an unknown option or kind, an account that
 * lacks something) throws `ValueError` or `TypeError`, whose message names the key. What stands in a list spoils itself alone:
 * a product, an Image, an account of a test or a run that is odd counts as absent or has an answer of its own, and the others
 * go on; each function says which. What Amazon or the network does wrong comes back as data; only creators_api_exchange_token()
 * throws for it.
 *
 * A marketplace is named by its host, `www.amazon.de`, everywhere.
 * What takes more memory than `memory_limit` allows ends in PHP's own fatal error. A picture that was found takes about 400 bytes
 * and its URL.
 *
 * Words that come back in the shapes below:
 *
 * - Account: credential_version blank or absent is worked out from the look of the pair and the marketplace.
 *   access_token is a token that the caller keeps for several processes; expires_at in Unix seconds, 0 or absent if it
 *   is not known.
 * - status: one closed set, for programs; the sentence for people is the caller's.
 * - Image: 75, 160 and 500 pixels on the longest side, and the largest there is; any may be missing at Amazon. width and
 *   height in pixels. fetched_at in Unix seconds: a link may be kept for 24 hours from then, the picture itself never.
 *   detail_page_url carries the partner tag; its parameters must stay as they are.
 * - title, message, reason, code are Amazon's words, on one line: without control characters, those that take no room and those
 *   that turn the direction of writing, with at most three marks on a letter; at most 500, 255, 64 and 64 characters, an
 *   ellipsis at the end where there were more. No message holds a secret or a token. An address longer than 2,048 bytes, or
 *   with a blank or a control character, is null.
 * - code of a failure: Amazon's (`ItemNotAccessible`, `InvalidParameterValue`, `ResourceNotFoundException`, an open
 *   set), or `InvalidAsin` (malformed, Amazon was not asked) and `NotReturned` (Amazon's answer passes over it).
 */

/**
 * Thrown by creators_api_exchange_token(). The code is Amazon's HTTP status, 0 where there was no answer.
 */
class CreatorsApiException extends RuntimeException
{
}

/**
 * Exchanges a credential pair for an access token. Every call is a request; the token is kept for the process, so that
 * a refresh that follows does not ask for another.
 *
 *     $token = creators_api_exchange_token($account);
 *     $header = "Authorization: Bearer {$token['access_token']}"; // 2.x: with ", Version 2.1" behind it
 *
 * @param array{
 *     credential_id: string,
 *     credential_secret: string,
 *     credential_version?: ''|'2.1'|'2.2'|'2.3'|'3.1'|'3.2'|'3.3'|null,
 *     marketplace?: string|null,
 * } $account Marketplace is needed where the version is to be worked out. More keys are welcome: the account of a refresh.
 *
 * @return array{
 *     access_token: string,
 *     token_type: string,
 *     expires_in: int,
 *     expires_at: int,
 *     scope: string|null,
 *     credential_version: '2.1'|'2.2'|'2.3'|'3.1'|'3.2'|'3.3',
 * } expires_in in seconds, expires_at in Unix seconds.
 *
 * @throws CreatorsApiException Amazon refuses the pair, or cannot be reached.
 * @throws ValueError A key is missing or empty, the version or the marketplace is unknown.
 * @throws TypeError A value is neither a string nor a number.
 */
function creators_api_exchange_token(#[\SensitiveParameter] array $account): array
{
}

/**
 * Tests accounts side by side: a token for each, then one catalog call. As long as the slowest takes; accounts that
 * share one credential keep a second between their calls.
 *
 *     [$result] = creators_api_test_credentials([$account]);
 *     echo $result['ok'] ? 'Works.' : "{$result['status']}: {$result['message']}";
 *
 * Values come from a person's form, so one that is blank, missing or cannot be right (a key of the retired PA-API, an unknown
 * marketplace) is a result with stage `input`, not an exception.
 *
 * @param list<array{
 *     credential_id: string,
 *     credential_secret: string,
 *     credential_version?: string|null,
 *     marketplace: string,
 *     partner_tag: string,
 * }> $accounts
 *
 * @return list<array{
 *     ok: bool,
 *     status: 'ok'|'invalid_credentials'|'wrong_version'|'not_eligible'|'not_authorized'|'wrong_partner_tag'|'wrong_marketplace'|'throttled'|'quota_exhausted'|'rejected'|'unavailable'|'unreachable'|'invalid_response'|'interrupted',
 *     stage: 'input'|'token'|'catalog',
 *     marketplace: string,
 *     credential_version: '2.1'|'2.2'|'2.3'|'3.1'|'3.2'|'3.3'|null,
 *     http_status: int|null,
 *     reason: string|null,
 *     message: string,
 *     works_with: '2.1'|'2.2'|'2.3'|'3.1'|'3.2'|'3.3'|null,
 *     latency_ms: array{token: int|null, catalog: int|null},
 * }> In the order of $accounts. reason is Amazon's word, message Amazon's sentence or ours, works_with the version that
 *   does accept a pair which the given one refuses.
 *
 * @throws TypeError $accounts is no array.
 */
function creators_api_test_credentials(#[\SensitiveParameter] array $accounts): array
{
}

/**
 * Fetches fresh picture links, ten products a call, each product once, at the account's rate.
 *
 *     $result = creators_api_refresh_images($account, $asins, function (array $batch): void {
 *         save($batch['images'], $batch['failed']);
 *     }, ['requests_per_second' => 1.0, 'deadline' => 20]);
 *
 * Every product ends in exactly one of images, failed and pending, under its ASIN in upper case (a malformed one under
 * what was given). PHP turns an ISBN-10 of digits alone that does not begin with 0 into an integer key, as always; such
 * integers are welcome in $asins too.
 *
 * @param array{
 *     credential_id: string,
 *     credential_secret: string,
 *     credential_version?: ''|'2.1'|'2.2'|'2.3'|'3.1'|'3.2'|'3.3'|null,
 *     marketplace: string,
 *     partner_tag: string,
 *     access_token?: string|null,
 *     expires_at?: int|null,
 * } $account
 * @param array<string|int> $asins In any order, duplicates and lower case welcome. What is neither a string nor a number
 *   names no product and counts as absent.
 * @param (callable(array{
 *     images: array<array{
 *         small: array{url: string, width: int|null, height: int|null}|null,
 *         medium: array{url: string, width: int|null, height: int|null}|null,
 *         large: array{url: string, width: int|null, height: int|null}|null,
 *         hires: array{url: string, width: int|null, height: int|null}|null,
 *         title: string|null, detail_page_url: string|null, fetched_at: int, offers?: list<array{price: array{amount: int|null, currency: string|null, display: string|null}|null, price_per_unit: array{amount: int|null, currency: string|null, display: string|null}|null, saving: array{money: array{amount: int|null, currency: string|null, display: string|null}|null, percent: int|null, basis: array{amount: int|null, currency: string|null, display: string|null}|null, basis_type: string|null, basis_label: string|null}|null, availability: array{type: string|null, message: string|null, min_quantity: int|null, max_quantity: int|null}|null, condition: array{value: string|null, sub_condition: string|null, note: string|null}|null, merchant: array{id: string|null, name: string|null}|null, deal: array{access_type: string|null, badge: string|null, early_access_ms: int|null, starts_at: string|null, ends_at: string|null, percent_claimed: int|null}|null, type: string|null, is_buy_box_winner: bool|null, loyalty_points: int|null, violates_map: bool|null}>|null,
 *     }>,
 *     failed: array<array{code: string, message: string}>,
 *     done: int, total: int, calls: int,
 * }): ?bool)|null $on_batch Called after every answered call (and once before the first, if some ASINs are malformed);
 *   takes the pictures over, so that memory does not grow. false stops. What it throws is thrown on.
 * @param array{
 *     requests_per_second?: int|float,
 *     max_calls?: int|null,
 *     delay?: int|float|null,
 *     deadline?: int|float|null,
 *     grace?: int|float|null,
 *     max_in_flight?: int|null,
 *     proxy?: string|null, learned?: string|null, with?: list<'offers'>|null,
 * } $options requests_per_second: 1.0 unless told; no second sees more calls, a fraction above 1 rounded up. max_calls: calls
 *   of getItems, retries included. delay: seconds until it begins. deadline: seconds from then on, after which no call starts;
 *   grace: seconds more for those that are in flight, 0 unless told. max_in_flight: calls at the same time, 64 unless told.
 *   proxy: URL, else HTTPS_PROXY and NO_PROXY of the environment. learned: the one of another process's last run. with: `offers`
 *   brings every listing with its price along, at no extra call; for 1 hour, see creators_api_catalog.stub.php.
 *
 * @return array{
 *     images: array<array{
 *         small: array{url: string, width: int|null, height: int|null}|null,
 *         medium: array{url: string, width: int|null, height: int|null}|null,
 *         large: array{url: string, width: int|null, height: int|null}|null,
 *         hires: array{url: string, width: int|null, height: int|null}|null,
 *         title: string|null, detail_page_url: string|null, fetched_at: int, offers?: list<array{price: array{amount: int|null, currency: string|null, display: string|null}|null, price_per_unit: array{amount: int|null, currency: string|null, display: string|null}|null, saving: array{money: array{amount: int|null, currency: string|null, display: string|null}|null, percent: int|null, basis: array{amount: int|null, currency: string|null, display: string|null}|null, basis_type: string|null, basis_label: string|null}|null, availability: array{type: string|null, message: string|null, min_quantity: int|null, max_quantity: int|null}|null, condition: array{value: string|null, sub_condition: string|null, note: string|null}|null, merchant: array{id: string|null, name: string|null}|null, deal: array{access_type: string|null, badge: string|null, early_access_ms: int|null, starts_at: string|null, ends_at: string|null, percent_claimed: int|null}|null, type: string|null, is_buy_box_winner: bool|null, loyalty_points: int|null, violates_map: bool|null}>|null,
 *     }>,
 *     failed: array<array{code: string, message: string}>,
 *     pending: list<string>,
 *     stopped: array{
 *         status: 'invalid_credentials'|'wrong_version'|'not_eligible'|'not_authorized'|'wrong_partner_tag'|'wrong_marketplace'|'throttled'|'quota_exhausted'|'rejected'|'unavailable'|'unreachable'|'invalid_response'|'deadline'|'max_calls'|'interrupted'|'cancelled',
 *         reason: string|null, message: string, retry_after: int|null,
 *     }|null,
 *     calls: int, retries: int, throttled: int, seconds: float, free_in: float, learned: string,
 * } images and failed are empty where $on_batch took them. pending: never answered. stopped: null if all were answered;
 *   retry_after in seconds. throttled: answers of 429. free_in: seconds until another process, which knows nothing of these calls, may
 *   make one with the credential; learned tells it by refused calls what Amazon grants, for ten minutes, '' where there were none.
 *
 * @throws ValueError A key is missing or empty, a value is out of range, an option is unknown.
 * @throws TypeError A value has the wrong type.
 */
function creators_api_refresh_images(#[\SensitiveParameter] array $account, array $asins, ?callable $on_batch = null, #[\SensitiveParameter] array $options = []): array
{
}

/**
 * Refreshes the pictures of several accounts side by side: each at its own rate, none waiting for the answers or the
 * retries of another. Accounts that share one credential share its pace.
 *
 *     $results = creators_api_refresh_accounts([
 *         'de' => ['account' => $german, 'asins' => $asins, 'options' => ['requests_per_second' => 10]],
 *         'us' => ['account' => $american, 'asins' => $others],
 *     ], function (string $key, array $batch): void {
 *         save($key, $batch['images'], $batch['failed']);
 *     });
 *     echo $results['de']['stopped']['status'] ?? 'all answered';
 *
 * With $next_asins the products need not be known at the beginning: each account is handed those that are due as it goes, so
 * that it never waits between two lots of them, until there are no more or its deadline has come.
 *
 *     creators_api_refresh_accounts($runs, $on_batch, null, fn (string $key, int $count): array => due($key, $count));
 *
 * @param array<array{
 *     account: array{
 *         credential_id: string,
 *         credential_secret: string,
 *         credential_version?: ''|'2.1'|'2.2'|'2.3'|'3.1'|'3.2'|'3.3'|null,
 *         marketplace: string,
 *         partner_tag: string,
 *         access_token?: string|null,
 *         expires_at?: int|null,
 *     },
 *     asins?: array<string|int>,
 *     options?: array{
 *         requests_per_second?: int|float,
 *         max_calls?: int|null,
 *         delay?: int|float|null,
 *         deadline?: int|float|null,
 *         grace?: int|float|null,
 *         max_in_flight?: int|null,
 *         proxy?: string|null, learned?: string|null, with?: list<'offers'>|null,
 *     }|null,
 * }> $runs The arguments of creators_api_refresh_images(), under any keys; asins may be left out where there is
 *   $next_asins. A run with a mistake in it is over at once: stopped with `invalid_arguments` and a message that names the key,
 *   its products pending. The others go on.
 * @param (callable(int|string, array{
 *     images: array<array{
 *         small: array{url: string, width: int|null, height: int|null}|null,
 *         medium: array{url: string, width: int|null, height: int|null}|null,
 *         large: array{url: string, width: int|null, height: int|null}|null,
 *         hires: array{url: string, width: int|null, height: int|null}|null,
 *         title: string|null, detail_page_url: string|null, fetched_at: int, offers?: list<array{price: array{amount: int|null, currency: string|null, display: string|null}|null, price_per_unit: array{amount: int|null, currency: string|null, display: string|null}|null, saving: array{money: array{amount: int|null, currency: string|null, display: string|null}|null, percent: int|null, basis: array{amount: int|null, currency: string|null, display: string|null}|null, basis_type: string|null, basis_label: string|null}|null, availability: array{type: string|null, message: string|null, min_quantity: int|null, max_quantity: int|null}|null, condition: array{value: string|null, sub_condition: string|null, note: string|null}|null, merchant: array{id: string|null, name: string|null}|null, deal: array{access_type: string|null, badge: string|null, early_access_ms: int|null, starts_at: string|null, ends_at: string|null, percent_claimed: int|null}|null, type: string|null, is_buy_box_winner: bool|null, loyalty_points: int|null, violates_map: bool|null}>|null,
 *     }>,
 *     failed: array<array{code: string, message: string}>,
 *     done: int, total: int, calls: int,
 * }): ?bool)|null $on_batch Called with the run's key and what one of its calls brought, see
 *   creators_api_refresh_images(). false stops all runs.
 * @param (callable(int|string, array{
 *     images: array<array{
 *         small: array{url: string, width: int|null, height: int|null}|null,
 *         medium: array{url: string, width: int|null, height: int|null}|null,
 *         large: array{url: string, width: int|null, height: int|null}|null,
 *         hires: array{url: string, width: int|null, height: int|null}|null,
 *         title: string|null, detail_page_url: string|null, fetched_at: int, offers?: list<array{price: array{amount: int|null, currency: string|null, display: string|null}|null, price_per_unit: array{amount: int|null, currency: string|null, display: string|null}|null, saving: array{money: array{amount: int|null, currency: string|null, display: string|null}|null, percent: int|null, basis: array{amount: int|null, currency: string|null, display: string|null}|null, basis_type: string|null, basis_label: string|null}|null, availability: array{type: string|null, message: string|null, min_quantity: int|null, max_quantity: int|null}|null, condition: array{value: string|null, sub_condition: string|null, note: string|null}|null, merchant: array{id: string|null, name: string|null}|null, deal: array{access_type: string|null, badge: string|null, early_access_ms: int|null, starts_at: string|null, ends_at: string|null, percent_claimed: int|null}|null, type: string|null, is_buy_box_winner: bool|null, loyalty_points: int|null, violates_map: bool|null}>|null,
 *     }>,
 *     failed: array<array{code: string, message: string}>,
 *     pending: list<string>,
 *     stopped: array{
 *         status: 'invalid_credentials'|'wrong_version'|'not_eligible'|'not_authorized'|'wrong_partner_tag'|'wrong_marketplace'|'throttled'|'quota_exhausted'|'rejected'|'unavailable'|'unreachable'|'invalid_response'|'invalid_arguments'|'deadline'|'max_calls'|'interrupted'|'cancelled',
 *         reason: string|null, message: string, retry_after: int|null,
 *     }|null,
 *     calls: int, retries: int, throttled: int, seconds: float, free_in: float, learned: string,
 * }): (array{account: array<mixed>, asins: array<string|int>, options?: array<mixed>|null}|false|null))|null $on_end Called with
 *   the run's key and what it came to, as soon as it is over, while the others go on. What it gives is the next run of that
 *   key, in the shape of $runs; null ends it, false stops all runs. With no ASIN and a delay a run is a wait. A mistake in what
 *   it gives ends that key, and stands in what comes back.
 * @param (callable(int|string, int, int, float): (array<string|int>|int|float|false|null))|null $next_asins Called with the
 *   run's key, how many products it should name, how many calls of the account's credential are under way, of all runs, and free_in, which
 *   holds where none is: before the first call, and each time before a run runs out. What it gives:
 *   - a list: the next products, in the order in which they are asked for. Some of them may be under way already, or were
 *     answered before: these are passed over, and the count makes up for those that have no answer yet, so the first $count rows
 *     of a table will do. Nothing new among them, or null: there are no more, the run ends with what it has.
 *   - seconds: nothing now. No call of the credential starts, of any run, until all that are under way were answered and that
 *     time is over; then it is asked again, and told that 0 are under way.
 *   - false: stops all runs.
 *   It is asked at least once in ten seconds as long as calls of the run start or are under way; where it needs no products with
 *   a count of 0, and an empty list only lets it go on: whoever shares the credential's rate between processes by a lease renews it
 *   here, for ten seconds from being called, hands it on with the free_in of the last of its runs, and gives the seconds that are
 *   left where another has it. Accounts of one credential take turns, call by call. A run
 *   whose calls brought no answer at all until its deadline is stopped as `unreachable` or `throttled`, not as `deadline`.
 *
 * @return array<array{
 *     images: array<array{
 *         small: array{url: string, width: int|null, height: int|null}|null,
 *         medium: array{url: string, width: int|null, height: int|null}|null,
 *         large: array{url: string, width: int|null, height: int|null}|null,
 *         hires: array{url: string, width: int|null, height: int|null}|null,
 *         title: string|null, detail_page_url: string|null, fetched_at: int, offers?: list<array{price: array{amount: int|null, currency: string|null, display: string|null}|null, price_per_unit: array{amount: int|null, currency: string|null, display: string|null}|null, saving: array{money: array{amount: int|null, currency: string|null, display: string|null}|null, percent: int|null, basis: array{amount: int|null, currency: string|null, display: string|null}|null, basis_type: string|null, basis_label: string|null}|null, availability: array{type: string|null, message: string|null, min_quantity: int|null, max_quantity: int|null}|null, condition: array{value: string|null, sub_condition: string|null, note: string|null}|null, merchant: array{id: string|null, name: string|null}|null, deal: array{access_type: string|null, badge: string|null, early_access_ms: int|null, starts_at: string|null, ends_at: string|null, percent_claimed: int|null}|null, type: string|null, is_buy_box_winner: bool|null, loyalty_points: int|null, violates_map: bool|null}>|null,
 *     }>,
 *     failed: array<array{code: string, message: string}>,
 *     pending: list<string>,
 *     stopped: array{
 *         status: 'invalid_credentials'|'wrong_version'|'not_eligible'|'not_authorized'|'wrong_partner_tag'|'wrong_marketplace'|'throttled'|'quota_exhausted'|'rejected'|'unavailable'|'unreachable'|'invalid_response'|'invalid_arguments'|'deadline'|'max_calls'|'interrupted'|'cancelled',
 *         reason: string|null, message: string, retry_after: int|null,
 *     }|null,
 *     calls: int, retries: int, throttled: int, seconds: float, free_in: float, learned: string,
 * }> By the keys of $runs, what $on_end did not take: without it all, with it the runs that were stopped as a whole. The
 *   shape is that of creators_api_refresh_images().
 *
 * @throws TypeError An argument, or what $on_end or $next_asins gives, has the wrong type.
 */
function creators_api_refresh_accounts(#[\SensitiveParameter] array $runs, ?callable $on_batch = null, ?callable $on_end = null, ?callable $next_asins = null): array
{
}

/**
 * Finds Amazon's pictures in a page or a post: real tags only, nothing in comments, scripts or text areas, and nothing that
 * is a part of an svg or of math. Where browsers would go on to read a page in more than one way (a noscript that ends in
 * the middle of its markup), no more is found.
 *
 *     foreach (creators_api_find_images($post->post_content) as $found) {
 *         echo "{$found['kind']} {$found['asin']} on {$found['marketplace']}\n";
 *     }
 *
 * @param string $html Any bytes.
 *
 * @return list<array{
 *     kind: 'sitestripe_image'|'product_iframe'|'banner_iframe'|'tracking_pixel'|'cdn_asin'|'cdn_hash'|'proxied_cdn_hash',
 *     asin: string|null, marketplace: string|null, partner_tag: string|null, size: int|null,
 *     url: string, offset: int, length: int,
 * }> In the order of the page, one for each URL, wherever a picture is shown now or when a script has run: docs/markup.md tells
 *   all of it. asin, marketplace and partner_tag come from the URL, else from the link around it; the marketplace at last from the
 *   number in images/P/ASIN.NN. size: pixels asked for. url: decoded. offset, length: bytes of the value, or of the URL within it.
 *
 * @throws TypeError $html is no string.
 */
function creators_api_find_images(string $html): array
{
}

/**
 * Puts fresh picture links into a page. What is replaced are URLs; what an img lacks is put beside its new URL: width and
 * height where neither they nor the style say a size, a srcset with the next larger picture where there is none and the
 * picture is not dense enough already, and the product's title into an alt that is empty where the picture is all of a link. A
 * dead box of picture and text (product_iframe) gives way to a link with the product's picture and title. Brackets in what is
 * put in are written as references, so that no title is taken for a shortcode. Every other byte is kept, and a second time
 * changes nothing. On any doubt (an unknown product, a URL that is not https on Amazon's picture hosts, names a user or
 * another port) the bytes stay as they are. In a noscript, a template, a select, and HTML inside of svg or math, nothing but
 * URLs changes, and in the first two dead boxes: no browser reads the rest of a page in another way. What a consent plugin
 * withholds stays withheld: URLs change where they wait. Where nothing changes, or memory has no room, the very string comes back.
 *
 *     $result = creators_api_refresh_images($account, ['B00TSUGXKE']);
 *     echo creators_api_rewrite_images($html, ['www.amazon.com' => $result['images']]);
 *     echo creators_api_rewrite_images($html, [], ['lookup' => fn (array $found) => my_images(array_column($found, 'asin'))]);
 *
 * @param string $html Any bytes.
 * @param array<string, array<string|array{
 *     small?: array{url: string, width?: int|float|null, height?: int|float|null}|null,
 *     medium?: array{url: string, width?: int|float|null, height?: int|float|null}|null,
 *     large?: array{url: string, width?: int|float|null, height?: int|float|null}|null,
 *     hires?: array{url: string, width?: int|float|null, height?: int|float|null}|null,
 *     title?: string|null,
 *     detail_page_url?: string|null,
 *     fetched_at?: int|null,
 * }|array{words: string}>> $images By marketplace, then by ASIN; under '' those of pictures whose markup names no marketplace.
 *   Of each Image only the sizes need be there. A string is an Image as json_encode() writes it, so that what a database
 *   keeps need not be decoded. words: as in $options. A key that names no marketplace or no product, and a value that cannot be
 *   read, count as absent by themselves: of an Image what can be read is taken, with "160" for 160 and no size without its URL.
 * @param array{
 *     default_marketplace?: string|null,
 *     kinds?: list<'sitestripe_image'|'product_iframe'|'banner_iframe'|'tracking_pixel'|'cdn_asin'|'cdn_hash'|'proxied_cdn_hash'>|null,
 *     fill_alt?: bool|null,
 *     markdown?: bool|null,
 *     words?: array<string, array<string>>|null,
 *     lookup?: (callable(list<array{
 *         kind: 'sitestripe_image'|'product_iframe'|'banner_iframe'|'tracking_pixel'|'cdn_asin'|'cdn_hash'|'proxied_cdn_hash',
 *         asin: string|null, marketplace: string|null, partner_tag: string|null, size: int|null,
 *         url: string, offset: int, length: int,
 *     }>): (array<string, array<mixed>>|null))|null,
 *     memory?: (callable(): (string|null))|null,
 * } $options default_marketplace: for pictures whose markup names none. kinds: sitestripe_image, product_iframe and
 *   cdn_asin unless told; tracking_pixel among them removes the pixel. fill_alt: true unless told. markdown: whether Markdown
 *   that was left in $html is read as well, true unless told; false is right wherever it may hold what a visitor has typed.
 *   words: by marketplace, then by ASIN, the text that takes the place of a picture in a link where $images has none;
 *   its own alt is taken before it. lookup: is given what creators_api_find_images() finds, once, and only where some of that
 *   is of one of the kinds, and gives more of $images, so that the page is read but once; null leaves the page as it is. memory: gives a
 *   name, under which this process remembers for up to five minutes what lookup gave, and does not ask again where it knows
 *   all of a page; called only where lookup would be; null remembers nothing. Whoever knows of a change gives another name. Of
 *   what lookup gives, null is remembered as nothing to show; not remembered are words, an Image with once: true, what cannot be
 *   read, what stands under '', and for a product_iframe an Image without detail_page_url. What these throw is thrown on.
 *
 * @throws ValueError default_marketplace, a kind or an option is unknown.
 * @throws TypeError An argument, an option, or what a callable gives as a whole has the wrong type.
 */
function creators_api_rewrite_images(string $html, array $images, array $options = []): string
{
}

/**
 * The marketplaces of the Creators API.
 *
 *     creators_api_marketplaces()['www.amazon.de']['country']; // Germany
 *
 * @return array<string, array{
 *     country: string,
 *     region: 'NA'|'EU'|'FE',
 *     credential_versions: array{v2: '2.1'|'2.2'|'2.3', v3: '3.1'|'3.2'|'3.3'},
 *     currency: string,
 *     languages: non-empty-list<string>,
 *     locale_code: string,
 * }> By host. credential_versions are the usual ones of the region; the version comes with the credential. The first
 *   language is the default. locale_code is Amazon's: US, GB, DE …
 */
function creators_api_marketplaces(): array
{
}
