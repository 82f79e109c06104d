# SPDX-License-Identifier: BSD-2-Clause
# For systems built with make from the SDK: programs of domains, their headers, and the image.
# Before including it, set what selkie.mk wants (SELKIE_SDK; SELKIE_CONFIG), and
#
#   SELKIE_SYSTEM    the description's name: NAME, of NAME.system
#   SELKIE_DOMAINS   folders of its programs: each becomes FOLDER.elf, of all FOLDER/*.c and
#   FOLDER_SOURCES   more sources of that one
#   SELKIE_USES      libraries that any of them wants; microkit unless set. With selkie-microkit,
#                    domains are on Selkie's runtime, and lie where the linker puts them
#   O                where to write; build unless set
#
# Then O/NAME.img is the image, and `make run` boots it. A domain's header, written from the
# description, is <NAME/DOMAIN.h>.

SELKIE_ENV  := microkit
SELKIE_USES ?= microkit
O           ?= build

include $(SELKIE_SDK)/share/selkie.mk

selkie_compose := $(SELKIE_SDK)/bin/selkie compose --board $(SELKIE_BOARD) --config $(SELKIE_CONFIG)
selkie_script  := $(if $(filter selkie-microkit,$(SELKIE_USES)),,-T $(selkie_dir)/lib/microkit.ld)
selkie_objects  = $(patsubst %.c,$(O)/%.o,$(wildcard $1/*.c) $($1_SOURCES))

$(O)/$(SELKIE_SYSTEM).img: $(SELKIE_SYSTEM).system $(SELKIE_DOMAINS:%=$(O)/%.elf)
	$(selkie_compose) $< --search-path $(O) -o $@

.PHONY: run
run: $(O)/$(SELKIE_SYSTEM).img
	$(SELKIE_SDK)/bin/selkie run $<

define selkie_domain
$(O)/$1.elf: $(call selkie_objects,$1)
	$(SELKIE_CHECK) $$^ && $(SELKIE_CC) $(SELKIE_LDFLAGS) $(selkie_script) -o $$@ $$^ $(SELKIE_LIBS)
endef
$(foreach d,$(SELKIE_DOMAINS),$(eval $(call selkie_domain,$d)))

$(O)/%.o: %.c $(O)/$(SELKIE_SYSTEM)/made
	mkdir -p $(@D) && $(SELKIE_CC) -std=gnu2x -O2 -g -Wall $(CFLAGS) -I$(O) $(SELKIE_CFLAGS) -MMD -MP -c $< -o $@

$(O)/$(SELKIE_SYSTEM)/made: $(SELKIE_SYSTEM).system
	mkdir -p $(@D) && $(selkie_compose) $< --check-only --headers $(@D) && touch $@

-include $(patsubst %.o,%.d,$(foreach d,$(SELKIE_DOMAINS),$(call selkie_objects,$d)))
