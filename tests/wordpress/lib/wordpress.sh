# shellcheck shell=bash
# The files of a site: WordPress's core, its configuration, and the plugin and the blog's theme as copies, as a user has them.

readonly plugin_slug=creators-image-refresh

copy_wordpress() {
  local content=$site/wordpress/wp-content
  cp -r --reflink=auto "$cache/$wordpress/core" "$site/wordpress"
  cp -r "$here/theme" "$content/themes/salt-and-margins"
  [ ! -d "$root/wp-plugin" ] || cp -r "$root/wp-plugin" "$content/plugins/$plugin_slug"
}

random_text() { head -c 48 /dev/urandom | base64 -w 0; }

write_wp_config() {
  local key disable_cron=true
  [ "$cron" = off ] || disable_cron=false
  {
    printf '<?php\n'
    define_text DB_NAME wordpress
    define_text DB_USER wordpress
    define_text DB_PASSWORD "$database_password"
    define_text DB_CHARSET utf8mb4
    define_text DB_COLLATE ''
    [ "$database" = mariadb ] || printf "define( 'DB_DIR', '%s' );\ndefine( 'DB_FILE', 'site.sqlite' );\n" "$site/database/"
    for key in AUTH SECURE_AUTH LOGGED_IN NONCE; do
      define_text "${key}_KEY" "$(random_text)"
      define_text "${key}_SALT" "$(random_text)"
    done
    cat <<PHP
define( 'DB_HOST', trim( file_get_contents( '$site/run/database' ) ) );
define( 'WP_HOME', trim( file_get_contents( '$site/run/url' ) ) );
define( 'WP_SITEURL', WP_HOME );
define( 'WP_DEBUG', true );
define( 'WP_DEBUG_LOG', '$site/log/debug.log' );
define( 'WP_DEBUG_DISPLAY', false );
define( 'WP_HTTP_BLOCK_EXTERNAL', true );
define( 'WP_ACCESSIBLE_HOSTS', '127.0.0.1,localhost' );
define( 'AUTOMATIC_UPDATER_DISABLED', true );
defined( 'DISABLE_WP_CRON' ) || define( 'DISABLE_WP_CRON', $disable_cron );
\$table_prefix = 'wp_';
defined( 'ABSPATH' ) || define( 'ABSPATH', __DIR__ . '/' );
require_once ABSPATH . 'wp-settings.php';
PHP
  } >"$site/wordpress/wp-config.php"
}

define_text() { printf "define( '%s', '%s' );\n" "$1" "$2"; }
