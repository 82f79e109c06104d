/*
 * What the composer's tests compose: programs that were never compiled, and a kit for a machine
 * like QEMU's virt, all in memory.
 *
 *     struct scene s;
 *     scene_open(&s);
 *     scene_program(&s, "a.elf", scene_elf());
 *     assert_true(scene_compose(&s, "<system>...</system>"));
 *     s.result ... s.said
 *     scene_close(&s);
 *
 * scene_lower() stops at the model, which s.lower.model then is.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../../tools/compose/compose.h"
#include "../../../tools/compose/lower/lower.h"

enum { SCENE_SEGMENTS = 40, SCENE_SYMBOLS = 24, SCENE_FILES = 32 };

struct scene_segment {
    uint64_t vaddr;
    uint64_t file_size;
    uint64_t size;
    uint32_t flags;
};

struct scene_symbol {
    const char *name;
    uint64_t vaddr;
    uint64_t size;
    uint8_t info;
};

/* A program to be: change it as the test wants. */
struct scene_elf {
    uint64_t entry;
    struct scene_segment segment[SCENE_SEGMENTS];
    unsigned segment_count;
    struct scene_symbol symbol[SCENE_SYMBOLS];
    unsigned symbol_count;
    uint8_t pattern; /* what its segments are full of */
};

/* Where things are in it. */
#define SCENE_TEXT      0x200000ull
#define SCENE_DATA      0x201000ull
#define SCENE_EXTENSION 0x201080ull
#define SCENE_SETVAR    0x201300ull /* symbol "value" */
#define SCENE_BSS       0x201c00ull /* symbol "cleared" */
#define SCENE_RESTORE   0x200100ull

/* Linked with our libmicrokit: a page of code, one of data and one of .bss. */
struct scene_elf scene_elf(void);

/* Linked with Microkit's. */
struct scene_elf scene_elf_other(void);

/* Our monitor. */
struct scene_elf scene_elf_monitor(void);

/* The symbol of that name; it must be there. */
struct scene_symbol *scene_symbol(struct scene_elf *elf, const char *name);
void scene_remove_symbol(struct scene_elf *elf, const char *name);

struct scene {
    struct sk_compose_finder finder; /* first, so that it is the scene */
    struct arena arena;
    struct sk_image_file file[SCENE_FILES];
    unsigned file_count;
    struct sk_compose_kit kit;
    struct sk_compose_options options;
    bool is_release; /* what scene_lower() tells the monitor */
    struct sk_compose_result result;
    char *said; /* errors and warnings of the last run */
    size_t said_size;
    /* After scene_lower(). */
    struct diag diag;
    struct sk_model model;
    struct sk_lower lower;
    struct sk_program monitor;
};

void scene_open(struct scene *s);
void scene_close(struct scene *s);

/* A test for cmocka whose state is an open scene, which is closed behind it. */
#define scene_test(test) cmocka_unit_test_setup_teardown(test, scene_setup, scene_teardown)
int scene_setup(void **state);
int scene_teardown(void **state);

/* Change a symbol of the kernel's configuration. */
void scene_config(struct scene *s, const char *symbol, json_t *value);

void scene_file(struct scene *s, const char *name, const void *data, size_t size);
struct sk_image_file scene_elf_file(struct scene *s, const char *name, struct scene_elf elf);
void scene_program(struct scene *s, const char *name, struct scene_elf elf);

/* Compose the text as test.system. */
bool scene_compose(struct scene *s, const char *system);

/* The model of it; what scene_compose() would do until there. */
bool scene_lower(struct scene *s, const char *system);

/* It is refused, and this, all of it, is said. */
void scene_refuses(struct scene *s, const char *system, const char *said);

/* The same, of warnings of a system that is composed. */
void scene_warns(struct scene *s, const char *system, const char *said);

/* The object of that name; fails the test if there is none. */
uint32_t scene_object(const struct scene *s, const char *name);
