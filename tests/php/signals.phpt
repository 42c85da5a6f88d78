--TEST--
A signal is handled while a refresh waits; its exception reaches the caller, and what was given stays given
--EXTENSIONS--
creators_api
pcntl
--FILE--
<?php
require __DIR__ . '/sandbox.inc';
pcntl_async_signals(true);
pcntl_signal(SIGALRM, function () { throw new DomainException('alarm'); });
$begun = microtime(true);
$seen = 0;
try {
    pcntl_alarm(1);
    creators_api_refresh_images(account('slow'), asins(100), function (array $batch) use (&$seen) {
        $seen = $batch['done'];
    }, ['requests_per_second' => 1]);
} catch (DomainException $e) {
    $took = microtime(true) - $begun;
    printf("%s after %s, %d seen\n", $e->getMessage(), $took < 2 ? 'a second' : $took, $seen);
}
pcntl_signal(SIGALRM, function () { echo "handled\n"; });
pcntl_alarm(1);
$result = creators_api_refresh_images(account('slow'), asins(100), null, ['requests_per_second' => 1]);
echo $result['stopped']['status'], ' ', count($result['pending']), "\n";
?>
--EXPECT--
alarm after a second, 0 seen
handled
interrupted 100
