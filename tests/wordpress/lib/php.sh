# shellcheck shell=bash
# PHP as the site sees it: the machine's own settings, except for this extension, which comes from the build and never from
# an installed copy. The folder of ini files takes the place of the machine's, so it holds for every way to start PHP.

extension_file() { printf '%s\n' "${CREATORS_API_EXTENSION:-$target/release/libcreators_api.so}"; }

write_php_settings() {
  local ini scanned=$site/php.d
  rm -rf "$scanned"
  mkdir "$scanned"
  for ini in "$(php -n -r 'echo PHP_CONFIG_FILE_SCAN_DIR;')"/*.ini; do
    [ ! -e "$ini" ] || [[ $(<"$ini") == *creators_api* ]] || ln -s "$ini" "$scanned/"
  done
  {
    printf 'memory_limit = 256M\nlog_errors = On\ndisplay_errors = Off\nerror_reporting = -1\n'
    printf 'error_log = "%s"\n' "$site/log/php-errors.log"
    # Scripts change under a test; a bench takes what PHP has by itself.
    [ -n "${SITE_OPCACHE:-}" ] || printf 'opcache.revalidate_freq = 0\n'
    if [ "$extension" = on ]; then
      printf 'extension = "%s"\n' "$(extension_file)"
      if [ "$sandbox" = on ]; then
        printf 'creators_api.api_endpoint = "%s"\n' "$(sandbox_url)"
        printf 'creators_api.token_endpoint = "%s/token"\n' "$(sandbox_url)"
      fi
    fi
  } >"$scanned/99-site.ini"
}

check_extension() {
  [ "$extension" = on ] || return 0
  [ -f "$(extension_file)" ] || die "the extension is not built: $(extension_file) is missing (make build)"
  local said
  said=$(php -d extension="$(extension_file)" -r 'exit(extension_loaded("creators_api") ? 0 : 1);' 2>&1) ||
    die "PHP cannot load the extension: ${said:-no reason given}"
}

# site_php SCRIPT [ARG...]: one of php/*.php, inside the site.
site_php() {
  local script=$1
  shift
  PHP_INI_SCAN_DIR=$site/php.d SITE_FOLDER=$site php -d display_errors=stderr "$here/php/$script.php" "$@"
}
