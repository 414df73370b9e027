# Entry points for people and CI. Everything here may be run again and again.
SWIFT ?= swift
PREFIX ?= /usr/local
# For fuzz: seconds for each of the fuzzers, and processes for one.
TIME ?= 60
JOBS ?= 1
# Debug builds and release builds live side by side, so neither has to be made twice.
RELEASE = --configuration release --static-swift-stdlib
CTBOOT = .build/release/ctboot

.PHONY: demo test test-mount check bench fuzz fuzz-selftest fuzz-build install setup release format docs clean

# Real packages to a card image for the Cubietruck with its memory map, a rehearsal of its boot, the text
# that starts Linux on it over USB, then a boot of its emulated sister.
demo: release
	$(CTBOOT) build -p Docs/examples/cubietruck.yaml -o build --plan
	$(CTBOOT) build -p Docs/examples/cubietruck.yaml -o build
	$(CTBOOT) rehearse build/cubietruck.img
	@echo "The Cubietruck's boot was rehearsed, not run: no emulator has its A20. Its map is build/memory-map.svg."
	$(CTBOOT) script compose -p Docs/examples/cubietruck.yaml --flow linux --fel >build/linux-over-usb.txt
	$(CTBOOT) emulate -p Docs/examples/cubietruck.yaml -o build

# Suites that have the kernel mount a volume on a loop device, which takes root.
MOUNTING = ForeignVolumeTests|LargeFileTests|LargeFolderTests|KernelViewTests|Ext4Tests.PlanTests|RandomTreeTests|UseTests

# In four processes: tests that wait for others' programs hold the few threads that a process has,
# and those of ctboot's own time limits would wait for a thread longer than for the program.
test: release
	Tests/install-test
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build --skip 'DeviceTreeLintTests|CommandTests|DifferentialTests|$(MOUNTING)'
	$(SWIFT) test --skip-build --filter DeviceTreeLintTests
	$(SWIFT) test --skip-build --filter CommandTests
	$(SWIFT) test --skip-build --filter DifferentialTests

# As root.
test-mount:
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build --filter '$(MOUNTING)'

check: setup
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests Benchmarks Fuzz/Package.swift Fuzz/Sources
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build --filter HouseTests

bench: release
	Benchmarks/image-step
	Benchmarks/emulate-overhead
	Benchmarks/lint-trees
	Benchmarks/plan-modules
	Benchmarks/rehearse
	Benchmarks/rebuild
	Benchmarks/root-image

# Exits 1, with the input that did it, where one of them finds a fault.
fuzz: fuzz-build
	Fuzz/run --time $(TIME) --jobs $(JOBS)

# The same with a trap planted on purpose: whether it would be found.
fuzz-selftest: fuzz-build
	Fuzz/selftest --time $(TIME) --jobs $(JOBS)

fuzz-build: setup
	$(SWIFT) build --package-path Fuzz --configuration release
	Fuzz/seed

release: setup
	CTBOOT_QUICK_START=1 $(SWIFT) build $(RELEASE) --product ctboot

install: release
	install -D --strip -m 755 $(CTBOOT) "$(DESTDIR)$(PREFIX)/bin/ctboot"

setup:
	@.ci/setup

format:
	$(SWIFT) format --in-place --recursive Package.swift Sources Tests Benchmarks Fuzz/Package.swift Fuzz/Sources

docs: release
	Docs/refresh

clean:
	rm -rf .build build Fuzz/.build Fuzz/.work
