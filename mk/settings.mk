# SPDX-License-Identifier: BSD-2-Clause
# What is built, for which machines and with which tools.

BOARD     ?= qemu_virt_aarch64_el1
CONFIG    ?= debug
TOOLCHAIN ?= gcc
V         ?= 0

# gcc builds into build/, any other toolchain beside it, so that both can be kept.
build := $(if $(filter gcc,$(TOOLCHAIN)),build,build/$(TOOLCHAIN))

isa := $(if $(findstring aarch64,$(BOARD)),aarch64,$(error $(BOARD): no ISA is known for this board))

# A variant is <board>/<config>. An installed kernel adds one, named after its prefix; the SDK
# has its own, with Microkit's numbers of slots and domains.
prefix         := $(patsubst %/,%,$(SEL4_PREFIX))
prefix_variant := $(if $(prefix),$(BOARD)/sel4-$(notdir $(prefix)))
variants       := $(BOARD)/debug $(BOARD)/release $(prefix_variant)
sdk_variants   := $(BOARD)/sdk-debug $(BOARD)/sdk-release
chosen         := $(or $(prefix_variant),$(BOARD)/$(CONFIG))

ifneq ($(and $(prefix),$(filter-out clean help,$(or $(MAKECMDGOALS),all))),)
ifneq ($(words $(prefix)),1)
$(error SEL4_PREFIX=$(prefix): make cannot handle a path with spaces; link to it from one without)
endif
ifeq ($(wildcard $(prefix)/libsel4/include/kernel/gen_config.json),)
$(error SEL4_PREFIX=$(prefix) is not an installed seL4: it has no libsel4/include/kernel/gen_config.json)
endif
prefix_isa := $(shell sed -n 's/^ *"SEL4_ARCH": "\(.*\)".*/\1/p' $(prefix)/libsel4/include/kernel/gen_config.json)
ifneq ($(prefix_isa),$(isa))
$(error SEL4_PREFIX=$(prefix) is a kernel for $(prefix_isa); the board $(BOARD) is $(isa))
endif
endif

host_cc.gcc           := gcc
host_cc.clang         := clang
target_cc.aarch64.gcc   := aarch64-linux-gnu-gcc
target_cc.aarch64.clang := clang --target=aarch64-linux-gnu
host_cc   := $(or $(host_cc.$(TOOLCHAIN)),$(error TOOLCHAIN=$(TOOLCHAIN): choose gcc or clang))
target_cc := $(target_cc.$(isa).$(TOOLCHAIN))
target_ar := $(isa)-linux-gnu-ar
host_ar   := ar
target_readelf := $(isa)-linux-gnu-readelf

warnings := -Wall -Wextra -Wundef -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Werror
language := -std=gnu2x $(warnings)

host_flags   := $(language) -O2 -g -D_GNU_SOURCE -Iinclude -Iarch/host/include
asan_flags   := $(host_flags) -fno-omit-frame-pointer \
                -fsanitize=address,undefined -fno-sanitize-recover=undefined
target_flags := $(language) -O2 -g -ffreestanding -fno-pic -fno-common -fno-strict-aliasing \
                -ffunction-sections -fdata-sections -Iinclude -Iarch/$(isa)/include
# gcc 12 reads a volatile bool no more than once if it checks its value.
traps.gcc    := -fsanitize=undefined -fsanitize-undefined-trap-on-error -fno-sanitize=bool,enum
traps.clang  := -fsanitize=undefined -fsanitize-trap=all
user_flags   := $(target_flags) -ftls-model=local-exec -fexceptions -fasynchronous-unwind-tables \
                -mno-outline-atomics $(traps.$(TOOLCHAIN))
# Of programs only: finds mistakes with memory (docs/spec/memory-safety.md). With -fbuiltin compilers know what malloc and memset do.
guards_of.gcc   := -fsanitize=bounds-strict -fstack-clash-protection \
                   --param=stack-clash-protection-guard-size=12
guards_of.clang := -fsanitize=local-bounds
guards_of = -fbuiltin -fstack-protector-strong -ftrivial-auto-var-init=pattern -Wformat-security $(guards_of.$1)
guards   := $(call guards_of,$(TOOLCHAIN))
