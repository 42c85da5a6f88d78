<?php
/*
 * Everything that the extension does, in a loop, for leaks.sh:
 *
 *     leaks.php once        one round, for valgrind
 *     leaks.php rss         many rounds; prints by how many kB the process grew over the later ones
 *     leaks.php many FUNCTION PRODUCTS    with a callback; prints by how many kB the process grew at most
 *     leaks.php limit WAY   9,000 products, kept until the memory limit is passed
 */
require __DIR__ . '/sandbox.inc';

$fast = ['requests_per_second' => 1e5];
$account = account('fine-3.1');

function rss(): int
{
    preg_match('/VmRSS:\s+(\d+)/', file_get_contents('/proc/self/status'), $match);

    return (int) $match[1];
}

final class Forgotten
{
    public mixed $callable;

    public function __construct(private array $images)
    {
    }

    public function look_up(array $found): array
    {
        $this->callable = null;

        return ['www.amazon.com' => $this->images];
    }
}

function round_of_everything(array $account, array $fast): void
{
    $html = '<p><a href="https://www.amazon.com/dp/B00TSUGXKE?tag=x-20"><img src="//ws-na.amazon-adsystem.com/widgets/q'
        . '?ASIN=B00TSUGXKE&amp;ID=AsinImage&amp;MarketPlace=US&amp;Format=_SL250_"></a>';
    $result = creators_api_refresh_images($account, ['B00TSUGXKE', 'B0GONELEAK', 'junk'], null, $fast);
    creators_api_find_images($html);
    creators_api_rewrite_images($html, ['www.amazon.com' => $result['images']]);
    creators_api_rewrite_images($html, [], ['lookup' => fn (array $found) => ['www.amazon.com' => array_map('json_encode', $result['images'])]]);
    foreach ([null, 'leaks', 'leaks', uniqid()] as $name) {
        creators_api_rewrite_images($html, [], ['lookup' => fn (array $found) => ['www.amazon.com' => $result['images']], 'memory' => fn () => $name]);
    }
    // Callables that their own calls, or those of another, put away.
    $lookup = [new Forgotten($result['images']), 'look_up'];
    $lookup[0]->callable = &$lookup;
    creators_api_rewrite_images($html, [], ['lookup' => &$lookup]);
    $lookup = fn () => ['www.amazon.com' => $result['images']];
    $memory = function () use (&$memory, &$lookup): ?string {
        return $memory = $lookup = null;
    };
    creators_api_rewrite_images($html, [], ['lookup' => &$lookup, 'memory' => &$memory]);
    try {
        creators_api_rewrite_images($html, [], ['lookup' => fn () => throw new DomainException('x')]);
    } catch (DomainException) {
    }
    creators_api_marketplaces();
    try {
        creators_api_refresh_images($account, asins(25), fn () => throw new DomainException('x'), $fast);
    } catch (DomainException) {
    }
    $run = ['account' => $account, 'asins' => asins(12), 'options' => $fast];
    creators_api_refresh_accounts(['a' => $run, 7 => ['asins' => ['B0GONELEAK', 'junk']] + $run]);
    $more = 0;
    creators_api_refresh_accounts(['a' => $run, 'b' => $run], fn () => null, function () use ($run, &$more) {
        return ++$more < 3 ? $run : null;
    });
    foreach ([[fn () => throw new DomainException('x')], [null, fn () => throw new DomainException('x')], [null, fn () => 1]] as $callbacks) {
        try {
            creators_api_refresh_accounts(['a' => $run, 'b' => $run], ...$callbacks);
        } catch (DomainException | TypeError) {
        }
    }
    foreach ([fn () => ++$more < 6 ? asins(12 * $more) : null, fn () => throw new DomainException('x'), fn () => false, fn () => ['junk', 1.5]] as $next) {
        try {
            creators_api_refresh_accounts(['a' => ['account' => $account, 'options' => $fast], 'b' => 1], fn () => null, null, $next);
        } catch (DomainException | TypeError) {
        }
    }
    try {
        creators_api_refresh_images($account, [], null, ['no such option' => 1]);
    } catch (ValueError) {
    }
}

function round_of_the_catalog(array $account, array $fast): void
{
    creators_api_get_items($account, ['B00TSUGXKE', 'B0GONELEAK', 'junk'], ['raw' => true] + $fast);
    creators_api_refresh_images($account, ['B00TSUGXKE'], null, ['with' => ['offers']] + $fast);
    creators_api_search_items($account, ['keywords' => 'x', 'properties' => ['a' => 'b']], ['max_pages' => 2] + $fast);
    creators_api_get_variations($account, 'B00TSUGXKE', $fast);
    creators_api_get_browse_nodes($account, [1, 2, 0, 'junk'], $fast);
    creators_api_list_feeds($account, $fast);
    creators_api_get_report($account, 'none', $fast);
    try {
        creators_api_search_items($account, ['no such parameter' => 1]);
    } catch (ValueError) {
    }
}

// The first look costs memory of its own.
rss();

switch ($argv[1]) {
    case 'once':
        creators_api_exchange_token($account);
        creators_api_test_credentials([$account, account('not-eligible'), account('fine-2.1', ['credential_secret' => 'x'])]);
        try {
            creators_api_exchange_token(['credential_secret' => 'x'] + $account);
        } catch (CreatorsApiException) {
        }
        for ($round = 0; $round < 2; $round++) {
            round_of_everything($account, $fast);
            round_of_the_catalog($account, $fast);
        }
        break;
    case 'rss':
        // Until it remembers pages under as many names as it ever does.
        for ($round = 0; $round < 600; $round++) {
            round_of_everything($account, $fast);
        }
        $before = rss();
        for ($round = 0; $round < 1500; $round++) {
            round_of_everything($account, $fast);
        }
        echo rss() - $before, "\n";
        break;
    case 'many':
        $asins = asins((int) $argv[3]);
        round_of_everything($account, $fast);
        $before = $most = rss();
        $look = function (array $batch) use (&$most): void {
            if ($batch['calls'] % 100 === 0) {
                $most = max($most, rss());
            }
        };
        $argv[2]($account, $asins, $look, $fast + ($argv[2] === 'creators_api_refresh_items' ? ['resources' => ['title', 'offers']] : []));
        echo $most - $before, "\n";
        break;
    case 'limit':
        register_shutdown_function(fn () => print("shutdown functions run\n"));
        match ($argv[2]) {
            'refreshed' => creators_api_refresh_images($account, asins(9_000), null, $fast),
            'side by side' => creators_api_refresh_accounts([['account' => $account, 'asins' => asins(9_000), 'options' => $fast]]),
            'kept by a callback' => creators_api_refresh_images($account, asins(9_000), function (array $batch) use (&$kept): void {
                $kept[] = $batch;
            }, $fast),
        };
        echo "came to its end\n";
        break;
}
