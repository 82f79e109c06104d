# SPDX-License-Identifier: BSD-2-Clause
prog := microkit
src  := main.c options.c sdk.c
units := tools/selkie/suggest.c
uses := compose-front compose compose-lower compose-show compose-model compose-sdf base image
ldflags := -lfdt
