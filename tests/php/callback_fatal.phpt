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
register_shutdown_function(function () {
    $run = ['account' => account('slow'), 'asins' => asins(25, 'B0FATAL'), 'options' => ['requests_per_second' => 10]];
    creators_api_refresh_accounts(['one' => $run, 'two' => ['account' => account('fine-3.1')] + $run], null, function () {
        trigger_error('the end of a run', E_USER_ERROR);
    });
});
creators_api_refresh_images(account('slow'), asins(25, 'B0FATAL'), function () {
    trigger_error('the end', E_USER_ERROR);
}, ['requests_per_second' => 10]);
?>
--EXPECTF--
%AFatal error: the end in %s on line %d

1 after
%AFatal error: the end of a run in %s on line %d
