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
attempt(fn () => creators_api_exchange_token($with('credential_id', [])));
attempt(fn () => creators_api_exchange_token($with('credential_version', '4.0')));
attempt(fn () => creators_api_exchange_token($with('credential_version', 4.5)));
attempt(fn () => creators_api_exchange_token($with('marketplace', 'www.amazon.cn')));
attempt(fn () => creators_api_exchange_token(['credential_version' => ''] + $without('marketplace')));
attempt(fn () => creators_api_exchange_token($with('credential_secret', "\xff")));

echo "-- refresh\n";
attempt($refresh($with('marketplace', '')));
attempt($refresh($with('marketplace', 'DE')));
attempt($refresh($with('partner_tag', '')));
attempt($refresh($with('partner_tag', str_repeat('x', 65))));
attempt($refresh($with('expires_at', 'soon')));
attempt($refresh($account, [], ['requests_per_second' => 0]));
attempt($refresh($account, [], ['requests_per_second' => 'ten']));
attempt($refresh($account, [], ['requests_per_second' => NAN]));
attempt($refresh($account, [], ['requests_per_second' => 'INF']));
attempt($refresh($account, [], ['deadline' => '-1']));
attempt($refresh($account, [], ['max_calls' => 1.5]));
attempt($refresh($account, [], ['max_calls' => '-1.0']));
attempt($refresh($account, [], ['max_in_flight' => 0]));
attempt($refresh($account, [], ['proxy' => true]));
attempt($refresh($account, [], ['request_per_second' => 1]));
attempt($refresh($account, ["\xff" => 'B00TSUGXKE'], ["\xff" => 1]));
attempt(fn () => creators_api_refresh_images($account, [], 'no_such_function'));

echo "-- html\n";
attempt(fn () => creators_api_find_images(null));
attempt(fn () => creators_api_rewrite_images('', null));
attempt(fn () => creators_api_rewrite_images('', [], ['default_marketplace' => 'de']));
attempt(fn () => creators_api_rewrite_images('', [], ['kinds' => 'cdn_asin']));
attempt(fn () => creators_api_rewrite_images('', [], ['kinds' => ['cdn_asin', 'x']]));
attempt(fn () => creators_api_rewrite_images('', [], ['kind' => []]));
attempt(fn () => creators_api_rewrite_images('', [], ['fill_alt' => 'yes']));
attempt(fn () => creators_api_rewrite_images('', [], ['markdown' => 'no']));
attempt(fn () => creators_api_rewrite_images('', [], ['words' => 'none']));

echo "-- no mistake\n";
$reference = 'www.amazon.com';
attempt(fn () => creators_api_refresh_images(['marketplace' => &$reference] + $account, [], null, []));
attempt(fn () => creators_api_rewrite_images('', ['www.amazon.com' => [1234567890 => ['large' => null]]], ['kinds' => null]));
attempt($refresh($with('expires_at', '1800000000'), [1234567890.0], ['requests_per_second' => ' 1e5 ', 'max_calls' => '0', 'max_in_flight' => 4.0, 'deadline' => '1.5', 'delay' => 0]));
attempt($refresh(['credential_id' => 17, 'credential_version' => 3.1] + $account));
foreach ([true, 1, '1', false, 0, '0', ''] as $yes_or_no) {
    creators_api_rewrite_images('', [], ['fill_alt' => $yes_or_no]);
}
[$result, $other] = creators_api_test_credentials([$without('credential_id'), 'no']);
echo $result['stage'], ' ', $result['message'], ' ', $other['message'], "\n";
?>
--EXPECT--
-- exchange
TypeError: Invalid value given for argument `account`.
ArgumentCountError: creators_api_exchange_token() expects exactly 1 argument, 0 given
ValueError: $account['credential_id'] is missing
ValueError: $account['credential_secret'] is missing
ValueError: $account['credential_id'] must not be empty
TypeError: $account['credential_id'] must be of type string, array given
ValueError: $account['credential_version'] must be one of 3.1, 3.2, 3.3, 2.1, 2.2, 2.3, or blank
ValueError: $account['credential_version'] must be one of 3.1, 3.2, 3.3, 2.1, 2.2, 2.3, or blank
ValueError: $account['marketplace'] must be the host of a marketplace, such as www.amazon.com
ValueError: $account['marketplace'] is missing
ValueError: $account['credential_secret'] must be valid UTF-8
-- refresh
ValueError: $account['marketplace'] must be the host of a marketplace, such as www.amazon.com
ValueError: $account['marketplace'] must be the host of a marketplace, such as www.amazon.com
ValueError: $account['partner_tag'] must not be empty
ValueError: $account['partner_tag'] must have at most 64 characters
TypeError: $account['expires_at'] must be of type int, string given
ValueError: $options['requests_per_second'] must be more than 0
TypeError: $options['requests_per_second'] must be of type int|float, string given
ValueError: $options['requests_per_second'] must be finite
TypeError: $options['requests_per_second'] must be of type int|float, string given
ValueError: $options['deadline'] must be at least 0
TypeError: $options['max_calls'] must be of type int, float given
ValueError: $options['max_calls'] must be at least 0
ValueError: $options['max_in_flight'] must be at least 1
TypeError: $options['proxy'] must be of type string, bool given
ValueError: $options['request_per_second'] is no option; there are: requests_per_second, max_calls, delay, deadline, grace, max_in_flight, proxy, learned, with
ValueError: $options['�'] is no option; there are: requests_per_second, max_calls, delay, deadline, grace, max_in_flight, proxy, learned, with
TypeError: Invalid value given for argument `on_batch`.
-- html
TypeError: Invalid value given for argument `html`.
TypeError: Invalid value given for argument `images`.
ValueError: $options['default_marketplace'] must be the host of a marketplace, such as www.amazon.com
TypeError: $options['kinds'] must be of type array, string given
ValueError: $options['kinds'][1] must be one of sitestripe_image, product_iframe, banner_iframe, tracking_pixel, cdn_asin, cdn_hash, proxied_cdn_hash
ValueError: $options['kind'] is no option; there are: default_marketplace, kinds, fill_alt, markdown, words, lookup, memory
TypeError: $options['fill_alt'] must be of type bool, string given
TypeError: $options['markdown'] must be of type bool, string given
TypeError: $options['words'] must be of type array, string given
-- no mistake
nothing thrown
nothing thrown
nothing thrown
nothing thrown
input The credential id is blank. The credential id is blank.
