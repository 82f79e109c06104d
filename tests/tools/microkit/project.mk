# SPDX-License-Identifier: BSD-2-Clause
# A project's makefile, as Microkit's examples have theirs.
ifeq ($(strip $(BUILD_DIR)),)
$(error BUILD_DIR must be specified)
endif
BOARD_DIR := $(MICROKIT_SDK)/board/$(MICROKIT_BOARD)/$(MICROKIT_CONFIG)
CONFIG_H := $(BOARD_DIR)/include/kernel/gen_config.h
ARCH := ${shell grep 'CONFIG_SEL4_ARCH  ' $(CONFIG_H) | cut -d' ' -f4}
ifeq ($(ARCH),aarch64)
    TARGET_TRIPLE := aarch64-none-elf
    CFLAGS_ARCH := -mstrict-align
else
$(error Unsupported ARCH)
endif
CC := $(TARGET_TRIPLE)-gcc
LD := $(TARGET_TRIPLE)-ld
AS := $(TARGET_TRIPLE)-as
MICROKIT_TOOL ?= $(MICROKIT_SDK)/bin/microkit
CFLAGS := -nostdlib -ffreestanding -g -O3 -Wall  -Wno-unused-function -Werror \
          -I$(BOARD_DIR)/include $(CFLAGS_ARCH)
LDFLAGS := -L$(BOARD_DIR)/lib
LIBS := -lmicrokit -Tmicrokit.ld
IMAGE_FILE = $(BUILD_DIR)/loader.img
REPORT_FILE = $(BUILD_DIR)/report.txt

all: $(IMAGE_FILE)

$(BUILD_DIR)/%.o: %.c Makefile
	$(CC) -c $(CFLAGS) $< -o $@

$(BUILD_DIR)/hello.elf: $(addprefix $(BUILD_DIR)/, hello.o)
	$(LD) $(LDFLAGS) $^ $(LIBS) -o $@

$(IMAGE_FILE) $(REPORT_FILE): $(BUILD_DIR)/hello.elf hello.system
	$(MICROKIT_TOOL) hello.system --search-path $(BUILD_DIR) --board $(MICROKIT_BOARD) \
	    --config $(MICROKIT_CONFIG) -o $(IMAGE_FILE) -r $(REPORT_FILE)
