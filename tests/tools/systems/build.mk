# SPDX-License-Identifier: BSD-2-Clause
check  := tools
suites := 'tools/systems := sh tests/tools/systems/run.sh $(build)'
