#!/usr/bin/env bash
# What a user of PIE does, on a PHP without Rust or compiler: pie-install.sh VERSION REPOSITORY
# REPOSITORY is the address of the sources. In PHP's official images: thread-safe or not, Debian and Alpine. Needs docker, and gh
# with GH_TOKEN. Untried outside the release workflow: it takes a published release.
set -euo pipefail

version=$1 repository=$2
folder=$(mktemp -d)
export GITHUB_TOKEN=$GH_TOKEN
curl -fsSLo "$folder/pie.phar" https://github.com/php/pie/releases/latest/download/pie.phar
gh attestation verify --owner php "$folder/pie.phar"
chmod 755 "$folder" "$folder/pie.phar"
for image in 8.2-cli 8.4-cli 8.4-zts 8.4-cli-alpine; do
  echo "php:$image"
  docker run --rm --env GITHUB_TOKEN --volume "$folder:/pie:ro" "php:$image" sh -c '
    set -e
    if command -v apk >/dev/null; then apk add -q git unzip; else apt-get -q update && apt-get -q -y install git unzip; fi
    php /pie/pie.phar repository:add vcs "$2"
    php /pie/pie.phar install --no-interaction "creators-image-refresh/creators_api:$1"
    php --ri creators_api' sh "$version" "$repository"
done
