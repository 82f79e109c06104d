# SPDX-License-Identifier: BSD-2-Clause
check  := tools
suites := 'init/systems := sh tests/init/systems/run.sh $(build)/sdk' \
          $(call on_real,init/systems,sh tests/init/systems/run.sh $(build)/sdk-$(notdir $(prefix)))
