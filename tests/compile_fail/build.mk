# SPDX-License-Identifier: BSD-2-Clause
check  := sys
suites := 'compile_fail/files := sh tests/compile_fail/run.sh $(build)/bin/skgen' \
          'compile_fail/kinds := sh tests/compile_fail/kinds.sh $(build)/bin/skgen'
