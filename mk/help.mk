# SPDX-License-Identifier: BSD-2-Clause

define help_text
make all                 everything: tools, libraries, kernel, loader, examples (debug and release)
make demo                build and boot examples/root-task
make run-NAME            build and boot examples/NAME: $(sort $(basename $(examples)))
make check               every test; ends with "N passed, N failed"
make check-unit          unit tests on this machine, with sanitizers; no QEMU
make check-tools         the tools' diagnostics and golden outputs
make check-sys           raw headers and stubs; what must not compile
make check-system        programs booted under QEMU, output and status compared
make check-safety        mistakes with memory and capabilities: what finds which
make check-hostile       random calls by prisoners: the kernel must go on
make check-conformance   statements about seL4, checked on the kernel at hand
make check-differential  random operations: host core, kernel and real seL4 do the same
make check-fuzz          every parser against damaged input, a small fixed count
make fuzz [COUNT=n]      the same for long; SEED=n starts elsewhere
make check-property      random kernel operations on this machine, invariants after each
make soak [SECONDS=n]    the same for long, 10 million hostile calls (COUNT=n) and 1,000
                         differential seeds (SEEDS=n), a million random allocations;
                         SEED=n starts elsewhere
make check-lint          style, layers and lengths (also: make lint)
make bench               instructions, sizes and start-up time beside the yardsticks
make sdk                 $(build)/sdk, laid out as the Microkit SDK; with SEL4_PREFIX also
                         $(build)/sdk-NAME, for the kernel installed in .../NAME
make docs                the API reference, one Markdown page an object
make fmt                 format all C sources
make clean               remove $(build)

CONFIG=debug|release     which development kernel run-NAME and demo use (now: $(CONFIG))
SEL4_PREFIX=DIR          an installed real seL4: build for it, run on it, test against it
TOOLCHAIN=gcc|clang      the compiler (now: $(TOOLCHAIN)); clang builds into build/clang
V=1                      show the commands
endef

.PHONY: help
help:
	$(info $(help_text))@:
