--TEST--
A refresh asks for each product once, ten at a time, and accounts for every one
--EXTENSIONS--
creators_api
--FILE--
<?php
require __DIR__ . '/sandbox.inc';
$given = [...asins(12, 'B0RFRSH'), '080442957X', 1234567890, ' b0rfrsh001 ', 'B0GONERFR1', 'junk', 'B0NOIMRFR1'];
foreach (['fine-3.1', 'fine-2.1'] as $name) {
    $result = creators_api_refresh_images(account($name), $given, null, ['requests_per_second' => 10]);
    ['images' => $images, 'failed' => $failed] = $result;
    printf("%d images, %d failed, %d pending, %d calls, %s\n", count($images), count($failed), count($result['pending']), $result['calls'], json_encode($result['stopped']));
    foreach ($failed as $asin => $failure) {
        echo "$asin {$failure['code']}: {$failure['message']}\n";
    }
    foreach (['080442957X', '1234567890', 'B0RFRSH001', 'B0RFRSH012', 'B0NOIMRFR1'] as $asin) {
        $sizes = array_map(fn (string $size) => isset($images[$asin][$size]) ? max($images[$asin][$size]['width'], $images[$asin][$size]['height']) : '-', ['small', 'medium', 'large', 'hires']);
        printf("%s %s %s %s\n", $asin, implode(' ', $sizes), $images[$asin]['title'] !== '' ? 'title' : 'no title', abs($images[$asin]['fetched_at'] - time()) < 5 ? 'now' : 'then');
    }
}
echo implode(' ', array_keys($result)), "\n", implode(' ', array_keys($images['080442957X'])), "\n";
foreach (array_slice(calls('B0RFRSH'), 0, 2) as $call) {
    echo count($call['item_ids']), "\n";
}
$none = creators_api_refresh_images(account('fine-3.1'), []);
echo $none['calls'], json_encode([$none['images'], $none['pending'], $none['stopped']]), "\n";
?>
--EXPECT--
15 images, 2 failed, 0 pending, 2 calls, null
junk InvalidAsin: An ASIN has ten letters or digits.
B0GONERFR1 ItemNotAccessible: The ItemId B0GONERFR1 is not accessible through the Creators API.
080442957X 75 160 500 1500 title now
1234567890 75 160 500 1500 title now
B0RFRSH001 75 160 500 1500 title now
B0RFRSH012 75 160 500 1500 title now
B0NOIMRFR1 - - - - title now
15 images, 2 failed, 0 pending, 2 calls, null
junk InvalidAsin: An ASIN has ten letters or digits.
B0GONERFR1 ItemNotAccessible: The ItemId B0GONERFR1 is not accessible through the Creators API.
080442957X 75 160 500 1500 title now
1234567890 75 160 500 1500 title now
B0RFRSH001 75 160 500 1500 title now
B0RFRSH012 75 160 500 1500 title now
B0NOIMRFR1 - - - - title now
images failed pending stopped calls retries throttled seconds free_in learned
small medium large hires title detail_page_url fetched_at
10
6
0[[],[],null]
