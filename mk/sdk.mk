# SPDX-License-Identifier: BSD-2-Clause
# What a person types: all, demo, run-NAME, sdk, docs, clean.

.PHONY: all demo sdk docs clean FORCE
all: $(host_programs) compile_commands.json \
     $(foreach v,$(variants),$(libraries.$v) $(images.$v) $(programs.$v))

demo: run-root-task

example_of = $(if $(c.$1.system),$(call system_name,$1).img,$(if $(filter root,$(call env_of,$1)),$(c.$1.prog).elf))
examples  := $(foreach d,$(filter examples/%,$(program_dirs)),$(call example_of,$d))
.PHONY: $(addprefix run-,$(basename $(examples)))
define run
run-$(basename $1): $(selkie) $(build)/$(chosen)/examples/$1 $(images.$(chosen))
	$(selkie) run $(if $(filter %.elf,$1),$(addprefix --sel4 ,$(prefix))) $(build)/$(chosen)/examples/$1
$(if $3,$(build)/$(chosen)/examples/$1: ; $$(error $2 needs $3, which $(or $(prefix),$(chosen)) lacks: choose another kernel with SEL4_PREFIX or CONFIG))
endef
$(foreach d,$(filter examples/%,$(program_dirs)),$(foreach e,$(call example_of,$d),$(eval $(call run,$e,$d,$(call unmet,$d,$(chosen))))))

# An SDK for our kernels, and with SEL4_PREFIX another, for the one that is installed there.
sdk := $(build)/sdk
prefix_sdk := $(addprefix $(sdk)-,$(notdir $(prefix)))
make_sdk = ISA=$(isa) CC="$(target_cc)" AR=$(target_ar) sh tools/sdk/sdk.sh
guards_lines = '\# Written by make sdk.' $(foreach t,gcc clang,'selkie_guards.$t := $(call guards_of,$t)')
sdk: $(host_programs) $(foreach v,$(sdk_variants) $(prefix_variant),$(libraries.$v) $(images.$v))
	@$(make_sdk) $(sdk) $(build) '' $(sdk_variants)
	@$(if $(prefix),$(make_sdk) $(prefix_sdk) $(build) $(prefix) $(prefix_variant))
	@for sdk in $(sdk) $(prefix_sdk); do \
	    printf '%s\n' $(guards_lines) > $$sdk/share/guards.mk && printf '  %-5s %s\n' SDK $$sdk || exit; done

docs: $(foreach v,$(variants),$(build)/$v/docs)
	@printf '  %-5s %s\n' DOCS '$(foreach v,$(variants),$(build)/$v/docs)'

clean:
	rm -rf $(build) compile_commands.json
