# SPDX-License-Identifier: BSD-2-Clause
prog := audit
src  := compare.c damage.c expect.c files.c found.c image.c main.c space.c
uses := compose compose-lower compose-model compose-show compose-sdf image base
pkgs := jansson
ldflags := -lfdt
