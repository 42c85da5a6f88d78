--TEST--
Items have all that Amazon tells of a product, and resources say what of it is asked for
--EXTENSIONS--
creators_api
--FILE--
<?php
require __DIR__ . '/sandbox.inc';
$fast = ['requests_per_second' => 10];
$show = fn (mixed $value) => print(json_encode($value, JSON_UNESCAPED_SLASHES) . "\n");
$result = creators_api_get_items(account('fine-3.1'), ['B0ITEM0001', 'B0GONEITEM', 'junk', 'B0NOIMITEM'], ['raw' => true] + $fast);
echo implode(' ', array_keys($result)), "\n";
$show([$result['stopped'], $result['pending'], $result['calls'] - $result['retries'], array_map(fn (array $failure) => $failure['code'], $result['failed'])]);
$item = $result['items']['B0ITEM0001'];
echo implode(' ', array_keys($item)), "\n";
$show([$item['asin'], $item['brand'], $item['features'], $item['ids'], $item['reviews']['stars'], $item['variation_attributes'], strlen($item['parent_asin'])]);
$longest = fn (array $sizes) => array_map(fn (?array $picture) => $picture ? max($picture['width'], $picture['height']) : null, array_values($sizes));
$show([$longest($item['images']['primary']), count($item['images']['variants']), $longest($item['images']['variants'][0])]);
$show([$result['items']['B0NOIMITEM']['images'], $result['items']['B0NOIMITEM']['title'] !== null]);
[$new, $used] = $item['offers'];
echo implode(' ', array_keys($new)), "\n";
$raw = $item['raw']['offersV2']['listings'][0]['price']['money'];
$show([$new['price']['amount'] === (int) round($raw['amount'] * 100), is_int($new['price']['amount']), $new['price']['currency'], $new['price']['display'] === $raw['displayAmount']]);
$show([$new['saving']['money']['amount'], $new['saving']['percent'], $new['saving']['basis_type'], $new['saving']['basis']['amount'] - $new['price']['amount']]);
$show([$new['availability'], $used['availability'], $used['condition'], $new['merchant'], $new['deal']['badge'], $new['type'], $new['is_buy_box_winner'], $new['loyalty_points'], $used['price_per_unit']['amount']]);
$show([$item['nodes'][0]['id'], array_column($item['nodes'][0]['ancestors'], 'id'), $item['nodes'][0]['sales_rank'] > 0]);

echo "-- resources\n";
$some = creators_api_get_items(account('fine-3.1'), ['B0ITEM0002'], ['resources' => ['features', 'reviews']] + $fast)['items']['B0ITEM0002'];
$show(array_keys(array_filter($some, fn (mixed $part) => $part !== null)));
$show(calls('B0ITEM0002')[0]['resources']);
$yen = creators_api_get_items(account('fine-3.1'), ['B0ITEM0003'], ['resources' => ['offers'], 'currency_of_preference' => 'JPY'] + $fast)['items']['B0ITEM0003'];
$show([$yen['offers'][0]['price']['currency'], 'JPY ' . $yen['offers'][0]['price']['amount'] === $yen['offers'][0]['price']['display'], $yen['raw']]);

echo "-- refresh\n";
$taken = [];
$result = creators_api_refresh_items(account('fine-3.1'), asins(25, 'B0RITEM'), function (array $batch) use (&$taken): void {
    $taken += $batch['items'];
}, ['resources' => ['offers']] + $fast);
$show([count($taken), $result['items'], $result['calls'] - $result['retries'], isset($taken['B0RITEM025']['offers'][1]['price']['amount'])]);

echo "-- pictures with offers\n";
$with = creators_api_refresh_images(account('fine-3.1'), ['B0WITH0001'], null, ['with' => ['offers']] + $fast);
$without = creators_api_refresh_images(account('fine-3.1'), ['B0WITH0001'], null, $fast);
$show([array_keys($with['images']['B0WITH0001']), count($with['images']['B0WITH0001']['offers']), $with['calls'] - $with['retries'], array_keys($without['images']['B0WITH0001'])]);
$show(array_values(array_unique(array_map(fn (array $call) => count($call['resources']), calls('B0WITH')))));

echo "-- mistakes\n";
foreach ([['resources' => ['offers', 'price']], ['with' => ['offers']], ['condition' => 'old'], ['properties' => ['a' => []]], ['languages_of_preference' => ['de_DE', 'en_US']]] as $options) {
    try {
        creators_api_get_items(account('fine-3.1'), [], $options);
    } catch (Throwable $e) {
        echo get_class($e), ': ', explode('; there are', $e->getMessage())[0], "\n";
    }
}
try {
    creators_api_refresh_images(account('fine-3.1'), [], null, ['with' => ['reviews']]);
} catch (ValueError $e) {
    echo $e->getMessage(), "\n";
}
?>
--EXPECT--
items failed pending stopped calls retries throttled seconds free_in learned
[null,[],1,{"junk":"InvalidAsin","B0GONEITEM":"ItemNotAccessible"}]
asin parent_asin title brand features images offers reviews ids nodes variation_attributes detail_page_url fetched_at raw
["B0ITEM0001","Example",["Made to last","Easy to clean"],{"ean":["4006381333931","9780306406157"],"isbn":[],"upc":["036000291452"]},4.5,null,10]
[[75,160,500,1500],2,[75,160,500,1500]]
[null,true]
price price_per_unit saving availability condition merchant deal type is_buy_box_winner loyalty_points violates_map
[true,true,"USD",true]
[500,10,"LIST_PRICE",500]
[null,{"type":"IN_STOCK","message":"In Stock","min_quantity":1,"max_quantity":30},{"value":"Used","sub_condition":"LikeNew","note":"Opened."},{"id":"A2R2RITDJNW1Q6","name":"Example Shop"},"Limited time deal","LIGHTNING_DEAL",true,7,123]
["4711",["11","1"],true]
-- resources
["asin","features","reviews","detail_page_url","fetched_at"]
["itemInfo.features","customerReviews.count","customerReviews.starRating"]
["JPY",true,null]
-- refresh
[25,[],3,true]
-- pictures with offers
[["small","medium","large","hires","title","detail_page_url","fetched_at","offers"],2,1,["small","medium","large","hires","title","detail_page_url","fetched_at"]]
[13,5]
-- mistakes
ValueError: $options['resources'][1] must be one of title, images, brand, features, offers, reviews, ids, nodes, parent_asin, info, price given
ValueError: $options['with'] is no option
ValueError: $options['condition'] must be one of Any, New
TypeError: $options['properties']['a'] must be of type string, array given
ValueError: $options['languages_of_preference'] must have at most 1 entries
$options['with'][0] must be one of offers, reviews given
