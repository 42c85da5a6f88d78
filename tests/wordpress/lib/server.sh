# shellcheck shell=bash
# The web server of a site: PHP's own with four workers, or nginx in front of php-fpm.

start_server() {
  local url
  port=$(free_port "${port:-${SITE_PORT:-8080}}")
  url=http://127.0.0.1:$port
  printf '%s\n' "$url" >"$site/run/url"
  case $server in
    builtin) start_builtin ;;
    fpm) start_fpm && start_nginx ;;
  esac
}

start_builtin() {
  start_process php env PHP_CLI_SERVER_WORKERS=4 PHP_INI_SCAN_DIR="$site/php.d" \
    php -S "127.0.0.1:$port" -t "$site/wordpress" "$here/php/router.php"
  await_process php 20 port_answers "$port"
}

start_fpm() {
  local as_root=() version fpm_port
  version=$(php -n -r 'echo PHP_MAJOR_VERSION, ".", PHP_MINOR_VERSION;')
  [ "$(id -u)" -ne 0 ] || as_root=(--allow-to-run-as-root)
  fpm_port=$(free_port 0)
  printf '%s\n' "$fpm_port" >"$site/run/fpm.port"
  cat >"$site/fpm.conf" <<CONF
[global]
error_log = "$site/log/fpm.log"
[site]
listen = 127.0.0.1:$fpm_port
pm = static
pm.max_children = 4
catch_workers_output = yes
CONF
  [ "$(id -u)" -ne 0 ] || printf 'user = root\ngroup = root\n' >>"$site/fpm.conf"
  start_process fpm env PHP_INI_SCAN_DIR="$site/php.d" \
    "php-fpm$version" --nodaemonize "${as_root[@]}" --fpm-config "$site/fpm.conf"
  await_process fpm 20 port_answers "$fpm_port"
}

# The parameters are written out, not included: Debian's file drops the port from HTTP_HOST, and WordPress then redirects for ever.
start_nginx() {
  local user_line=''
  [ "$(id -u)" -ne 0 ] || user_line='user root;'
  cat >"$site/nginx.conf" <<CONF
$user_line
daemon off;
pid "$site/run/nginx-own.pid";
error_log "$site/log/nginx.log";
events {}
http {
  include /etc/nginx/mime.types;
  # Nobody holds a connection over a restart.
  keepalive_timeout 0;
  access_log "$site/log/nginx-access.log";
  client_body_temp_path "$site/run/nginx-body";
  fastcgi_temp_path "$site/run/nginx-fastcgi";
  proxy_temp_path "$site/run/nginx-proxy";
  scgi_temp_path "$site/run/nginx-scgi";
  uwsgi_temp_path "$site/run/nginx-uwsgi";
  server {
    listen 127.0.0.1:$port;
    root "$site/wordpress";
    index index.php;
    location ~ /\. { deny all; }
    location / { try_files \$uri \$uri/ /index.php?\$args; }
    location ~ \.php$ {
      try_files \$uri =404;
      fastcgi_pass 127.0.0.1:$(<"$site/run/fpm.port");
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
  start_process nginx nginx -p "$site" -c "$site/nginx.conf"
  await_process nginx 20 port_answers "$port"
}
