# SPDX-License-Identifier: BSD-2-Clause
# What a person types: all, demo, run-NAME, sdk, docs, clean.

.PHONY: all demo sdk docs clean FORCE
all: $(host_programs) $(foreach v,$(variants),$(products.$v)) compile_commands.json

demo: run-root-task

examples := $(foreach d,$(filter examples/%,$(program_dirs)),$(c.$d.prog))
.PHONY: $(addprefix run-,$(examples))
define run
run-$1: $(selkie) $(build)/$(chosen)/examples/$1.elf $(addprefix $(build)/$(chosen)/,board.json elf/loader.elf elf/kernel.dtb) \
        $(if $(prefix),,$(build)/$(chosen)/elf/sel4.elf)
	$(selkie) run $(addprefix --sel4 ,$(prefix)) $(build)/$(chosen)/examples/$1.elf
endef
$(foreach e,$(examples),$(eval $(call run,$e)))

# Laid out as the Microkit SDK is. Every development-kernel variant of the board is in it.
sdk := $(build)/sdk
sdk_variants := $(BOARD)/debug $(BOARD)/release
sdk: all
	@rm -rf $(sdk)
	@mkdir -p $(sdk)/bin $(foreach v,$(sdk_variants),$(sdk)/board/$v)
	@cp $(selkie) $(sdk)/bin/
	@$(foreach v,$(sdk_variants),cp -R $(addprefix $(build)/$v/,include lib elf board.json) $(sdk)/board/$v/ && \
	    cp -R include/. arch/$(isa)/include/. $(sdk)/board/$v/include/ &&) :
	@printf '  %-5s %s\n' SDK $(sdk)

docs: $(foreach v,$(variants),$(build)/$v/generated)
	@printf '  %-5s %s\n' DOCS '$(foreach v,$(variants),$(build)/$v/docs)'

clean:
	rm -rf $(build) compile_commands.json
