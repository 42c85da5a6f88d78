--TEST--
What a lookup gave is remembered under the name that is given, and asked for again where a page shows something else
--EXTENSIONS--
creators_api
--FILE--
<?php
$img = fn (string $asin, string $host = 'www.amazon.com') => "<a href=\"https://$host/dp/$asin?tag=x-20\"><img src=\"//ws-na.amazon-adsystem.com/widgets/q?ASIN=$asin&amp;ID=AsinImage&amp;Format=_SL160_\"></a>";
$image = fn (string $name) => ['medium' => ['url' => "https://m.media-amazon.com/images/I/$name._SL160_.jpg", 'width' => 160, 'height' => 120]];
$show = function (string $html, array $images, ?string $name) {
    $asked = 0;
    $named = 0;
    $page = creators_api_rewrite_images($html, [], [
        'lookup' => function () use ($images, &$asked) { $asked++; return $images; },
        'memory' => function () use ($name, &$named) { $named++; return $name; },
    ]);
    preg_match_all('~/I/(\w+)\.~', $page, $shown);
    printf("%s%s; %s\n", $asked ? 'asked' : 'remembered', $named ? '' : ', not even for a name', implode(' ', $shown[1]) ?: 'as it was');
};
$com = fn (array $images) => ['www.amazon.com' => $images];
$one = $img('B000000001');
$two = $img('B000000002');

echo "-- a name\n";
$show($one, $com(['B000000001' => $image('one')]), 'a');
$show($one, [], 'a');
$show($one . $one, [], 'a');
$show($one, $com(['B000000001' => $image('newer')]), 'b');
$show($one, [], 'b');
$show($one, [], 'a');
$show('no picture', [], 'a');

echo "-- more than is known\n";
$show($one . $two, $com(['B000000001' => $image('one'), 'B000000002' => json_encode($image('two'))]), 'a');
$show($one . $two, [], 'a');
$show($img('B000000001', 'www.amazon.de'), ['www.amazon.de' => ['B000000001' => $image('german')]], 'a');
$show($img('B000000001', 'www.amazon.de') . $one, [], 'a');

echo "-- nothing to show\n";
$show($img('B000000003'), $com(['B000000003' => null]), 'a');
$show($img('B000000003') . $one, [], 'a');

echo "-- not remembered\n";
$show($img('B000000004'), [], 'a');
$show($img('B000000004'), [], 'a');
$show($img('B000000005'), $com(['B000000005' => $image('once') + ['once' => true]]), 'a');
$show($img('B000000005'), $com(['B000000005' => ['words' => 'x']]), 'a');
$show($img('B000000005'), [], 'a');
$nameless = '<img src="https://images-na.ssl-images-amazon.com/images/P/B000000006.01._SL160_.jpg">';
$show($nameless, ['' => ['B000000006' => $image('nameless')]], 'a');
$show($nameless, [], 'a');
$show($img('B000000007'), $com(['B000000007' => $image('seven')]), null);
$show($img('B000000007'), [], null);
$show($img('B000000007') . $img('B000000008'), $com(['B000000007' => $image('seven'), 'B000000008' => 5]), 'a');
$show($img('B000000007'), [], 'a');
$show($img('B000000008'), $com(['B000000008' => $image('eight')]), 'a');

echo "-- mistakes\n";
foreach ([fn () => 5, fn () => throw new DomainException('mine'), 'no_such_function'] as $memory) {
    try {
        creators_api_rewrite_images($one, [], ['lookup' => fn () => [], 'memory' => $memory]);
    } catch (Throwable $e) {
        echo get_class($e), ': ', $e->getMessage(), "\n";
    }
}
?>
--EXPECT--
-- a name
asked; one
remembered; one
remembered; one one
asked; newer
remembered; newer
remembered; one
remembered, not even for a name; as it was
-- more than is known
asked; one two
remembered; one two
asked; german
remembered; german one
-- nothing to show
asked; as it was
remembered; one
-- not remembered
asked; as it was
asked; as it was
asked; once
asked; as it was
asked; as it was
asked; nameless
asked; as it was
asked; seven
asked; as it was
asked; seven
remembered; seven
asked; eight
-- mistakes
TypeError: $options['memory']() must be of type string|null, int given
DomainException: mine
TypeError: $options['memory'] must be of type callable, string given
