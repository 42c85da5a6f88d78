<?php
/* A must-use plugin for the bench: notes the CPU time of every page, a line each in log/cpu, with whether the plugin was on. */

declare(strict_types=1);

function bench_cpu(): int
{
    $use = getrusage();
    return ($use['ru_utime.tv_sec'] + $use['ru_stime.tv_sec']) * 1000000 + $use['ru_utime.tv_usec'] + $use['ru_stime.tv_usec'];
}

$bench_cpu = bench_cpu();
add_action('shutdown', static function () use ($bench_cpu): void {
    $line = (defined('CREATORS_IMAGE_REFRESH_VERSION') ? 1 : 0) . ' ' . (bench_cpu() - $bench_cpu) . "\n";
    file_put_contents(dirname(ABSPATH) . '/log/cpu', $line, FILE_APPEND | LOCK_EX);
}, 10000);
