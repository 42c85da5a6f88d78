--TEST--
Pictures are found by bytes and rewritten in place; a page without them is the very same string
--EXTENSIONS--
creators_api
--FILE--
<?php
$image = fn (string $name) => ['small' => null, 'medium' => ['url' => "https://m.media-amazon.com/images/I/$name._SL160_.jpg?a=1&b=2", 'width' => 120, 'height' => 160], 'large' => null, 'hires' => null, 'title' => null, 'detail_page_url' => null, 'fetched_at' => 0];
$html = "\xffäö <A HREF='https://www.amazon.de/dp/3551551677?tag=x-21'><IMG border=0 src='//ws-eu.amazon-adsystem.com/widgets/q?_encoding=UTF8&amp;ASIN=3551551677&#038;Format=_SL160_&ID=AsinImage&MarketPlace=DE&tag=x-21' /></A>\n"
    . "<img src=\"//ws-na.amazon-adsystem.com/widgets/q?ASIN=1234567890&ID=AsinImage\"><!-- <img src=\"//ws-na.amazon-adsystem.com/widgets/q?ASIN=1234567890&ID=AsinImage\"> -->";
foreach (creators_api_find_images($html) as $found) {
    assert(html_entity_decode(substr($html, $found['offset'], $found['length'])) === $found['url']);
    unset($found['url']);
    echo json_encode($found), "\n";
}
$images = ['www.amazon.de' => ['3551551677' => $image('de')], 'www.amazon.com' => ['1234567890' => $image('us')]];
echo substr(creators_api_rewrite_images($html, $images), 1), "\n";
echo substr(creators_api_rewrite_images($html, $images, ['default_marketplace' => 'www.amazon.com', 'kinds' => ['sitestripe_image']]), 1), "\n";
$linked = str_replace('<IMG', '<IMG alt=""', $html);
$titled = ['www.amazon.de' => ['3551551677' => ['title' => '<Titel>'] + $image('de')]];
var_dump(substr_count(creators_api_rewrite_images($linked, $titled), 'alt="&lt;Titel&gt;"'));
var_dump(substr_count(creators_api_rewrite_images($linked, $titled, ['fill_alt' => false]), 'alt=""'));
echo strstr(creators_api_rewrite_images($html, [], ['words' => ['www.amazon.de' => ['3551551677' => 'in words']]]), "\n", true) === strstr($html, '<IMG', true) . 'in words</A>' ? "in words\n" : "no words\n";
$typed = '<p>![x](//ws-na.amazon-adsystem.com/widgets/q?ASIN=1234567890&ID=AsinImage) said a visitor</p>';
$asked = 0;
$options = ['default_marketplace' => 'www.amazon.com', 'lookup' => function () use (&$asked) { $asked++; return []; }];
var_dump(creators_api_rewrite_images($typed, $images, $options) !== $typed, $asked);
var_dump(creators_api_rewrite_images($typed, $images, $options + ['markdown' => false]) === $typed, $asked);
var_dump(creators_api_rewrite_images($html, []) === $html, creators_api_rewrite_images($html, $images, ['kinds' => []]) === $html);
?>
--EXPECT--
{"kind":"sitestripe_image","asin":"3551551677","marketplace":"www.amazon.de","partner_tag":"x-21","size":160,"offset":80,"length":129}
{"kind":"sitestripe_image","asin":"1234567890","marketplace":null,"partner_tag":null,"size":null,"offset":228,"length":66}
äö <A HREF='https://www.amazon.de/dp/3551551677?tag=x-21'><IMG border=0 src='https://m.media-amazon.com/images/I/de._SL160_.jpg?a=1&amp;b=2' width="120" height="160" /></A>
<img src="//ws-na.amazon-adsystem.com/widgets/q?ASIN=1234567890&ID=AsinImage"><!-- <img src="//ws-na.amazon-adsystem.com/widgets/q?ASIN=1234567890&ID=AsinImage"> -->
äö <A HREF='https://www.amazon.de/dp/3551551677?tag=x-21'><IMG border=0 src='https://m.media-amazon.com/images/I/de._SL160_.jpg?a=1&amp;b=2' width="120" height="160" /></A>
<img src="https://m.media-amazon.com/images/I/us._SL160_.jpg?a=1&amp;b=2" width="120" height="160"><!-- <img src="//ws-na.amazon-adsystem.com/widgets/q?ASIN=1234567890&ID=AsinImage"> -->
int(1)
int(1)
in words
bool(true)
int(1)
bool(true)
int(1)
bool(true)
bool(true)
