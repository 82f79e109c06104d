# SPDX-License-Identifier: BSD-2-Clause
prog   := hostile
needs  := KERNEL_MCS
src    := main.c prison.c attacker.c
# The attackers' code is copied to a page of its own: it must not refer to anything outside.
cflags := -fno-jump-tables -fno-stack-protector
units  := tests/differential/arguments.c
check  := hostile
suites := 'hostile := sh tests/hostile/run.sh $(build) $(BOARD)/release 100000 1' \
          $(call on_real,hostile,sh tests/hostile/run.sh $(build) $(prefix_variant) 20000 1)
soak   := 'soak/hostile := sh tests/hostile/run.sh $(build) $(or $(prefix_variant),$(BOARD)/release) \
              $(or $(COUNT),10000000) $(or $(SEED),1)'
