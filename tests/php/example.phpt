--TEST--
The example plugin shows what a search finds, with prices, and asks once an hour
--EXTENSIONS--
creators_api
--FILE--
<?php
require __DIR__ . '/sandbox.inc';
const HOUR_IN_SECONDS = 3600;
const MINUTE_IN_SECONDS = 60;
$kept = $shortcodes = [];
$account = account('fine-3.1');

function add_shortcode(string $name, callable $shown): void { $GLOBALS['shortcodes'][$name] = $shown; }
function shortcode_atts(array $pairs, array|string $given): array { return array_intersect_key((array) $given, $pairs) + $pairs; }
function wp_json_encode(mixed $value): string { return json_encode($value); }
function get_option(string $name): array { return $GLOBALS['account']; }
function get_transient(string $key): mixed { return unserialize($GLOBALS['kept'][$key][0] ?? 'b:0;'); }
function set_transient(string $key, mixed $value, int $seconds): void { $GLOBALS['kept'][$key] = [serialize($value), $seconds]; }
function wp_date(string $format, int $time): string { return '12:00'; }
function esc_url(string $url): string { return htmlspecialchars($url); }
function esc_html(string $text): string { return htmlspecialchars($text); }

require __DIR__ . '/../examples/product-search/product-search.php';
$show = $shortcodes['product-search'];
$html = $show(['keywords' => 'example', 'max' => '5000']);
echo substr_count($html, '<li>'), ' ', preg_match('~^<ul><li><a href="https://www\.amazon\.com/dp/B0SRCH0000\?[^"]+"><img src="http[^"]+" alt="">[^<]+</a> USD [0-9.]+ \(12:00\)</li>~', $html), "\n";
$account = account('not-eligible');
var_dump($html === $show(['keywords' => 'example', 'max' => '5000']), $show(['keywords' => 'another']), $show(''));
echo json_encode(array_column($kept, 1)), "\n";
?>
--EXPECT--
10 1
bool(true)
string(0) ""
string(0) ""
[3600,300]
