# SPDX-License-Identifier: BSD-2-Clause
prog   := property
src    := generate.c main.c operation.c shrink.c verdict.c words.c world.c
uses   := kernel
cflags := -Ikernel
check  := property
suites := 'property/random := $(build)/asan/bin/property --seed $(or $(SEED),20261122) --seconds 20' \
          'property/harness := sh tests/property/harness.sh $(build)'
