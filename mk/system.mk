# SPDX-License-Identifier: BSD-2-Clause
# Systems, composed to images. A header for each domain, <NAME/DOMAIN.h>, is made of the description first.
system_dirs  := $(foreach d,$(components),$(if $(c.$d.system),$d))
system_name   = $(basename $(c.$1.system))
system_image  = $(build)/$1/$(call home,$2)/$(call system_name,$2).img
description   = $(if $(filter %.sh,$(c.$1.system)),$(build)/systems/$(call system_name,$1).system,$1/$(c.$1.system))
compose       = $(call say,SYS)mkdir -p $(@D) && env -u SEL4_PREFIX $(selkie) compose --board $(BOARD) --config $(notdir $1) $(addprefix --sel4 ,$(prefix_of.$1))
# $(call system_headers,FOLDER,THEIR FOLDER), $(call system,VARIANT,FOLDER,FOLDER OF HEADERS)
define system_headers
$(if $(filter %.sh,$(c.$1.system)),$(description): $1/$(c.$1.system)
	$$(call say,SYS)mkdir -p $$(@D) && sh $$< > $$@
)
$2/made: $(description) $(selkie) $(addprefix $(build)/$(BOARD)/debug/,board.json platform_gen.json generated)
	$$(call compose,$(BOARD)/debug) --check-only --headers $$(@D) $$< && touch $$@
endef
define system
$(foreach d,$(c.$2.domains),$(call object_of,$(call obj_dir,$1,global),$(call sources,$d,$1))): $3/made
$(system_image): $(call description,$2) $(foreach d,$(c.$2.domains),$(call program_elf,$1,$d)) $(selkie) $(images.$1)
	$$(call compose,$1) $(addprefix --search-path ,$(sort $(foreach d,$(c.$2.domains),$(dir $(call program_elf,$1,$d))))) -o $$@ $$<
programs.$1 += $(system_image)
endef
$(foreach d,$(system_dirs),$(foreach h,$(build)/systems/$(call system_name,$d),$(eval $(call system_headers,$d,$h))\
    $(foreach v,$(variants),$(if $(call met,$d,$v),$(eval $(call system,$v,$d,$h))))))
