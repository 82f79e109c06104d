# SPDX-License-Identifier: BSD-2-Clause
prog := boot-predict
src  := main.c
uses := compose compose-lower compose-show compose-model compose-sdf image base
pkgs := jansson expat
ldflags := -lfdt
