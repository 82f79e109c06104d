# SPDX-License-Identifier: BSD-2-Clause
# For programs built with make from the SDK: says how to compile and link. Before including it, set
#
#   SELKIE_SDK      the SDK's folder
#   SELKIE_BOARD    qemu_virt_aarch64_el1 unless set
#   SELKIE_CONFIG   debug (the default) or release
#
# and what the program chooses (docs/guide/choices.md tells what each costs); all may stay unset:
#
#   SELKIE_ENV      root, task or microkit
#   SELKIE_HEAP     none, own, bump, general or grow;  SELKIE_ARENA  256k or 1m
#   SELKIE_STACK    64k, 256k or 1m
#   SELKIE_PANIC    abort or unwind
#   SELKIE_SINK     debug, semihosting, pl011, none or own
#   SELKIE_FAULT    handler, panic (with SELKIE_PANIC unwind) or none
#   SELKIE_USES     libraries of the layers above rt: selkie-proto, selkie-sync, ...
#   SELKIE_PROTOCOLS  descriptions (XML) of protocols, each to become <rpc/NAME_client.h> and
#                   <rpc/NAME_server.h>; with selkie-proto in SELKIE_USES
#   SELKIE_TRAPS    what traps on undefined behaviour: flags (all of UBSan); empty: nothing does
#   SELKIE_GUARDS   what else finds mistakes with memory: flags (those of the SDK's own examples:
#                   stack protector, checked bounds, patterns in locals); empty: nothing does
#
# Then SELKIE_CFLAGS compile, and SELKIE_LDFLAGS and, last, SELKIE_LIBS link:
#
#   hello.elf: hello.o
#           $(SELKIE_CHECK) $^ && $(SELKIE_CC) $(SELKIE_LDFLAGS) -o $@ $^ $(SELKIE_LIBS)
#
# SELKIE_CHECK refuses objects that a panic could not unwind, where panics do.

SELKIE_BOARD  ?= qemu_virt_aarch64_el1
SELKIE_CONFIG ?= debug
SELKIE_CC     ?= aarch64-linux-gnu-gcc
SELKIE_ENV    ?= root
SELKIE_PANIC  ?= abort
SELKIE_SINK   ?= $(if $(filter debug,$(SELKIE_CONFIG)),debug,semihosting)
SELKIE_FAULT  ?= $(if $(filter debug,$(SELKIE_CONFIG)),$(if $(filter root,$(SELKIE_ENV)),handler,none),none)

SELKIE_TRAPS  ?= -fsanitize=undefined \
    $(if $(findstring clang,$(SELKIE_CC)),-fsanitize-trap=all,-fsanitize-undefined-trap-on-error \
    -fno-sanitize=bool,enum)

# guards.mk has them for each compiler. gcc wants -Wformat before it looks for -Wformat-security;
# and what a sanitizer checks must trap, since there is no library to call.
include $(SELKIE_SDK)/share/guards.mk
SELKIE_GUARDS ?= -Wformat $(selkie_guards.$(if $(findstring clang,$(SELKIE_CC)),clang,gcc))
selkie_guards := $(if $(strip $(SELKIE_TRAPS)),$(SELKIE_GUARDS),$(filter-out -fsanitize=%,$(SELKIE_GUARDS)))

selkie_dir    := $(SELKIE_SDK)/board/$(SELKIE_BOARD)/$(SELKIE_CONFIG)
selkie_comma  := ,
selkie_thread := $(if $(filter microkit,$(SELKIE_ENV)),,thread-ipc)

SELKIE_CFLAGS := -ffreestanding -fno-pic -ftls-model=local-exec -ffunction-sections -fdata-sections \
    -fexceptions -fasynchronous-unwind-tables -mno-outline-atomics $(SELKIE_TRAPS) $(selkie_guards) \
    $(addprefix -I$(selkie_dir)/include/,$(selkie_thread)) -I$(selkie_dir)/include

SELKIE_LDFLAGS := -static -nostdlib -nostartfiles -Wl,--gc-sections,--build-id=none \
    -Wl,-z,max-page-size=4096,-z,noexecstack,-u,sk_config_note \
    $(if $(filter unwind,$(SELKIE_PANIC)),-Wl$(selkie_comma)--eh-frame-hdr -u sk_panic_at,-T $(SELKIE_SDK)/share/panic_abort.ld) \
    $(if $(SELKIE_STACK),-u sk_root_stack) \
    $(if $(filter handler panic,$(SELKIE_FAULT)),-u sk_fault_start) \
    $(if $(filter panic,$(SELKIE_FAULT)),-Wl$(selkie_comma)--require-defined=sk_fault_to_panic)

SELKIE_LIBS := $(addprefix -L$(selkie_dir)/lib/,$(selkie_thread)) -L$(selkie_dir)/lib -Wl,--start-group \
    $(addprefix -l,$(SELKIE_USES)) $(addprefix -lselkie-env-,$(filter-out root,$(SELKIE_ENV))) \
    $(addprefix -lselkie-heap-,$(filter-out none own,$(SELKIE_HEAP))) \
    $(addprefix -lselkie-arena-,$(SELKIE_ARENA)) $(addprefix -lselkie-stack-,$(SELKIE_STACK)) \
    $(if $(filter unwind,$(SELKIE_PANIC)),-lselkie-unwind) -lselkie \
    $(addprefix -lselkie-sink-,$(filter-out own,$(SELKIE_SINK))) -lgcc -Wl,--end-group

# Protocols become headers in rpc/, which SELKIE_CFLAGS find; what did not change is not written.
ifneq ($(SELKIE_PROTOCOLS),)
selkie_said := $(shell $(SELKIE_SDK)/bin/skgen rpc --out rpc $(SELKIE_PROTOCOLS) 1>&2)
$(if $(filter-out 0,$(.SHELLSTATUS)),$(error SELKIE_PROTOCOLS: skgen refuses them))
SELKIE_CFLAGS += -I.
endif

SELKIE_CHECK := $(if $(filter unwind,$(SELKIE_PANIC)),sh $(SELKIE_SDK)/share/link_check.sh aarch64-linux-gnu-readelf,:)
