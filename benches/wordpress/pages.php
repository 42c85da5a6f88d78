<?php
/*
 * Requests a second of three pages, the plugin switched on and off by turns: pages ROUNDS SECONDS. A round is with, without,
 * without, with, so that a machine that grows slower or faster meets both alike; the ratio is the median of the rounds'. The
 * CPU time of a page (cpu.php) says the same where others use the machine too.
 */

declare(strict_types=1);

require dirname(__DIR__, 2) . '/tests/wordpress/php/site.php';

const CLIENTS = 4;

function request(string $url): CurlHandle
{
    $request = curl_init($url);
    curl_setopt_array($request, [CURLOPT_RETURNTRANSFER => true, CURLOPT_TIMEOUT => 30]);
    return $request;
}

/** So many clients, each with its next request as soon as it has its answer. */
function requests_per_second(string $url, float $seconds): float
{
    $clients = curl_multi_init();
    for ($n = 0; $n < CLIENTS; $n++) {
        curl_multi_add_handle($clients, request($url));
    }
    $answered = 0;
    $open = CLIENTS;
    $from = microtime(true);
    while ($open > 0) {
        curl_multi_exec($clients, $running);
        while ($done = curl_multi_info_read($clients)) {
            $code = curl_getinfo($done['handle'], CURLINFO_HTTP_CODE);
            $code === 200 || must(false, "asking for $url ($code)");
            $answered++;
            $open--;
            curl_multi_remove_handle($clients, $done['handle']);
            if (microtime(true) < $from + $seconds) {
                curl_multi_add_handle($clients, request($url));
                $open++;
            }
        }
        curl_multi_select($clients, 0.05);
    }
    return $answered / (microtime(true) - $from);
}

/** Past WordPress, so that nothing else happens by it. */
function switch_plugin(bool $on): void
{
    global $wpdb;
    $plugins = $on ? ['creators-image-refresh/creators-image-refresh.php'] : [];
    must($wpdb->update($wpdb->options, ['option_value' => serialize($plugins)], ['option_name' => 'active_plugins']) !== false, 'switching the plugin');
}

function median(array $values): float
{
    sort($values);
    $middle = intdiv(count($values), 2);
    return count($values) % 2 ? $values[$middle] : ($values[$middle - 1] + $values[$middle]) / 2;
}

[, $rounds, $seconds] = $argv;
// A page without pictures has none beside its post either.
update_option('sidebars_widgets', ['notes' => [], 'wp_inactive_widgets' => [], 'array_version' => 3]);
$pages = ['a front page of 15 posts' => '/', 'a post with three pictures' => '/one-kettle-for-life/', 'a post with none' => '/letter-from-the-garden/'];
$noted = getenv('SITE_FOLDER') . '/log/cpu';
foreach ($pages as $name => $path) {
    file_put_contents($noted, '');
    $rates = $ratios = [];
    for ($round = 0; $round < $rounds; $round++) {
        $sum = [0.0, 0.0];
        foreach ([1, 0, 0, 1] as $on) {
            switch_plugin((bool) $on);
            requests_per_second(home_url($path), 0.2);
            $sum[$on] += $rates[$on][] = requests_per_second(home_url($path), (float) $seconds);
        }
        $ratios[] = $sum[1] / $sum[0];
    }
    sort($ratios);
    printf("  %-30s with %6.1f/s  without %6.1f/s  ratio %.3f (%.3f to %.3f in %d rounds)\n", $name, array_sum($rates[1]) / count($rates[1]), array_sum($rates[0]) / count($rates[0]), median($ratios), $ratios[0], end($ratios), $rounds);
    $cpu = [[], []];
    foreach (file($noted) as $line) {
        [$on, $microseconds] = explode(' ', $line);
        $cpu[(int) $on][] = $microseconds / 1000;
    }
    printf("  %-30s with %6.1f ms CPU  without %6.1f ms CPU  ratio %.3f\n", '', median($cpu[1]), median($cpu[0]), median($cpu[0]) / median($cpu[1]));
}
switch_plugin(true);
