# SPDX-License-Identifier: BSD-2-Clause
lib := base
src := diag.c memory.c nearest.c source.c table.c xml.c
pkgs := expat
