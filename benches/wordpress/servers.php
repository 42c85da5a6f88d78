<?php
/*
 * Two processes, as on two web servers with one database, both at the same work at once: servers SECONDS. The stand-in's own
 * log tells how many calls it saw in any one second.
 */

declare(strict_types=1);

require dirname(__DIR__, 2) . '/tests/wordpress/php/site.php';

const SERVERS = 2;

if (($argv[1] ?? '') === 'serve') {
    add_filter('creators_image_refresh_requests_per_second', static fn () => (float) $argv[3]);
    // Short slices, so that the lock goes from hand to hand.
    add_filter('creators_image_refresh_slice_seconds', static fn () => 2.0);
    for ($until = microtime(true) + (float) $argv[2]; microtime(true) < $until;) {
        // As if each were a request of its own.
        wp_cache_flush();
        do_action('creators_image_refresh_run');
    }
    exit;
}

$sandbox = 'http://127.0.0.1:' . trim(file_get_contents(getenv('SITE_FOLDER') . '/run/sandbox.port'));
$post = ['http' => ['method' => 'POST', 'content' => '']];
foreach ([1, 10] as $rate) {
    $GLOBALS['wpdb']->query("UPDATE {$GLOBALS['wpdb']->prefix}creators_image_refresh_images SET due_at = 0 LIMIT 20000");
    file_get_contents("$sandbox/_sandbox/reset", false, stream_context_create($post));
    $servers = [];
    for ($n = 0; $n < SERVERS; $n++) {
        $servers[] = must(
            proc_open([PHP_BINARY, '-d', 'display_errors=stderr', __FILE__, 'serve', $argv[1], (string) $rate], [], $pipes),
            'starting a process'
        );
    }
    array_map('proc_close', $servers);
    $log = json_decode(file_get_contents("$sandbox/_sandbox/log"));
    $at = array_column(array_filter($log, static fn ($call) => $call->item_ids !== []), 'at_ms');
    sort($at);
    $account = json_decode(file_get_contents("$sandbox/_sandbox/counters"), true)['fine-3.1'];
    $gaps = array_map(static fn ($later, $earlier) => $later - $earlier, array_slice($at, 1), array_slice($at, 0, -1));
    printf(
        "  %2d a second agreed: %d calls in %.1f s, at most %d in any one second, %d at once; the closest two %.0f ms apart\n",
        $rate,
        count($at),
        (end($at) - $at[0]) / 1000,
        $account['max_calls_in_one_second'],
        $account['max_in_flight'],
        min($gaps),
    );
}
