--TEST--
A mistake in the arguments throws an error that names the key, and the process lives
--EXTENSIONS--
creators_api
--FILE--
<?php
$account = [
    'credential_id' => 'id',
    'credential_secret' => 'secret',
    'credential_version' => '3.1',
    'marketplace' => 'www.amazon.com',
    'partner_tag' => 'tag-20',
];
function attempt(callable $call): void {
    try {
        $call();
        echo "nothing thrown\n";
    } catch (Throwable $e) {
        echo get_class($e), ': ', $e->getMessage(), "\n";
    }
}
$without = fn (string $key) => array_diff_key($account, [$key => 1]);
$with = fn (string $key, mixed $value) => [$key => $value] + $account;
$refresh = fn (array $account, array $asins = [], array $options = []) => fn () => creators_api_refresh_images($account, $asins, null, $options);

echo "-- exchange\n";
attempt(fn () => creators_api_exchange_token('no'));
attempt(fn () => creators_api_exchange_token());
attempt(fn () => creators_api_exchange_token([]));
attempt(fn () => creators_api_exchange_token($without('credential_secret')));
attempt(fn () => creators_api_exchange_token($with('credential_id', '  ')));
attempt(fn () => creators_api_exchange_token($with('credential_id', 5)));
attempt(fn () => creators_api_exchange_token($with('credential_version', '4.0')));
attempt(fn () => creators_api_exchange_token($with('credential_version', 3.1)));
attempt(fn () => creators_api_exchange_token($with('marketplace', 'www.amazon.cn')));
attempt(fn () => creators_api_exchange_token(['credential_version' => ''] + $without('marketplace')));
attempt(fn () => creators_api_exchange_token($with('credential_secret', "\xff")));

echo "-- test\n";
attempt(fn () => creators_api_test_credentials([$account, 'no']));
attempt(fn () => creators_api_test_credentials([$without('partner_tag')]));
attempt(fn () => creators_api_test_credentials([$with('marketplace', [])]));

echo "-- refresh\n";
attempt($refresh($with('marketplace', '')));
attempt($refresh($with('marketplace', 'DE')));
attempt($refresh($with('partner_tag', '')));
attempt($refresh($with('partner_tag', str_repeat('x', 65))));
attempt($refresh($with('expires_at', 'soon')));
attempt($refresh($account, ['B00TSUGXKE', null]));
attempt($refresh($account, ['a' => []]));
attempt($refresh($account, [], ['requests_per_second' => 0]));
attempt($refresh($account, [], ['requests_per_second' => '10']));
attempt($refresh($account, [], ['requests_per_second' => NAN]));
attempt($refresh($account, [], ['deadline' => -1]));
attempt($refresh($account, [], ['max_calls' => 1.5]));
attempt($refresh($account, [], ['max_calls' => -1]));
attempt($refresh($account, [], ['max_in_flight' => 0]));
attempt($refresh($account, [], ['proxy' => 5]));
attempt($refresh($account, [], ['request_per_second' => 1]));
attempt($refresh($account, ["\xff" => 'B00TSUGXKE'], ["\xff" => 1]));
attempt(fn () => creators_api_refresh_images($account, [], 'no_such_function'));

echo "-- html\n";
attempt(fn () => creators_api_find_images(null));
attempt(fn () => creators_api_rewrite_images('', ['www.amazon.xx' => []]));
attempt(fn () => creators_api_rewrite_images('', ['www.amazon.com' => 5]));
attempt(fn () => creators_api_rewrite_images('', ['www.amazon.com' => [7 => []]]));
attempt(fn () => creators_api_rewrite_images('', ['www.amazon.com' => ['B00TSUGXKE' => null]]));
attempt(fn () => creators_api_rewrite_images('', ['www.amazon.com' => ['B00TSUGXKE' => ['large' => 'x']]]));
attempt(fn () => creators_api_rewrite_images('', ['www.amazon.com' => ['B00TSUGXKE' => ['large' => []]]]));
attempt(fn () => creators_api_rewrite_images('', [], ['default_marketplace' => 'de']));
attempt(fn () => creators_api_rewrite_images('', [], ['kinds' => 'cdn_asin']));
attempt(fn () => creators_api_rewrite_images('', [], ['kinds' => ['cdn_asin', 'x']]));
attempt(fn () => creators_api_rewrite_images('', [], ['kind' => []]));
attempt(fn () => creators_api_rewrite_images('', [], ['fill_alt' => 'yes']));
attempt(fn () => creators_api_rewrite_images('', [], ['markdown' => 0]));
attempt(fn () => creators_api_rewrite_images('', [], ['words' => ['www.amazon.com' => ['B00TSUGXKE' => 5]]]));
attempt(fn () => creators_api_rewrite_images('', [], ['words' => ['amazon' => []]]));

echo "-- no mistake\n";
$reference = 'www.amazon.com';
attempt(fn () => creators_api_refresh_images(['marketplace' => &$reference] + $account, [], null, []));
attempt(fn () => creators_api_rewrite_images('', ['www.amazon.com' => [1234567890 => ['large' => null]]], ['kinds' => null]));
?>
--EXPECT--
-- exchange
TypeError: Invalid value given for argument `account`.
ArgumentCountError: creators_api_exchange_token() expects exactly 1 argument, 0 given
ValueError: $account['credential_id'] is missing
ValueError: $account['credential_secret'] is missing
ValueError: $account['credential_id'] must not be empty
TypeError: $account['credential_id'] must be of type string, int given
ValueError: $account['credential_version'] must be one of 3.1, 3.2, 3.3, 2.1, 2.2, 2.3, or blank
TypeError: $account['credential_version'] must be of type string, float given
ValueError: $account['marketplace'] must be the host of a marketplace, such as www.amazon.com
ValueError: $account['marketplace'] is missing
ValueError: $account['credential_secret'] must be valid UTF-8
-- test
TypeError: $accounts[1] must be of type array, string given
ValueError: $accounts[0]['partner_tag'] is missing
TypeError: $accounts[0]['marketplace'] must be of type string, array given
-- refresh
ValueError: $account['marketplace'] must be the host of a marketplace, such as www.amazon.com
ValueError: $account['marketplace'] must be the host of a marketplace, such as www.amazon.com
ValueError: $account['partner_tag'] must not be empty
ValueError: $account['partner_tag'] must have at most 64 characters
TypeError: $account['expires_at'] must be of type int, string given
TypeError: $asins[1] must be of type string, null given
TypeError: $asins[a] must be of type string, array given
ValueError: $options['requests_per_second'] must be more than 0
TypeError: $options['requests_per_second'] must be of type int|float, string given
ValueError: $options['requests_per_second'] must be finite
ValueError: $options['deadline'] must be at least 0
TypeError: $options['max_calls'] must be of type int, float given
ValueError: $options['max_calls'] must be at least 0
ValueError: $options['max_in_flight'] must be at least 1
TypeError: $options['proxy'] must be of type string, int given
ValueError: $options['request_per_second'] is no option; there are: requests_per_second, max_calls, delay, deadline, max_in_flight, proxy
ValueError: $options['�'] is no option; there are: requests_per_second, max_calls, delay, deadline, max_in_flight, proxy
TypeError: Invalid value given for argument `on_batch`.
-- html
TypeError: Invalid value given for argument `html`.
ValueError: The key $images['www.amazon.xx'] must be the host of a marketplace, such as www.amazon.com
TypeError: $images['www.amazon.com'] must be of type array, int given
ValueError: The key $images['www.amazon.com']['7'] must be an ASIN
TypeError: $images['www.amazon.com']['B00TSUGXKE'] must be of type array, null given
TypeError: $images['www.amazon.com']['B00TSUGXKE']['large'] must be of type array, string given
ValueError: $images['www.amazon.com']['B00TSUGXKE']['large']['url'] is missing
ValueError: $options['default_marketplace'] must be the host of a marketplace, such as www.amazon.com
TypeError: $options['kinds'] must be of type array, string given
ValueError: $options['kinds'][1] must be one of sitestripe_image, product_iframe, banner_iframe, tracking_pixel, cdn_asin, cdn_hash, proxied_cdn_hash
ValueError: $options['kind'] is no option; there are: default_marketplace, kinds, fill_alt, markdown, words, lookup, memory
TypeError: $options['fill_alt'] must be of type bool, string given
TypeError: $options['markdown'] must be of type bool, int given
TypeError: $options['words']['www.amazon.com']['B00TSUGXKE'] must be of type string, int given
ValueError: The key $options['words']['amazon'] must be the host of a marketplace, such as www.amazon.com
-- no mistake
nothing thrown
nothing thrown
