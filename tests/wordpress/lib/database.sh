# shellcheck shell=bash
# The database of a site: one SQLite file, or a MariaDB server of its own with its own data, socket and port.

create_sqlite() {
  : >"$site/run/database"
  local plugin=$site/wordpress/wp-content/plugins/sqlite-database-integration
  cp -r "$cache/sqlite" "$plugin"
  sed -e "s#'{SQLITE_IMPLEMENTATION_FOLDER_PATH}'#'$plugin'#" -e 's#{SQLITE_PLUGIN}#sqlite-database-integration/load.php#' \
    "$plugin/db.copy" >"$site/wordpress/wp-content/db.php"
}

create_mariadb() {
  local as_user=()
  [ "$(id -u)" -ne 0 ] || as_user=(--user=root)
  mariadb-install-db --no-defaults "${as_user[@]}" --datadir="$site/mariadb" --auth-root-authentication-method=socket \
    --skip-test-db >"$site/log/mariadb-install.log" 2>&1 ||
    { show_tail "$site/log/mariadb-install.log"; die 'MariaDB could not make its data folder'; }
  printf "CREATE DATABASE wordpress CHARACTER SET utf8mb4;\nCREATE USER wordpress@'127.0.0.1' IDENTIFIED BY '%s';\n%s\n" \
    "$database_password" "GRANT ALL ON \`wordpress%\`.* TO wordpress@'127.0.0.1';" >"$site/mariadb/first-start.sql"
}

# The port answers before the first start has made its user, so a log-in is the proof.
database_answers() {
  php -r 'mysqli_report(MYSQLI_REPORT_OFF);
    exit(@mysqli_connect("127.0.0.1", "wordpress", $argv[1], "wordpress", (int) $argv[2]) ? 0 : 1);' \
    -- "$database_password" "$database_port"
}

# The socket's name is taken inside the data folder: a whole path may be longer than a socket's may be.
start_mariadb() {
  # shellcheck disable=SC2206 # a list of options
  local more=(${SITE_MARIADB_OPTIONS:-})
  local first=() as_user=()
  [ ! -f "$site/mariadb/first-start.sql" ] || first=(--init-file="$site/mariadb/first-start.sql")
  [ "$(id -u)" -ne 0 ] || as_user=(--user=root)
  database_port=$(free_port "${database_port:-3399}")
  printf '127.0.0.1:%s\n' "$database_port" >"$site/run/database"
  start_process mariadb mariadbd --no-defaults "${as_user[@]}" --datadir="$site/mariadb" --socket=mariadb.sock \
    --bind-address=127.0.0.1 --port="$database_port" --pid-file="$site/mariadb/mariadb.pid" --skip-name-resolve \
    --innodb-flush-log-at-trx-commit=2 --innodb-buffer-pool-size=64M --innodb-fast-shutdown=2 --skip-log-bin "${more[@]}" "${first[@]}"
  await_process mariadb 30 database_answers
  rm -f "$site/mariadb/first-start.sql"
}
