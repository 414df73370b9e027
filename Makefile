# Entry points for people and CI. Everything here may be run again and again.
SWIFT ?= swift
PREFIX ?= /usr/local
# Debug builds and release builds live side by side, so neither has to be made twice.
RELEASE = --configuration release --static-swift-stdlib
CTBOOT = .build/release/ctboot

.PHONY: demo test check bench install setup release format docs clean

# Real packages to a card image for the Cubietruck, then a boot of its emulated sister.
demo: release
	$(CTBOOT) build -p Docs/examples/cubietruck.yaml -o build --plan
	$(CTBOOT) build -p Docs/examples/cubietruck.yaml -o build
	$(CTBOOT) emulate -p Docs/examples/cubietruck.yaml -o build

test: release
	Tests/install-test
	$(SWIFT) test

check: setup
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build --filter HouseTests

bench: release
	Benchmarks/image-step
	Benchmarks/emulate-overhead
	Benchmarks/lint-trees

release: setup
	$(SWIFT) build $(RELEASE) --product ctboot

install: release
	install -D --strip -m 755 $(CTBOOT) "$(DESTDIR)$(PREFIX)/bin/ctboot"

setup:
	@.ci/setup

format:
	$(SWIFT) format --in-place --recursive Package.swift Sources Tests

docs: release
	Docs/refresh

clean:
	rm -rf .build build
