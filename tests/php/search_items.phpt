--TEST--
Searches, variations and categories go on page by page, as far as they are told to
--EXTENSIONS--
creators_api
--FILE--
<?php
require __DIR__ . '/sandbox.inc';
$fast = ['requests_per_second' => 10];
$show = fn (mixed $value) => print(json_encode($value, JSON_UNESCAPED_SLASHES) . "\n");
$account = account('fine-2.1');
$look = fn (array $search, array $options = []) => creators_api_search_items($account, $search, $options + $fast);

echo "-- search\n";
$found = $look(['keywords' => 'tea pot']);
echo implode(' ', array_keys($found)), "\n";
$show([count($found['items']), $found['items'][0]['asin'], $found['total'], $found['next_page'], $found['search_url'], $found['errors'], $found['stopped'], $found['calls'] - $found['retries']]);
$show([$found['refinements']['search_index']['bins'][1], $found['refinements']['browse_node'], $found['refinements']['others'][0]['id']]);
$show(is_int($found['items'][0]['offers'][0]['price']['amount']));
$all = $look(['keywords' => 'tea pot'], ['max_pages' => 10, 'resources' => ['title']]);
$show([count($all['items']), $all['next_page'], $all['calls'] - $all['retries'], $all['items'][22]['asin'], $all['items'][0]['offers']]);
$later = $look(['keywords' => 'tea pot', 'item_page' => 3, 'item_count' => 5]);
$show([array_column($later['items'], 'asin'), $later['next_page']]);
$shifting = $look(['keywords' => 'shifting'], ['max_pages' => 10, 'resources' => ['title']]);
$show([count($shifting['items']), count(array_unique(array_column($shifting['items'], 'asin')))]);
$limited = $look(['keywords' => 'many'], ['max_pages' => 10, 'max_calls' => 2, 'resources' => ['title']]);
$show([count($limited['items']), $limited['next_page'], $limited['stopped']['status']]);
$none = $look(['keywords' => 'nothing']);
$show([$none['items'], $none['total'], $none['next_page'], $none['errors'], $none['stopped']]);
$everything = $look(['actor' => 'a', 'artist' => 'b', 'author' => 'c', 'availability' => 'Available', 'brand' => 'd', 'browse_node_id' => 283155,
    'condition' => 'New', 'currency_of_preference' => 'EUR', 'delivery_flags' => ['Prime'], 'item_count' => 10, 'item_page' => 1,
    'keywords' => 'e', 'languages_of_preference' => ['de_DE'], 'max_price' => 5000, 'min_price' => '100', 'min_reviews_rating' => 4,
    'min_saving_percent' => 10, 'properties' => ['x' => 'y'], 'search_index' => 'Books', 'sort_by' => 'Relevance', 'title' => 'f']);
$show([$everything['stopped'], count($everything['items']), $everything['items'][0]['offers'][0]['price']['currency']]);

echo "-- variations\n";
$siblings = creators_api_get_variations($account, 'b0paren001', ['max_pages' => 3] + $fast);
echo implode(' ', array_keys($siblings)), "\n";
$show([count($siblings['items']), $siblings['total'], $siblings['pages'], $siblings['highest_price']['amount'], $siblings['lowest_price']['amount'], $siblings['dimensions'], $siblings['next_page'], $siblings['items'][0]['variation_attributes']]);
$few = creators_api_get_variations($account, 'B0PAREN001', ['variation_count' => 4, 'variation_page' => 2] + $fast);
$show([count($few['items']), $few['pages'], $few['next_page']]);
$none = creators_api_get_variations($account, 'B0NOVAR001', $fast);
$show([$none['items'], $none['lowest_price'], $none['errors'][0]['code'], $none['stopped']]);

echo "-- categories\n";
$nodes = creators_api_get_browse_nodes($account, [283155, '283155', 0, 'junk', ...range(1001, 1012)], $fast);
echo implode(' ', array_keys($nodes)), "\n";
$show([count($nodes['nodes']), $nodes['nodes'][283155], $nodes['failed'], $nodes['pending'], $nodes['calls'] - $nodes['retries']]);

echo "-- refusals\n";
foreach (['not-eligible', 'other-store', 'daily-quota'] as $name) {
    $refused = creators_api_search_items(account($name, ['partner_tag' => 'demo-20']), ['keywords' => 'x'], $fast);
    $show([$refused['items'], $refused['stopped']['status'], $refused['next_page']]);
}
$refused = creators_api_get_browse_nodes(account('fine-3.1', ['credential_secret' => 'x']), [7], $fast);
$show([$refused['pending'], $refused['stopped']['status']]);

echo "-- mistakes\n";
foreach ([['keyword' => 'x'], ['item_page' => 11], ['sort_by' => 'price'], ['delivery_flags' => ['Prime', 'Drone']], ['title' => str_repeat('x', 1001)]] as $search) {
    try {
        creators_api_search_items($account, $search);
    } catch (Throwable $e) {
        echo get_class($e), ': ', explode('; there are', $e->getMessage())[0], "\n";
    }
}
foreach ([fn () => creators_api_get_variations($account, 'junk'), fn () => creators_api_search_items($account, [], ['condition' => 'New']), fn () => creators_api_get_variations($account, 'B0PAREN001', ['max_pages' => 0])] as $call) {
    try {
        $call();
    } catch (Throwable $e) {
        echo get_class($e), ': ', explode('; there are', $e->getMessage())[0], "\n";
    }
}
?>
--EXPECT--
-- search
items total search_url refinements errors next_page stopped calls retries throttled seconds free_in learned
[10,"B0SRCH0000",23,2,"https://www.amazon.com/s?k=x",[],null,1]
[{"id":"Music","name":"Music"},null,"Brand"]
true
[23,null,3,"B0SRCH0022",null]
[["B0SRCH0010","B0SRCH0011","B0SRCH0012","B0SRCH0013","B0SRCH0014"],4]
[23,23]
[20,3,"max_calls"]
[[],null,null,[{"code":"ResourceNotFoundException","message":"No results found for your search request"}],null]
[null,10,"EUR"]
-- variations
items total pages highest_price lowest_price dimensions errors next_page stopped calls retries throttled seconds free_in learned
[14,14,2,9999,999,[{"name":"color_name","display_name":"Colour","values":["Red","Blue"]}],null,[{"name":"color_name","value":"Red"}]]
[4,4,3]
[[],null,"ResourceNotFoundException",null]
-- categories
nodes failed pending stopped calls retries throttled seconds free_in learned
[13,{"id":"283155","name":"Node 283155","context_free_name":"The node 283155","is_root":false,"sales_rank":null,"ancestors":[{"id":"11","name":"Node 11","context_free_name":"The node 11"},{"id":"1","name":"Node 1","context_free_name":"The node 1"}],"children":[{"id":"2","name":"Node 2","context_free_name":"The node 2"},{"id":"3","name":"Node 3","context_free_name":"The node 3"}]},{"junk":{"code":"InvalidBrowseNodeId","message":"A browse node has a number of at most 19 digits."},"0":{"code":"InvalidParameterValue","message":"The BrowseNodeId 0 provided in the request is invalid."}},[],2]
-- refusals
[[],"not_eligible",1]
[[],"wrong_partner_tag",1]
[[],"quota_exhausted",1]
[["7"],"invalid_credentials"]
-- mistakes
ValueError: $search['keyword'] is no option
ValueError: $search['item_page'] must be at most 10
ValueError: $search['sort_by'] must be one of AvgCustomerReviews, Featured, NewestArrivals, Price:HighToLow, Price:LowToHigh, Relevance
ValueError: $search['delivery_flags'][1] must be one of AmazonGlobal, FreeShipping, FulfilledByAmazon, Prime
ValueError: $search['title'] must have at most 1000 characters
ValueError: $asin must have ten letters or digits
ValueError: $options['condition'] is no option
ValueError: $options['max_pages'] must be at least 1
