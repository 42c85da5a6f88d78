# WordPress's image with php-fpm, and the extension beside it. Not built where this is developed: no Docker runs there.
#   docker build --build-arg DOWNLOADS=https://… --build-arg SHA256=… -f php-fpm.Dockerfile .
FROM wordpress:php8.4-fpm
ARG DOWNLOADS
ARG VERSION=0.2.0
ARG FILE=php_creators_api-${VERSION}_php8.4-x86_64-linux-glibc-nts.zip
ARG SHA256
ADD --checksum=sha256:${SHA256} ${DOWNLOADS}/${FILE} /tmp/creators_api.zip
RUN apt-get update && apt-get install -y --no-install-recommends unzip \
    && unzip -q /tmp/creators_api.zip creators_api.so -d "$(php -r 'echo ini_get("extension_dir");')" \
    && docker-php-ext-enable creators_api \
    && php --ri creators_api \
    && apt-get purge -y --auto-remove unzip && rm -rf /tmp/creators_api.zip /var/lib/apt/lists/*
