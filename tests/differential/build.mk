# SPDX-License-Identifier: BSD-2-Clause
prog  := differential
needs := KERNEL_MCS
# The addresses that it maps at are near this, and real.txt was recorded there.
ldflags := -Wl,-Ttext-segment=0x400000
src   := main.c arguments.c session.c ground.c stage.c actor.c draft.c operation.c recipe.c \
         scene.c budget.c trace.c stub.S
check  := differential
suites := 'differential/host-core := sh tests/differential/run.sh $(build) $(BOARD)/release 20' \
          'differential/coverage := sh tests/differential/coverage.sh $(build) $(BOARD)/debug 1000' \
          $(call on_real,differential,sh tests/differential/run.sh $(build) $(prefix_variant) 20)
soak   := 'soak/coverage := sh tests/differential/coverage.sh $(build) $(BOARD)/debug 1000' \
          'soak/differential := sh tests/differential/run.sh $(build) $(BOARD)/release $(or $(SEEDS),1000)' \
          $(call on_real,soak,sh tests/differential/run.sh $(build) $(prefix_variant) $(or $(SEEDS),1000))
