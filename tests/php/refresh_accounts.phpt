--TEST--
Several accounts are refreshed side by side, each told of by its key, and go on for as long as they are given more
--EXTENSIONS--
creators_api
--FILE--
<?php
require __DIR__ . '/sandbox.inc';
$run = fn (string $account, array $asins, array $options = []) => [
    'account' => account($account),
    'asins' => $asins,
    'options' => $options + ['requests_per_second' => 1000],
];

echo "-- without callbacks\n";
$results = creators_api_refresh_accounts([
    'good' => $run('fine-3.1', [...asins(14, 'B0SIDEA'), 'junk']),
    7 => $run('not-eligible', asins(3, 'B0SIDEB')),
    'none' => $run('fine-2.1', []),
]);
foreach ($results as $key => $result) {
    printf("%s: %d images, %d failed, %d pending, %s\n", var_export($key, true), count($result['images']), count($result['failed']), count($result['pending']), $result['stopped']['status'] ?? 'all answered');
}
var_dump(creators_api_refresh_accounts([]));

echo "-- the slow one holds up nobody, and the quick one is given more\n";
$told = [];
$left = creators_api_refresh_accounts(
    ['slow' => $run('slow', asins(3, 'B0SIDEC')), 'quick' => $run('fine-3.1', asins(13, 'B0SIDED'), ['max_in_flight' => 1])],
    function (string $key, array $batch) use (&$told) {
        $told[] = "$key " . count($batch['images']) . " of {$batch['total']}";
    },
    function (string $key, array $result) use (&$told, $run, &$turns) {
        $told[] = "$key over, " . count($result['images']) . ' left';
        return $key === 'quick' && ++$turns < 3 ? $run('fine-3.1', asins(1, "B0SIDE$turns")) : null;
    },
);
echo implode("\n", $told), "\n", json_encode($left), "\n";

echo "-- a run without products is a wait\n";
$waits = 0;
$begun = microtime(true);
creators_api_refresh_accounts(['wait' => $run('fine-3.1', [], ['delay' => 0.2])], null, function (string $key, array $result) use (&$waits, $run) {
    return ++$waits < 3 ? $run('fine-3.1', [], ['delay' => 0.2]) : null;
});
var_dump($waits, microtime(true) - $begun >= 0.6);

echo "-- false stops all of them\n";
$results = creators_api_refresh_accounts(
    ['one' => $run('fine-3.1', asins(15, 'B0SIDEE')), 'two' => $run('fine-2.1', asins(5, 'B0SIDEF'), ['delay' => 60])],
    fn () => false,
    fn () => print('not reached'),
);
foreach ($results as $key => $result) {
    printf("%s: %d pending, %s\n", $key, count($result['pending']), $result['stopped']['status']);
}

$ended = creators_api_refresh_accounts(
    ['one' => $run('fine-3.1', asins(1, 'B0SIDEE')), 'two' => $run('fine-2.1', [...asins(5, 'B0SIDEF')], ['delay' => 60])],
    null,
    fn () => false,
);
printf("at an end: %s, %d pending, %s\n", implode(' ', array_keys($ended)), count($ended['two']['pending']), $ended['two']['stopped']['status']);
$junk = creators_api_refresh_accounts(['one' => $run('fine-3.1', ['junk']), 'two' => $run('fine-2.1', ['other junk'])], fn () => false);
echo 'malformed: ', implode(', ', array_keys($junk['two']['failed'])), "\n";

echo "-- what the callbacks throw is thrown on\n";
foreach ([[fn () => throw new DomainException('batch'), null], [null, fn () => throw new DomainException('end')]] as $callbacks) {
    try {
        creators_api_refresh_accounts(['one' => $run('fine-3.1', asins(1, 'B0SIDEG')), 'two' => $run('slow', asins(1, 'B0SIDEG'))], ...$callbacks);
    } catch (DomainException $e) {
        echo $e->getMessage(), "\n";
    }
}

echo "-- a callback may call back in\n";
creators_api_refresh_accounts(['one' => $run('fine-3.1', asins(1, 'B0SIDEH'))], null, function () use ($run) {
    $inner = creators_api_refresh_accounts(['inner' => $run('fine-3.1', asins(2, 'B0SIDEI'))]);
    echo count($inner['inner']['images']), " inner\n";
});

echo "-- a mistake in a run is that run's answer, and the others go on\n";
$results = creators_api_refresh_accounts($runs = [
    'no' => 'no',
    'no account' => ['asins' => ['b0sidej001', 'junk', null, [], 5]],
    ['account' => account('fine-2.3')],
    'other key' => ['partner_tag' => 'x'] + $run('fine-2.3', []),
    'delay' => $run('fine-2.3', [], ['delay' => -1]),
    'marketplace' => ['account' => ['marketplace' => 'amazon'] + account('fine-2.3'), 'asins' => []],
    "\xff" => ['account' => []],
    'good' => $run('fine-2.3', [null, 'B0SIDEJ001', []]),
]);
foreach ($results as $result) {
    printf("%d found, %d failed, %d pending, %s: %s\n", count($result['images']), count($result['failed']), count($result['pending']), $result['stopped']['status'] ?? '-', $result['stopped']['message'] ?? '-');
}
$told = [];
$left = creators_api_refresh_accounts($runs, null, function (string|int $key, array $result) use (&$told) {
    $told[] = $result['stopped']['status'] ?? count($result['images']) . ' found';
    return $key === 'good' ? ['account' => []] : null;
});
echo implode(', ', $told), "; left: ", key($left), ' ', $left['good']['stopped']['message'], "\n";
$stopped = creators_api_refresh_accounts(['good' => $run('fine-2.3', ['B0SIDEJ002']), 'no' => 'no', 'neither' => 'no'], null, fn () => false);
echo 'stopped: ', implode(', ', array_map(fn ($key, $result) => "$key {$result['stopped']['status']}", array_keys($stopped), $stopped)), "\n";

echo "-- an answer that is neither a run nor a word\n";
try {
    creators_api_refresh_accounts(['de' => $run('fine-2.3', [])], null, fn () => true);
} catch (TypeError $e) {
    echo $e->getMessage(), "\n";
}
?>
--EXPECT--
-- without callbacks
'good': 14 images, 1 failed, 0 pending, all answered
7: 0 images, 0 failed, 3 pending, not_eligible
'none': 0 images, 0 failed, 0 pending, all answered
array(0) {
}
-- the slow one holds up nobody, and the quick one is given more
quick 10 of 13
quick 3 of 13
quick over, 0 left
quick 1 of 1
quick over, 0 left
quick 1 of 1
quick over, 0 left
slow 3 of 3
slow over, 0 left
[]
-- a run without products is a wait
int(3)
bool(true)
-- false stops all of them
one: 5 pending, cancelled
two: 5 pending, cancelled
at an end: two, 5 pending, cancelled
malformed: other junk
-- what the callbacks throw is thrown on
batch
end
-- a callback may call back in
2 inner
-- a mistake in a run is that run's answer, and the others go on
0 found, 0 failed, 0 pending, invalid_arguments: $runs['no'] must be of type array, string given
0 found, 2 failed, 1 pending, invalid_arguments: $runs['no account']['account'] is missing
0 found, 0 failed, 0 pending, invalid_arguments: $runs[0]['asins'] is missing
0 found, 0 failed, 0 pending, invalid_arguments: $runs['other key']['partner_tag'] is no option; there are: account, asins, options
0 found, 0 failed, 0 pending, invalid_arguments: $runs['delay']['options']['delay'] must be at least 0
0 found, 0 failed, 0 pending, invalid_arguments: $runs['marketplace']['account']['marketplace'] must be the host of a marketplace, such as www.amazon.com
0 found, 0 failed, 0 pending, invalid_arguments: $runs['�']['account']['credential_id'] is missing
1 found, 0 failed, 0 pending, -: -
invalid_arguments, invalid_arguments, invalid_arguments, invalid_arguments, invalid_arguments, invalid_arguments, invalid_arguments, 1 found; left: good $on_end()['account']['credential_id'] is missing
stopped: good cancelled, neither invalid_arguments
-- an answer that is neither a run nor a word
$on_end() must be of type array|false|null, bool given
