# SPDX-License-Identifier: BSD-2-Clause
check  := system
suites := $(call on_each,images,sh tests/images/run.sh)
