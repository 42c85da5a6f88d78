--TEST--
Feeds and reports are listed, and give their addresses
--EXTENSIONS--
creators_api
--FILE--
<?php
require __DIR__ . '/sandbox.inc';
$fast = ['requests_per_second' => 10];
$show = fn (mixed $value) => print(json_encode($value, JSON_UNESCAPED_SLASHES) . "\n");
$account = account('fine-3.1');
$feeds = creators_api_list_feeds($account, $fast);
echo implode(' ', array_keys($feeds)), "\n";
$show([$feeds['files'][0], $feeds['errors'], $feeds['stopped'], $feeds['calls'] - $feeds['retries']]);
$feed = creators_api_get_feed($account, 'feeds-product_feeds.json.gz', ['feed_type' => 'PRODUCT_FEEDS'] + $fast);
echo implode(' ', array_keys($feed)), "\n";
$show([substr($feed['url'], 0, 50), strlen($feed['url']) > 2500, $feed['calls'] - $feed['retries']]);
$reports = creators_api_list_reports($account, $fast)['files'];
$report = creators_api_get_report($account, $reports[1]['name'], $fast);
$show([$reports[1]['type'], substr($report['url'], 0, 52)]);
$none = creators_api_get_report($account, 'none', $fast);
$show([$none['url'], $none['errors'], $none['stopped']]);
$refused = creators_api_list_feeds(account('not-eligible'), $fast);
$show([$refused['files'], $refused['stopped']['status']]);
$show(creators_api_list_feeds($account, ['max_calls' => 0])['stopped']['status']);

foreach ([
    fn () => creators_api_get_feed($account, ' '),
    fn () => creators_api_get_feed($account, 'x', ['feed_type' => 'x']),
    fn () => creators_api_get_report($account, 'x', ['feed_type' => 'x']),
] as $call) {
    try {
        $call();
    } catch (ValueError $e) {
        echo explode('; there are', $e->getMessage())[0], "\n";
    }
}
?>
--EXPECT--
files errors stopped calls retries throttled seconds free_in learned
[{"name":"feeds-product_feeds.json.gz","type":"PRODUCT_FEEDS","size":1024,"md5":"9e107d9d372bb6826bd81d3542a419d6","updated_at":"2026-07-01T00:00:00Z"},[],null,1]
url errors stopped calls retries throttled seconds free_in learned
["https://files.example/feeds-product_feeds.json.gz?",true,1]
["CREATOR_CONNECTIONS","https://files.example/reports-creator_connections.js"]
[null,[{"code":"ResourceNotFoundException","message":"There is no file of that name."}],null]
[[],"not_eligible"]
"max_calls"
$name must not be empty
$options['feed_type'] must be one of PRODUCT_FEEDS, DEALS_FEEDS
$options['feed_type'] is no option
