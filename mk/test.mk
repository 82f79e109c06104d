# SPDX-License-Identifier: BSD-2-Clause
# Test targets. A suite is a command that prints TAP; tests/run counts and ends with
# "N passed, N failed".

run_suites = sh tests/run $(build)/logs

suites.unit  = $(foreach t,$(unit_tests),'$(t:$(build)/asan/tests/%=%) := $t')
suites.lint  = 'lint := sh tools/lint/lint.sh $(build)'
suites.tools = 'tools/diagnostics := sh tests/tools/run.sh $(build)' \
               'tools/sdk := sh tests/tools/sdk.sh $(build)' \
               'tools/panic := TOOLCHAIN=$(TOOLCHAIN) sh tests/tools/panic.sh $(build) $(BOARD)' \
               'tools/link := sh tests/tools/link.sh $(build)' \
               'tools/choices := sh tests/bench/choices.sh $(build)/sdk docs/guide/choices.md' \
               'gen/golden := sh tests/gen/run.sh $(skgen)' \
               'gen/typed := sh tests/gen/typed.sh $(skgen) $(prefix)'
suites.sys   = 'sys/facts := sh tests/sys/facts.sh $(build)/$(BOARD)/debug/include' \
               'sys/headers := sh tests/sys/headers.sh $(build)/$(BOARD)/debug/include' \
               'sys/stubs := sh tests/sys/stubs.sh $(build)/$(BOARD)/debug/include' \
               'compile_fail/files := sh tests/compile_fail/run.sh $(skgen)' \
               'compile_fail/kinds := sh tests/compile_fail/kinds.sh $(skgen)' \
               'sys/echo := sh tests/sys/echo.sh $(build) $(chosen)' \
               'sys/cap-alone := sh tests/sys/cap_alone.sh $(build) $(chosen)' \
               'sys/cap-code := sh tests/sys/cap_code.sh $(build) $(BOARD)/release' \
               $(if $(prefix),'sys/differential := sh tests/sys/differential.sh $(build) $(prefix)')
suites.fuzz = 'fuzz := sh tests/fuzz/run.sh $(build) $(or $(COUNT),40) $(or $(SEED),20261122)'
# A suite on each kernel that there is, and what only an installed kernel is asked.
on_each = $(foreach v,debug release,'$1/$v := sh tests/$1/run.sh $(build) $(BOARD)/$v') \
          $(call on_real,$1,sh tests/$1/run.sh $(build) $(prefix_variant))
on_real = $(if $(prefix),'$1/$(notdir $(prefix_variant)) := $2')
suites.system      = $(call on_each,system) 'system/needs := sh tests/system/needs/compare.sh $(build) $(BOARD)/release'
suites.conformance = $(call on_each,conformance)

property = $(build)/asan/bin/property --seed $(or $(SEED),20261122)
suites.property = 'property/random := $(property) --seconds 20' \
                  'property/harness := sh tests/property/harness.sh $(build)'

run_differential = sh tests/differential/run.sh $(build)
differential_coverage = sh tests/differential/coverage.sh $(build) $(BOARD)/debug 1000
suites.differential = 'differential/host-core := $(run_differential) $(BOARD)/release 20' \
                      'differential/coverage := $(differential_coverage)' \
                      $(call on_real,differential,$(run_differential) $(prefix_variant) 20)

suites.hostile = 'hostile := sh tests/hostile/run.sh $(build) $(BOARD)/release 100000 1' \
                 $(call on_real,hostile,sh tests/hostile/run.sh $(build) $(prefix_variant) 20000 1)

suites.safety = 'safety := sh tests/safety/run.sh $(build) $(BOARD)/release' \
                $(call on_real,safety,sh tests/safety/kernel.sh $(build) $(prefix_variant) $(prefix))

check_kinds := lint unit property tools fuzz sys system safety conformance differential hostile
needs.unit   = $(unit_tests)
needs.lint   = $(lint_programs)
needs.tools  = all sdk
needs.fuzz   = all $(asan_programs)
needs.property = $(build)/asan/bin/property
needs.safety = all $(build)/asan/bin/safety
needs.differential = all $(build)/asan/bin/differential

.PHONY: check $(addprefix check-,$(check_kinds))
define check_kind
check-$1: $(or $(needs.$1),all)
	@$(run_suites) $(suites.$1)
endef
$(foreach k,$(check_kinds),$(eval $(call check_kind,$k)))

check: all sdk $(unit_tests) $(asan_programs)
	@$(run_suites) $(foreach k,$(check_kinds),$(suites.$k))

.PHONY: bench
bench: all sdk
	@sh tests/bench/run.sh $(build) $(BOARD) $(prefix_variant)
	@sh tests/bench/heap.sh $(build) $(BOARD)
	@sh tests/bench/choices.sh $(sdk)

# The fuzzers for as long as it takes: COUNT runs of each kind from SEED.
.PHONY: fuzz
fuzz: all $(asan_programs)
	@sh tests/fuzz/run.sh $(build) $(or $(COUNT),2000) $(or $(SEED),20261122)

# What check does with small counts, for SECONDS seconds, from SEED.
.PHONY: soak
soak: all $(needs.property) $(needs.differential) $(needs.unit)
	@$(property) --seconds $(or $(SECONDS),60)
	@$(run_suites) \
	    'soak/hostile := sh tests/hostile/run.sh $(build) $(or $(prefix_variant),$(BOARD)/release) \
	        $(or $(COUNT),10000000) $(or $(SEED),1)' \
	    'soak/alloc := CHURN_COUNT=1000000 CHURN_SEED=$(or $(SEED),1) $(build)/asan/tests/unit/alloc/churn_test' \
	    'soak/coverage := $(differential_coverage)' 'soak/leaks := sh tests/system/leaks/soak.sh $(build) $(or $(prefix_variant),$(BOARD)/release)' \
	    'soak/differential := $(run_differential) $(BOARD)/release $(or $(SEEDS),1000)' \
	    $(call on_real,soak,$(run_differential) $(prefix_variant) $(or $(SEEDS),1000))

.PHONY: lint fmt
lint: check-lint
fmt:
	@find * -path build -prune -o -path tests/gen/golden -prune -o -name '*.[ch]' -print | \
	    xargs clang-format -i --style=file
