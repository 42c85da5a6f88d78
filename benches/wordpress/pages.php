<?php
/*
 * Three pages with the plugin and without it: pages VIEWS ROUNDS SECONDS.
 *
 * First one view after the other, by turns: the CPU time that PHP took for each, and the time that passed, of VIEWS pairs; a
 * machine that grows slower or faster meets both alike. Then requests a second of four clients, ROUNDS times with, without,
 * without, with; the ratio is the median of the rounds'.
 */

declare(strict_types=1);

require dirname(__DIR__, 2) . '/tests/wordpress/php/site.php';

const CLIENTS = 4;

function request(string $url, string $plugin): CurlHandle
{
    $request = curl_init($url);
    curl_setopt_array(
        $request,
        [CURLOPT_RETURNTRANSFER => true, CURLOPT_TIMEOUT => 30, CURLOPT_HTTPHEADER => ["X-Bench: $plugin"]]
    );
    return $request;
}

function view(string $url, string $plugin): void
{
    $request = request($url, $plugin);
    curl_exec($request);
    curl_getinfo($request, CURLINFO_HTTP_CODE) === 200 || must(false, "asking for $url");
}

/** So many clients, each with its next request as soon as it has its answer. */
function requests_per_second(string $url, string $plugin, float $seconds): float
{
    $clients = curl_multi_init();
    for ($n = 0; $n < CLIENTS; $n++) {
        curl_multi_add_handle($clients, request($url, $plugin));
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
                curl_multi_add_handle($clients, request($url, $plugin));
                $open++;
            }
        }
        curl_multi_select($clients, 0.05);
    }
    return $answered / (microtime(true) - $from);
}

/** The value below which such a part of all lies. */
function quantile(array $values, float $part): float
{
    sort($values);
    return $values[(int) ((count($values) - 1) * $part)];
}

[, $views, $rounds, $seconds] = $argv;
// A page without pictures has none beside its post either.
update_option('sidebars_widgets', ['notes' => [], 'wp_inactive_widgets' => [], 'array_version' => 3]);
$pages = [
    'a front page of 15 posts'   => '/',
    'a post with three pictures' => '/one-kettle-for-life/',
    'a post with none'           => '/letter-from-the-garden/',
];
$noted = getenv('SITE_FOLDER') . '/log/views';
foreach ($pages as $name => $path) {
    $url = home_url($path);
    foreach ([1, 2, 3, 4, 5, 6] as $warm) {
        view($url, 'on');
        view($url, 'off');
    }
    file_put_contents($noted, '');
    for ($pair = 0; $pair < $views; $pair++) {
        foreach ($pair % 2 ? ['on', 'off'] : ['off', 'on'] as $plugin) {
            view($url, $plugin);
        }
    }
    // The last view is noted a moment after it was answered.
    for ($until = microtime(true) + 5; count(file($noted)) < 2 * $views && microtime(true) < $until;) {
        usleep(1000);
    }
    $taken = ['on' => [], 'off' => []];
    foreach (file($noted) as $line) {
        [$plugin, $cpu, $time] = explode(' ', $line);
        $taken[$plugin]['CPU'][] = $cpu / 1000;
        $taken[$plugin]['time'][] = $time / 1000;
    }
    foreach (['CPU', 'time'] as $what) {
        foreach (['median' => 0.5, 'fastest tenth' => 0.1] as $which => $part) {
            $with = quantile($taken['on'][$what], $part);
            $without = quantile($taken['off'][$what], $part);
            printf(
                "  %-28s %-4s %-13s with %6.2f ms  without %6.2f ms  ratio %.3f\n",
                $name,
                $what,
                $which,
                $with,
                $without,
                $without / $with
            );
        }
    }
    $rates = ['on' => [], 'off' => []];
    $ratios = [];
    for ($round = 0; $round < $rounds; $round++) {
        $sum = ['on' => 0.0, 'off' => 0.0];
        foreach (['on', 'off', 'off', 'on'] as $plugin) {
            $sum[$plugin] += $rates[$plugin][] = requests_per_second($url, $plugin, (float) $seconds);
        }
        $ratios[] = $sum['on'] / $sum['off'];
    }
    printf(
        "  %-28s requests/s, %d clients    with %6.1f     without %6.1f     ratio %.3f (%.3f to %.3f in %d rounds)\n",
        $name,
        CLIENTS,
        array_sum($rates['on']) / count($rates['on']),
        array_sum($rates['off']) / count($rates['off']),
        quantile($ratios, 0.5),
        min($ratios),
        max($ratios),
        $rounds
    );
}
