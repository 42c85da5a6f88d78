<?php
/* A page that refreshes, or one that asks for more memory than it may have, for fpm.sh. */
if (isset($_GET['memory'])) {
    ini_set('memory_limit', '8M');
    creators_api_find_images(str_repeat('![](https://m.media-amazon.com/images/P/B00TSUGXKE.jpg)', 30_000));
    echo 'came to its end';
}
require __DIR__ . '/sandbox.inc';

$result = creators_api_refresh_images(
    account('slow'),
    asins(25, $_GET['prefix']),
    null,
    ['requests_per_second' => 10, 'deadline' => 20],
);
header('Content-Type: application/json');
echo json_encode([
    'prefix' => $_GET['prefix'],
    'pid' => getmypid(),
    'images' => count($result['images']),
    'stopped' => $result['stopped'],
]), "\n";
