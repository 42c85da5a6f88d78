--TEST--
What a process has learned of a rate is handed to the next, and a run ends where nothing more can start in its time
--EXTENSIONS--
creators_api
--FILE--
<?php
require __DIR__ . '/sandbox.inc';

/* Another process, which knows of these calls only what it is handed. */
function elsewhere(string $learned, array $options): array {
    $php = escapeshellarg(PHP_BINARY) . ' -n -d extension=' . escapeshellarg(getenv('CREATORS_API_EXTENSION'));
    foreach (['api_endpoint', 'token_endpoint'] as $setting) {
        $php .= " -d creators_api.$setting=" . escapeshellarg(ini_get("creators_api.$setting"));
    }
    $code = 'require ' . var_export(__DIR__ . '/sandbox.inc', true) . '; echo json_encode(creators_api_refresh_images(account("fine-2.3"), asins(40, "B0LEARN"), null, '
        . var_export($options + ['learned' => $learned], true) . '));';
    return json_decode(shell_exec("$php -r " . escapeshellarg($code)), true);
}

$begun = creators_api_refresh_images(account('fine-2.3'), asins(10, 'B0LEARN'), null, ['requests_per_second' => 5]);
var_dump($begun['learned'] === '');

$throttled = creators_api_refresh_images(account('throttled'), asins(10), null, ['requests_per_second' => 5, 'max_calls' => 1]);
var_dump($throttled['throttled'], preg_match('/^\d+( [\d.]+){4}$/', $throttled['learned']));

foreach (['handed on' => $throttled['learned'], 'nothing known' => '', 'odd' => 'nonsense'] as $what => $learned) {
    $result = elsewhere($learned, ['requests_per_second' => 5, 'max_calls' => 1]);
    echo "$what: ", $result['learned'] === '' ? 'as agreed' : 'half as fast', "\n";
}

// The next could start in a hundred seconds.
$begun = microtime(true);
$result = creators_api_refresh_images(account('fine-2.2'), asins(25), null, ['requests_per_second' => 0.01, 'deadline' => 60]);
printf("%s, %d images, %s\n", $result['stopped']['status'], count($result['images']), microtime(true) - $begun < 30 ? 'at once' : 'late');
?>
--EXPECT--
bool(true)
int(1)
int(1)
handed on: half as fast
nothing known: as agreed
odd: as agreed
deadline, 10 images, at once
