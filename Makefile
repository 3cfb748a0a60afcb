# Haunt. 'make demo' shows what it does; 'make test' proves it. Both set up all they need.

SHELL := /bin/bash
PREFIX ?= /usr/local
DEBUG := .build/debug/haunt
RELEASE := .build/release/haunt
SOURCES := Sources Tests Benchmarks Package.swift
STRICT := -Xswiftc -require-explicit-sendable --explicit-target-dependency-import-check error

# Debian package: a file that is there when it is installed.
NEEDS := mosquitto:/usr/sbin/mosquitto mosquitto-clients:/usr/bin/mosquitto_sub \
	libmosquitto-dev:/usr/include/mosquitto.h libsqlite3-dev:/usr/include/sqlite3.h \
	pkg-config:/usr/bin/pkg-config openssl:/usr/bin/openssl

.PHONY: help demo test build run check format bench install packages

help: ## Says what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

packages:
	@missing=; for need in $(NEEDS); do [ -e "$${need#*:}" ] || missing="$$missing $${need%%:*}"; done; \
	[ -z "$$missing" ] && exit 0; \
	echo "Installing Debian packages:$$missing"; \
	sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	$$sudo apt-get update -qq && $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$missing >/dev/null
	@command -v swift >/dev/null || { echo "Haunt needs Swift 6.3: https://www.swift.org/install/linux"; exit 1; }

demo: packages ## Shows the main job from start to end on recorded traffic
	swift build --product haunt
	@demo/run $(DEBUG)

test: packages ## Sets up and runs all tests
	swift test --disable-xctest

build: packages ## Builds the release binary
	swift build -c release --product haunt

run: build ## Runs the daemon with config/haunt.yaml
	$(RELEASE) serve --config config/haunt.yaml

check: packages ## Format, warnings as errors, import direction
	swift format lint --strict --recursive --parallel $(SOURCES)
	swift build --build-tests $(STRICT)
	@demo/check-layers

format: ## Formats all sources
	swift format --in-place --recursive --parallel $(SOURCES)

bench: packages ## Measures, on a release build, against named baselines
	swift run -c release --package-path Benchmarks haunt-benchmarks

install: build ## Installs binary, unit and configuration; asks for sudo when not root
	@sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	$$sudo install -d $(DESTDIR)$(PREFIX)/lib/haunt $(DESTDIR)$(PREFIX)/bin $(DESTDIR)/etc/haunt $(DESTDIR)/etc/systemd/system; \
	$$sudo install -m 755 $(RELEASE) $(DESTDIR)$(PREFIX)/lib/haunt/haunt; \
	$$sudo cp -r .build/release/*.resources $(DESTDIR)$(PREFIX)/lib/haunt/; \
	$$sudo ln -sf $(PREFIX)/lib/haunt/haunt $(DESTDIR)$(PREFIX)/bin/haunt; \
	[ -e $(DESTDIR)/etc/haunt/haunt.yaml ] || $$sudo install -m 644 config/haunt.yaml $(DESTDIR)/etc/haunt/haunt.yaml; \
	$$sudo install -m 644 systemd/haunt.service $(DESTDIR)/etc/systemd/system/haunt.service; \
	echo "Installed. Start it with: systemctl enable --now haunt"
