#!/usr/bin/env bash
# The plugin's languages, in wp-plugin/languages:
#
#   scripts/languages.sh            template from the sources, merged into every *.po; from those, what WordPress reads
#   scripts/languages.sh --check    changes nothing; complains where something is not as the above would leave it, or not translated
#
# People edit the .po files, and only those. A new language begins as a copy of the template with its own head (msginit).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
scripts/apt-install.sh gettext php-cli

readonly slug=creators-image-refresh
readonly domain=wp-plugin/languages/$slug
work=$(mktemp -d "${TMPDIR:-/tmp}/languages.XXXXXX")
trap 'rm -rf "$work"' EXIT

keywords=(--keyword)
for keyword in __:1 _e:1 _x:1,2c _ex:1,2c _n:1,2 _nx:1,2,4c _n_noop:1,2 _nx_noop:1,2,3c \
  {esc_html,esc_attr}__:1 {esc_html,esc_attr}_e:1 {esc_html,esc_attr}_x:1,2c; do
  keywords+=("--keyword=$keyword")
done

# extract LANGUAGE OUTPUT FOLDER FILE...
extract() {
  xgettext --language="$1" --output="$2" --directory="$3" --from-code=UTF-8 --no-wrap --add-location=file \
    --add-comments=translators --force-po "${keywords[@]}" -- "${@:4}"
}

sources() { (cd wp-plugin && find . -name "*.$1" -not -path './languages/*' -printf '%P\n' | LC_ALL=C sort); }

# WordPress also translates the plugin's own head in the list of plugins.
plugin_head() {
  local field
  for field in 'Plugin Name' Description; do
    sed -nE "s|^ \* $field: +(.*)|/* translators: $field of the plugin. */ __( '\1' );|p" "wp-plugin/$slug.php"
  done
}

template_head() {
  cat <<'HEAD'
# Creators Image Refresh for Amazon
# Copyright (C) 2026 the Creators Image Refresh contributors
# This file is distributed under the same license as the plugin: GPL-2.0-or-later.
msgid ""
msgstr ""
"Project-Id-Version: Creators Image Refresh for Amazon\n"
"Report-Msgid-Bugs-To: \n"
"Last-Translator: \n"
"Language-Team: \n"
"Language: \n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"X-Domain: creators-image-refresh\n"
HEAD
}

template() {
  local php js
  mapfile -t php < <(sources php)
  mapfile -t js < <(sources js)
  mkdir "$work/head"
  { printf '<?php\n'; plugin_head; } >"$work/head/$slug.php"
  extract PHP "$work/head.pot" "$work/head" "$slug.php"
  extract PHP "$work/php.pot" wp-plugin "${php[@]}"
  extract JavaScript "$work/js.pot" wp-plugin "${js[@]}"
  template_head
  echo
  msgcat --no-wrap "$work/head.pot" "$work/php.pot" "$work/js.pot" | sed -e '1,/^$/d' -e '/^#\. #-#-#-#/d'
}

# The name under which the plugin registers a script.
handle() {
  local name
  name=$(basename "$1" .js)
  [ "$name" = settings-page ] && echo "$slug" || echo "$slug-$name"
}

# build LOCALE: .l10n.php for PHP, .json for every script that says something.
build() {
  local po=$work/new/$slug-$1.po script
  msgfmt --check --output-file="$work/all.mo" "$po"
  php -n scripts/languages.php php "$work/all.mo" >"$work/new/$slug-$1.l10n.php"
  while IFS= read -r script; do
    msggrep --location="$script" --output-file="$work/script.po" "$po"
    [ -s "$work/script.po" ] || continue
    msgfmt --output-file="$work/script.mo" "$work/script.po"
    php -n scripts/languages.php json "$work/script.mo" "$script" >"$work/new/$slug-$1-$(handle "$script").json"
    rm "$work/script.po"
  done < <(sources js)
}

mkdir "$work/new"
template >"$work/new/$slug.pot"
failed=0
for po in "$domain"-*.po; do
  name=$(basename "$po")
  locale=${name#"$slug-"}
  msgmerge --quiet --no-fuzzy-matching --no-wrap --add-location=file --output-file="$work/new/$name" "$po" "$work/new/$slug.pot"
  missing=$(for kind in --untranslated --only-fuzzy; do msgattrib --no-obsolete --no-wrap $kind "$work/new/$name" | sed '1,/^$/d'; done)
  if [ -n "$missing" ]; then
    printf 'languages: %s lacks\n%s\n' "$name" "$missing" >&2
    failed=1
  fi
  build "${locale%.po}"
done

if [ "${1:-}" = --check ]; then
  if ! difference=$(diff --recursive --brief "$work/new" wp-plugin/languages); then
    printf 'languages: run make languages and commit what it changes:\n%s\n' "$difference" >&2
    failed=1
  fi
else
  rm -f "$domain"*
  cp "$work/new/"* wp-plugin/languages/
fi
[ "$failed" -ne 0 ] || echo 'languages: everything is translated'
exit "$failed"
