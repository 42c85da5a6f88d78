--TEST--
A signal is handled while a refresh waits, and between answers that come fast; its exception reaches the caller, and what was given stays given
--EXTENSIONS--
creators_api
pcntl
--FILE--
<?php
require __DIR__ . '/sandbox.inc';
pcntl_async_signals(true);

echo "-- while it waits for the first answer\n";
pcntl_signal(SIGALRM, function () { throw new DomainException('alarm'); });
$seen = 0;
try {
    pcntl_alarm(1);
    creators_api_refresh_images(account('slow'), asins(100, 'B0SIGA'), function (array $batch) use (&$seen) {
        $seen = $batch['done'];
    }, ['requests_per_second' => 1]);
} catch (DomainException $e) {
    printf("%s, %s\n", $e->getMessage(), $seen < 100 ? 'not all seen' : 'all seen');
}
pcntl_signal(SIGALRM, function () { echo "handled\n"; });
pcntl_alarm(1);
$result = creators_api_refresh_images(account('slow'), asins(100, 'B0SIGB'), null, ['requests_per_second' => 1]);
printf("%s, %s\n", $result['stopped']['status'], count($result['pending']) > 0 ? 'not all asked' : 'all asked');

echo "-- while answers come fast: a hundred a second, for two and a half\n";
file_get_contents(ini_get('creators_api.api_endpoint') . '/_sandbox/behaviour', false, stream_context_create(['http' => [
    'method' => 'POST',
    'header' => 'Content-Type: application/json',
    'content' => json_encode(['account' => 'fine-2.3', 'requests_per_second' => 0, 'faults' => []]),
]]));
pcntl_alarm(1);
$result = creators_api_refresh_images(account('fine-2.3'), asins(2500, 'B0SIG'), null, ['requests_per_second' => 100]);
printf("%s, %d of 2500, %d refused\n", $result['stopped']['status'] ?? 'went on', count($result['images']) + count($result['pending']), $result['throttled']);

file_get_contents(ini_get('creators_api.api_endpoint') . '/_sandbox/reset', false, stream_context_create(['http' => ['method' => 'POST']]));
?>
--EXPECT--
-- while it waits for the first answer
alarm, not all seen
handled
interrupted, not all asked
-- while answers come fast: a hundred a second, for two and a half
handled
interrupted, 2500 of 2500, 0 refused
