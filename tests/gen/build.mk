# SPDX-License-Identifier: BSD-2-Clause
check  := tools
suites := 'gen/golden := sh tests/gen/run.sh $(build)/bin/skgen' \
          'gen/typed := sh tests/gen/typed.sh $(build)/bin/skgen $(prefix)'
