--TEST--
php --ri tells what the extension was built from, and for which target
--EXTENSIONS--
creators_api
--FILE--
<?php
(new ReflectionExtension('creators_api'))->info();
?>
--EXPECTF--

creators_api

creators_api => enabled
Version => %d.%d.%d
Commit => %s
Target => %s-%s-%s
API => %s
TLS => rustls
%A
