--TEST--
A lookup is asked once for what was found, gives Images in any form, and may throw
--EXTENSIONS--
creators_api
--FILE--
<?php
$dead = fn (string $asin, string $market = '') => "<img src=\"//ws-na.amazon-adsystem.com/widgets/q?ASIN=$asin&ID=AsinImage$market\">";
$linked = fn (string $asin) => "<a href=\"https://www.amazon.com/dp/$asin\">" . $dead($asin) . '</a>';
$image = fn (string $name) => ['medium' => ['url' => "https://m.media-amazon.com/images/I/$name.jpg", 'width' => 9, 'height' => 9.0]];
$show = fn (string $html, mixed $answer) => str_replace('//ws-na.amazon-adsystem.com/widgets/q', 'dead', creators_api_rewrite_images($html, [], [
    'lookup' => function (array $found) use ($answer) {
        echo count($found), ' asked for: ', implode(' ', array_column($found, 'asin')), "\n";
        return $answer;
    },
]));
function attempt(callable $call): void {
    try {
        echo $call(), "\n";
    } catch (Throwable $e) {
        echo get_class($e), ': ', $e->getMessage(), "\n";
    }
}
$us = '&MarketPlace=US';

echo "-- nothing found, nothing asked\n", $show('<p>amazon', 5), "\n-- forms\n";
$html = $dead('B00TSUGXKE', $us) . $dead('080442957X', $us) . $linked('B000000003') . $dead('B000000004');
echo $show($html, [
    'www.amazon.com' => ['B00TSUGXKE' => $image('array'), '080442957X' => json_encode($image('json')), 'B000000003' => ['words' => 'in <words>']],
    '' => ['B000000004' => $image('unnamed')],
]), "\n";
echo "-- beside images that were given, of which it knows better\n";
preg_match_all('/I\/\S+jpg|>given/', creators_api_rewrite_images($html, ['www.amazon.com' => ['B00TSUGXKE' => $image('given'), '080442957X' => $image('given')]], [
    'lookup' => fn () => ['www.amazon.com' => ['080442957X' => $image('looked-up')]],
    'words' => ['www.amazon.com' => ['B000000003' => 'given']],
]), $shown);
echo implode(' ', $shown[0]), "\n";
echo "-- null leaves the very string\n";
var_dump(creators_api_rewrite_images($html, ['www.amazon.com' => ['B00TSUGXKE' => $image('given')]], ['lookup' => fn () => null]) === $html);
echo "-- it throws\n";
attempt(fn () => creators_api_rewrite_images($html, [], ['lookup' => fn () => throw new DomainException('mine', 7)]));
echo "-- mistakes\n";
attempt(fn () => creators_api_rewrite_images('', [], ['lookup' => 'no such function']));
attempt(fn () => $show($html, 'text'));
echo "-- what is odd of one product spoils itself alone\n";
$two = $dead('B00TSUGXKE', $us) . $dead('080442957X', $us);
$odd = fn (mixed $odd) => preg_replace('~https://m.media-amazon.com/images/I/|&ID\S*~', '', creators_api_rewrite_images($two, [], ['lookup' => fn () => ['www.amazon.com' => ['080442957X' => $odd, 'B00TSUGXKE' => $image('good')]]]));
$url = 'https://m.media-amazon.com/images/I/odd.jpg';
foreach ([
    'strings for numbers' => ['large' => ['url' => $url, 'width' => '160', 'height' => ' 80.0 '], 'fetched_at' => '1800000000', 'title' => 5],
    'the same as JSON' => json_encode(['large' => ['url' => $url, 'width' => '160', 'height' => '80'], 'fetched_at' => 1.5e9, 'title' => []]),
    'no numbers' => ['large' => ['url' => $url, 'width' => 'wide', 'height' => []], 'fetched_at' => [], 'title' => [], 'once' => 'maybe'],
    'a size without address' => ['small' => ['width' => 5], 'medium' => 'x', 'large' => ['url' => $url]],
    'the same as JSON, again' => json_encode(['small' => ['width' => 5], 'medium' => 'x', 'large' => ['url' => $url]]),
    'an address with a control character' => ['large' => ['url' => "https://m.media-amazon.com/images/I/odd\t.jpg"]],
    'no Image' => 5,
    'no JSON' => '{"large":',
    'JSON of a list' => '[7]',
    'an object' => new stdClass(),
    'words that are none' => ['words' => []],
] as $name => $value) {
    echo "$name: ", $odd($value), "\n";
}
echo $show($html, ['www.amazon.xx' => ['B00TSUGXKE' => $image('x')], 'www.amazon.de' => 7, 'www.amazon.com' => ['no product' => 7, 3 => [], 'B00TSUGXKE' => $image('good')], 9 => null]), "\n";
echo "-- it calls the extension itself\n";
echo creators_api_rewrite_images($dead('B00TSUGXKE', $us), [], ['lookup' => fn () => ['www.amazon.com' => ['B00TSUGXKE' => $image(
    count(creators_api_find_images($html)) . strlen(creators_api_rewrite_images($html, [], ['lookup' => fn () => []])),
)]]]), "\n";
register_shutdown_function(function () use ($html) {
    echo "\n", strlen(creators_api_rewrite_images($html, [], ['lookup' => fn () => []])) === strlen($html) ? 'alive' : 'odd', " after\n";
});
creators_api_rewrite_images($html, [], ['lookup' => fn () => trigger_error('the end', E_USER_ERROR)]);
?>
--EXPECTF--
-- nothing found, nothing asked
<p>amazon
-- forms
4 asked for: B00TSUGXKE 080442957X B000000003 B000000004
<img src="https://m.media-amazon.com/images/I/array.jpg" width="9" height="9"><img src="https://m.media-amazon.com/images/I/json.jpg" width="9" height="9"><a href="https://www.amazon.com/dp/B000000003">in &lt;words&gt;</a><img src="https://m.media-amazon.com/images/I/unnamed.jpg" width="9" height="9">
-- beside images that were given, of which it knows better
I/given.jpg I/looked-up.jpg >given
-- null leaves the very string
bool(true)
-- it throws
DomainException: mine
-- mistakes
TypeError: $options['lookup'] must be of type callable, string given
4 asked for: B00TSUGXKE 080442957X B000000003 B000000004
TypeError: $options['lookup']() must be of type array|null, string given
-- what is odd of one product spoils itself alone
strings for numbers: <img src="good.jpg" width="9" height="9"><img src="odd.jpg" width="160" height="80">
the same as JSON: <img src="good.jpg" width="9" height="9"><img src="odd.jpg" width="160" height="80">
no numbers: <img src="good.jpg" width="9" height="9"><img src="odd.jpg">
a size without address: <img src="good.jpg" width="9" height="9"><img src="odd.jpg">
the same as JSON, again: <img src="good.jpg" width="9" height="9"><img src="odd.jpg">
an address with a control character: <img src="good.jpg" width="9" height="9"><img src="//ws-na.amazon-adsystem.com/widgets/q?ASIN=080442957X
no Image: <img src="good.jpg" width="9" height="9"><img src="//ws-na.amazon-adsystem.com/widgets/q?ASIN=080442957X
no JSON: <img src="good.jpg" width="9" height="9"><img src="//ws-na.amazon-adsystem.com/widgets/q?ASIN=080442957X
JSON of a list: <img src="good.jpg" width="9" height="9"><img src="//ws-na.amazon-adsystem.com/widgets/q?ASIN=080442957X
an object: <img src="good.jpg" width="9" height="9"><img src="//ws-na.amazon-adsystem.com/widgets/q?ASIN=080442957X
words that are none: <img src="good.jpg" width="9" height="9"><img src="//ws-na.amazon-adsystem.com/widgets/q?ASIN=080442957X
4 asked for: B00TSUGXKE 080442957X B000000003 B000000004
<img src="https://m.media-amazon.com/images/I/good.jpg" width="9" height="9"><img src="dead?ASIN=080442957X&ID=AsinImage&MarketPlace=US"><a href="https://www.amazon.com/dp/B000000003"><img src="dead?ASIN=B000000003&ID=AsinImage"></a><img src="dead?ASIN=B000000004&ID=AsinImage">
-- it calls the extension itself
<img src="https://m.media-amazon.com/images/I/4393.jpg" width="9" height="9">
%AFatal error: the end in %s on line %d

alive after
