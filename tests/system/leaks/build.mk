# SPDX-License-Identifier: BSD-2-Clause
prog   := leaks
src    := main.c untypeds.c images.S
units  := tests/differential/arguments.c tests/unit/task/process/failing.c
uses   := selkie-task selkie-alloc
embeds := tests/system/process/child
fault  := none
soak := 'soak/leaks := sh tests/system/leaks/soak.sh $(build) $(or $(prefix_variant),$(BOARD)/release)'
