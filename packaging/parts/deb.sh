#!/usr/bin/env bash
# The extension as a package of Debian: deb.sh MODULE LICENCES FOLDER DEBIAN PHP [ARCHITECTURE]     for instance … 12 8.2 amd64
# Prints the package's name. MAINTAINER names who answers for it.
set -euo pipefail
# shellcheck source=packaging/lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"

module=$1 licences=$2 output=$(realpath -m "$3") debian=$4 php=$5 architecture=${6:-amd64}
maintainer=${MAINTAINER:-Creators Image Refresh contributors <maintainers@creators-image-refresh.invalid>}
package=php$php-creators-api api=$(module_api "$php")
revision=$version-1~deb${debian}u1
name=${package}_${revision}_$architecture.deb
tree=$work/deb
template=$root/packaging/deb

rm -rf "$tree"
mkdir -p "$tree/DEBIAN" "$tree/usr/lib/php/$api" "$tree/etc/php/$php/mods-available" "$tree/usr/share/doc/$package" "$output"
install -m 644 "$module" "$tree/usr/lib/php/$api/creators_api.so"
install -m 644 "$template/creators_api.ini" "$tree/etc/php/$php/mods-available/"
install -m 644 "$template/copyright" "$tree/usr/share/doc/$package/copyright"
gzip -n -9 <"$licences" >"$tree/usr/share/doc/$package/LICENSES.gz"
{
  printf '%s (%s) unstable; urgency=medium\n\n' "$package" "$revision"
  printf '  * Version %s; CHANGELOG.md of the sources says what is new.\n\n' "$version"
  printf ' -- %s  %s\n' "$maintainer" "$(date -R -d "@$SOURCE_DATE_EPOCH")"
} | gzip -n -9 >"$tree/usr/share/doc/$package/changelog.Debian.gz"

echo "/etc/php/$php/mods-available/creators_api.ini" >"$tree/DEBIAN/conffiles"
for script in postinst prerm postrm; do
  sed "s/@PHP@/$php/" "$template/$script" >"$tree/DEBIAN/$script"
done
sed -e "s/@PACKAGE@/$package/" -e "s/@VERSION@/$revision/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@API@/$api/" \
  -e "s/@PHP@/$php/" -e "s/@MAINTAINER@/$maintainer/" -e "s/@SIZE@/$(du -sk --apparent-size "$tree/usr" | cut -f 1)/" \
  "$template/control" >"$tree/DEBIAN/control"
(cd "$tree" && find usr -type f -print0 | sort -z | xargs -0 md5sum >DEBIAN/md5sums)
same_time "$tree"
chmod 755 "$tree"/DEBIAN/{postinst,prerm,postrm}
rm -f "$output/$name"
dpkg-deb --root-owner-group -Zxz --build "$tree" "$output/$name" >/dev/null
echo "$name"
