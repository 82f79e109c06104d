# SPDX-License-Identifier: BSD-2-Clause
lib := base
src := memory.c nearest.c source.c xml.c
pkgs := expat
