# Haunt. 'make demo' shows what it does; 'make test' proves it. Both set up all they need.

SHELL := /bin/bash
PREFIX ?= /usr/local
DEBUG := .build/debug
RELEASE := .build/release
SOURCES := $(wildcard Sources Tests Package.swift Benchmarks/Package.swift Benchmarks/Sources)
# The same for every debug build, so that everything is built once. A target may import what it names, and no more.
FLAGS := --explicit-target-dependency-import-check error

# Debian package: a file that is there when it is installed.
NEEDS := mosquitto:/usr/sbin/mosquitto mosquitto-clients:/usr/bin/mosquitto_sub \
	libmosquitto-dev:/usr/include/mosquitto.h libsqlite3-dev:/usr/include/sqlite3.h \
	pkg-config:/usr/bin/pkg-config openssl:/usr/bin/openssl curl:/usr/bin/curl \
	faketime:/usr/bin/faketime

.PHONY: help demo test build run check format acceptance acceptance-http bench quality torture torture-minute install packages

help: ## Says what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

packages:
	@missing=; for need in $(NEEDS); do [ -e "$${need#*:}" ] || missing="$$missing $${need%%:*}"; done; \
	if [ -n "$$missing" ]; then \
		echo "Installing Debian packages:$$missing"; \
		sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
		$$sudo apt-get update -qq && $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$missing >/dev/null || exit 1; \
	fi; \
	command -v swift >/dev/null || { echo "Haunt needs Swift 6.3: https://www.swift.org/install/linux"; exit 1; }

demo: packages ## Shows the main job from start to end on recorded traffic
	swift build $(FLAGS) --product haunt
	swift build $(FLAGS) --product haunt-demo
	@$(DEBUG)/haunt-demo

test: packages ## Sets up and runs all tests
	swift build $(FLAGS) --build-tests
	swift test $(FLAGS) --skip-build --disable-xctest

build: packages ## Builds the release binary
	swift build -c release --product haunt

run: build ## Runs the daemon with config/haunt.yaml
	$(RELEASE)/haunt serve --config config/haunt.yaml

check: packages ## Format, warnings as errors, import direction
	swift format lint --strict --recursive --parallel $(SOURCES)
	.ci/check-imports
	swift build $(FLAGS) --build-tests

format: ## Formats all sources
	swift format --in-place --recursive --parallel $(SOURCES)

acceptance: packages ## Haunt at home in a real Home Assistant, with a real broker and players (ten minutes)
	swift build $(FLAGS) --product haunt
	@acceptance/run $(DEBUG)/haunt

VENV := .build/acceptance-http
acceptance-http: packages ## Tries the HTTP front door with other people's clients, from PyPI
	swift build $(FLAGS) --product haunt
	@python3 -m venv $(VENV) && $(VENV)/bin/pip install -q -r acceptance/http_door-requirements.txt \
		|| { echo "Skipped: this needs python3-venv, and PyPI to install its clients from"; exit 0; }; \
	PATH=$$PATH:/usr/sbin $(VENV)/bin/python acceptance/http_door.py $(DEBUG)/haunt

bench: packages ## Measures, on a release build, against named baselines
	swift run -c release --package-path Benchmarks haunt-benchmarks

quality: build ## Measures the lists on music that a seed makes up
	@python3 quality/measure.py $(RELEASE)/haunt

MINUTES ?= 55
torture: build ## Kills, disconnects, fills and attacks a release build for an hour; MINUTES=N for less
	@PATH=$$PATH:/usr/sbin python3 torture/torture.py $(RELEASE)/haunt --minutes $(MINUTES)

torture-minute: packages ## One minute of it on the debug build, as CI does
	swift build $(FLAGS) --product haunt
	@PATH=$$PATH:/usr/sbin python3 torture/torture.py $(DEBUG)/haunt --minutes 1

install: build ## Installs binary, unit and configuration; asks for sudo when not root
	@sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	$$sudo install -d $(DESTDIR)$(PREFIX)/lib/haunt $(DESTDIR)$(PREFIX)/bin $(DESTDIR)/etc/haunt $(DESTDIR)/etc/systemd/system; \
	$$sudo install -m 755 $(RELEASE)/haunt $(DESTDIR)$(PREFIX)/lib/haunt/haunt; \
	$$sudo cp -r $(RELEASE)/*.resources $(DESTDIR)$(PREFIX)/lib/haunt/; \
	$$sudo ln -sf $(PREFIX)/lib/haunt/haunt $(DESTDIR)$(PREFIX)/bin/haunt; \
	[ -e $(DESTDIR)/etc/haunt/haunt.yaml ] || $$sudo install -m 644 config/haunt.yaml $(DESTDIR)/etc/haunt/haunt.yaml; \
	$$sudo install -m 644 systemd/haunt.service $(DESTDIR)/etc/systemd/system/haunt.service; \
	echo "Installed. Start it with: systemctl enable --now haunt"
