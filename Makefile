# Two commands for a newcomer: make demo, make test. The others are their parts.

CARGO_TARGET_DIR ?= $(CURDIR)/target
export CARGO_TARGET_DIR
extension := $(CARGO_TARGET_DIR)/release/libcreators_api.so
sandbox   := $(CARGO_TARGET_DIR)/debug/sandbox
apt       := scripts/apt-install.sh

# What the extension is built with, and what a WordPress needs beside it.
build_packages := gcc libc6-dev php-cli php-dev clang libclang-dev ca-certificates
test_packages  := php-fpm libfcgi-bin valgrind curl python3-venv

.PHONY: help
help: ## say what there is
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 24

.PHONY: demo demo-stop
demo: build ## a WordPress full of dead Amazon pictures, brought to life
	@tests/wordpress/demo.sh

demo-stop: ## end what make demo left running
	@tests/wordpress/demo-stop.sh

.PHONY: build install uninstall
build: ## target/release/libcreators_api.so
	@$(apt) $(build_packages)
	cargo build --release --locked -p creators_api

install: ## switch the built extension on in Debian's PHP (as root)
	@scripts/install-extension.sh install

uninstall: ## and off again
	@scripts/install-extension.sh uninstall

.PHONY: languages
languages: ## the plugin's translations, from its sources and the .po files
	@scripts/languages.sh

.PHONY: dist
dist: ## dist/: the plugin, and the extension for each PHP, as people install them
	@packaging/dist.sh

.PHONY: test test-style test-packaging test-unit test-rust test-html-trees test-php test-sdk test-wordpress
test: ## everything; what needs no release build runs beside it, since that keeps a single core busy for long
	@$(apt) $(build_packages)
	@$(MAKE) --no-print-directory build & build=$$!; \
	  $(MAKE) --no-print-directory test-style test-packaging test-unit test-rust; early=$$?; wait $$build && exit $$early
	@$(MAKE) --no-print-directory test-html-trees test-php test-sdk test-wordpress

test-style: ## formatting and lints of Rust, PHP and shell
	@$(apt) $(build_packages)
	cargo fmt --all --check
	cargo clippy --locked --workspace --all-targets --quiet -- --deny warnings
	@for crate in benches/html tests/fuzz; do cargo metadata --locked --format-version 1 --manifest-path $$crate/Cargo.toml >/dev/null || exit 1; done
	@scripts/check-style.sh

test-unit: ## the plugin's rules that need no WordPress
	@$(apt) php-cli php-mbstring
	@php tests/wordpress/unit/run.php

test-packaging: ## whether dist/ can be made, as far as that needs no build
	@packaging/tests/quick.sh

# The same generated input each time, so that no change fails by luck: what nobody has seen yet is for test-html-trees-long.
test-rust test-html-trees: export PROPTEST_RNG_SEED = 1

test-rust: ## the crate and the stand-in, with no PHP in sight
	@$(apt) gcc libc6-dev
	cargo test --locked --quiet --no-default-features -p creators_api
	cargo test --locked --quiet -p sandbox

test-html-trees: ## PAGES=3000 generated pages, before and after, in parse5 and in Chromium
	@$(apt) gcc libc6-dev nodejs npm chromium
	@tests/html-trees/run.sh $(PAGES)

test-php: build $(sandbox) ## the extension in PHP: stub, phpt, php-fpm, memory
	@$(apt) $(test_packages)
	@tests/php/run.sh $(extension) $(sandbox)

test-sdk: $(sandbox) ## Amazon's own SDK as a client of the stand-in
	@$(apt) $(test_packages)
	@tests/sandbox/sdk/run.sh $(sandbox)

test-wordpress: build ## the plugin in a real WordPress and a real browser
	@tests/wordpress/run.sh

.PHONY: test-dist test-matrix
test-matrix: $(sandbox) ## PHP 8.2 and 8.4 thread-safe from Debian's sources, PHP 8.2 for arm64: the phpt tests, and many threads at once
	@packaging/matrix/run.sh $(sandbox)

test-dist: $(sandbox) ## as root: what make dist has made, on bare Debians and in other systems' folders; two builds compared
	@packaging/tests/run.sh

.PHONY: test-long test-campaigns test-purges test-html-trees-long test-unseen fuzz
test-long: test test-campaigns test-html-trees-long fuzz ## everything, and what takes an hour: faults, kills, two servers, unseen sites, fuzzing

test-campaigns: build ## faults, kills, two servers and unseen sites, on both versions of WordPress
	@tests/wordpress/run.sh campaigns

test-purges: build ## a refresh killed at MOMENTS=100 of its steps: who is told in the end, on both databases
	@MOMENTS=$(or $(MOMENTS),100) tests/wordpress/run.sh purges purges-6.8

test-html-trees-long: ## what test-html-trees does, with 50,000 new pages
	@$(apt) gcc libc6-dev nodejs npm chromium
	cargo test --locked --quiet --no-default-features -p creators_api --test parser_comparison --test html
	@tests/html-trees/run.sh 50000 2000

test-unseen: build ## a site made from a seed, an account in wp-config.php alone, nobody in the dashboard
	@tests/wordpress/unseen.sh newest $(SEED)

fuzz: ## pages that src/html gets wrong, looked for SECONDS=60 long
	@$(apt) g++ libc6-dev
	@tests/fuzz/run.sh $(or $(SECONDS),60)

.PHONY: bench
bench: build $(sandbox) ## beside what users would take instead; prints ratios
	@$(apt) $(test_packages) php-xml
	@benches/run.sh $(extension) $(sandbox)

.PHONY: $(sandbox)
$(sandbox):
	@$(apt) gcc libc6-dev
	cargo build --locked --quiet -p sandbox
