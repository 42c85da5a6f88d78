--TEST--
There are 22 marketplaces
--EXTENSIONS--
creators_api
--FILE--
<?php
$all = creators_api_marketplaces();
echo count($all), ' ', implode(' ', array_keys($all)), "\n";
echo json_encode($all['www.amazon.co.uk']), "\n", json_encode($all['www.amazon.co.jp']), "\n";
?>
--EXPECT--
22 www.amazon.com www.amazon.ca www.amazon.com.mx www.amazon.com.br www.amazon.co.uk www.amazon.de www.amazon.fr www.amazon.it www.amazon.es www.amazon.nl www.amazon.com.be www.amazon.pl www.amazon.se www.amazon.ie www.amazon.com.tr www.amazon.ae www.amazon.sa www.amazon.eg www.amazon.in www.amazon.co.jp www.amazon.com.au www.amazon.sg
{"country":"United Kingdom","region":"EU","credential_versions":{"v2":"2.2","v3":"3.2"},"currency":"GBP","languages":["en_GB"],"locale_code":"GB"}
{"country":"Japan","region":"FE","credential_versions":{"v2":"2.3","v3":"3.3"},"currency":"JPY","languages":["ja_JP","en_US","zh_CN"],"locale_code":"JP"}
