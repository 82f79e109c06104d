# SPDX-License-Identifier: BSD-2-Clause
prog := mutate
src := mutate.c
check  := fuzz
suites := 'fuzz := sh tests/fuzz/run.sh $(build) $(or $(COUNT),40) $(or $(SEED),20261122)'
