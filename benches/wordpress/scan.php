<?php
/* Looks through all posts, slice by slice as the scheduler does; twice, since the second time nothing is new. */

declare(strict_types=1);

require __DIR__ . '/timed.php';

$scan = static function (): array {
    plugin()->scanner()->restart();
    $slices = 0;
    do {
        $slices++;
        $progress = must(plugin()->scanner()->scan_slice(20.0), 'scanning');
    } while (!$progress['complete']);
    return $progress + ['slices' => $slices];
};
measure('every post for the first time', $scan, 'posts', static fn (array $progress) => $progress['total']);
memory('scanning');
measure('every post again, nothing new', $scan, 'posts', static fn (array $progress) => $progress['total']);
$counts = measure('how things stand', static fn () => Creators_Image_Refresh\Storage\Listing\Image_Counts::all());
printf("  %s pictures known, %s waiting\n", number_format($counts['known']), number_format($counts['waiting']));
