# SPDX-License-Identifier: BSD-2-Clause
prog  := echo
src   := echo.c
sink  := semihosting
needs := KERNEL_MCS
check := sys
suites := 'sys/facts := sh tests/sys/facts.sh $(build)/$(BOARD)/debug/include' \
          'sys/headers := sh tests/sys/headers.sh $(build)/$(BOARD)/debug/include' \
          'sys/stubs := sh tests/sys/stubs.sh $(build)/$(BOARD)/debug/include' \
          'sys/echo := sh tests/sys/echo.sh $(build) $(chosen)' \
          'sys/cap-alone := sh tests/sys/cap_alone.sh $(build) $(chosen)' \
          'sys/cap-code := sh tests/sys/cap_code.sh $(build) $(BOARD)/release' \
          $(if $(prefix),'sys/differential := sh tests/sys/differential.sh $(build) $(prefix)')
