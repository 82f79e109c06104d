# SPDX-License-Identifier: BSD-2-Clause
# Reads every build.mk. A variable x of the component in folder d is then c.d.x.
#
#   lib prog     the product's name (a component is one or the other); or it is a system (system.mk), with
#   system domains   its description, or NAME.sh, which prints it, and the folders of its programs
#   src          sources, relative to the folder; src.mcs, src.classic: for that kernel only;
#                src.PRINTING, src.no-PRINTING: where the kernel has a console, or has none;
#                src.DEBUG_BUILD, src.no-DEBUG_BUILD: likewise
#   units        sources of other folders, named from the top; an object is made once, for all;
#                units.mcs, units.classic: for that kernel only
#   uses         libraries it is linked with, in order
#   pkgs         pkg-config names (host only)
#   needs        kernel configuration symbols without which the component is left out; with a
#                ! before it, a symbol with which it is
#   protocols    descriptions that skgen rpc makes <rpc/NAME_client.h> and <rpc/NAME_server.h> of
#   reads        files that its flags are taken from: its objects are made after them (target only)
#   embeds       folders of programs whose ELF files its sources take in (.incbin)
#   check suites what make check-KIND runs here: the kind, and each suite as 'NAME := COMMAND'; a
#                command prints TAP. on_each and on_real, below, are for suites that want a kernel
#   soak         suites that make soak runs
#   ipc          what a library is built for that names the IPC buffer: user, with a pointer a
#                thread, and global, with one (lib/global-ipc); libselkie is for both
# What a program chooses (docs/guide/choices.md):
#   env          what starts it: root (the default), task or microkit
#   heap         none (the default), own, bump, general or grow
#   arena stack  how large the heap's first memory and the first stack are: see src/rt
#   panic        what a panic does: unwind (run drops, and can be caught) or abort
#   sink         where output goes: debug, semihosting, pl011, none or own
#   fault        what becomes of a root task's faults: handler (rt's own thread says so), panic (it
#                makes the thread panic; with panic := unwind) or none
#   cflags ldflags ldscript

component_vars := lib prog system domains src src.mcs src.classic src.PRINTING src.no-PRINTING \
                  src.DEBUG_BUILD src.no-DEBUG_BUILD units units.mcs units.classic uses pkgs needs protocols embeds reads check suites soak ipc \
                  env heap arena stack panic sink fault \
                  cflags ldflags ldscript

build_files := $(sort $(shell find arch examples kernel loader src tests tools \
                               -name build.mk 2>/dev/null))
components  := $(build_files:/build.mk=)

# $(call on_each,SUITE,SCRIPT): on each kernel that there is; $(call on_real,SUITE,COMMAND): what
# only an installed kernel is asked.
on_each = $(foreach v,$(BOARD)/debug $(BOARD)/release $(prefix_variant),'$1/$(notdir $v) := $2 $(build) $v')
on_real = $(if $(prefix),'$1/$(notdir $(prefix_variant)) := $2')

forget = $(foreach x,$(component_vars),$(eval $x :=))
keep   = $(foreach x,$(component_vars),$(eval c.$1.$x := $($x)))
$(foreach d,$(components),$(forget)$(eval include $d/build.mk)$(call keep,$d))

# The rooms of the house: a component's folder says what it is built for.
under         = $(foreach d,$(components),$(if $(filter $1 $(addsuffix /%,$1),$d),$d))
tool_dirs    := $(call under,tools tests/fuzz)
unit_dirs    := $(call under,tests/unit)
library_dirs := $(call under,src arch/$(isa)/sys arch/$(isa)/rt arch/$(isa)/task)
kernel_dirs  := $(call under,kernel arch/$(isa)/kernel)
loader_dirs  := $(call under,loader arch/$(isa)/loader)
property_dirs := $(call under,tests/property tests/differential/host tests/safety/host tests/init/host tests/audit/host)
program_dirs := $(filter-out $(property_dirs),$(call under,examples tests/system tests/bench \
                      tests/sys tests/conformance tests/differential tests/hostile tests/safety tests/init tests/audit) \
                      $(foreach d,$(library_dirs),$(if $(c.$d.prog),$d)))
host_kernel_dirs := $(call under,kernel arch/host/kernel)
