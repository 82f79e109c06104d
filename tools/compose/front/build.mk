# SPDX-License-Identifier: BSD-2-Clause
lib := compose-front
src := find.c front.c kit.c
pkgs := jansson
