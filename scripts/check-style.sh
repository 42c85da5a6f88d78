#!/usr/bin/env bash
# What the Rust tools do not look at: PHP and shell parse and look as they should, no file has grown too long, the plugin
# folder holds nothing that the plugin directory refuses, plugin and extension carry one version, and it is translated.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
scripts/apt-install.sh shellcheck php-codesniffer php-mbstring

failed=0
complain() {
    printf 'style: %s\n' "$*" >&2
    failed=1
}

while IFS= read -r file; do
    php -n -l "$file" >/dev/null || complain "$file does not parse"
done < <(git ls-files '*.php' '*.inc')

git ls-files '*.sh' .ci/run packaging/build/zig-cc packaging/tarball/install 'packaging/deb/p*' | xargs shellcheck --external-sources --severity=warning || complain 'shellcheck, above'

phpcs --report=emacs || complain 'php-codesniffer, above: its rules stand in phpcs.xml.dist'

while read -r lines file; do
    [ "$lines" -le 400 ] || complain "$file has $lines lines; make it two where a reader would"
done < <(git ls-files '*.rs' '*.php' '*.js' '*.mjs' '*.sh' '*.py' | xargs wc -l | grep -v ' total$')

while read -r classes room; do
    [ "$classes" -le 10 ] || complain "$room holds $classes classes; make a room in it"
done < <(find wp-plugin/includes -name '[A-Z]*.php' -printf '%h\n' | sort | uniq -c)

refused=$(find wp-plugin -name '.*' -o -name '*.so' -o -name '*.sh' -o -name '*.exe' -o -name '*.bin' -o -name '*.phar' -o -name '*.zip')
[ -z "$refused" ] || complain "the plugin directory refuses: $refused"

version=$(sed -nE '0,/^version/s/^version = "(.*)"/\1/p' Cargo.toml)
grep -q "Version: *$version\$" wp-plugin/creators-image-refresh.php || complain "the plugin's version is not $version"
grep -q "^Stable tag: *$version\$" wp-plugin/readme.txt || complain "readme.txt's stable tag is not $version"

scripts/languages.sh --check >/dev/null || complain 'a translation, above'

[ "$failed" -eq 0 ] && echo 'style: nothing to complain of'
exit "$failed"
