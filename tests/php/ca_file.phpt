--TEST--
A CA file that cannot be used is an answer that names it
--EXTENSIONS--
creators_api
--INI--
creators_api.ca_file=/nonexistent/ca.pem
--FILE--
<?php
require __DIR__ . '/sandbox.inc';
$account = account('fine-3.1');
try {
    creators_api_exchange_token($account);
} catch (CreatorsApiException $e) {
    echo $e->getMessage(), "\n";
}
echo creators_api_test_credentials([$account])[0]['status'], "\n";
$result = creators_api_refresh_images($account, ['B00TSUGXKE']);
echo $result['stopped']['status'], ' ', json_encode($result['pending']), "\n";
?>
--EXPECT--
The CA file /nonexistent/ca.pem cannot be used: No such file or directory (os error 2)
unreachable
unreachable ["B00TSUGXKE"]
