# SPDX-License-Identifier: BSD-2-Clause
prog := lint
src := lint.c text.c layers.c
check  := lint
suites := 'lint := sh tools/lint/lint.sh $(build)'
