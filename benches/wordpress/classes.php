<?php
/*
 * How much of the plugin a request loads: classes, files and their lines, of a page without pictures, one with, saving the
 * form of settings, and a slice of refreshing in WP-Cron. Run it inside a site with an account: it asks the site's own server.
 */

declare(strict_types=1);

require dirname(__DIR__, 2) . '/tests/wordpress/php/site.php';

const NOTE = <<<'PHP'
<?php
register_shutdown_function(static function (): void {
    $classes = array_filter(get_declared_classes(), static fn (string $name): bool => str_starts_with($name, 'Creators_Image_Refresh\\'));
    $files = array_filter(get_included_files(), static fn (string $name): bool => str_contains($name, '/creators-image-refresh/includes/'));
    $lines = array_sum(array_map(static fn (string $name): int => count(file($name)), $files));
    file_put_contents(dirname(ABSPATH) . '/log/classes', json_encode([array_values($classes), count($files), $lines]));
});
PHP;

/** Asks the site for a page, as its administrator or as a visitor; gives what it said. */
function ask(string $path, array $cookies = [], array $fields = []): string
{
    $request = curl_init(home_url($path));
    $cookie = implode(
        '; ',
        array_map(
            static fn (string $name, string $value): string => "$name=" . rawurlencode($value),
            array_keys($cookies),
            $cookies
        )
    );
    curl_setopt_array($request, [CURLOPT_RETURNTRANSFER => true, CURLOPT_TIMEOUT => 60, CURLOPT_COOKIE => $cookie]);
    if ([] !== $fields) {
        curl_setopt($request, CURLOPT_POSTFIELDS, http_build_query($fields));
    }
    $said = (string) curl_exec($request);
    must(curl_getinfo($request, CURLINFO_HTTP_CODE) < 400, "asking for $path");
    return $said;
}

/** Prints what the last request has loaded. */
function report(string $name): void
{
    global $argv;
    $noted = getenv('SITE_FOLDER') . '/log/classes';
    for ($until = microtime(true) + 30; !is_file($noted) && microtime(true) < $until;) {
        usleep(10000);
    }
    [$classes, $files, $lines] = json_decode((string) file_get_contents($noted), true);
    printf("  %-28s %3d classes  %3d files  %6s lines\n", $name, count($classes), $files, number_format($lines));
    if (in_array('-v', $argv, true)) {
        echo '    ', implode(' ', str_replace('Creators_Image_Refresh\\', '', $classes)), "\n";
    }
    unlink($noted);
}

/** What a browser has that has logged in. */
function administrator(): array
{
    $until = time() + HOUR_IN_SECONDS;
    $token = WP_Session_Tokens::get_instance(1)->create($until);
    return [
        AUTH_COOKIE => wp_generate_auth_cookie(1, $until, 'auth', $token),
        LOGGED_IN_COOKIE => wp_generate_auth_cookie(1, $until, 'logged_in', $token),
    ];
}

global $wpdb;
wp_mkdir_p(WPMU_PLUGIN_DIR);
// A page without pictures has none beside its post either.
$widgets = get_option('sidebars_widgets');
update_option('sidebars_widgets', ['notes' => [], 'wp_inactive_widgets' => [], 'array_version' => 3]);
$note = WPMU_PLUGIN_DIR . '/note-classes.php';
file_put_contents($note, NOTE);
try {
    foreach (
        [
            'a page without pictures' => '/letter-from-the-garden/',
            'a page with pictures'    => '/one-kettle-for-life/',
        ] as $name => $path
    ) {
        ask($path);
        ask($path);
        report($name);
    }
    $cookies = administrator();
    $form = ask('/wp-admin/options-general.php?page=creators-image-refresh', $cookies);
    preg_match('/name="_wpnonce" value="(\w+)"/', (string) strstr($form, "name='option_page'"), $found)
        || must(false, 'finding the form');
    // The same account, entered once more with another choice, so that all that follows from a change is done.
    $saved = get_option('creators_image_refresh_account_' . get_option('creators_image_refresh_default_account'));
    $account = current(array_filter(
        json_decode((string) file_get_contents(dirname(__DIR__, 2) . '/tests/sandbox/accounts.json'), true),
        static fn (array $account): bool => $account['credential_id'] === $saved['credential_id'],
    ));
    $fields = ['credential_secret' => $account['credential_secret']] + $saved + get_option('creators_image_refresh_settings');
    foreach ([['refresh_images' => '0'], ['refresh_images' => '1']] as $choice) {
        @unlink(getenv('SITE_FOLDER') . '/log/classes');
        ask(
            '/wp-admin/options.php',
            $cookies,
            [
                'option_page'                     => 'creators_image_refresh',
                'action'                          => 'update',
                '_wpnonce'                        => $found[1],
                'creators_image_refresh_settings' => $choice + $fields,
            ]
        );
    }
    report('saving the settings');
    $wpdb->query("UPDATE {$wpdb->prefix}creators_image_refresh_images SET due_at = 0");
    wp_unschedule_hook('creators_image_refresh_run');
    wp_schedule_single_event(time() - 1, 'creators_image_refresh_run', ['next']);
    delete_transient('doing_cron');
    ask('/wp-cron.php');
    report('a slice of refreshing');
} finally {
    unlink($note);
    update_option('sidebars_widgets', $widgets);
}
