<?php
/*
 * Looks at the site as a person does, where every picture has a title and a state: each view of the images screen, the export,
 * the commands, the settings page's numbers and the dashboard's line. Nothing is remembered from one to the next.
 */

declare(strict_types=1);

require __DIR__ . '/../../tests/wordpress/php/fake-wp-cli.php';
require __DIR__ . '/timed.php';

use Creators_Image_Refresh\Admin\Images\Image_Export;
use Creators_Image_Refresh\Admin\Images\Images_Tab;
use Creators_Image_Refresh\Storage\Due_Images;
use Creators_Image_Refresh\Storage\Image_Keys;
use Creators_Image_Refresh\Storage\Listing\Image_Counts;
use Creators_Image_Refresh\Storage\Listing\Image_Query;
use Creators_Image_Refresh\Storage\Schema;

const WORDS = [
    'copper',
    'kettle',
    'oak',
    'spoon',
    'hand-made',
    'garden',
    'kitchen',
    'stainless',
    'steel',
    'linen',
    'tea',
    'towel',
    'cast',
    'iron',
    'skillet',
    'bamboo',
    'board',
    'glass',
    'jar',
    'set of two',
    'large',
    'blue',
    'pan with lid',
    'wooden',
];

/** A title of eight words for each picture, and states in the shares of a site that has run for a while. */
function dress(): void
{
    global $wpdb;
    $table = Schema::images();
    $words = "'" . implode("', '", WORDS) . "'";
    $each = implode(
        ", ' ', ",
        array_map(static fn (int $n) => 'ELT(1 + CRC32(CONCAT(asin, ' . $n . ')) % ' . count(WORDS) . ", $words)", range(1, 8))
    );
    $size = static fn (int $pixels) => '{"url":"https://m.media-amazon.com/images/I/71abcdefghL._SL'
        . $pixels
        . '_.jpg","width":'
        . $pixels
        . ',"height":'
        . $pixels
        . '}';
    $image = '{"small":'
        . $size(160)
        . ',"medium":'
        . $size(300)
        . ',"large":'
        . $size(500)
        . ',"hires":'
        . $size(1500)
        . ',"title":"';
    foreach (Image_Keys::marketplaces() as $marketplace) {
        $which = $wpdb->prepare('marketplace = %s', $marketplace);
        $wpdb->query(
            "UPDATE $table SET words = CONCAT($each), fetched_at = UNIX_TIMESTAMP() - CRC32(asin) % 90000, due_at = fetched_at + 43200, image = CONCAT('$image', words, '\",\"detail_page_url\":\"https://$marketplace/dp/', asin, '?tag=demo-20\",\"fetched_at\":', fetched_at, '}') WHERE $which"
        );
        $wpdb->query(
            "UPDATE $table SET image = NULL, words = '', fetched_at = 0, failed_code = IF(CRC32(asin) % 2, 'ItemNotAccessible', 'InvalidParameterValue') WHERE $which AND CRC32(asin) % 100 < 3"
        );
        $wpdb->query("UPDATE $table SET excluded = 1 WHERE $which AND CRC32(asin) % 1000 = 500");
    }
    $wpdb->query("ANALYZE TABLE $table");
}

/** The whole tab, as it is rendered for the administrator. */
function view(string $name, array $request): void
{
    Image_Counts::forget();
    $_REQUEST = $request;
    $tab = new Images_Tab(plugin());
    measure($name, static function () use ($tab, $name): void {
        ob_start();
        $tab->render();
        // An empty page is quick to make.
        if (str_contains((string) ob_get_clean(), 'data-image') === str_contains($name, 'nothing')) {
            exit("$name: not what was to be seen\n");
        }
    });
}

$before = hrtime(true);
dress();
printf("  every picture has a title and a state, after %.0f s\n", (hrtime(true) - $before) / 1e9);
wp_set_current_user(1);
$GLOBALS['hook_suffix'] = Images_Tab::SCREEN;
set_current_screen(Images_Tab::SCREEN);

// What is counted part by part is what one long query counts.
$counts = plugin()->image_query()->counts();
$hours = Image_Counts::hours_ahead();
$long = array_map(
    'intval',
    $wpdb->get_row(
        $wpdb->prepare(
            'SELECT COUNT(*) AS `all`, SUM(excluded) AS excluded, SUM(excluded = 0 AND fetched_at > %d) AS fresh FROM %i',
            time() - 86400,
            Schema::images()
        ),
        ARRAY_A
    )
);
$due = (int) $wpdb->get_var(
    $wpdb->prepare('SELECT COUNT(*) FROM %i WHERE excluded = 0 AND due_at < %d', Schema::images(), time() + 86400)
);
if (
    $counts['all'] !== $long['all']
    || $counts['excluded'] !== $long['excluded']
    || abs($counts['fresh'] - $long['fresh']) > 50
    || abs(array_sum($hours) - $due) > 50
) {
    exit('the numbers are wrong: ' . json_encode([$counts, $long, array_sum($hours), $due]) . "\n");
}

view('images: all', []);
foreach (['asin', 'age', 'posts', 'state'] as $order) {
    foreach (['asc', 'desc'] as $way) {
        view("images: by $order, $way", ['orderby' => $order, 'order' => $way]);
    }
    view("images: by $order, page 5,000", ['orderby' => $order, 'paged' => '5000']);
    view("images: by $order, last page", ['orderby' => $order, 'paged' => '999999']);
}
foreach (['fresh', 'waiting', 'failed', 'gone', 'excluded'] as $state) {
    view("images: $state", ['state' => $state]);
    view("images: $state, by posts, last page", ['state' => $state, 'orderby' => 'posts', 'paged' => '999999']);
}
view('images: one country', ['marketplace' => 'www.amazon.de']);
view('images: one country, by age, page 1,000', ['marketplace' => 'www.amazon.de', 'orderby' => 'age', 'paged' => '1000']);
view(
    'images: one country, fresh, by posts, last page',
    ['marketplace' => 'www.amazon.de', 'state' => 'fresh', 'orderby' => 'posts', 'paged' => '999999']
);
view('images: a product number', ['s' => 'B000012345']);
view('images: the beginning of every number', ['s' => 'B00']);
view('images: a word in every third title', ['s' => 'kettle']);
view('images: the same, by age, page 1,000', ['s' => 'kettle', 'orderby' => 'age', 'paged' => '1000']);
view('images: three words', ['s' => 'oak kettle garden', 'orderby' => 'posts', 'order' => 'desc']);
view('images: three words, fresh, by age', ['s' => 'oak kettle garden', 'state' => 'fresh', 'orderby' => 'age']);
view('images: a title that nothing has', ['s' => 'nothing has this']);
memory('the screen');

Image_Counts::forget();
$out = fopen('/dev/null', 'w');
measure('the export', static fn () => (new Image_Export(plugin()->image_query()))->write($out, []));
memory('the export');
Creators_Image_Refresh\Cli\Commands::register(plugin());
foreach (
    [
        'status' => [],
        'list'   => ['format' => 'count', 'search' => 'kettle'],
        'list '  => ['limit' => '1000', 'orderby' => 'age', 'format' => 'ids'],
        'list  ' => ['state' => 'gone', 'format' => 'csv'],
    ] as $command => $options
) {
    $command = trim($command);
    $words = implode(' ', array_map(static fn (string $name) => "--$name=$options[$name]", array_keys($options)));
    Image_Counts::forget();
    measure(trim("wp creators-images $command $words"), static fn () => WP_CLI::shell("creators-images $command", $options));
}
Image_Counts::forget();
measure('the numbers of the settings page', static fn () => plugin()->status_report()->all());
measure('the survey of dead pictures', static fn () => plugin()->site_survey()->findings());
measure('the line on the dashboard', static fn () => plugin()->status_report()->alarm());
measure('which marketplaces have something due', static fn () => Due_Images::marketplaces());
measure('the next 200 of all marketplaces', static fn () => Due_Images::asins(Due_Images::marketplaces(), 200));
