--TEST--
A fatal error in the callback ends the request, not the process
--EXTENSIONS--
creators_api
--FILE--
<?php
require __DIR__ . '/sandbox.inc';
register_shutdown_function(function () {
    $after = creators_api_refresh_images(account('fine-3.1'), ['B0FATAL001'], null, ['requests_per_second' => 10]);
    echo "\n", count($after['images']), " after\n";
});
creators_api_refresh_images(account('slow'), asins(25, 'B0FATAL'), function () {
    trigger_error('the end', E_USER_ERROR);
}, ['requests_per_second' => 10]);
?>
--EXPECTF--
%AFatal error: the end in %s on line %d

1 after
