--TEST--
A server without any CA certificates gets an answer that says so, of the first TLS connection; plain HTTP works
--EXTENSIONS--
creators_api
--ENV--
SSL_CERT_FILE=/nonexistent
SSL_CERT_DIR=/nonexistent
--FILE--
<?php
require __DIR__ . '/sandbox.inc';
echo creators_api_test_credentials([account('fine-3.1')])[0]['status'], "\n";

// A server with a certificate that nobody knows.
$server = <<<'PHP'
$key = openssl_pkey_new(['private_key_type' => OPENSSL_KEYTYPE_EC, 'curve_name' => 'prime256v1']);
$certificate = openssl_csr_sign(openssl_csr_new(['commonName' => 'localhost'], $key), null, $key, 1);
openssl_x509_export($certificate, $pem);
openssl_pkey_export($key, $private);
file_put_contents($file = tempnam(sys_get_temp_dir(), 'tls'), $pem . $private);
$socket = stream_socket_server('tls://127.0.0.1:0', context: stream_context_create(['ssl' => ['local_cert' => $file]]));
echo stream_socket_get_name($socket, false), "\n";
@stream_socket_accept($socket, 20);
unlink($file);
PHP;
$process = proc_open([PHP_BINARY, '-n', '-r', $server], [1 => ['pipe', 'w']], $pipes);
$php = PHP_BINARY . ' -n -d extension=' . escapeshellarg(getenv('CREATORS_API_EXTENSION'))
    . ' -d creators_api.token_endpoint=https://' . trim(fgets($pipes[1]));
$code = 'try { creators_api_exchange_token(["credential_id" => "x", "credential_secret" => "x", "credential_version" => "3.1"]); } catch (CreatorsApiException $e) { echo $e->getMessage(); }';
passthru("$php -r " . escapeshellarg($code));
proc_close($process);
?>
--EXPECT--
ok
127.0.0.1 cannot be reached: this server has no CA certificates; install them (Debian: ca-certificates) or set creators_api.ca_file
