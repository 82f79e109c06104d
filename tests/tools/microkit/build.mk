# SPDX-License-Identifier: BSD-2-Clause
check  := tools
suites := 'tools/microkit := sh tests/tools/microkit/run.sh $(build)' \
          'tools/outputs := sh tests/tools/microkit/outputs.sh $(build)' \
          $(call on_real,tools/microkit,sh tests/tools/microkit/real.sh $(build)/sdk-$(notdir $(prefix)))
