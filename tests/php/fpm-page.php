<?php
/* A page that refreshes, for fpm.sh. */
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
