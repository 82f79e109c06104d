# SPDX-License-Identifier: BSD-2-Clause
lib := compose
src := address.c boot.c compose.c kit.c limits.c report.c report_json.c report_sum.c texts.c
units := src/init/allocate.c src/init/check.c src/init/check_memory.c src/init/check_threads.c \
    src/init/execute.c src/init/execute_memory.c src/init/execute_threads.c src/init/hand_over.c \
    src/init/names.c
pkgs := jansson
