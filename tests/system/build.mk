# SPDX-License-Identifier: BSD-2-Clause
check  := system
suites := $(call on_each,system,sh tests/system/run.sh) \
          'system/needs := sh tests/system/needs/compare.sh $(build) $(BOARD)/release'
