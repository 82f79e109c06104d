# SPDX-License-Identifier: BSD-2-Clause
# The checks call rt, which knows kind and place, in place of a trap.
prog   := traps-told
src    := main.c
panic  := unwind
cflags := -fsanitize=undefined -fno-sanitize-recover=undefined \
          $(if $(filter clang,$(TOOLCHAIN)),-fno-sanitize-trap=all,-fno-sanitize-undefined-trap-on-error)
