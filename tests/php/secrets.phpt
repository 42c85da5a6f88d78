--TEST--
phpinfo() and traces tell version and settings, and no secret
--EXTENSIONS--
creators_api
--INI--
zend.exception_ignore_args=0
--FILE--
<?php
require __DIR__ . '/sandbox.inc';
$account = account('fine-3.1');
$token = creators_api_exchange_token($account)['access_token'];
creators_api_refresh_images($account, ['B00TSUGXKE']);

ob_start();
phpinfo(INFO_MODULES);
$info = ob_get_clean();
var_dump(str_contains($info, 'creators_api.api_endpoint'), str_contains($info, $account['credential_secret']), str_contains($info, $token));

// The callback's trace goes through our frame, whose arguments hold the account, and the password of a proxy. A product that
// is none needs no proxy.
$throw = fn () => throw new DomainException('x');
$proxy = ['proxy' => "http://user:{$account['credential_secret']}@127.0.0.1:9"];
foreach ([
    'creators_api_refresh_images' => [['credential_secret' => 'x'] + $account, ['none'], $throw, $proxy],
    'creators_api_refresh_accounts' => [[['account' => $account, 'asins' => ['none'], 'options' => $proxy]], $throw],
] as $function => $arguments) {
    try {
        $function(...$arguments);
    } catch (DomainException $e) {
        $frames = array_filter($e->getTrace(), fn (array $frame) => $frame['function'] === $function);
        var_dump(count($frames), PHP_VERSION_ID >= 80200 && str_contains(print_r($frames, true), $account['credential_secret']));
    }
}
ini_set('creators_api.api_endpoint', 'http://evil.example');
var_dump(str_contains((string) ini_get('creators_api.api_endpoint'), 'evil'));
?>
--EXPECT--
bool(true)
bool(false)
bool(false)
int(1)
bool(false)
int(1)
bool(false)
bool(false)
