# SPDX-License-Identifier: BSD-2-Clause
# Selkie. All build logic lives in mk/; components only set variables in their build.mk.

MAKEFLAGS += --no-builtin-rules --no-builtin-variables
.SUFFIXES:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := all

include mk/settings.mk
include mk/components.mk
include mk/compile.mk
include mk/host.mk
include mk/target.mk
include mk/system.mk
include mk/test.mk
include mk/sdk.mk
include mk/help.mk
