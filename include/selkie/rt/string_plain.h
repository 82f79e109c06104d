/*
 * Memory and strings, as C has them, without the checks of selkie/rt/string.h: for that header,
 * and for the files that are these functions. Programs include the other one.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stddef.h>

#include <selkie/base/attr.h>

void *memcpy(void *restrict to, const void *restrict from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *to, int value, size_t size);
int memcmp(const void *a, const void *b, size_t size);
void *memchr(const void *memory, int wanted, size_t size);
size_t strlen(const char *text);
size_t strnlen(const char *text, size_t limit);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t limit);
char *strchr(const char *text, int wanted);
char *strrchr(const char *text, int wanted);
char *strcpy(char *restrict to, const char *restrict from);
char *strncpy(char *restrict to, const char *restrict from, size_t size);
char *strcat(char *restrict to, const char *restrict from);
char *strncat(char *restrict to, const char *restrict from, size_t limit);

/* How a check ends: function would touch size bytes at address, where there is room. */
SK_NORETURN void sk_fortify_write(const char *function, void *address, size_t size,
                                  size_t room);
SK_NORETURN void sk_fortify_read(const char *function, const void *address, size_t size,
                                 size_t room);
