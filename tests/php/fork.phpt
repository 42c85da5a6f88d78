--TEST--
A forked child and its parent refresh at the same time, each on its own connections
--EXTENSIONS--
creators_api
pcntl
--FILE--
<?php
require __DIR__ . '/sandbox.inc';
$options = ['requests_per_second' => 10, 'deadline' => 10];
$refresh = fn (string $prefix) => count(creators_api_refresh_images(account('fine-3.1'), asins(15, $prefix), null, $options)['images']);
echo $refresh('B0FORKA'), " before\n";

$child = pcntl_fork();
if ($child === 0) {
    exit($refresh('B0FORKB') === 15 ? 0 : 1);
}
echo $refresh('B0FORKC'), " in the parent\n";
pcntl_waitpid($child, $status);
echo pcntl_wexitstatus($status), " from the child\n";

// A child that never refreshes leaves its parent's connections alone when it ends.
$idle = pcntl_fork();
if ($idle === 0) {
    exit(0);
}
pcntl_waitpid($idle, $status);
echo $refresh('B0FORKD'), " after an idle child\n";

// A child made while calls are in flight: it stops, its parent goes on.
$result = creators_api_refresh_images(account('fine-3.1'), asins(25, 'B0FORKE'), function (array $batch) use (&$inner) {
    if ($inner === null) {
        $inner = pcntl_fork();
    }
}, $options);
if ($inner === 0) {
    exit($result['stopped']['status'] === 'interrupted' && count($result['pending']) > 0 ? 0 : 1);
}
pcntl_waitpid($inner, $status);
echo pcntl_wexitstatus($status), ' from the child in the middle, ', json_encode($result['stopped']), "\n";

// The same with several accounts.
$runs = ['one' => account('fine-3.1'), 'two' => account('fine-2.1')];
$runs = array_map(fn (array $account) => ['account' => $account, 'asins' => asins(25, 'B0FORKF'), 'options' => $options], $runs);
$results = creators_api_refresh_accounts($runs, function (string $key, array $batch) use (&$among) {
    if ($among === null) {
        $among = pcntl_fork();
    }
});
$statuses = array_map(fn (array $result) => $result['stopped']['status'] ?? 'ok', $results);
if ($among === 0) {
    exit($statuses === ['one' => 'interrupted', 'two' => 'interrupted'] ? 0 : 1);
}
pcntl_waitpid($among, $status);
echo pcntl_wexitstatus($status), ' from the child among several accounts, ', json_encode($statuses), "\n";

$ports = fn (string $prefix) => array_unique(array_column(calls($prefix), 'peer_port'));
var_dump(array_intersect($ports('B0FORKA'), $ports('B0FORKB')), array_intersect($ports('B0FORKB'), $ports('B0FORKC')));
?>
--EXPECT--
15 before
15 in the parent
0 from the child
15 after an idle child
0 from the child in the middle, null
0 from the child among several accounts, {"one":"ok","two":"ok"}
array(0) {
}
array(0) {
}
