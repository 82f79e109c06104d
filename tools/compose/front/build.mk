# SPDX-License-Identifier: BSD-2-Clause
lib := compose-front
src := find.c front.c kit.c
units := tools/selkie/board.c tools/selkie/file.c tools/selkie/report.c
pkgs := jansson
