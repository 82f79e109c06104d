# SPDX-License-Identifier: BSD-2-Clause
lib := cli
src := board.c file.c output.c report.c standard.c
pkgs := jansson
