# SPDX-License-Identifier: BSD-2-Clause
lib := selkie
src := fortify.c memchr.c strcat.c strchr.c strcmp.c strcpy.c strlen.c strncat.c strncmp.c \
       strncpy.c strnlen.c strrchr.c
cflags := -Os
