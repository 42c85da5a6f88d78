--TEST--
CreatorsApiException has code, file, line and trace, can be extended, and shows no secret
--EXTENSIONS--
creators_api
--INI--
zend.exception_ignore_args=0
--FILE--
<?php
require __DIR__ . '/sandbox.inc';
function deeper(array $account) {
    return creators_api_exchange_token($account);
}
$canary = 'canary-secret-0123456789';
foreach (['fine-3.1', 'fine-2.1'] as $name) {
    try {
        deeper(account($name, ['credential_secret' => $canary]));
    } catch (CreatorsApiException $e) {
        printf("%s %d %s\n", get_class($e), $e->getCode(), $e->getMessage());
        printf("%s:%d, %d frames, the first in %s\n", basename($e->getFile()), $e->getLine(), count($e->getTrace()), $e->getTrace()[0]['function']);
        if (PHP_VERSION_ID >= 80200) {
            $arguments = $e->getTrace()[0]['args'];
            assert($arguments[0] instanceof SensitiveParameterValue);
            unset($arguments);
        }
        // Our own frame is the only one that the extension answers for.
        $own = print_r([$e->getTrace()[0], $e->getMessage(), $e->getTraceAsString()], true);
        var_dump(PHP_VERSION_ID >= 80200 && str_contains($own, $canary));
    }
}
class Mine extends CreatorsApiException {
    public function __construct() { parent::__construct('mine', 7); }
}
try {
    throw new Mine();
} catch (RuntimeException $e) {
    printf("%s %s %d %s\n", get_class($e), $e->getMessage(), $e->getCode(), $e->getLine() > 0 ? 'line' : 'no line');
}
echo get_class(unserialize(serialize(new CreatorsApiException('x'))) ?: new stdClass()), "\n";
?>
--EXPECT--
CreatorsApiException 401 Client authentication failed (invalid_client)
exception.php:4, 2 frames, the first in creators_api_exchange_token
bool(false)
CreatorsApiException 400 Amazon does not know this pair of id and secret. (invalid_client)
exception.php:4, 2 frames, the first in creators_api_exchange_token
bool(false)
Mine mine 7 line
CreatorsApiException
