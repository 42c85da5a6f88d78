<?php
/*
 * A refresh of N calls by the extension:
 *
 *     php -n -d extension=… -d creators_api.… refresh.php ACCOUNT RATE CALLS
 *
 * A rate of 0 is no rate. Prints the CPU seconds and the peak memory that it took, as JSON. The stand-in's log tells the rest.
 */

declare(strict_types=1);

[, $name, $rate, $calls] = $argv;
require __DIR__ . '/../tests/php/sandbox.inc';

$cpu = fn (array $use) => $use['ru_utime.tv_sec'] + $use['ru_stime.tv_sec'] + (
    $use['ru_utime.tv_usec'] + $use['ru_stime.tv_usec']
) / 1e6;
$asins = asins(10 * (int) $calls);
$account = account($name);
$before = $cpu(getrusage());
$images = 0;
$result = creators_api_refresh_images($account, $asins, function (array $batch) use (&$images): void {
    $images += count($batch['images']);
}, ['requests_per_second' => (float) $rate ?: 1e6]);
echo json_encode([
    'images' => $images,
    'throttled' => $result['throttled'],
    'seconds' => $result['seconds'],
    'cpu' => $cpu(getrusage()) - $before,
    'memory_kb' => getrusage()['ru_maxrss'],
]), "\n";
