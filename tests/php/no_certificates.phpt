--TEST--
A server without any CA certificates gets an answer that says so; plain HTTP works
--EXTENSIONS--
creators_api
--ENV--
SSL_CERT_FILE=/nonexistent
SSL_CERT_DIR=/nonexistent
--FILE--
<?php
require __DIR__ . '/sandbox.inc';
echo creators_api_test_credentials([account('fine-3.1')])[0]['status'], "\n";
$php = PHP_BINARY . ' -n -d extension=' . escapeshellarg(getenv('CREATORS_API_EXTENSION'))
    . ' -d creators_api.token_endpoint=https://127.0.0.1:' . parse_url(ini_get('creators_api.api_endpoint'), PHP_URL_PORT);
$code = 'try { creators_api_exchange_token(["credential_id" => "x", "credential_secret" => "x", "credential_version" => "3.1"]); } catch (CreatorsApiException $e) { echo $e->getMessage(); }';
passthru("$php -r " . escapeshellarg($code));
?>
--EXPECT--
ok
127.0.0.1 cannot be reached: this server has no CA certificates; install them (Debian: ca-certificates) or set creators_api.ca_file
