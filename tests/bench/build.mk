# SPDX-License-Identifier: BSD-2-Clause
check  := tools
suites := 'tools/choices := sh tests/bench/choices.sh $(build)/sdk docs/guide/choices.md'
