--TEST--
A refresh that is refused, throttled or limited says why, and what is left
--EXTENSIONS--
creators_api
--FILE--
<?php
require __DIR__ . '/sandbox.inc';
function run(string $what, array $account, array $options = [], ?callable $on_batch = null, string $prefix = 'B0'): void {
    $result = creators_api_refresh_images($account, asins(25, $prefix), $on_batch, $options + ['requests_per_second' => 10]);
    printf("%-19s %-19s %-21s %d images, %d failed, %d pending\n", $what, $result['stopped']['status'] ?? 'null',
        $result['stopped']['reason'] ?? '-', count($result['images']), count($result['failed']), count($result['pending']));
    assert(array_keys($result['stopped'] ?? []) === ($result['stopped'] ? ['status', 'reason', 'message', 'retry_after'] : []));
}
run('wrong secret', account('fine-3.1', ['credential_secret' => 'wrong']));
run('not eligible', account('not-eligible'));
run('wrong tag', account('fine-2.3', ['partner_tag' => 'nobody-22']));
run('foreign marketplace', account('fine-3.3', ['marketplace' => 'www.amazon.com', 'credential_version' => '3.3']));
run('throttled', account('throttled'), ['deadline' => 20]);
run('quota gone', account('daily-quota'));
run('all gone', account('fine-3.2'), [], null, 'B0GONE');
run('expiring token', account('expiring'));
run('max_calls', account('fine-3.2'), ['max_calls' => 2]);
run('no calls', account('fine-3.2'), ['max_calls' => 0]);
run('deadline', account('slow'), ['deadline' => 0.3, 'max_in_flight' => 1]);
run('cancelled', account('fine-2.2'), [], fn (array $batch) => false);
run('taken by callback', account('fine-2.2'), [], fn (array $batch) => null);

$begun = microtime(true);
run('deadline again', account('slow'), ['deadline' => 0.5]);
$took = microtime(true) - $begun;
echo $took < 1.2 ? "in time\n" : "late: $took\n";

$token = creators_api_exchange_token(account('fine-3.3'));
run('given token', array_intersect_key($token, ['access_token' => 1, 'expires_at' => 1]) + account('fine-3.3', ['credential_secret' => 'not needed']));
run('given dead token', ['access_token' => 'Atc|dead', 'expires_at' => time() + 3000] + account('fine-3.3'));
?>
--EXPECT--
wrong secret        invalid_credentials invalid_client        0 images, 0 failed, 25 pending
not eligible        not_eligible        AssociateNotEligible  0 images, 0 failed, 25 pending
wrong tag           wrong_partner_tag   InvalidPartnerTag     0 images, 0 failed, 25 pending
foreign marketplace wrong_marketplace   InvalidAssociate      0 images, 0 failed, 25 pending
throttled           throttled           ThrottleException     0 images, 0 failed, 25 pending
quota gone          quota_exhausted     ThrottleException     0 images, 0 failed, 25 pending
all gone            null                -                     0 images, 25 failed, 0 pending
expiring token      null                -                     25 images, 0 failed, 0 pending
max_calls           max_calls           -                     20 images, 0 failed, 5 pending
no calls            max_calls           -                     0 images, 0 failed, 25 pending
deadline            deadline            -                     0 images, 0 failed, 25 pending
cancelled           cancelled           -                     0 images, 0 failed, 15 pending
taken by callback   null                -                     0 images, 0 failed, 0 pending
deadline again      deadline            -                     0 images, 0 failed, 25 pending
in time
given token         null                -                     25 images, 0 failed, 0 pending
given dead token    null                -                     25 images, 0 failed, 0 pending
