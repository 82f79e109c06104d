# SPDX-License-Identifier: BSD-2-Clause
# Test targets. A suite is a command that prints TAP, as the build.mk beside it says; tests/run
# counts and ends with "N passed, N failed".

run_suites = sh tests/run $(build)/logs
suites.unit = $(foreach t,$(unit_tests),'$(t:$(build)/asan/tests/%=%) := $t')
check_kinds := lint unit property tools fuzz sys system safety conformance differential hostile
needs.unit   = $(unit_tests)
needs.lint   = $(lint_programs)
needs.tools  = all sdk
needs.fuzz   = all $(asan_programs)
needs.system = all $(addprefix $(build)/asan/bin/,init-image boot-predict audit)
needs.property = $(build)/asan/bin/property
needs.safety = all $(build)/asan/bin/safety
needs.differential = all $(build)/asan/bin/differential

.PHONY: check $(addprefix check-,$(check_kinds))
define check_kind
suites.$1 += $(foreach d,$(components),$(if $(filter $1,$(c.$d.check)),$(c.$d.suites)))
check-$1: $(or $(needs.$1),all)
	@$(run_suites) $$(suites.$1)
endef
$(foreach k,$(check_kinds),$(eval $(call check_kind,$k)))

check: all sdk $(unit_tests) $(asan_programs)
	@$(run_suites) $(foreach k,$(check_kinds),$(suites.$k))

.PHONY: bench
bench: all sdk
	@sh tests/bench/run.sh $(build) $(BOARD) $(prefix_variant)
	@sh tests/bench/heap.sh $(build) $(BOARD)
	@sh tests/bench/choices.sh $(sdk)
	@sh tests/bench/compose.sh $(build) $(BOARD) $(sdk) $(prefix_sdk)
	@sh tests/bench/microkit.sh $(build) $(BOARD) $(sdk) $(prefix_sdk)

# The fuzzers for as long as it takes: COUNT runs of each kind from SEED.
.PHONY: fuzz
fuzz: all $(asan_programs) $(build)/asan/tests/unit/compose/fuzz_test
	@sh tests/fuzz/run.sh $(build) $(or $(COUNT),2000) $(or $(SEED),20261122) && COUNT=$(or $(COUNT),20000) SEED=$(or $(SEED),20261122) $(build)/asan/tests/unit/compose/fuzz_test

# What check does with small counts, for SECONDS seconds, from SEED.
.PHONY: soak
soak: all $(needs.property) $(needs.differential) $(needs.unit)
	@$(build)/asan/bin/property --seed $(or $(SEED),20261122) --seconds $(or $(SECONDS),60)
	@$(run_suites) $(foreach d,$(components),$(c.$d.soak))

.PHONY: lint fmt
lint: check-lint
fmt:
	@find * -path build -prune -o -path tests/gen/golden -prune -o -name '*.[ch]' -print | \
	    xargs clang-format -i --style=file
