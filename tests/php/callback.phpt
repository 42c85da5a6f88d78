--TEST--
The callback may throw, call back in, and end the request; the pictures it was given stay given
--EXTENSIONS--
creators_api
--FILE--
<?php
require __DIR__ . '/sandbox.inc';
$account = account('fine-3.1');
$options = ['requests_per_second' => 10];

$seen = [];
$result = creators_api_refresh_images($account, asins(25, 'B0CALL'), function (array $batch) use (&$seen) {
    $seen += $batch['images'];
    printf("%d of %d in %d calls: %s\n", $batch['done'], $batch['total'], $batch['calls'], implode(' ', array_keys($batch)));
}, $options);
printf("%d seen, %d left\n", count($seen), count($result['images']));

try {
    creators_api_refresh_images($account, asins(25, 'B0CALL'), fn () => throw new DomainException('mine'), $options);
} catch (DomainException $e) {
    echo get_class($e), ' ', $e->getMessage(), "\n";
}

creators_api_refresh_images($account, asins(3, 'B0CALL'), function () use ($account, $options) {
    $inner = creators_api_refresh_images($account, ['B0CALLINNR'], null, $options);
    echo count($inner['images']), " inner\n";
}, $options);

// A static method, a method and a name are callables as well.
class Taker { public static function take(array $batch): bool { echo "taken\n"; return true; } }
creators_api_refresh_images($account, ['B0CALLSTAT'], ['Taker', 'take'], $options);
creators_api_refresh_images($account, ['B0CALLSTAT'], 'Taker::take', $options);

register_shutdown_function(function () use ($account, $options) {
    $after = creators_api_refresh_images($account, ['B0CALLLAST'], null, $options);
    echo count($after['images']), " after exit\n";
});
creators_api_refresh_images($account, asins(25, 'B0CALL'), function () { echo "exit\n"; exit(0); }, $options);
echo "not reached\n";
?>
--EXPECT--
10 of 25 in 1 calls: images failed done total calls
20 of 25 in 2 calls: images failed done total calls
25 of 25 in 3 calls: images failed done total calls
25 seen, 0 left
DomainException mine
1 inner
taken
taken
exit
1 after exit
