# SPDX-License-Identifier: BSD-2-Clause
check  := tools
suites := 'tools/diagnostics := sh tests/tools/run.sh $(build)' \
          'tools/sdk := sh tests/tools/sdk.sh $(build)' \
          'tools/panic := TOOLCHAIN=$(TOOLCHAIN) sh tests/tools/panic.sh $(build) $(BOARD)' \
          'tools/prefix := TOOLCHAIN=$(TOOLCHAIN) sh tests/tools/prefix.sh $(build) $(BOARD)' \
          'tools/link := sh tests/tools/link.sh $(build)' \
          'tools/sdf := sh tests/tools/sdf/run.sh $(build)'
