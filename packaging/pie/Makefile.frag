# Cargo knows what is up to date.
.PHONY: $(phplibdir)/creators_api.so
$(phplibdir)/creators_api.so:
	mkdir -p $(phplibdir)
	PHP=$(PHP_EXECUTABLE) PHP_CONFIG=$(PHP_CONFIG) CARGO_TARGET_DIR=$(CURDIR)/target \
		$(CARGO) build --manifest-path $(CREATORS_API_SOURCE)/Cargo.toml --release --locked -p creators_api
	cp $(CURDIR)/target/release/libcreators_api.so $(phplibdir)/creators_api.so
