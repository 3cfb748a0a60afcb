# Haunt. 'make demo' shows what it does; 'make test' proves it. Both set up all they need.

SHELL := /bin/bash
PREFIX ?= /usr/local
DEBUG := .build/debug
RELEASE := .build/release
SOURCES := Sources Tests Package.swift Benchmarks/Sources
# The same for every debug build, so that everything is built once. A target may import what it names, and no more.
FLAGS := --explicit-target-dependency-import-check error
# One release build for everything: the Swift runtime is linked in, so that the binary runs where Swift is not installed.
STATIC := -c release --static-swift-stdlib --disable-local-rpath $(FLAGS)

# Debian package: a file that is there when it is installed.
NEEDS := mosquitto:/usr/sbin/mosquitto mosquitto-clients:/usr/bin/mosquitto_sub \
	libmosquitto-dev:/usr/include/mosquitto.h libsqlite3-dev:/usr/include/sqlite3.h \
	libtag1-dev:/usr/include/taglib/tag.h mpd:/usr/bin/mpd pkg-config:/usr/bin/pkg-config openssl:/usr/bin/openssl curl:/usr/bin/curl \
	faketime:/usr/bin/faketime
# The same for packages that not every distribution has; what needs one is skipped without it.
WANTS :=

.PHONY: help demo test build run check format acceptance acceptance-http test-page soak-page bench quality torture torture-minute install deb test-deb app release packages

help: ## Says what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

packages:
	@missing() { for need in $$@; do [ -e "$${need#*:}" ] || echo "$${need%%:*}"; done; }; \
	sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	get() { $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$$@" >/dev/null; }; \
	needs=$$(missing $(NEEDS)); wants=$$(missing $(WANTS)); \
	if [ -n "$$needs$$wants" ]; then \
		echo "Installing Debian packages:" $$needs $$wants; \
		$$sudo apt-get update -qq || exit 1; \
		[ -z "$$needs" ] || get $$needs || exit 1; \
		for want in $$wants; do get $$want || echo "Not to be had here: $$want"; done; \
	fi; \
	command -v swift >/dev/null || { echo "Haunt needs Swift 6.3: https://www.swift.org/install/linux"; exit 1; }

demo: packages ## Shows the main job from start to end on recorded traffic
	swift build $(FLAGS) --product haunt
	swift build $(FLAGS) --product haunt-demo
	@$(DEBUG)/haunt-demo

# Each test of a daemon has a broker and pipes: all of them at once keep each other waiting for longer than their limits.
WIDTH := SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=16
test: packages ## Sets up and runs all tests
	swift build $(FLAGS) --build-tests
	$(WIDTH) swift test $(FLAGS) --skip-build --disable-xctest

build: packages ## Builds the release binary
	swift build $(STATIC) --product haunt

run: build ## Runs the daemon with config/haunt.yaml and a store of its own
	$(RELEASE)/haunt serve --config config/haunt.yaml --store .build/haunt.db

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

AXE := .build/axe
HAS_BROWSER = { command -v chromium && command -v chromedriver; } >/dev/null \
	|| { echo "Skipped the page: there is no chromium here, or no chromedriver"; exit 0; }
test-page soak-page: WANTS += chromium:/usr/bin/chromium chromium-driver:/usr/bin/chromedriver
test-page: WANTS += node-typescript:/usr/bin/tsc
test-page: packages ## Checks the types of the web page, does each act of it in a real browser, and pictures it into .build/page
	swift build $(FLAGS) --product haunt
	@command -v tsc >/dev/null || { echo "Skipped the types of the page: there is no tsc here, of Debian's node-typescript"; exit 0; }; \
	tsc --project browser/jsconfig.json
	@$(HAS_BROWSER); \
	python3 -m venv $(AXE) && $(AXE)/bin/pip install -q axe-core-python==0.1.0 \
		|| { echo "Skipped the page: this needs python3-venv, and PyPI to install axe-core from"; exit 0; }; \
	PATH=$$PATH:/usr/sbin python3 browser/page.py $(DEBUG)/haunt $$(find $(AXE) -name axe.min.js) .build/page

bench: build ## Measures, on a release build, against named baselines
	swift build $(STATIC) --product haunt-benchmarks
	@$(RELEASE)/haunt-benchmarks
	@python3 Benchmarks/door.py $(RELEASE)/haunt

quality: build ## Measures the lists on music that a seed makes up
	@python3 quality/measure.py $(RELEASE)/haunt

MINUTES ?= 55
torture: build ## Kills, disconnects, fills and attacks a release build for an hour; MINUTES=N for less
	@PATH=$$PATH:/usr/sbin python3 torture/torture.py $(RELEASE)/haunt --minutes $(MINUTES)

soak-page: build ## Leaves the web page open in a loud house for an hour, on a release build; MINUTES=N for less
	@$(HAS_BROWSER); \
	PATH=$$PATH:/usr/sbin python3 browser/soak.py $(RELEASE)/haunt --minutes $(MINUTES)

torture-minute: packages ## One minute of it on the debug build, as CI does
	swift build $(FLAGS) --product haunt
	@PATH=$$PATH:/usr/sbin python3 torture/torture.py $(DEBUG)/haunt --minutes 1

PACKAGES := .build/packages
TAGLIB := .build/taglib
deb: NEEDS += debhelper:/usr/bin/dh python3:/usr/bin/python3 cmake:/usr/bin/cmake g++:/usr/bin/g++ libutfcpp-dev:/usr/include/utf8.h \
	zlib1g-dev:/usr/include/zlib.h
deb: packages ## Packs the release binary for Debian and Ubuntu, into .build/packages
	@packaging/taglib $(TAGLIB)
	swift build $(STATIC) -Xlinker -L$(abspath $(TAGLIB)) -Xlinker -lz --product haunt
	@rm -rf $(PACKAGES); packaging/deb $(RELEASE) $(PACKAGES)

test-deb: NEEDS += debhelper:/usr/bin/dh debootstrap:/usr/sbin/debootstrap lintian:/usr/bin/lintian \
	shellcheck:/usr/bin/shellcheck apparmor:/usr/sbin/apparmor_parser
test-deb: deb ## Installs the package on a machine without Swift, in namespaces of this one (as root)
	@packaging/test/lint $(PACKAGES)
	@packaging/test/run $(PACKAGES)/haunt_*.deb
	@packaging/test/app $(PACKAGES)/haunt_*.deb
	@packaging/test/fleet $(PACKAGES)/haunt_*.deb

APP := .build/app/haunt
app: deb ## The folder of the Home Assistant app with the package in it, ready to be built by the Supervisor
	@rm -rf $(APP) && mkdir -p $(dir $(APP)) && cp -r packaging/home-assistant/haunt $(APP)
	@for package in $(PACKAGES)/haunt_*.deb; do \
		name=$${package##*/}; cp $$package $(APP)/haunt_$${name##*_}; done; ls -d $(APP)/*.deb

release: deb ## Packages and checksums of the version that is tagged
	@tag=v$$(sed -n 's/.*static let text = "\(.*\)"/\1/p' Sources/haunt/Haunt.swift); \
	[ "$$(git describe --tags --exact-match 2>/dev/null)" = "$$tag" ] && [ -z "$$(git status --porcelain)" ] \
		|| { echo "A release is made from a clean tree at the tag $$tag"; exit 1; }; \
	cd $(PACKAGES) && sha256sum *.deb > SHA256SUMS && cat SHA256SUMS

install: build ## Installs what the package has below PREFIX; asks for sudo when not root
	@sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	$$sudo packaging/install $(RELEASE) $(PREFIX) $(DESTDIR) || exit 1; \
	$$sudo rm -rf $(DESTDIR)$(PREFIX)/lib/haunt; \
	! grep -qs '^# Haunt as a system service' $(DESTDIR)/etc/systemd/system/haunt.service \
		|| $$sudo rm $(DESTDIR)/etc/systemd/system/haunt.service; \
	[ -n "$(DESTDIR)" ] || { $$sudo systemd-sysusers $(PREFIX)/lib/sysusers.d/haunt.conf; $$sudo systemctl daemon-reload; }; \
	echo "Installed. Start it with: systemctl enable --now haunt"
