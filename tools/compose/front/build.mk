# SPDX-License-Identifier: BSD-2-Clause
lib := compose-front
src := find.c front.c kernel.c kit.c
pkgs := jansson
