/*
 * Settings: lines of text, each a name and a number.
 *
 *     limit=90
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/base/own.h>

/* On the heap, as is its name. */
struct setting {
    char *name;
    unsigned long value;
    struct setting *next;
};

/* A list, which owns its settings: one that is SK_AUTO is freed at the end of its scope. */
typedef struct settings {
    struct setting *first;
} settings;

void settings_drop(settings *list);
SK_OWNED(settings, settings_drop)

/* Put the setting that the line says before those of the list. Panics if it says none. */
void settings_read(settings *list, const char *line);
