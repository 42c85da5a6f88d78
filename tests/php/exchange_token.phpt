--TEST--
A token is exchanged for each of the six credential versions, given or worked out
--EXTENSIONS--
creators_api
--FILE--
<?php
require __DIR__ . '/sandbox.inc';
foreach (['2.1', '2.2', '2.3', '3.1', '3.2', '3.3'] as $version) {
    foreach ([$version, '', null] as $given) {
        $before = time();
        $token = creators_api_exchange_token(account("fine-$version", ['credential_version' => $given]));
        $life = $token['expires_at'] - $before;
        printf(
            "%s %s %s %s %d %s\n",
            $token['credential_version'],
            strtok($token['access_token'], '|.') === 'Atc' ? 'Atc' : substr($token['access_token'], 0, 3),
            $token['token_type'],
            $token['scope'] ?? 'null',
            $token['expires_in'],
            $life >= 3600 && $life <= 3602 ? 'an hour' : $life,
        );
    }
}
echo implode(' ', array_keys($token)), "\n";
$spaced = array_map(fn (string $value) => " \t$value\n", account('fine-2.1'));
echo creators_api_exchange_token($spaced)['token_type'], "\n";
?>
--EXPECT--
2.1 eyJ Bearer null 3600 an hour
2.1 eyJ Bearer null 3600 an hour
2.1 eyJ Bearer null 3600 an hour
2.2 eyJ Bearer null 3600 an hour
2.2 eyJ Bearer null 3600 an hour
2.2 eyJ Bearer null 3600 an hour
2.3 eyJ Bearer null 3600 an hour
2.3 eyJ Bearer null 3600 an hour
2.3 eyJ Bearer null 3600 an hour
3.1 Atc bearer creatorsapi::default 3600 an hour
3.1 Atc bearer creatorsapi::default 3600 an hour
3.1 Atc bearer creatorsapi::default 3600 an hour
3.2 Atc bearer creatorsapi::default 3600 an hour
3.2 Atc bearer creatorsapi::default 3600 an hour
3.2 Atc bearer creatorsapi::default 3600 an hour
3.3 Atc bearer creatorsapi::default 3600 an hour
3.3 Atc bearer creatorsapi::default 3600 an hour
3.3 Atc bearer creatorsapi::default 3600 an hour
access_token token_type expires_in expires_at scope credential_version
Bearer
