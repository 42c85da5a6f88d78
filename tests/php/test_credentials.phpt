--TEST--
Accounts are tested side by side, each with its status
--EXTENSIONS--
creators_api
--FILE--
<?php
require __DIR__ . '/sandbox.inc';
$accounts = [
    'fine, 3.1' => account('fine-3.1'),
    'fine, 2.2' => account('fine-2.2', ['credential_version' => '']),
    'wrong secret' => account('fine-3.3', ['credential_secret' => 'wrong']),
    'wrong family' => account('fine-2.3', ['credential_version' => '3.3']),
    'not eligible' => account('not-eligible'),
    'wrong tag' => account('fine-2.1', ['partner_tag' => 'nobody-20']),
    'foreign marketplace' => account('slow', ['marketplace' => 'www.amazon.co.jp', 'credential_version' => '3.1']),
    'throttled' => account('throttled'),
    'quota gone' => account('daily-quota'),
    'expiring token' => account('expiring'),
    'pa-api key' => account('fine-3.1', ['credential_id' => 'AKIAIOSFODNN7EXAMPLE']),
    'blank id' => account('fine-3.1', ['credential_id' => '  ']),
    'blank secret' => account('fine-3.1', ['credential_secret' => '']),
    'blank tag' => account('fine-3.1', ['partner_tag' => '']),
    'unknown marketplace' => account('fine-3.1', ['marketplace' => 'www.amazon.cn']),
    'unknown version' => account('fine-3.1', ['credential_version' => '1.0']),
];
$results = creators_api_test_credentials(array_values($accounts));
foreach (array_combine(array_keys($accounts), $results) as $name => $result) {
    printf("%-19s %d %-19s %-7s %-3s %-4s %s\n", $name, $result['ok'], $result['status'], $result['stage'],
        $result['http_status'] ?? '-', $result['works_with'] ?? '-', $result['reason'] ?? '-');
    assert($result['message'] !== '' && $result['ok'] === ($result['status'] === 'ok'));
    assert(is_int($result['latency_ms']['token']) === ($result['stage'] !== 'input'));
    assert(is_int($result['latency_ms']['catalog']) === ($result['stage'] === 'catalog'));
}
echo implode(' ', array_keys($result)), "\n";
var_dump(creators_api_test_credentials([]));
?>
--EXPECT--
fine, 3.1           1 ok                  catalog 200 -    -
fine, 2.2           1 ok                  catalog 200 -    -
wrong secret        0 invalid_credentials token   401 -    invalid_client
wrong family        0 wrong_version       token   401 2.3  invalid_client
not eligible        0 not_eligible        catalog 403 -    AssociateNotEligible
wrong tag           0 wrong_partner_tag   catalog 400 -    InvalidPartnerTag
foreign marketplace 0 wrong_marketplace   catalog 400 -    InvalidAssociate
throttled           0 throttled           catalog 429 -    ThrottleException
quota gone          0 quota_exhausted     catalog 429 -    ThrottleException
expiring token      1 ok                  catalog 200 -    -
pa-api key          0 invalid_credentials input   -   -    -
blank id            0 invalid_credentials input   -   -    -
blank secret        0 invalid_credentials input   -   -    -
blank tag           0 wrong_partner_tag   input   -   -    -
unknown marketplace 0 wrong_marketplace   input   -   -    -
unknown version     0 wrong_version       input   -   -    -
ok status stage marketplace credential_version http_status reason message works_with latency_ms
array(0) {
}
