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
attempt(fn () => $show($html, ['www.amazon.xx' => []]));
attempt(fn () => $show($html, ['www.amazon.com' => ['B00TSUGXKE' => 5]]));
attempt(fn () => $show($html, ['www.amazon.com' => ['B00TSUGXKE' => '{"medium":5}']]));
attempt(fn () => $show($html, ['www.amazon.com' => ['B00TSUGXKE' => ['medium' => ['url' => 5]]]]));
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
4 asked for: B00TSUGXKE 080442957X B000000003 B000000004
ValueError: The key $options['lookup']()['www.amazon.xx'] must be the host of a marketplace, such as www.amazon.com
4 asked for: B00TSUGXKE 080442957X B000000003 B000000004
TypeError: $options['lookup']()['www.amazon.com']['B00TSUGXKE'] must be of type array, int given
4 asked for: B00TSUGXKE 080442957X B000000003 B000000004
ValueError: $options['lookup']()['www.amazon.com']['B00TSUGXKE'] must be the JSON of an Image
4 asked for: B00TSUGXKE 080442957X B000000003 B000000004
TypeError: $options['lookup']()['www.amazon.com']['B00TSUGXKE']['medium']['url'] must be of type string, int given
-- it calls the extension itself
<img src="https://m.media-amazon.com/images/I/4393.jpg" width="9" height="9">
%AFatal error: the end in %s on line %d

alive after
