<?php
/*
 * A quota that Amazon halves while processes take turns, each for so many seconds, as the plugin's slices do:
 *
 *     php -n -d extension=… -d creators_api.… lowered.php SLICE
 *
 * Ten calls a second are agreed, and granted for half a minute; then five. Once each process hands on what it has learned, once
 * it does not. Prints how much of the five was used in the first minute and in the two after it, and how many calls were refused.
 */

declare(strict_types=1);

require __DIR__ . '/../tests/php/sandbox.inc';

const AGREED = 10;
const GRANTED = 5;
const BEFORE = 30;
const AFTER = 180;

[, $slice] = $argv;
if (isset($argv[2])) {
    [, , $account, $learned, $number] = $argv;
    $next = function (string $key, int $count) use (&$number): array {
        return array_map(fn (int $n) => sprintf('B0%08d', $n), range($number + 1, $number += $count));
    };
    $run = ['account' => account($account), 'options' => [
        'requests_per_second' => AGREED, 'deadline' => $slice, 'grace' => 5, 'learned' => $learned,
    ]];
    $result = creators_api_refresh_accounts([$run], fn () => null, null, $next)[0];
    echo json_encode(['learned' => $result['learned'], 'free_at' => microtime(true) + $result['free_in'], 'number' => $number]);
    exit;
}

$sandbox = ini_get('creators_api.api_endpoint') . '/_sandbox';
$post = fn (string $what, string $body) => file_get_contents("$sandbox/$what", false, stream_context_create(
    ['http' => ['method' => 'POST', 'header' => 'Content-Type: application/json', 'content' => $body]],
));
$settings = array_map(fn (string $name) => "-dcreators_api.$name=" . ini_get("creators_api.$name"), ['api_endpoint', 'token_endpoint']);
$php = [PHP_BINARY, '-n', '-dextension=' . getenv('CREATORS_API_EXTENSION'), ...$settings, __FILE__, $slice];
$accounts = ['fine-3.1' => 'handed on', 'fine-3.2' => 'not handed on'];
$state = array_fill_keys(array_keys($accounts), ['process' => null, 'learned' => '', 'free_at' => 0.0, 'number' => 0]);
$begun = microtime(true);
$lowered = null;
while (($passed = microtime(true) - $begun) < BEFORE + AFTER) {
    if ($lowered === null && $passed >= BEFORE) {
        foreach (array_keys($accounts) as $name) {
            $post('behaviour', json_encode(['account' => $name, 'requests_per_second' => GRANTED]));
        }
        $lowered = max(array_column(json_decode(file_get_contents("$sandbox/log")), 'at_ms'));
    }
    foreach ($state as $name => &$of) {
        if ($of['process'] !== null && !proc_get_status($of['process'])['running']) {
            $of = json_decode(stream_get_contents($of['out']), true) + ['process' => null];
        }
        if ($of['process'] === null && microtime(true) >= $of['free_at'] - 0.1) {
            // It takes about so long to start.
            $learned = $accounts[$name] === 'handed on' ? $of['learned'] : '';
            $of['process'] = proc_open([...$php, $name, $learned, (string) $of['number']], [1 => ['pipe', 'w']], $pipes);
            $of['out'] = $pipes[1];
        }
    }
    unset($of);
    usleep(5000);
}
$log = json_decode(file_get_contents("$sandbox/log"));
foreach ($accounts as $name => $what) {
    $calls = array_filter($log, fn ($call) => $call->account === $name && $call->item_ids !== [] && $call->at_ms > $lowered);
    $used = fn (float $from, float $to): float => count(array_filter($calls, fn ($call) => $call->status === 200
        && $call->at_ms >= $lowered + 1000 * $from && $call->at_ms < $lowered + 1000 * $to)) / (($to - $from) * GRANTED);
    $refused = count(array_filter($calls, fn ($call) => $call->status === 429));
    printf("  %-14s %.2f of the quota in the first minute, %.2f in the two after it; %d of %d calls refused\n", $what,
        $used(0, 60), $used(60, 180), $refused, count($calls));
}
foreach ($state as $of) {
    $of['process'] === null || proc_terminate($of['process']);
}
