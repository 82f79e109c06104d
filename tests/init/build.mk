# SPDX-License-Identifier: BSD-2-Clause
check  := system
suites := $(call on_each,init,sh tests/init/run.sh)
