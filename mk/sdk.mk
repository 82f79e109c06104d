# SPDX-License-Identifier: BSD-2-Clause
# What a person types: all, demo, run-NAME, sdk, docs, clean.

.PHONY: all demo sdk docs clean FORCE
all: $(host_programs) compile_commands.json \
     $(foreach v,$(variants),$(libraries.$v) $(images.$v) $(programs.$v))

demo: run-root-task

examples := $(foreach d,$(filter examples/%,$(program_dirs)),$(if $(filter root,$(call env_of,$d)),$(c.$d.prog)))
.PHONY: $(addprefix run-,$(examples))
define run
run-$1: $(selkie) $(build)/$(chosen)/examples/$1.elf $(addprefix $(build)/$(chosen)/,board.json elf/loader.elf elf/kernel.dtb) \
        $(if $(prefix),,$(build)/$(chosen)/elf/sel4.elf)
	$(selkie) run $(addprefix --sel4 ,$(prefix)) $(build)/$(chosen)/examples/$1.elf
endef
$(foreach e,$(examples),$(eval $(call run,$e)))

# Laid out as the Microkit SDK is, configurations under Microkit's names.
sdk := $(build)/sdk
sdk: $(selkie) $(foreach v,$(sdk_variants),$(libraries.$v) $(images.$v))
	@rm -rf $(sdk)
	@mkdir -p $(sdk)/bin $(foreach v,$(subst /sdk-,/,$(sdk_variants)),$(sdk)/board/$v)
	@cp $(selkie) $(skgen) $(sdk)/bin/
	@$(foreach v,$(sdk_variants),to=$(sdk)/board/$(subst /sdk-,/,$v) && \
	    cp -R $(addprefix $(build)/$v/,include lib elf board.json) $$to/ && \
	    cp -R include/. arch/$(isa)/include/selkie $$to/include/ && rm -r $$to/include/README.md $$to/include/rpc &&) :
	@cp -R tools/share $(sdk)/share && cp src/rt/panic_abort.ld src/rt/unwind/link_check.sh $(sdk)/share/
	@printf '%s\n' '# Written by make sdk.' $(foreach t,gcc clang,'selkie_guards.$t := $(call guards_of,$t)') > $(sdk)/share/guards.mk
	@printf '  %-5s %s\n' SDK $(sdk)

docs: $(foreach v,$(variants),$(build)/$v/docs)
	@printf '  %-5s %s\n' DOCS '$(foreach v,$(variants),$(build)/$v/docs)'

clean:
	rm -rf $(build) compile_commands.json
