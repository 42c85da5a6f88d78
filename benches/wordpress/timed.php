<?php
/*
 * Loads the site with a database that takes the time of every query, and says what a piece of work took: seconds,
 * queries, those over 50 ms, memory. A slow SELECT is asked again, alone: on a machine that others use it may only have
 * waited. Included by the other scripts here.
 */

declare(strict_types=1);

require dirname(__DIR__, 2) . '/tests/wordpress/php/site.php';

const SLOW = 0.05;

/** WordPress's database, with a clock. What is kept is a number for each shape of query, whatever their number. */
final class Timed_Database extends wpdb
{
    /** @var array<string, array{times: int, seconds: float, slowest: float, slow: int, query: string}> */
    public array $shapes = [];

    public function query($query)
    {
        $before = hrtime(true);
        $result = parent::query($query);
        $seconds = (hrtime(true) - $before) / 1e9;
        $shape = &$this->shapes[self::shape((string) $query)];
        $shape ??= ['times' => 0, 'seconds' => 0.0, 'slowest' => 0.0, 'slow' => 0, 'query' => ''];
        $shape['times']++;
        $shape['seconds'] += $seconds;
        if ($seconds > $shape['slowest']) {
            $shape['slowest'] = $seconds;
            $shape['query'] = $seconds > SLOW ? (string) $query : '';
        }
        $shape['slow'] += $seconds > SLOW ? 1 : 0;
        return $result;
    }

    /** How long a SELECT takes at best, in words; nothing for what changes the database. */
    public static function alone(string $query): string
    {
        global $wpdb;
        if (!str_starts_with($query, 'SELECT')) {
            return '';
        }
        $best = INF;
        for ($n = 0; $n < 5; $n++) {
            $before = hrtime(true);
            $wpdb->query($query);
            $best = min($best, (hrtime(true) - $before) / 1e9);
        }
        return sprintf(', alone %.0f ms', $best * 1000);
    }

    private static function shape(string $query): string
    {
        $query = preg_replace(
            [
                "/'(?:[^'\\\\]|\\\\.)*+'/s",
                '/\b\d+\b/',
                '/\s+/',
                '/(\((?:\?(?:, )?)+\))(?:, \((?:\?(?:, )?)+\))+/',
                '/\?(?:, \?)+/',
            ],
            ['?', '?', ' ', '$1…', '?…'],
            substr($query, 0, 4000)
        );
        return substr((string) $query, 0, 150);
    }
}

/** Does it with a database that takes the time; prints one line for the whole, and one for each shape of query that was slow. */
function measure(string $name, callable $work, string $unit = '', ?callable $count = null): mixed
{
    global $wpdb;
    $plain = $wpdb;
    $wpdb = $timed = new Timed_Database(DB_USER, DB_PASSWORD, DB_NAME, DB_HOST);
    $wpdb->set_prefix($GLOBALS['table_prefix']);
    $before = hrtime(true);
    $result = $work();
    $seconds = (hrtime(true) - $before) / 1e9;
    $wpdb = $plain;
    $queries = array_sum(array_column($timed->shapes, 'times'));
    $slow = array_sum(array_column($timed->shapes, 'slow'));
    $slowest = max([0, ...array_column($timed->shapes, 'slowest')]);
    $units = null === $count ? '' : sprintf('  %s %s/s', number_format($count($result) / $seconds), $unit);
    printf(
        "  %-44s %8.2f s  %7s queries  slowest %6.1f ms  %3d over 50 ms%s\n",
        $name,
        $seconds,
        number_format($queries),
        $slowest * 1000,
        $slow,
        $units
    );
    foreach ($timed->shapes as $shape => $times) {
        if ($times['slow'] > 0) {
            printf(
                "      over 50 ms: %d of %d, slowest %.0f ms%s: %s\n",
                $times['slow'],
                $times['times'],
                $times['slowest'] * 1000,
                Timed_Database::alone($times['query']),
                $shape
            );
        }
    }
    return $result;
}

/** What this process has taken of memory so far: what PHP counts, and what the system counts (with the extension's own). */
function memory(string $name): void
{
    printf(
        "  %-44s %8.1f MB in PHP, %.1f MB in all\n",
        $name . ': peak memory',
        memory_get_peak_usage() / 1048576,
        getrusage()['ru_maxrss'] / 1024
    );
}

function plugin(): Creators_Image_Refresh\Plugin
{
    return Creators_Image_Refresh\Plugin::instance();
}
