<?php
/* Everything that the extension does, once; true where it did. For threads.c, many at once in one process. */
require_once __DIR__ . '/sandbox.inc';

$account = account('fine-3.1');
$html = '<p><a href="https://www.amazon.com/dp/B00TSUGXKE?tag=x-20"><img src="//ws-na.amazon-adsystem.com/widgets/q'
    . '?ASIN=B00TSUGXKE&amp;ID=AsinImage&amp;MarketPlace=US&amp;Format=_SL250_"></a>';
$asins = asins(25, 'B0TH');
$fast = ['requests_per_second' => 1e5];
$images = creators_api_refresh_images($account, ['B00TSUGXKE'], null, $fast)['images'];
$runs = creators_api_refresh_accounts(['a' => ['account' => $account, 'asins' => $asins, 'options' => $fast]], null);
$page = creators_api_rewrite_images($html, [], [
    'lookup' => fn (array $found) => ['www.amazon.com' => $images],
    'memory' => fn () => 'threads',
]);

return count(creators_api_marketplaces()) === 22
    && creators_api_exchange_token($account)['access_token'] !== ''
    && creators_api_test_credentials([$account])[0]['ok']
    && isset($images['B00TSUGXKE'])
    && count($runs['a']['images']) === 25
    && count(creators_api_find_images($html)) === 1
    && !str_contains($page, 'ws-na.amazon-adsystem.com');
