--TEST--
Past the memory limit there is PHP's own fatal error, shutdown functions run, and a page goes out as it is
--EXTENSIONS--
creators_api
--FILE--
<?php
require __DIR__ . '/sandbox.inc';
$ways = [
    'found' => 'creators_api_find_images(many(20_000));',
    'looked up' => 'creators_api_rewrite_images(many(1), [], ["lookup" => function (array $found) { creators_api_find_images(many(20_000)); }]);',
    'not known' => 'creators_api_refresh_images(account("fine-3.1"), array_map(fn ($n) => "junk $n", range(1, 30_000)));',
    'runs that can not begin' => 'creators_api_refresh_accounts(array_fill(0, 20_000, ["account" => ["marketplace" => "nope"], "asins" => ["x", "y"]]));',
    'a page, as it was' => '$page = many(20_000); echo creators_api_rewrite_images($page, [], ["lookup" => fn () => exit("not asked")]) === $page ? "same" : "other";',
    'a page, too long to write' => '$page = str_repeat(" ", 4_000_000) . many(1); echo creators_api_rewrite_images($page, ["www.amazon.com" => ["B00TSUGXKE" => ["large" => ["url" => "https://m.media-amazon.com/images/I/1.jpg"]]]]) === $page ? "same" : "other";',
    'a page, rewritten' => 'ini_set("memory_limit", "40M"); echo strlen(creators_api_rewrite_images(many(30_000), [], ["lookup" => fn () => ["www.amazon.com" => ["B00TSUGXKE" => ["large" => ["url" => "https://m.media-amazon.com/images/I/1.jpg"]]]]]));',
];
file_put_contents(__DIR__ . '/memory_limit.inc', '<?php
require __DIR__ . "/sandbox.inc";
register_shutdown_function(function () { echo "\nshutdown functions run\n"; });
function many(int $count): string {
    return str_repeat(\'<a href="https://www.amazon.com/dp/B00TSUGXKE"><img src="//ws-na.amazon-adsystem.com/widgets/q?ASIN=B00TSUGXKE&ID=AsinImage&MarketPlace=US"></a>\', $count);
}
eval($_SERVER["argv"][1]);
echo "\ncame to its end";
');
$html = str_repeat('<img src="https://m.media-amazon.com/images/P/B00TSUGXKE.jpg"><img src="https://m.media-amazon.com/images/P/B000000001.jpg">', 5_000);
$before = memory_get_usage();
$found = creators_api_find_images($html);
$taken = (memory_get_peak_usage() - $before) / count($found);
echo $taken < 550 ? "few bytes a picture\n" : "$taken bytes a picture\n";
$ini = array_map(fn (string $name) => '-d ' . escapeshellarg("creators_api.$name=" . ini_get("creators_api.$name")), ['api_endpoint', 'token_endpoint']);
$extension = escapeshellarg(getenv('CREATORS_API_EXTENSION'));
foreach ($ways as $name => $way) {
    echo "-- $name\n";
    exec(escapeshellarg(PHP_BINARY) . " -n -d extension=$extension -d memory_limit=8M -d html_errors=0 -d log_errors=0 -d display_errors=1 " . implode(' ', $ini) . ' '
        . escapeshellarg(__DIR__ . '/memory_limit.inc') . ' ' . escapeshellarg($way) . ' 2>&1', $lines, $status);
    echo implode("\n", preg_replace('/ \(tried.*/', '', array_filter($lines))), "\nexit $status\n";
    $lines = [];
}
?>
--CLEAN--
<?php
@unlink(__DIR__ . '/memory_limit.inc');
?>
--EXPECT--
few bytes a picture
-- found
Fatal error: Allowed memory size of 8388608 bytes exhausted
shutdown functions run
exit 255
-- looked up
Fatal error: Allowed memory size of 8388608 bytes exhausted
shutdown functions run
exit 255
-- not known
Fatal error: Allowed memory size of 8388608 bytes exhausted
shutdown functions run
exit 255
-- runs that can not begin
Fatal error: Allowed memory size of 8388608 bytes exhausted
shutdown functions run
exit 255
-- a page, as it was
same
came to its end
shutdown functions run
exit 0
-- a page, too long to write
same
came to its end
shutdown functions run
exit 0
-- a page, rewritten
3120000
came to its end
shutdown functions run
exit 0
