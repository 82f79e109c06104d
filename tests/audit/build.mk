# SPDX-License-Identifier: BSD-2-Clause
check  := system
suites := $(call on_each,audit,sh tests/audit/run.sh)
