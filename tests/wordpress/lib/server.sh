# shellcheck shell=bash
# The web server of a site: PHP's own with four workers, or nginx in front of php-fpm; or two of the latter, as behind a
# balancer: the second has a pool of its own, the same files and the same database, and is known by the ending -2.

start_server() {
  port=$(free_port "${port:-${SITE_PORT:-8080}}")
  printf 'http://127.0.0.1:%s\n' "$port" >"$site/run/url"
  case $server in
    builtin) start_builtin ;;
    fpm) start_fpm '' && start_nginx '' "$port" ;;
  esac
  [ "$server$servers" != fpm2 ] || start_second_server
}

# The site has one address, the first server's; whoever speaks to the second names that one as the host.
start_second_server() {
  local second
  second=$(free_port 0)
  printf 'http://127.0.0.1:%s\n' "$second" >"$site/run/url-2"
  start_fpm -2 && start_nginx -2 "$second"
}

start_builtin() {
  start_process php env PHP_CLI_SERVER_WORKERS=4 PHP_INI_SCAN_DIR="$site/php.d" \
    php -S "127.0.0.1:$port" -t "$site/wordpress" "$here/php/router.php"
  await_process php 20 port_answers "$port"
}

# start_fpm ENDING
start_fpm() {
  local name=fpm$1 as_root=() version fpm_port
  version=$(php -n -r 'echo PHP_MAJOR_VERSION, ".", PHP_MINOR_VERSION;')
  [ "$(id -u)" -ne 0 ] || as_root=(--allow-to-run-as-root)
  fpm_port=$(free_port 0)
  printf '%s\n' "$fpm_port" >"$site/run/$name.port"
  cat >"$site/$name.conf" <<CONF
[global]
error_log = "$site/log/$name.log"
[site]
listen = 127.0.0.1:$fpm_port
pm = static
pm.max_children = 4
catch_workers_output = yes
CONF
  [ "$(id -u)" -ne 0 ] || printf 'user = root\ngroup = root\n' >>"$site/$name.conf"
  start_process "$name" env PHP_INI_SCAN_DIR="$site/php.d" \
    "php-fpm$version" --nodaemonize "${as_root[@]}" --fpm-config "$site/$name.conf"
  await_process "$name" 20 port_answers "$fpm_port"
}

# The parameters are written out, not included: Debian's file drops the port from HTTP_HOST, and WordPress then redirects for ever.
# start_nginx ENDING PORT
start_nginx() {
  local name=nginx$1 user_line=''
  [ "$(id -u)" -ne 0 ] || user_line='user root;'
  cat >"$site/$name.conf" <<CONF
$user_line
daemon off;
pid "$site/run/$name-own.pid";
error_log "$site/log/$name.log";
events {}
http {
  include /etc/nginx/mime.types;
  # Nobody holds a connection over a restart.
  keepalive_timeout 0;
  access_log "$site/log/$name-access.log";
  client_body_temp_path "$site/run/$name-body";
  fastcgi_temp_path "$site/run/$name-fastcgi";
  proxy_temp_path "$site/run/$name-proxy";
  scgi_temp_path "$site/run/$name-scgi";
  uwsgi_temp_path "$site/run/$name-uwsgi";
  server {
    listen 127.0.0.1:$2;
    root "$site/wordpress";
    index index.php;
    location ~ /\. { deny all; }
    location / { try_files \$uri \$uri/ /index.php?\$args; }
    location ~ \.php$ {
      try_files \$uri =404;
      fastcgi_pass 127.0.0.1:$(<"$site/run/fpm$1.port");
      fastcgi_param SCRIPT_FILENAME \$document_root\$fastcgi_script_name;
      fastcgi_param SCRIPT_NAME \$fastcgi_script_name;
      fastcgi_param DOCUMENT_ROOT \$document_root;
      fastcgi_param REQUEST_URI \$request_uri;
      fastcgi_param REQUEST_METHOD \$request_method;
      fastcgi_param QUERY_STRING \$query_string;
      fastcgi_param CONTENT_TYPE \$content_type;
      fastcgi_param CONTENT_LENGTH \$content_length;
      fastcgi_param SERVER_PROTOCOL \$server_protocol;
      fastcgi_param SERVER_SOFTWARE nginx;
      fastcgi_param SERVER_NAME \$server_name;
      fastcgi_param SERVER_ADDR \$server_addr;
      fastcgi_param SERVER_PORT \$server_port;
      fastcgi_param REMOTE_ADDR \$remote_addr;
      fastcgi_param REMOTE_PORT \$remote_port;
    }
  }
}
CONF
  start_process "$name" nginx -p "$site" -c "$site/$name.conf"
  await_process "$name" 20 port_answers "$2"
}
