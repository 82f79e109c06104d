# SPDX-License-Identifier: BSD-2-Clause
prog := microkit
src  := main.c options.c sdk.c
uses := compose-front compose compose-lower compose-show compose-model compose-sdf cli base image
ldflags := -lfdt
