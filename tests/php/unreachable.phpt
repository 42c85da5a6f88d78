--TEST--
A host that cannot be reached is an answer
--EXTENSIONS--
creators_api
--INI--
creators_api.api_endpoint=http://127.0.0.1:1
creators_api.token_endpoint=http://127.0.0.1:1/token
--FILE--
<?php
require __DIR__ . '/sandbox.inc';
$account = account('fine-3.1');
try {
    creators_api_exchange_token($account);
} catch (CreatorsApiException $e) {
    echo $e->getCode(), ' ', $e->getMessage(), "\n";
}
$result = creators_api_test_credentials([$account])[0];
echo $result['status'], ' ', $result['stage'], ' ', json_encode($result['http_status']), "\n";
$result = creators_api_refresh_images($account, ['B00TSUGXKE', 'junk']);
echo $result['stopped']['status'], ' ', json_encode([$result['pending'], array_keys($result['failed'])]), "\n";
?>
--EXPECT--
0 127.0.0.1 cannot be reached: Connection refused (os error 111)
unreachable token null
unreachable [["B00TSUGXKE"],["junk"]]
