# SPDX-License-Identifier: BSD-2-Clause
# Programs and libraries for the machine that builds: tools, and the unit tests with sanitizers.

host_dirs := $(tool_dirs)
config_include := -I$(build)/$(BOARD)/debug/include
config_stamp   := $(build)/$(BOARD)/debug/generated

$(call stamp,$(build)/host/flags,$(host_cc) $(host_flags))
$(call stamp,$(build)/asan/flags,$(host_cc) $(asan_flags))

cflags_of = $(c.$1.cflags) $(if $(c.$1.pkgs),$$(pkg-config --cflags $(c.$1.pkgs)))
pkg_libs  = $(if $1,$$(pkg-config --libs $1))

# $(call host_objects,KIND,FLAGS,FOLDER,SOURCES,ORDER-ONLY): KIND is host or asan.
# Tools share objects with the unit tests of their sources, so one may be asked for twice; those
# of folders whose cflags trace are others, in a place of their own.
objects_in   = $(build)/$1/$(if $(findstring trace-pc,$(c.$2.cflags)),traced,obj)
host_objects = $(foreach s,$4,$(call host_object,$1,$2,$3,$s,$5,$(call object_of,$(call objects_in,$1,$3),$s)))
host_object = $(if $(command.$6),,$(eval $(call object,$6,$4,\
    $(host_cc) $2 $(subst $$,$$$$,$(call cflags_of,$3)),$(build)/$1/flags $3/build.mk,$5)))

# A tool's library is built plain, for the tools, and with sanitizers, for the tests.
define host_library
$(call host_objects,host,$(host_flags),$1,$(call sources,$1))
$(call host_objects,asan,$(asan_flags),$1,$(call sources,$1))
$(call archive,$(build)/host/lib/lib$(c.$1.lib).a,$(call object_of,$(build)/host/obj,$(call sources,$1)),$(host_ar))
$(call archive,$(build)/asan/lib/lib$(c.$1.lib).a,$(call object_of,$(build)/asan/obj,$(call sources,$1)),$(host_ar))
pkgs_of.$(c.$1.lib) := $(c.$1.pkgs)
endef

uses_pkgs = $(sort $(c.$1.pkgs) $(foreach l,$(c.$1.uses),$(pkgs_of.$l)))

# $(call host_link,PROGRAM,KIND,FLAGS,FOLDER,ORDER-ONLY)
define host_link
$(call host_objects,$2,$3,$4,$(call sources,$4),$5)
$1: $(call object_of,$(call objects_in,$2,$4),$(call sources,$4)) \
    $(foreach l,$(c.$4.uses),$(build)/$2/lib/lib$l.a)
	$$(call say,LINK)mkdir -p $$(@D) && $(host_cc) $(filter -fsanitize%,$3) -o $$@ $$^ \
	    $(c.$4.ldflags) $(subst $$,$$$$,$(call pkg_libs,$(call uses_pkgs,$4)))
endef

# A tool is built twice as well: with sanitizers it is what the fuzzers run.
define host_program
$(call host_link,$(build)/bin/$(c.$1.prog),host,$(host_flags),$1)

$(call host_link,$(build)/asan/bin/$(c.$1.prog),asan,$(asan_flags),$1)

host_programs += $(build)/bin/$(c.$1.prog)
asan_programs += $(build)/asan/bin/$(c.$1.prog)
endef

$(foreach d,$(host_dirs),$(if $(c.$d.lib),$(eval $(call host_library,$d))))
$(foreach d,$(host_dirs),$(if $(c.$d.prog),$(eval $(call host_program,$d))))

# The development kernel's core as a library: no machine code, one process, sanitizers.
host_kernel_sources := $(foreach d,$(host_kernel_dirs),\
    $(if $(filter kernel,$d),$(filter kernel/core/% kernel/object/%,$(call sources,$d,$(BOARD)/debug)),$(call sources,$d,$(BOARD)/debug)))
$(foreach d,$(host_kernel_dirs),$(call host_objects,asan,$(asan_flags) $(config_include),$d,\
    $(filter $d/%,$(host_kernel_sources)),$(config_stamp)))
$(eval $(call archive,$(build)/asan/lib/libkernel.a,\
    $(call object_of,$(build)/asan/obj,$(host_kernel_sources)),$(host_ar)))

# Programs that drive the kernel library exist with sanitizers only.
define property_program
$(call host_link,$(build)/asan/bin/$(c.$1.prog),asan,$(asan_flags) $(config_include),$1,$(config_stamp))

asan_programs += $(build)/asan/bin/$(c.$1.prog)
endef
$(foreach d,$(property_dirs),$(eval $(call property_program,$d)))

# Unit tests: every *_test.c is a program; the folder's other sources, and the units it is
# about, are linked to each.
unit_tests := #
define unit_test
$(build)/asan/$(basename $2): $(call object_of,$(call objects_in,asan,$1),$2 $3) \
                              $(foreach l,$(c.$1.uses),$(build)/asan/lib/lib$l.a)
	$$(call say,LINK)mkdir -p $$(@D) && $(host_cc) -fsanitize=address,undefined -o $$@ $$^ \
	    $(c.$1.ldflags) $(subst $$,$$$$,$(call pkg_libs,cmocka $(call uses_pkgs,$1)))

unit_tests += $(build)/asan/$(basename $2)
endef

unit_sources = $(call sources,$1,$(BOARD)/debug)
define unit_folder
$(call host_objects,asan,$(asan_flags) $(config_include) -Itests/unit,$1,$(unit_sources),$(config_stamp))
$(foreach s,$(filter %_test.c,$(unit_sources)),\
    $(eval $(call unit_test,$1,$s,$(filter-out %_test.c,$(unit_sources)))))
endef
$(foreach d,$(unit_dirs),$(eval $(call unit_folder,$d)))
