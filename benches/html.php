<?php
/*
 * Finding and rewriting Amazon's pictures, beside what a plugin author would take instead:
 *
 *     php -n -d extension=… html.php WORDPRESS_CORE HTML_BENCH
 *
 * Each way replaces the URL of every SiteStripe picture of the page. Times are the best of several rounds; what matters
 * is the ratio. HTML_BENCH is the program of benches/html: lol_html is Rust, and so it is timed there, in the same run.
 */

declare(strict_types=1);

define('WPINC', 'wp-includes');
$core = $argv[1];
foreach (
    [
        'class-wp-html-attribute-token',
        'class-wp-html-span',
        'class-wp-html-text-replacement',
        'class-wp-html-decoder',
        'class-wp-html-doctype-info',
        'class-wp-html-tag-processor',
    ] as $file
) {
    is_file("$core/wp-includes/html-api/$file.php") && require "$core/wp-includes/html-api/$file.php";
}
require "$core/wp-includes/class-wp-token-map.php";
require "$core/wp-includes/html-api/html5-named-character-references.php";
require "$core/wp-includes/utf8.php";
function __(string $text): string { return $text; }
function esc_attr(string $text): string { return htmlspecialchars($text, ENT_QUOTES); }
function esc_url(string $url): string { return htmlspecialchars($url, ENT_QUOTES); }
function wp_kses_uri_attributes(): array { return ['src', 'href']; }
function _doing_it_wrong(): void {}

const FRESH = 'https://m.media-amazon.com/images/I/41FYkVPzrIL._SL160_.jpg';

/** A page of about this size with this many dead pictures, evenly spread. */
function page(int $bytes, int $pictures): string
{
    $text = '<p class="has-text">Words &amp; more <em>words</em>, <a href="https://example.org/?a=1&amp;b=2" rel="nofollow">a link</a>, <strong>bold</strong>, and then a good deal of plain running text, as posts are mostly made of it. '
        . str_repeat('Nothing to see here. ', 12)
        . "</p>\n";
    $count = max($pictures, intdiv($bytes, strlen($text)));
    $every = $pictures ? intdiv($count, $pictures) : PHP_INT_MAX;
    $html = '';
    for ($i = 0, $put = 0; $i < $count; $i++) {
        $html .= $text;
        if ($put < $pictures && $i % $every === 0) {
            $put++;
            $asin = product($put);
            $html .= "<a href=\"https://www.amazon.com/dp/$asin?tag=x-20\"><img border=\"0\" src=\"//ws-na.amazon-adsystem.com/widgets/q?_encoding=UTF8&amp;ASIN=$asin&amp;Format=_SL160_&amp;ID=AsinImage&amp;MarketPlace=US&amp;tag=x-20\"></a>\n";
        }
    }

    return $html;
}

/** A page of about this size made of tags with attributes, as page builders write them, with one dead picture in the middle. */
function tags(int $bytes): string
{
    $tags = '<div id="c1" class="wp-block-group is-layout-flow" data-id="7f3a" data-settings=\'{"a":1}\'><ul class=list>'
        . '<li class="item menu-item"><a class="link" href="/x/y/" title="A title">'
        . '<span class="icon" aria-hidden="true"></span>x</a></li><li><b>y</b> <i>z</i></li></ul>'
        . '<img class="lazy" src="/wp-content/uploads/a.jpg" width="10" height="10" alt="Own" loading="lazy"><br></div>' . "\n";
    $half = str_repeat($tags, intdiv($bytes, 2 * strlen($tags)));

    return $half . page(0, 1) . $half;
}

/** @return array<string, float> seconds, by way */
function timed_in_rust(string $program, string $html, int $pictures): array
{
    $file = tempnam(sys_get_temp_dir(), 'page');
    file_put_contents($file, $html);
    exec(implode(' ', array_map('escapeshellarg', [$program, $file, (string) $pictures])), $lines, $status);
    unlink($file);
    assert($status === 0);
    $times = [];
    foreach ($lines as $line) {
        [$way, $seconds] = explode(' ', $line);
        $times[$way] = (float) $seconds;
    }

    return $times;
}

function product(int $n): string
{
    return sprintf('B0%08d', $n);
}

/** @return array<string, callable(string): string> */
function ways(int $pictures): array
{
    $images = [];
    for ($i = 1; $i <= $pictures; $i++) {
        $images[product($i)] = ['medium' => ['url' => FRESH, 'width' => 120, 'height' => 160]];
    }
    $images = ['www.amazon.com' => $images];
    $asin_of = fn (string $url) => preg_match('/[?&]ASIN=([A-Z0-9]{10})/', $url, $match) ? $match[1] : null;

    return [
        'creators_api_rewrite_images' => fn (string $html) => creators_api_rewrite_images($html, $images),
        'creators_api_find_images' => function (string $html) {
            creators_api_find_images($html);

            return '';
        },
        'WP_HTML_Tag_Processor' => function (string $html) use ($asin_of, $images) {
            $tags = new WP_HTML_Tag_Processor($html);
            while ($tags->next_tag('img')) {
                $url = $tags->get_attribute('src');
                if (
                    is_string($url)
                    && str_contains($url, 'amazon-adsystem.com/widgets/q')
                    && isset($images['www.amazon.com'][$asin_of($url)])
                ) {
                    $tags->set_attribute('src', FRESH);
                }
            }

            return $tags->get_updated_html();
        },
        'DOMDocument' => function (string $html) use ($asin_of, $images) {
            $document = new DOMDocument();
            @$document->loadHTML($html, LIBXML_NOERROR | LIBXML_COMPACT);
            foreach ($document->getElementsByTagName('img') as $image) {
                $url = $image->getAttribute('src');
                if (str_contains($url, 'amazon-adsystem.com/widgets/q') && isset($images['www.amazon.com'][$asin_of($url)])) {
                    $image->setAttribute('src', FRESH);
                }
            }

            return $document->saveHTML();
        },
        'preg_replace_callback' => fn (string $html) => preg_replace_callback(
            '~(<img\b[^>]*\bsrc=")([^"]*amazon-adsystem\.com/widgets/q[^"]*)~i',
            fn (array $match) => isset($images['www.amazon.com'][$asin_of(html_entity_decode($match[2]))])
                ? $match[1] . FRESH
                : $match[0],
            $html,
        ),
    ];
}

/** Seconds of the best of the rounds that fit into a third of a second. */
function best(callable $way, string $html): float
{
    $best = INF;
    $until = microtime(true) + 0.3;
    do {
        $begun = hrtime(true);
        $way($html);
        $best = min($best, (hrtime(true) - $begun) / 1e9);
    } while (microtime(true) < $until);

    return $best;
}

printf("%-9s %-9s %-28s %12s %10s %9s\n", 'page', 'pictures', 'way', 'time', 'MB/s', 'ratio');
$pages = [[tags(100_000), 1], [tags(4_000_000), 1]];
foreach (
    [
        [6_000, 0],
        [6_000, 10],
        [100_000, 0],
        [100_000, 10],
        [100_000, 1000],
        [5_000_000, 0],
        [5_000_000, 10],
        [5_000_000, 1000],
        [10_000_000, 1000],
    ] as [$bytes, $pictures]
) {
    $pages[] = [page($bytes, $pictures), $pictures];
}
foreach ($pages as [$html, $pictures]) {
    $times = [];
    foreach (ways($pictures) as $name => $way) {
        if ($name !== 'creators_api_find_images' && $name !== 'DOMDocument') {
            assert(substr_count($way($html), FRESH) === $pictures);
        }
        $times[$name] = best($way, $html);
    }
    foreach (timed_in_rust($argv[2], $html, $pictures) as $name => $time) {
        $times["$name, without PHP"] = $time;
    }
    foreach ($times as $name => $time) {
        printf(
            "%-9s %-9d %-28s %9.1f us %10.0f %8.1fx\n",
            round(strlen($html) / 1000) . ' kB',
            $pictures,
            $name,
            $time * 1e6,
            strlen($html) / $time / 1e6,
            $time / $times['creators_api_rewrite_images']
        );
    }
}
