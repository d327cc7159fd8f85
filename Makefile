# The two commands of the README are `make demo` and `make test`.

PREFIX ?= /usr/local
DESTDIR ?=
FUZZ_SECONDS ?= 600
BINARY := .build/release/harrier

.PHONY: all setup build demo test browser detections mutate score bench lint format install fuzz torture clean

all: build

setup:
	@scripts/setup

build: setup
	swift build -c release

demo: build
	@scripts/demo $(BINARY)

test: setup
	scripts/test

# docs/DETECTIONS.md, from the rules themselves.
detections:
	scripts/detections

# Drops each predicate of each built-in rule in turn; a test of the rule must notice.
mutate: setup
	swift test --filter PackTests.MutationTests

# report.html in Chromium (apt-get install chromium).
browser: build
	Tests/Browser/check.py $(BINARY)

# Plants incidents in made-up archives: all must be alerted, their look-alikes and the rest must not.
score: build
	scripts/score $(BINARY)

bench: build
	Benchmarks/run --harrier $(BINARY)

lint:
	swift format lint --strict --recursive Package.swift Sources Tests

format:
	swift format --in-place --recursive Package.swift Sources Tests

# The Swift runtime is linked into the binaries; the Debian libraries they use are named in docs/INSTALL.md.
install: setup
	swift build -c release --static-swift-stdlib --scratch-path .build/static --product harrier
	swift build -c release --static-swift-stdlib --scratch-path .build/static --product harrier-notify
	install -d $(DESTDIR)$(PREFIX)/bin
	install -m 755 .build/static/release/harrier .build/static/release/harrier-notify $(DESTDIR)$(PREFIX)/bin

fuzz: setup
	Tests/Fuzz/run $(FUZZ_SECONDS)

# Everything that is tried at random or in part elsewhere, tried at length.
torture: build
	HARRIER_TORTURE=1 swift test
	Tests/Torture/state $(BINARY)
	Tests/Torture/run $(BINARY)

clean:
	swift package clean
