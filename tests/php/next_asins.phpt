--TEST--
Accounts are handed their products as they go, for as long as there are more, and may be paused and stopped
--EXTENSIONS--
creators_api
--FILE--
<?php
require __DIR__ . '/sandbox.inc';

/* What is due of an account, as a table would have it: answered products leave it. */
$due = ['one' => asins(27, 'B0NEXTA'), 'two' => [...asins(15, 'B0NEXTB'), 'junk'], 'none' => [], 'refused' => asins(5, 'B0NEXTC')];
$answered = [];
$on_batch = function (string $key, array $batch) use (&$due, &$answered) {
    $gone = array_merge(array_keys($batch['images']), array_keys($batch['failed']));
    $due[$key] = array_values(array_diff($due[$key], $gone));
    $answered[$key] = ($answered[$key] ?? 0) + count($gone);
};
$run = fn (string $account, array $options = []) => ['account' => account($account), 'options' => $options + ['requests_per_second' => 5]];

echo "-- for as long as there are more; two share a credential, one is refused, one has nothing\n";
$runs = ['one' => $run('fine-3.2'), 'two' => $run('fine-3.2'), 'none' => $run('fine-3.3'), 'refused' => $run('not-eligible')];
$results = creators_api_refresh_accounts($runs, $on_batch, null, fn (string $key, int $count) => array_slice($due[$key], 0, $count));
ksort($results);
foreach ($results as $key => $result) {
    printf("%s: %d answered, %d pending, %s\n", $key, $answered[$key] ?? 0, count($result['pending']), $result['stopped']['status'] ?? 'no more');
}
printf("%d calls for one and two\n", count(calls('B0NEXTA')) + count(calls('B0NEXTB')));

echo "-- a pause: asked again when nothing is under way, and not before its time\n";
$due = ['one' => asins(90, 'B0NEXTD')];
$begun = null;
$steps = [];
creators_api_refresh_accounts(['one' => $run('fine-3.2', ['max_in_flight' => 2])], $on_batch, null, function (string $key, int $count, int $in_flight) use (&$due, &$steps, &$begun) {
    if (count($due[$key]) < 90 && $begun === null) {
        $begun = microtime(true);
        return 0.3;
    }
    if ($begun !== null && $steps === []) {
        $steps[] = sprintf('%d under way, %s', $in_flight, microtime(true) - $begun >= 0.3 ? 'in its time' : 'too early');
    }
    return array_slice($due[$key], 0, $count) ?: null;
});
echo implode("\n", $steps), ', ', count($due['one']), " left\n";

echo "-- false stops all of them\n";
$results = creators_api_refresh_accounts(['one' => $run('fine-3.2'), 'two' => $run('fine-3.3')], null, null, fn (string $key) => $key === 'two' ? false : asins(1));
foreach ($results as $key => $result) {
    echo "$key: {$result['stopped']['status']}\n";
}

echo "-- without end, until the deadline\n";
$number = 0;
$results = creators_api_refresh_accounts(['one' => $run('fine-3.3', ['deadline' => 1, 'grace' => 5])], fn () => null, null, function (string $key, int $count) use (&$number) {
    return array_map(fn (int $n) => sprintf('B0NEXT%04d', $n), range($number + 1, $number += $count));
});
echo $results['one']['stopped']['status'], "\n";

echo "-- when another process may call, which knows nothing of these calls\n";
$told = [];
$results = creators_api_refresh_accounts(['slow' => ['account' => account('fine-2.1'), 'options' => ['requests_per_second' => 0.01]]], null, null, function (string $key, int $count, int $in_flight, float $free_in) use (&$told) {
    $told[] = $free_in;
    return count($told) === 1 ? asins(1) : null;
});
printf("%.0f at first, %s in the end\n", $told[0], $results['slow']['free_in'] > 80 && $results['slow']['free_in'] < 102 ? 'nearly a hundred seconds' : $results['slow']['free_in']);

echo "-- a mistake in a run is that run's answer, and what is no product counts as absent\n";
$results = creators_api_refresh_accounts(['bad' => $run('fine-3.2', ['grace' => -1]), 'good' => $run('fine-3.3')], null, null, fn () => [null, 'B0NEXTE001', []]);
printf("%s, %d found\n", $results['bad']['stopped']['message'], count($results['good']['images']));

echo "-- what it throws is thrown on\n";
foreach ([fn () => throw new DomainException('next'), fn () => true] as $next) {
    try {
        creators_api_refresh_accounts(['one' => $run('fine-3.2')], null, null, $next);
    } catch (DomainException | TypeError $e) {
        echo $e->getMessage(), "\n";
    }
}
?>
--EXPECT--
-- for as long as there are more; two share a credential, one is refused, one has nothing
none: 0 answered, 0 pending, no more
one: 27 answered, 0 pending, no more
refused: 0 answered, 5 pending, not_eligible
two: 16 answered, 0 pending, no more
5 calls for one and two
-- a pause: asked again when nothing is under way, and not before its time
0 under way, in its time, 0 left
-- false stops all of them
one: cancelled
two: cancelled
-- without end, until the deadline
deadline
-- when another process may call, which knows nothing of these calls
0 at first, nearly a hundred seconds in the end
-- a mistake in a run is that run's answer, and what is no product counts as absent
$runs['bad']['options']['grace'] must be at least 0, 1 found
-- what it throws is thrown on
next
$next_asins() must be of type array|int|float|false|null, bool given
