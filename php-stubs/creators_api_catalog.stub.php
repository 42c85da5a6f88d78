<?php

/**
 * The PHP extension `creators_api`, second part: the catalog. What stands at the head of creators_api.stub.php holds here too.
 *
 * Which function gives what, and how long Amazon lets it be kept:
 *
 * - a price and everything else under offers: any of these with `offers` among the resources (they are, unless told
 *   otherwise); at most 1 hour from fetched_at, and it is shown with that time.
 * - all the rest: 24 hours.
 *
 * Words that come back in the shapes below; whatever Amazon leaves out is null:
 *
 * - Item: title, brand, features in the marketplace's language or the one preferred. features at most 2,000 characters each.
 *   offers: every listing, in Amazon's order; availability may stand on one that is not the first. ids: several of each are normal.
 *   nodes: the categories. variation_attributes: what tells it from its siblings. raw: Amazon's own array of the product, neither
 *   bounded nor cleaned, secrets aside; null unless asked for.
 * - Money: amount in the currency's smallest unit (cents; yen), never a float, null where Amazon's cannot be read; currency in ISO
 *   4217; display is Amazon's own text for it.
 * - Node: ancestors from the nearest up.
 *
 * Options of all of them: requests_per_second, max_calls, deadline, proxy, learned as in creators_api_refresh_images(). Calls share the
 * rate, the retries and the token with every other call of the account. resources: parts by these names, all but `info` unless
 * told; `info` is what else Amazon's itemInfo has, and comes in raw alone. Unknown ones throw. condition,
 * currency_of_preference, languages_of_preference (one), properties: as Amazon's documentation has them.
 */

/**
 * Asks for products, ten a call.
 *
 *     $item = creators_api_get_items($account, ['B00TSUGXKE'])['items']['B00TSUGXKE'] ?? null;
 *     echo $item['offers'][0]['price']['display'] ?? 'no price', date(' (H:i)', $item['fetched_at'] ?? 0);
 *
 * @param array{
 *     credential_id: string, credential_secret: string, credential_version?: string|null,
 *     marketplace: string, partner_tag: string, access_token?: string|null, expires_at?: int|null,
 * } $account
 * @param array<string|int> $asins As in creators_api_refresh_images().
 * @param array{
 *     resources?: list<'title'|'images'|'brand'|'features'|'offers'|'reviews'|'ids'|'nodes'|'parent_asin'|'info'>|null, raw?: bool|null,
 *     condition?: 'Any'|'New'|null, currency_of_preference?: string|null, languages_of_preference?: list<string>|null,
 *     properties?: array<string>|null,
 *     requests_per_second?: int|float, max_calls?: int|null, delay?: int|float|null, deadline?: int|float|null,
 *     grace?: int|float|null, max_in_flight?: int|null, proxy?: string|null, learned?: string|null,
 * } $options
 *
 * @return array{
 *     items: array<array{
 *         asin: string, parent_asin: string|null, title: string|null, brand: string|null, features: list<string>|null,
 *         images: array{primary: array{small: array{url: string, width: int|null, height: int|null}|null, medium: array{url: string, width: int|null, height: int|null}|null, large: array{url: string, width: int|null, height: int|null}|null, hires: array{url: string, width: int|null, height: int|null}|null}|null, variants: list<array{small: array{url: string, width: int|null, height: int|null}|null, medium: array{url: string, width: int|null, height: int|null}|null, large: array{url: string, width: int|null, height: int|null}|null, hires: array{url: string, width: int|null, height: int|null}|null}>}|null,
 *         offers: list<array{price: array{amount: int|null, currency: string|null, display: string|null}|null, price_per_unit: array{amount: int|null, currency: string|null, display: string|null}|null, saving: array{money: array{amount: int|null, currency: string|null, display: string|null}|null, percent: int|null, basis: array{amount: int|null, currency: string|null, display: string|null}|null, basis_type: string|null, basis_label: string|null}|null, availability: array{type: string|null, message: string|null, min_quantity: int|null, max_quantity: int|null}|null, condition: array{value: string|null, sub_condition: string|null, note: string|null}|null, merchant: array{id: string|null, name: string|null}|null, deal: array{access_type: string|null, badge: string|null, early_access_ms: int|null, starts_at: string|null, ends_at: string|null, percent_claimed: int|null}|null, type: string|null, is_buy_box_winner: bool|null, loyalty_points: int|null, violates_map: bool|null}>|null,
 *         reviews: array{count: int|null, stars: float|null}|null, ids: array{ean: list<string>, isbn: list<string>, upc: list<string>}|null,
 *         nodes: list<array{id: string, name: string|null, context_free_name: string|null, is_root: bool|null, sales_rank: int|null, ancestors: list<array{id: string, name: string|null, context_free_name: string|null}>, children: list<array{id: string, name: string|null, context_free_name: string|null}>}>|null,
 *         variation_attributes: list<array{name: string, value: string}>|null,
 *         detail_page_url: string|null, fetched_at: int, raw: array<mixed>|null,
 *     }>,
 *     failed: array<array{code: string, message: string}>,
 *     pending: list<string>,
 *     stopped: array{
 *         status: 'invalid_credentials'|'wrong_version'|'not_eligible'|'not_authorized'|'wrong_partner_tag'|'wrong_marketplace'|'throttled'|'quota_exhausted'|'rejected'|'unavailable'|'unreachable'|'invalid_response'|'deadline'|'max_calls'|'interrupted'|'cancelled',
 *         reason: string|null, message: string, retry_after: int|null,
 *     }|null,
 *     calls: int, retries: int, throttled: int, seconds: float, free_in: float, learned: string,
 * } As of creators_api_refresh_images(), with items in the place of images.
 *
 * @throws ValueError A key is missing or empty, a value is out of range, an option or a resource is unknown.
 * @throws TypeError A value has the wrong type.
 */
function creators_api_get_items(#[\SensitiveParameter] array $account, array $asins, #[\SensitiveParameter] array $options = []): array
{
}

/**
 * The same for many: what creators_api_refresh_images() is for pictures. With a callback memory does not grow.
 *
 *     creators_api_refresh_items($account, $asins, fn (array $batch) => save($batch['items'], $batch['failed']), ['deadline' => 20]);
 *
 * @param array{
 *     credential_id: string, credential_secret: string, credential_version?: string|null,
 *     marketplace: string, partner_tag: string, access_token?: string|null, expires_at?: int|null,
 * } $account
 * @param array<string|int> $asins As in creators_api_refresh_images().
 * @param (callable(array{
 *     items: array<array{
 *         asin: string, parent_asin: string|null, title: string|null, brand: string|null, features: list<string>|null,
 *         images: array{primary: array{small: array{url: string, width: int|null, height: int|null}|null, medium: array{url: string, width: int|null, height: int|null}|null, large: array{url: string, width: int|null, height: int|null}|null, hires: array{url: string, width: int|null, height: int|null}|null}|null, variants: list<array{small: array{url: string, width: int|null, height: int|null}|null, medium: array{url: string, width: int|null, height: int|null}|null, large: array{url: string, width: int|null, height: int|null}|null, hires: array{url: string, width: int|null, height: int|null}|null}>}|null,
 *         offers: list<array{price: array{amount: int|null, currency: string|null, display: string|null}|null, price_per_unit: array{amount: int|null, currency: string|null, display: string|null}|null, saving: array{money: array{amount: int|null, currency: string|null, display: string|null}|null, percent: int|null, basis: array{amount: int|null, currency: string|null, display: string|null}|null, basis_type: string|null, basis_label: string|null}|null, availability: array{type: string|null, message: string|null, min_quantity: int|null, max_quantity: int|null}|null, condition: array{value: string|null, sub_condition: string|null, note: string|null}|null, merchant: array{id: string|null, name: string|null}|null, deal: array{access_type: string|null, badge: string|null, early_access_ms: int|null, starts_at: string|null, ends_at: string|null, percent_claimed: int|null}|null, type: string|null, is_buy_box_winner: bool|null, loyalty_points: int|null, violates_map: bool|null}>|null,
 *         reviews: array{count: int|null, stars: float|null}|null, ids: array{ean: list<string>, isbn: list<string>, upc: list<string>}|null,
 *         nodes: list<array{id: string, name: string|null, context_free_name: string|null, is_root: bool|null, sales_rank: int|null, ancestors: list<array{id: string, name: string|null, context_free_name: string|null}>, children: list<array{id: string, name: string|null, context_free_name: string|null}>}>|null,
 *         variation_attributes: list<array{name: string, value: string}>|null,
 *         detail_page_url: string|null, fetched_at: int, raw: array<mixed>|null,
 *     }>,
 *     failed: array<array{code: string, message: string}>,
 *     done: int, total: int, calls: int,
 * }): ?bool)|null $on_batch As in creators_api_refresh_images().
 * @param array{
 *     resources?: list<'title'|'images'|'brand'|'features'|'offers'|'reviews'|'ids'|'nodes'|'parent_asin'|'info'>|null, raw?: bool|null,
 *     condition?: 'Any'|'New'|null, currency_of_preference?: string|null, languages_of_preference?: list<string>|null,
 *     properties?: array<string>|null,
 *     requests_per_second?: int|float, max_calls?: int|null, delay?: int|float|null, deadline?: int|float|null,
 *     grace?: int|float|null, max_in_flight?: int|null, proxy?: string|null, learned?: string|null,
 * } $options
 *
 * @return array{
 *     items: array<array{
 *         asin: string, parent_asin: string|null, title: string|null, brand: string|null, features: list<string>|null,
 *         images: array{primary: array{small: array{url: string, width: int|null, height: int|null}|null, medium: array{url: string, width: int|null, height: int|null}|null, large: array{url: string, width: int|null, height: int|null}|null, hires: array{url: string, width: int|null, height: int|null}|null}|null, variants: list<array{small: array{url: string, width: int|null, height: int|null}|null, medium: array{url: string, width: int|null, height: int|null}|null, large: array{url: string, width: int|null, height: int|null}|null, hires: array{url: string, width: int|null, height: int|null}|null}>}|null,
 *         offers: list<array{price: array{amount: int|null, currency: string|null, display: string|null}|null, price_per_unit: array{amount: int|null, currency: string|null, display: string|null}|null, saving: array{money: array{amount: int|null, currency: string|null, display: string|null}|null, percent: int|null, basis: array{amount: int|null, currency: string|null, display: string|null}|null, basis_type: string|null, basis_label: string|null}|null, availability: array{type: string|null, message: string|null, min_quantity: int|null, max_quantity: int|null}|null, condition: array{value: string|null, sub_condition: string|null, note: string|null}|null, merchant: array{id: string|null, name: string|null}|null, deal: array{access_type: string|null, badge: string|null, early_access_ms: int|null, starts_at: string|null, ends_at: string|null, percent_claimed: int|null}|null, type: string|null, is_buy_box_winner: bool|null, loyalty_points: int|null, violates_map: bool|null}>|null,
 *         reviews: array{count: int|null, stars: float|null}|null, ids: array{ean: list<string>, isbn: list<string>, upc: list<string>}|null,
 *         nodes: list<array{id: string, name: string|null, context_free_name: string|null, is_root: bool|null, sales_rank: int|null, ancestors: list<array{id: string, name: string|null, context_free_name: string|null}>, children: list<array{id: string, name: string|null, context_free_name: string|null}>}>|null,
 *         variation_attributes: list<array{name: string, value: string}>|null,
 *         detail_page_url: string|null, fetched_at: int, raw: array<mixed>|null,
 *     }>,
 *     failed: array<array{code: string, message: string}>,
 *     pending: list<string>,
 *     stopped: array{
 *         status: 'invalid_credentials'|'wrong_version'|'not_eligible'|'not_authorized'|'wrong_partner_tag'|'wrong_marketplace'|'throttled'|'quota_exhausted'|'rejected'|'unavailable'|'unreachable'|'invalid_response'|'deadline'|'max_calls'|'interrupted'|'cancelled',
 *         reason: string|null, message: string, retry_after: int|null,
 *     }|null,
 *     calls: int, retries: int, throttled: int, seconds: float, free_in: float, learned: string,
 * } Every product is in exactly one of items, failed and pending; the first two are empty where $on_batch took them.
 *
 * @throws ValueError A key is missing or empty, a value is out of range, an option or a resource is unknown.
 * @throws TypeError A value has the wrong type.
 */
function creators_api_refresh_items(#[\SensitiveParameter] array $account, array $asins, ?callable $on_batch = null, #[\SensitiveParameter] array $options = []): array
{
}

/**
 * Looks for products.
 *
 *     $found = creators_api_search_items($account, ['keywords' => 'tea pot', 'max_price' => 5000, 'sort_by' => 'Price:LowToHigh']);
 *     foreach ($found['items'] as $item) {
 *         echo "{$item['title']}: {$item['offers'][0]['price']['display']}\n";
 *     }
 *
 * @param array{
 *     credential_id: string, credential_secret: string, credential_version?: string|null,
 *     marketplace: string, partner_tag: string, access_token?: string|null, expires_at?: int|null,
 * } $account
 * @param array{
 *     keywords?: string|null, title?: string|null, brand?: string|null, actor?: string|null, artist?: string|null, author?: string|null,
 *     search_index?: string|null, browse_node_id?: string|int|null,
 *     availability?: 'Available'|'IncludeOutOfStock'|null, condition?: 'Any'|'New'|null,
 *     delivery_flags?: list<'AmazonGlobal'|'FreeShipping'|'FulfilledByAmazon'|'Prime'>|null,
 *     min_price?: int|null, max_price?: int|null, min_reviews_rating?: int|null, min_saving_percent?: int|null,
 *     sort_by?: 'AvgCustomerReviews'|'Featured'|'NewestArrivals'|'Price:HighToLow'|'Price:LowToHigh'|'Relevance'|null,
 *     item_count?: int|null, item_page?: int|null,
 *     currency_of_preference?: string|null, languages_of_preference?: list<string>|null, properties?: array<string>|null,
 * } $search Amazon's own parameters. Prices in the smallest unit; min_reviews_rating 1 to 4, min_saving_percent 1 to 99.
 *   item_count: products a page, 10 unless told, up to 100 by Amazon's SDK, 10 by its documentation. item_page: the first page, 1 to 10.
 * @param array{
 *     resources?: list<'title'|'images'|'brand'|'features'|'offers'|'reviews'|'ids'|'nodes'|'parent_asin'|'info'>|null, raw?: bool|null,
 *     max_pages?: int|null,
 *     requests_per_second?: int|float, max_calls?: int|null, deadline?: int|float|null, proxy?: string|null, learned?: string|null,
 * } $options max_pages: how many pages at most, a call each and 1 unless told; 10 is to the end, for Amazon gives no more.
 *
 * @return array{
 *     items: list<array{
 *         asin: string, parent_asin: string|null, title: string|null, brand: string|null, features: list<string>|null,
 *         images: array{primary: array{small: array{url: string, width: int|null, height: int|null}|null, medium: array{url: string, width: int|null, height: int|null}|null, large: array{url: string, width: int|null, height: int|null}|null, hires: array{url: string, width: int|null, height: int|null}|null}|null, variants: list<array{small: array{url: string, width: int|null, height: int|null}|null, medium: array{url: string, width: int|null, height: int|null}|null, large: array{url: string, width: int|null, height: int|null}|null, hires: array{url: string, width: int|null, height: int|null}|null}>}|null,
 *         offers: list<array{price: array{amount: int|null, currency: string|null, display: string|null}|null, price_per_unit: array{amount: int|null, currency: string|null, display: string|null}|null, saving: array{money: array{amount: int|null, currency: string|null, display: string|null}|null, percent: int|null, basis: array{amount: int|null, currency: string|null, display: string|null}|null, basis_type: string|null, basis_label: string|null}|null, availability: array{type: string|null, message: string|null, min_quantity: int|null, max_quantity: int|null}|null, condition: array{value: string|null, sub_condition: string|null, note: string|null}|null, merchant: array{id: string|null, name: string|null}|null, deal: array{access_type: string|null, badge: string|null, early_access_ms: int|null, starts_at: string|null, ends_at: string|null, percent_claimed: int|null}|null, type: string|null, is_buy_box_winner: bool|null, loyalty_points: int|null, violates_map: bool|null}>|null,
 *         reviews: array{count: int|null, stars: float|null}|null, ids: array{ean: list<string>, isbn: list<string>, upc: list<string>}|null,
 *         nodes: list<array{id: string, name: string|null, context_free_name: string|null, is_root: bool|null, sales_rank: int|null, ancestors: list<array{id: string, name: string|null, context_free_name: string|null}>, children: list<array{id: string, name: string|null, context_free_name: string|null}>}>|null,
 *         variation_attributes: list<array{name: string, value: string}>|null,
 *         detail_page_url: string|null, fetched_at: int, raw: array<mixed>|null,
 *     }>,
 *     total: int|null, search_url: string|null,
 *     refinements: array{
 *         search_index: array{id: string|null, name: string|null, bins: list<array{id: string|null, name: string|null}>}|null,
 *         browse_node: array{id: string|null, name: string|null, bins: list<array{id: string|null, name: string|null}>}|null,
 *         others: list<array{id: string|null, name: string|null, bins: list<array{id: string|null, name: string|null}>}>,
 *     },
 *     errors: list<array{code: string, message: string}>,
 *     next_page: int|null,
 *     stopped: array{
 *         status: 'invalid_credentials'|'wrong_version'|'not_eligible'|'not_authorized'|'wrong_partner_tag'|'wrong_marketplace'|'throttled'|'quota_exhausted'|'rejected'|'unavailable'|'unreachable'|'invalid_response'|'deadline'|'max_calls'|'interrupted'|'cancelled',
 *         reason: string|null, message: string, retry_after: int|null,
 *     }|null,
 *     calls: int, retries: int, throttled: int, seconds: float, free_in: float, learned: string,
 * } items in Amazon's order, each product once. total, search_url, refinements: of the first page. Nothing found: no items, and
 *   Amazon's word under errors. next_page: the item_page to go on with, null at the end. What was found before it was stopped is there.
 *
 * @throws ValueError A key is missing or empty, a value is out of range, a parameter, an option or a resource is unknown.
 * @throws TypeError A value has the wrong type.
 */
function creators_api_search_items(#[\SensitiveParameter] array $account, array $search, #[\SensitiveParameter] array $options = []): array
{
}

/**
 * The variations of a product: of its colours and sizes each one, whether it is the parent or a child itself.
 *
 *     creators_api_get_variations($account, 'B00TSUGXKE', ['max_pages' => 5])['lowest_price']['display'];
 *
 * @param array{
 *     credential_id: string, credential_secret: string, credential_version?: string|null,
 *     marketplace: string, partner_tag: string, access_token?: string|null, expires_at?: int|null,
 * } $account
 * @param array{
 *     resources?: list<'title'|'images'|'brand'|'features'|'offers'|'reviews'|'ids'|'nodes'|'parent_asin'|'info'>|null, raw?: bool|null,
 *     condition?: 'Any'|'New'|null, currency_of_preference?: string|null, languages_of_preference?: list<string>|null,
 *     properties?: array<string>|null, variation_count?: int|null, variation_page?: int|null, max_pages?: int|null,
 *     requests_per_second?: int|float, max_calls?: int|null, deadline?: int|float|null, proxy?: string|null, learned?: string|null,
 * } $options variation_count: products a page, 10 unless told and at most. variation_page: the first page. max_pages: 1 unless told.
 *
 * @return array{
 *     items: list<array{
 *         asin: string, parent_asin: string|null, title: string|null, brand: string|null, features: list<string>|null,
 *         images: array{primary: array{small: array{url: string, width: int|null, height: int|null}|null, medium: array{url: string, width: int|null, height: int|null}|null, large: array{url: string, width: int|null, height: int|null}|null, hires: array{url: string, width: int|null, height: int|null}|null}|null, variants: list<array{small: array{url: string, width: int|null, height: int|null}|null, medium: array{url: string, width: int|null, height: int|null}|null, large: array{url: string, width: int|null, height: int|null}|null, hires: array{url: string, width: int|null, height: int|null}|null}>}|null,
 *         offers: list<array{price: array{amount: int|null, currency: string|null, display: string|null}|null, price_per_unit: array{amount: int|null, currency: string|null, display: string|null}|null, saving: array{money: array{amount: int|null, currency: string|null, display: string|null}|null, percent: int|null, basis: array{amount: int|null, currency: string|null, display: string|null}|null, basis_type: string|null, basis_label: string|null}|null, availability: array{type: string|null, message: string|null, min_quantity: int|null, max_quantity: int|null}|null, condition: array{value: string|null, sub_condition: string|null, note: string|null}|null, merchant: array{id: string|null, name: string|null}|null, deal: array{access_type: string|null, badge: string|null, early_access_ms: int|null, starts_at: string|null, ends_at: string|null, percent_claimed: int|null}|null, type: string|null, is_buy_box_winner: bool|null, loyalty_points: int|null, violates_map: bool|null}>|null,
 *         reviews: array{count: int|null, stars: float|null}|null, ids: array{ean: list<string>, isbn: list<string>, upc: list<string>}|null,
 *         nodes: list<array{id: string, name: string|null, context_free_name: string|null, is_root: bool|null, sales_rank: int|null, ancestors: list<array{id: string, name: string|null, context_free_name: string|null}>, children: list<array{id: string, name: string|null, context_free_name: string|null}>}>|null,
 *         variation_attributes: list<array{name: string, value: string}>|null,
 *         detail_page_url: string|null, fetched_at: int, raw: array<mixed>|null,
 *     }>,
 *     total: int|null, pages: int|null,
 *     highest_price: array{amount: int|null, currency: string|null, display: string|null}|null,
 *     lowest_price: array{amount: int|null, currency: string|null, display: string|null}|null,
 *     dimensions: list<array{name: string|null, display_name: string|null, values: list<string>}>,
 *     errors: list<array{code: string, message: string}>,
 *     next_page: int|null,
 *     stopped: array{
 *         status: 'invalid_credentials'|'wrong_version'|'not_eligible'|'not_authorized'|'wrong_partner_tag'|'wrong_marketplace'|'throttled'|'quota_exhausted'|'rejected'|'unavailable'|'unreachable'|'invalid_response'|'deadline'|'max_calls'|'interrupted'|'cancelled',
 *         reason: string|null, message: string, retry_after: int|null,
 *     }|null,
 *     calls: int, retries: int, throttled: int, seconds: float, free_in: float, learned: string,
 * } See creators_api_search_items(); next_page is the variation_page to go on with.
 *
 * @throws ValueError $asin is none, a key is missing or empty, a value is out of range, an option or a resource is unknown.
 * @throws TypeError A value has the wrong type.
 */
function creators_api_get_variations(#[\SensitiveParameter] array $account, string $asin, #[\SensitiveParameter] array $options = []): array
{
}

/**
 * Categories by their numbers, with those above and below them, ten a call.
 *
 *     creators_api_get_browse_nodes($account, [283155])['nodes'][283155]['name']; // Books
 *
 * @param array{
 *     credential_id: string, credential_secret: string, credential_version?: string|null,
 *     marketplace: string, partner_tag: string, access_token?: string|null, expires_at?: int|null,
 * } $account
 * @param array<string|int> $ids In any order, duplicates welcome.
 * @param array{
 *     languages_of_preference?: list<string>|null,
 *     requests_per_second?: int|float, max_calls?: int|null, deadline?: int|float|null, proxy?: string|null, learned?: string|null,
 * } $options
 *
 * @return array{
 *     nodes: array<array{id: string, name: string|null, context_free_name: string|null, is_root: bool|null, sales_rank: int|null, ancestors: list<array{id: string, name: string|null, context_free_name: string|null}>, children: list<array{id: string, name: string|null, context_free_name: string|null}>}>,
 *     failed: array<array{code: string, message: string}>,
 *     pending: list<string>,
 *     stopped: array{
 *         status: 'invalid_credentials'|'wrong_version'|'not_eligible'|'not_authorized'|'wrong_partner_tag'|'wrong_marketplace'|'throttled'|'quota_exhausted'|'rejected'|'unavailable'|'unreachable'|'invalid_response'|'deadline'|'max_calls'|'interrupted'|'cancelled',
 *         reason: string|null, message: string, retry_after: int|null,
 *     }|null,
 *     calls: int, retries: int, throttled: int, seconds: float, free_in: float, learned: string,
 * } Every number is in exactly one of nodes, failed (`InvalidBrowseNodeId` where it cannot be one) and pending.
 *
 * @throws ValueError A key is missing or empty, a value is out of range, an option is unknown.
 * @throws TypeError A value has the wrong type.
 */
function creators_api_get_browse_nodes(#[\SensitiveParameter] array $account, array $ids, #[\SensitiveParameter] array $options = []): array
{
}

/**
 * Which feeds Amazon has for this marketplace: files with many products or deals.
 *
 * What Amazon answers to this and the next three is known from its SDK alone: any part of it but the name may be null.
 *
 *     foreach (creators_api_list_feeds($account)['files'] as $file) {
 *         $url = creators_api_get_feed($account, $file['name'])['url'];
 *     }
 *
 * @param array{
 *     credential_id: string, credential_secret: string, credential_version?: string|null,
 *     marketplace: string, partner_tag: string, access_token?: string|null, expires_at?: int|null,
 * } $account
 * @param array{
 *     requests_per_second?: int|float, max_calls?: int|null, deadline?: int|float|null, proxy?: string|null, learned?: string|null,
 * } $options
 *
 * @return array{
 *     files: list<array{name: string, type: string|null, size: int|null, md5: string|null, updated_at: string|null}>,
 *     errors: list<array{code: string, message: string}>,
 *     stopped: array{
 *         status: 'invalid_credentials'|'wrong_version'|'not_eligible'|'not_authorized'|'wrong_partner_tag'|'wrong_marketplace'|'throttled'|'quota_exhausted'|'rejected'|'unavailable'|'unreachable'|'invalid_response'|'deadline'|'max_calls'|'interrupted'|'cancelled',
 *         reason: string|null, message: string, retry_after: int|null,
 *     }|null,
 *     calls: int, retries: int, throttled: int, seconds: float, free_in: float, learned: string,
 * } size in bytes; updated_at as Amazon writes it.
 *
 * @throws ValueError A key is missing or empty, a value is out of range, an option is unknown.
 * @throws TypeError A value has the wrong type.
 */
function creators_api_list_feeds(#[\SensitiveParameter] array $account, #[\SensitiveParameter] array $options = []): array
{
}

/**
 * Where a feed can be downloaded for a while; the download is the caller's.
 *
 * @param array{
 *     credential_id: string, credential_secret: string, credential_version?: string|null,
 *     marketplace: string, partner_tag: string, access_token?: string|null, expires_at?: int|null,
 * } $account
 * @param array{
 *     feed_type?: 'PRODUCT_FEEDS'|'DEALS_FEEDS'|null,
 *     requests_per_second?: int|float, max_calls?: int|null, deadline?: int|float|null, proxy?: string|null, learned?: string|null,
 * } $options
 *
 * @return array{
 *     url: string|null,
 *     errors: list<array{code: string, message: string}>,
 *     stopped: array{
 *         status: 'invalid_credentials'|'wrong_version'|'not_eligible'|'not_authorized'|'wrong_partner_tag'|'wrong_marketplace'|'throttled'|'quota_exhausted'|'rejected'|'unavailable'|'unreachable'|'invalid_response'|'deadline'|'max_calls'|'interrupted'|'cancelled',
 *         reason: string|null, message: string, retry_after: int|null,
 *     }|null,
 *     calls: int, retries: int, throttled: int, seconds: float, free_in: float, learned: string,
 * } url is null where there is none, with Amazon's word under errors.
 *
 * @throws ValueError $name or a key is missing or empty, a value is out of range, an option is unknown.
 * @throws TypeError A value has the wrong type.
 */
function creators_api_get_feed(#[\SensitiveParameter] array $account, string $name, #[\SensitiveParameter] array $options = []): array
{
}

/**
 * Which reports Amazon has of the associate's earnings.
 *
 * @param array{
 *     credential_id: string, credential_secret: string, credential_version?: string|null,
 *     marketplace: string, partner_tag: string, access_token?: string|null, expires_at?: int|null,
 * } $account
 * @param array{
 *     requests_per_second?: int|float, max_calls?: int|null, deadline?: int|float|null, proxy?: string|null, learned?: string|null,
 * } $options
 *
 * @return array{
 *     files: list<array{name: string, type: string|null, size: int|null, md5: string|null, updated_at: string|null}>,
 *     errors: list<array{code: string, message: string}>,
 *     stopped: array{
 *         status: 'invalid_credentials'|'wrong_version'|'not_eligible'|'not_authorized'|'wrong_partner_tag'|'wrong_marketplace'|'throttled'|'quota_exhausted'|'rejected'|'unavailable'|'unreachable'|'invalid_response'|'deadline'|'max_calls'|'interrupted'|'cancelled',
 *         reason: string|null, message: string, retry_after: int|null,
 *     }|null,
 *     calls: int, retries: int, throttled: int, seconds: float, free_in: float, learned: string,
 * } size in bytes; updated_at as Amazon writes it.
 *
 * @throws ValueError A key is missing or empty, a value is out of range, an option is unknown.
 * @throws TypeError A value has the wrong type.
 */
function creators_api_list_reports(#[\SensitiveParameter] array $account, #[\SensitiveParameter] array $options = []): array
{
}

/**
 * Where a report can be downloaded for a while; the download is the caller's.
 *
 * @param array{
 *     credential_id: string, credential_secret: string, credential_version?: string|null,
 *     marketplace: string, partner_tag: string, access_token?: string|null, expires_at?: int|null,
 * } $account
 * @param array{
 *     report_type?: 'CREATOR_CENTRAL'|'CREATOR_CONNECTIONS'|null,
 *     requests_per_second?: int|float, max_calls?: int|null, deadline?: int|float|null, proxy?: string|null, learned?: string|null,
 * } $options
 *
 * @return array{
 *     url: string|null,
 *     errors: list<array{code: string, message: string}>,
 *     stopped: array{
 *         status: 'invalid_credentials'|'wrong_version'|'not_eligible'|'not_authorized'|'wrong_partner_tag'|'wrong_marketplace'|'throttled'|'quota_exhausted'|'rejected'|'unavailable'|'unreachable'|'invalid_response'|'deadline'|'max_calls'|'interrupted'|'cancelled',
 *         reason: string|null, message: string, retry_after: int|null,
 *     }|null,
 *     calls: int, retries: int, throttled: int, seconds: float, free_in: float, learned: string,
 * } url is null where there is none, with Amazon's word under errors.
 *
 * @throws ValueError $filename or a key is missing or empty, a value is out of range, an option is unknown.
 * @throws TypeError A value has the wrong type.
 */
function creators_api_get_report(#[\SensitiveParameter] array $account, string $filename, #[\SensitiveParameter] array $options = []): array
{
}
