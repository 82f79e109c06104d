# SPDX-License-Identifier: BSD-2-Clause
# What runs on seL4, once per variant: generated headers, the library, kernel, loader, programs.

skgen  := $(build)/bin/skgen
selkie := $(build)/bin/selkie
board_file := boards/$(BOARD).json
protocol_files := $(sort $(foreach d,$(components),$(c.$d.protocols)))
idl_files  := $(sort $(protocol_files) $(shell find idl src/sys/headers arch/*/sys -type f 2>/dev/null))

# --- configuration: gen_config.json is the only input; config.mk is what make knows of it.
$(build)/%/config.mk: $(build)/%/gen_config.json
	@sed -n 's#^ *"\([A-Z0-9_]*\)": true,\{0,1\}$$#cfg.$*.\1 := y#p' $< > $@

define board_config
$(build)/$1/gen_config.json $(build)/$1/libsel4_config.json &: $(board_file) $(skgen)
	$$(call say,CONF)mkdir -p $(build)/$1 && $(skgen) config --board $(board_file) \
	    --config $(notdir $1) --kernel-out $(build)/$1/gen_config.json \
	    --libsel4-out $(build)/$1/libsel4_config.json && touch $(build)/$1/*_config.json
endef
$(foreach v,$(BOARD)/debug $(BOARD)/release $(sdk_variants),$(eval $(call board_config,$v)))

# Two prefixes may have one name; the stamp tells them apart.
ifneq ($(prefix),)
prefix_configs := $(addprefix $(prefix)/libsel4/include/,kernel/gen_config.json sel4/gen_config.json)
prefix_folder  := $(build)/$(prefix_variant)
$(call stamp,$(prefix_folder)/prefix,$(prefix))
$(prefix_folder)/gen_config.json $(prefix_folder)/libsel4_config.json &: $(prefix_folder)/prefix $(prefix_configs)
	$(call say,CONF)cp $(word 1,$(prefix_configs)) $(prefix_folder)/gen_config.json && \
	    cp $(word 2,$(prefix_configs)) $(prefix_folder)/libsel4_config.json
endif

ifneq ($(filter-out clean help,$(or $(MAKECMDGOALS),all)),)
include $(foreach v,$(variants) $(sdk_variants),$(build)/$v/config.mk)
endif

# --- one variant. $1 is the variant, <board>/<config>.
flags_of.user   = $(user_flags) -I$(build)/$1/include
flags_of.global = $(user_flags) -I$(build)/systems -I$(build)/$1/include/global-ipc -I$(build)/$1/include
flags_of.kernel = $(target_flags) -I$(build)/$1/include
sink_of = $(or $(c.$2.sink),$(if $(cfg.$1.PRINTING),debug,semihosting))
fault_of = $(or $(c.$2.fault),$(if $(and $(cfg.$1.DEBUG_BUILD),$(filter root,$(call env_of,$2))),handler,none))
env_of = $(or $(c.$1.env),root)
kind_of = $(if $(filter microkit,$(call env_of,$1)),global,user)
stack_flags = $(if $(c.$1.stack),-Wl$(comma)-u$(comma)sk_root_stack)
fault_flags = $(if $(filter handler panic,$(call fault_of,$1,$2)),-u sk_fault_start) \
    $(if $(filter panic,$(call fault_of,$1,$2)),-Wl$(comma)--require-defined=sk_fault_to_panic)
unwinds = $(filter unwind,$(c.$1.panic))
panic_flags = $(if $(call unwinds,$1),-Wl$(comma)--eh-frame-hdr$(comma)-u$(comma)sk_panic_at,-T src/rt/panic_abort.ld)

# The libraries that program $2 chose, in the order in which the linker looks at them.
chosen_libs = $(c.$2.uses) $(addprefix selkie-env-,$(filter-out root,$(call env_of,$2))) \
    $(addprefix selkie-heap-,$(filter-out none own,$(c.$2.heap))) $(addprefix selkie-arena-,$(c.$2.arena)) \
    $(addprefix selkie-stack-,$(c.$2.stack)) $(if $(call unwinds,$2),selkie-unwind) selkie \
    $(addprefix selkie-sink-,$(filter-out own,$(call sink_of,$1,$2)))
lib_file = $(build)/$1/lib/$(if $(and $(filter global,$2),$(filter $3,$(global_libs))),global-ipc/)lib$3.a
program_elf = $(build)/$1/$(call home,$2)/$(c.$2.prog).elf

# Objects are of a kind: kernel, user, or global, which is user with one IPC buffer pointer.
obj_dir = $(build)/$1/obj$(if $(filter global,$2),/global-ipc)
# $(call target_objects,VARIANT,KIND,FOLDER,SOURCES)
target_objects = $(foreach s,$4,$(call target_object,$1,$2,$3,$s,$(call object_of,$(call obj_dir,$1,$2),$s)))
target_object = $(if $(command.$5),,$(eval $(call object,$5,$4,\
    $(target_cc) $(call flags_of.$2,$1) $(if $(filter-out kernel,$2),$(if $(c.$3.prog),$(guards))) $(c.$3.cflags),$(build)/$1/$2.flags $3/build.mk $(c.$3.reads),$(build)/$1/generated)))

link_flags := -static -nostdlib -nostartfiles -Wl,--gc-sections,--build-id=none \
              -Wl,-z,max-page-size=4096,-z,noexecstack,-u,sk_config_note
# At 64 GiB no null pointer with a 32-bit index, and no pointer that was an int, reaches a program.
program_flags := $(link_flags) -Wl,-Ttext-segment=0x1000000000

# $(call image,VARIANT,NAME,FOLDERS): an ELF linked by a script of its own, kernel or loader.
define image
$(foreach d,$3,$(call target_objects,$1,kernel,$d,$(call sources,$d,$1)))
$(build)/$1/elf/$2: $(foreach d,$3,$(call object_of,$(build)/$1/obj,$(call sources,$d,$1))) \
                    $(build)/$1/obj/gen/config_note.o $(build)/$1/link.flags $(foreach d,$3,$(addprefix $d/,$(c.$d.ldscript)))
	$$(call say,LINK)mkdir -p $$(@D) && $(target_cc) $(link_flags) \
	    $(foreach d,$3,$(c.$d.ldflags) $(if $(c.$d.ldscript),-T $d/$(c.$d.ldscript))) \
	    -o $$@ $$(filter %.o,$$^) -lgcc

images.$1 += $(build)/$1/elf/$2
endef

# $(call program,VARIANT,FOLDER,KIND)
define program
$(call target_objects,$1,$3,$2,$(call sources,$2,$1))
$(addsuffix : $(foreach e,$(c.$2.embeds),$(call program_elf,$1,$e)),$(if $(c.$2.embeds),\
    $(call object_of,$(call obj_dir,$1,$3),$(filter %.S,$(call sources,$2,$1)))))
$(call program_elf,$1,$2): $(call object_of,$(call obj_dir,$1,$3),$(call sources,$2,$1)) \
        $(foreach l,$(call chosen_libs,$1,$2),$(call lib_file,$1,$3,$l)) $(build)/$1/link.flags src/rt/panic_abort.ld
	$$(call say,LINK)mkdir -p $$(@D) $(if $(call unwinds,$2),&& sh src/rt/unwind/link_check.sh $(target_readelf) $$(filter %.o %.a,$$^)) && \
	    $(target_cc) $(program_flags) $(call panic_flags,$2) $(call stack_flags,$2) $(call fault_flags,$1,$2) $(c.$2.ldflags) -o $$@ \
	    $$(filter %.o,$$^) -Wl,--start-group $$(filter %.a,$$^) -lgcc -Wl,--end-group

$(if $(filter src/%,$2),images,programs).$1 += $(call program_elf,$1,$2)
endef
home = $(if $(filter src/%,$1),elf,$(patsubst %/,%,$(dir $1)))

# $(call library,VARIANT,LIBRARY,FOLDERS,KIND)
define library
$(foreach d,$3,$(call target_objects,$1,$4,$d,$(call sources,$d,$1)))
$(call archive,$(call lib_file,$1,$4,$2),$(foreach d,$3,$(call object_of,$(call obj_dir,$1,$4),$(call sources,$d,$1))) \
    $(if $(filter selkie,$2),$(build)/$1/obj/gen/config_note.o),$(target_ar))
libraries.$1 += $(call lib_file,$1,$4,$2)
endef
global_libs  := $(sort selkie $(foreach d,$(library_dirs),$(if $(filter global,$(c.$d.ipc)),$(c.$d.lib))))
library_kinds = $(or $(sort $(foreach d,$2,$(c.$d.ipc))),user $(if $(filter selkie,$1),global))
# src/sys comes first: what is wrong with the IPC buffer's definition is then said with its section.
folders_of = $(foreach d,$(call met,src/sys $(filter-out src/sys,$(library_dirs)),$1),$(if $(filter $2,$(c.$d.lib)),$d))
libraries_of = $(sort $(foreach d,$(call met,$(library_dirs),$1),$(c.$d.lib)))

define variant
$(call stamp,$(build)/$1/user.flags,$(target_cc) $(call flags_of.user,$1) $(guards))
$(call stamp,$(build)/$1/global.flags,$(target_cc) $(call flags_of.global,$1) $(guards))
$(call stamp,$(build)/$1/kernel.flags,$(target_cc) $(call flags_of.kernel,$1))
$(call stamp,$(build)/$1/link.flags,$(target_cc) $(program_flags))
$(call stamp,$(build)/$1/generated.args,$(skgen) $(prefix_of.$1) $(protocol_files))

generate.$1 = ($(skgen) rpc --out $(build)/$1/include/rpc $(protocol_files) && $(skgen) generate --idl idl/sel4 \
    --kernel-config $(build)/$1/gen_config.json --libsel4-config $(build)/$1/libsel4_config.json $(addprefix --sel4 ,$(prefix_of.$1)) \
    --board $(BOARD) --config $(patsubst sdk-%,%,$(notdir $1)) --out $(build)/$1 --docs $(build)/$1/docs)
$(build)/$1/generated: $(skgen) $(idl_files) src/sys/global_ipc.sh $(build)/$1/generated.args \
                       $(build)/$1/gen_config.json $(build)/$1/libsel4_config.json
	$$(call say,GEN)$$(generate.$1) && sh src/sys/global_ipc.sh $(build)/$1/include && touch $$@

# A generated file is what the generator last wrote; one that somebody removed is written again.
$(build)/$1/include/%.h: $(build)/$1/generated
	@test -e $$@ || $$(generate.$1)
$(build)/$1/docs: $(build)/$1/generated
	@test -e $$@ || $$(generate.$1)

$(build)/$1/obj/gen/config_note.o: $(build)/$1/generated
	$$(call say,AS)mkdir -p $$(@D) && $(target_cc) -c $(build)/$1/gen/config_note.S -o $$@

$(foreach l,$(call libraries_of,$1),$(foreach k,$(call library_kinds,$l,$(call folders_of,$1,$l)),$(eval \
    $(call library,$1,$l,$(call folders_of,$1,$l),$k))))
$(foreach d,$(call met,$(program_dirs),$1),$(if $(c.$d.prog),$(eval $(call program,$1,$d,$(call kind_of,$d)))))
$(if $(call met,kernel,$1),$(eval $(call image,$1,sel4.elf,$(kernel_dirs))),\
    $(if $(cfg.$1.HAVE_FPU),$(info note: no development kernel for $1: needs $(call unmet,kernel,$1))))
$(if $(loader_dirs),$(eval $(call image,$1,loader.elf,$(loader_dirs))))

$(build)/$1/elf/kernel.dtb: $(board_file) boards/dtb.sh
	$$(call say,DTB)mkdir -p $$(@D) && sh boards/dtb.sh $(board_file) $$@

$(build)/$1/board.json: $(board_file)
	$$(call say,COPY)mkdir -p $$(@D) && cp $$< $$@

$(build)/$1/platform_gen.json: $(board_file) boards/platform.sh $(addsuffix /support/platform_gen.json,$(prefix_of.$1))
	$$(call say,JSON)mkdir -p $$(@D) && $(if $(prefix_of.$1),cp $$(lastword $$^),sh boards/platform.sh $(board_file) >) $$@

images.$1 += $(addprefix $(build)/$1/,elf/kernel.dtb board.json platform_gen.json)
endef

prefix_of.$(prefix_variant) := $(prefix)
$(foreach v,$(variants) $(sdk_variants),$(eval $(call variant,$v)))

-include $(objects:.o=.d)
