<?php
/*
 * Fills the site past WordPress's functions, as an import of a dump does: fill POSTS PICTURES. One post in five has
 * pictures, of five marketplaces, none twice; one in ten of the others only names Amazon.
 */

declare(strict_types=1);

require dirname(__DIR__, 2) . '/tests/wordpress/php/site.php';

const SHOPS = [
    ['amazon.com', 'US', 'ws-na'],
    ['amazon.co.uk', 'GB', 'ws-eu'],
    ['amazon.de', 'DE', 'ws-eu'],
    ['amazon.fr', 'FR', 'ws-eu'],
    ['amazon.co.jp', 'JP', 'ws-fe'],
];
const POSTS_A_QUERY = 250;

function picture(int $number): string
{
    [$domain, $country, $server] = SHOPS[$number % count(SHOPS)];
    $asin = sprintf('B0%08d', $number);
    return "<p><a href=\"https://www.$domain/dp/$asin?tag=demo-20&linkCode=li2\" target=\"_blank\"><img border=\"0\" src=\"//$server.amazon-adsystem.com/widgets/q?_encoding=UTF8&ASIN=$asin&Format=_SL160_&ID=AsinImage&MarketPlace=$country&ServiceVersion=20070822&WS=1&tag=demo-20\" ></a></p>\n";
}

[, $posts, $pictures] = array_map('intval', $argv);
$each = intdiv($pictures * 5, $posts);
$words = str_repeat(
    '<p>The landlady had one rule: whoever is down first feeds the stove. By Wednesday we were racing each other to the kitchen.</p>'
        . "\n",
    12
);
global $wpdb;
$first = 1 + (int) $wpdb->get_var("SELECT MAX(ID) FROM $wpdb->posts");
$number = 0;
$before = hrtime(true);
$wpdb->query('SET autocommit = 0');
for ($done = 0; $done < $posts; $done += POSTS_A_QUERY) {
    $rows = [];
    for ($n = $done; $n < min($posts, $done + POSTS_A_QUERY); $n++) {
        $content = $words . ($n % 10 === 1 ? '<p>It came from <a href="https://www.amazon.com/">Amazon</a>.</p>' : '');
        for ($k = 0; $n % 5 === 0 && $k < $each; $k++) {
            $content .= picture($number++);
        }
        $date = gmdate('Y-m-d H:i:s', 1262304000 + $n * 4000);
        $rows[] = '('
            . ($first + $n)
            . ",1,'$date','$date','$date','$date','"
            . esc_sql($content)
            . "','Post $n','post-$n','publish','post','','','','','')";
    }
    must(
        $wpdb->query(
            "INSERT INTO $wpdb->posts (ID, post_author, post_date, post_date_gmt, post_modified, post_modified_gmt, post_content, post_title, post_name, post_status, post_type, post_excerpt, to_ping, pinged, post_content_filtered, guid) VALUES "
                . implode(',', $rows)
        ),
        'adding posts'
    );
    $wpdb->query('COMMIT');
}
printf(
    "  %s posts with %s pictures, written in %.0f s\n",
    number_format($posts),
    number_format($number),
    (hrtime(true) - $before) / 1e9
);
