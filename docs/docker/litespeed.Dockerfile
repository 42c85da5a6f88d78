# LiteSpeed's image with lsphp; the tarball's own install knows its folders. Not built where this is developed: no Docker runs there.
#   docker build --build-arg DOWNLOADS=https://… --build-arg SHA256=… -f litespeed.Dockerfile .
FROM litespeedtech/openlitespeed:1.8.4-lsphp84
ARG DOWNLOADS
ARG VERSION=0.2.0
ARG SHA256
ADD --checksum=sha256:${SHA256} ${DOWNLOADS}/creators_api-${VERSION}-linux-x86_64.tar.gz /tmp/creators_api.tar.gz
RUN tar -xzf /tmp/creators_api.tar.gz -C /tmp \
    && "/tmp/creators_api-${VERSION}-linux-x86_64/install" /usr/local/lsws/lsphp84/bin/php \
    && rm -rf /tmp/creators_api*
