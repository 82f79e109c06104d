# SPDX-License-Identifier: BSD-2-Clause
# The warnings are the compile columns' work (run.sh); here every case is to run.
prog    := safety
needs   := !DEBUG_BUILD !PRINTING
src     := support.c target/main.c \
           $(patsubst tests/safety/%,%,$(sort $(wildcard tests/safety/cases/*.c)))
heap    := general audit
uses    := selkie-ledger
panic   := unwind
fault   := handler
ldflags := -Wl,-u,sk_heap_audit,-u,sk_ledger_over
cflags  := -w -Itests/safety/target
check  := safety
suites := 'safety := sh tests/safety/run.sh $(build) $(BOARD)/release' \
          $(call on_real,safety,sh tests/safety/kernel.sh $(build) $(prefix_variant) $(prefix))
