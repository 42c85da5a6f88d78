--TEST--
Pictures in attributes of any name, backgrounds, JSON, packed HTML and proxies are found where they are written, and rewritten
--EXTENSIONS--
creators_api
--FILE--
<?php
$url = fn (int $size) => "https://m.media-amazon.com/images/I/41._SL{$size}_.jpg";
$sizes = fn (int ...$sizes) => array_map(fn (int $size) => ['url' => $url($size), 'width' => $size, 'height' => $size], $sizes);
$image = array_combine(['small', 'medium', 'large', 'hires'], $sizes(75, 160, 500, 1500))
    + ['title' => 'Kettle', 'detail_page_url' => 'https://www.amazon.de/dp/B00TSUGXKE?tag=x-21&th=1'];
$images = ['www.amazon.de' => ['B00TSUGXKE' => $image]];
$old = 'http://images.amazon.com/images/P/B00TSUGXKE.03._SCMZZZ_.jpg';
$frame = '<iframe src="//ws-eu.amazon-adsystem.com/widgets/q?Operation=GetAdHtml&MarketPlace=DE&asins=B00TSUGXKE"></iframe>';
foreach ([
    "<img src=\"data:,\" data-any-loader='$old' width=9>",
    "<div style=\"background:url(&quot;$old&quot;)\"></div>",
    '<div data-settings="' . htmlspecialchars(json_encode(['url' => $old])) . '"></div>',
    '<img data-lazy-src="' . htmlspecialchars($frame) . '">',
    '<img width=9 src="/cdn-cgi/image/width=100/' . $old . '">',
    "<iframe data-cookieconsent=marketing data-src='//ws-eu.amazon-adsystem.com/widgets/q?Operation=GetAdHtml&MarketPlace=DE&asins=B00TSUGXKE'></iframe>",
] as $html) {
    foreach (creators_api_find_images($html) as $found) {
        $written = str_replace('\/', '/', html_entity_decode(substr($html, $found['offset'], $found['length'])));
        assert($written === $found['url']);
        echo $found['kind'], ' ', $found['marketplace'], ' ', json_encode($found['size']), "\n";
    }
    $once = creators_api_rewrite_images($html, $images);
    assert(creators_api_rewrite_images($once, $images) === $once);
    echo $once === $html ? 'unchanged' : $once, "\n";
}
?>
--EXPECT--
cdn_asin www.amazon.de 160
<img src="data:," data-any-loader='https://m.media-amazon.com/images/I/41._SL160_.jpg' width=9>
cdn_asin www.amazon.de 160
<div style="background:url(&quot;https://m.media-amazon.com/images/I/41._SL160_.jpg&quot;)"></div>
cdn_asin www.amazon.de 160
<div data-settings="{&quot;url&quot;:&quot;https:\/\/m.media-amazon.com\/images\/I\/41._SL160_.jpg&quot;}"></div>
product_iframe www.amazon.de null
<img data-lazy-src="&lt;a href=&quot;https://www.amazon.de/dp/B00TSUGXKE?tag=x-21&amp;amp;th=1&quot; target=&quot;_blank&quot; rel=&quot;nofollow sponsored noopener&quot;&gt;&lt;img src=&quot;https://m.media-amazon.com/images/I/41._SL160_.jpg&quot; width=&quot;160&quot; height=&quot;160&quot; alt=&quot;Kettle&quot;&gt;&lt;br&gt;Kettle&lt;/a&gt;">
cdn_asin www.amazon.de 100
<img width=9 src="https://m.media-amazon.com/images/I/41._SL160_.jpg" srcset="https://m.media-amazon.com/images/I/41._SL500_.jpg 3.12x">
product_iframe www.amazon.de null
unchanged
