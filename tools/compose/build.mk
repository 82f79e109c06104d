# SPDX-License-Identifier: BSD-2-Clause
lib := compose
src := address.c compose.c kit.c report.c report_json.c report_sum.c
units := src/init/check.c src/init/check_memory.c src/init/check_threads.c src/init/names.c
pkgs := jansson
