# SPDX-License-Identifier: BSD-2-Clause
# How one source becomes one object, and how objects become a product.

say = $(if $(filter 0,$(V)),@printf '  %-5s %s\n' '$1' '$@';,)

# $(call stamp,FILE,TEXT): FILE holds TEXT; it is rewritten, and so newer, only when TEXT changes.
same  = $(and $(findstring x$1x,x$2x),$(findstring x$2x,x$1x))
stamp = $(if $(call same,$(strip $(file <$1)),$(strip $2)),,$(shell mkdir -p $(dir $1))$(file >$1,$(strip $2)))

objects := #
# $(call object,OBJECT,SOURCE,COMMAND,NEEDS,ORDER-ONLY NEEDS)
define object
objects += $1
command.$1 := $3
source.$1 := $2
$1: $2 $4 | $5
	$$(call say,CC)mkdir -p $$(@D) && $3 -MMD -MP -c $$< -o $$@

endef

# $(call archive,LIBRARY,OBJECTS,AR): made anew, so that removed members are gone.
define archive
$1: $2 $(build)/members/$(subst /,.,$1)
	$$(call say,AR)mkdir -p $$(@D) && rm -f $$@ && $3 rcsD $$@ $2

$(call stamp,$(build)/members/$(subst /,.,$1),$2)
endef

# The sources of component $1 for variant $2.
mcs     = $(cfg.$1.KERNEL_MCS)
sources = $(c.$1.units) $(c.$1.units.$(if $(call mcs,$2),mcs,classic)) \
    $(addprefix $1/,$(c.$1.src) $(c.$1.src.$(if $(call mcs,$2),mcs,classic)) \
    $(foreach k,PRINTING DEBUG_BUILD,$(c.$1.src.$(if $(cfg.$2.$k),,no-)$k)))
object_of = $(addprefix $1/,$(addsuffix .o,$(basename $2)))

# The components among $1 whose needs variant $2 meets.
unmet = $(strip $(foreach n,$(c.$1.needs),$(if $(filter !%,$n),$(if $(cfg.$2.$(n:!%=%)),$n),\
    $(if $(cfg.$2.$n),,$n))))
met   = $(foreach d,$1,$(if $(call unmet,$d,$2),,$d))

# Sources that scripts compile, and those of configurations that are not built here, as if they were.
loose = $(filter-out $(sort $(foreach o,$(objects),$(source.$o))),$(shell find src tests -name '*.c'))
loose_command = $(if $(filter tests/bench/% tests/tools/%,$1),$(host_cc) $(host_flags),$(target_cc) $(call flags_of.user,$(BOARD)/debug))
loose_entry = {"directory":"$(CURDIR)","file":"$1","command":"$(call quote,$(loose_command)) -c $1"}
compile_commands.json: $(build_files) mk/settings.mk mk/compile.mk
	$(call say,JSON)$(file >$@,[)$(foreach o,$(objects),$(file >>$@,$(call json_entry,$o)))\
	    $(foreach f,$(loose),$(file >>$@,$(call loose_entry,$f)))\
	    sed -i '$$!{2,$$s/$$/,/}' $@ && printf ']\n' >> $@

comma := ,
quote = $(subst ",\",$1)
json_entry = {"directory":"$(CURDIR)","file":"$(source.$1)","output":"$1","command":"$(call quote,$(command.$1)) -c $(source.$1)"}
