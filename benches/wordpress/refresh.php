<?php
/*
 * Refreshes on a site where everything is due: what the store takes by itself, then a slice as the scheduler does it at the
 * highest rate that the plugin allows, then pictures as fast as they can be fetched and stored: refresh SECONDS PICTURES.
 */

declare(strict_types=1);

require __DIR__ . '/timed.php';

[, $seconds, $pictures] = array_map('intval', $argv);
$store = plugin()->images();
$times = 20;
$repeat = static function (callable $work) use ($times): void {
    for ($n = 0; $n < $times; $n++) {
        $work();
    }
};
$shops = measure(
    'which marketplaces have something due',
    static fn () => Creators_Image_Refresh\Storage\Due_Images::marketplaces()
);
measure(
    "the next 200 of all marketplaces, $times times",
    static fn () => $repeat(static fn () => Creators_Image_Refresh\Storage\Due_Images::asins($shops, 200))
);
foreach ([$shops[0], end($shops)] as $shop) {
    measure(
        "the next 200 of $shop, $times times",
        static fn () => $repeat(static fn () => Creators_Image_Refresh\Storage\Due_Images::asins([$shop], 200))
    );
}

add_filter('creators_image_refresh_requests_per_second', static fn () => 10.0);
add_filter('creators_image_refresh_slice_seconds', static fn () => (float) $seconds);
$refreshed = 0;
add_action('creators_image_refresh_images_updated', static function (array $images) use (&$refreshed): void {
    $refreshed += count($images);
});
measure('a slice at ten calls a second', static fn () => do_action(
    'creators_image_refresh_run'
), 'pictures', static function () use (&$refreshed): int {
    return $refreshed;
});
memory('refreshing');

$account = plugin()->accounts()->default_account();
$stored = measure("$pictures pictures, no limit of calls", static function () use ($store, $shops, $account, $pictures): int {
    $stored = 0;
    $run = [
        'account' => $account,
        'asins'   => Creators_Image_Refresh\Storage\Due_Images::asins($shops, $pictures),
        'options' => ['requests_per_second' => 10000.0],
    ];
    $result = plugin()->extension()->refresh_accounts(['all' => $run], static function (
        string $key,
        array $batch
    ) use ($store, $shops, &$stored): bool {
        $stored += $store->save_images($shops, $batch['images']);
        return true;
    }, static fn () => null);
    must($result, 'refreshing');
    return $stored;
}, 'pictures', static fn (int $stored) => $stored);
memory('refreshing');
measure('how things stand', static fn () => Creators_Image_Refresh\Storage\Listing\Image_Counts::all());
measure('all due again, as after a change of the tag', static fn () => Creators_Image_Refresh\Storage\Due_Images::mark_all());
