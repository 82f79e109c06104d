/*
 * Object invocations and system calls, as an installed kernel's XML describes them.
 *
 * Three files in this order make the labels: object-api.xml (generic),
 * object-api-sel4-arch.xml (one ISA), object-api-arch.xml (a family of ISAs).
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "config.h"
#include "xml.h"

enum api_part_id { API_GENERIC, API_SEL4_ARCH, API_ARCH, API_PART_COUNT };

struct api_error {
    struct api_error *next;
    const char *name;
    const struct xml_node *node; /* prose: its text, or its attribute description */
};

struct api_param {
    struct api_param *next;
    const char *name;
    const char *type;
    bool is_out;
    const struct xml_node *node;
};

struct api_method {
    struct api_method *next;
    struct api_interface *interface;
    const char *id;   /* the label's enumerator, UntypedRetype */
    const char *name; /* Retype */
    bool is_wanted;   /* its condition holds */
    int label;        /* its number, when wanted */
    struct api_param *params;
    struct api_error *errors;
    const struct xml_node *node;
};

struct api_interface {
    struct api_interface *next;
    const char *name; /* seL4_Untyped */
    struct api_method *methods;
    const struct xml_node *node;
};

struct api_struct {
    struct api_struct *next;
    const char *name; /* seL4_UserContext */
    const char **members;
    size_t member_count;
    const struct xml_node *node;
};

struct api_part {
    const struct source *source;
    struct api_interface *interfaces;
    struct api_struct *structs;
};

struct api_call {
    struct api_call *next;
    const char *name; /* Call; the enumerator is seL4_SysCall */
    int number;
    const struct xml_node *node;
};

struct api {
    struct api_part parts[API_PART_COUNT];
    const struct source *syscall_source;
    const struct source *syscall_schema; /* may be NULL */
    struct api_call *calls; /* those of this configuration, by number from -1 down */
};

/* An attribute that is a C name, or fail. */
const char *api_need_name(struct arena *a, const struct xml_node *n, const char *attr);

/* Read one of the three files; its labels are numbered by api_number(). */
void api_read_part(struct arena *a, const struct config *c, const struct source *source,
                   struct api_part *ret_part);

/* Number the wanted methods of all three parts from 1, 0 being InvalidInvocation. */
void api_number(struct api *api);

/* The first label of a part; one past its last. */
int api_first_label(const struct api *api, enum api_part_id part);
int api_end_label(const struct api *api, enum api_part_id part);

/* Read syscall.xml. A number belongs to a name even where a condition drops the call. */
void api_read_calls(struct arena *a, const struct config *c, const struct source *source,
                    struct api *api);

/* "Untyped" for seL4_Untyped, "Page" for seL4_ARM_Page, "PML4" for seL4_X64_PML4. */
const char *api_object_name(const struct api_interface *interface);

/* What a method does, in one sentence with its full stop; its label if it does not say. */
const char *api_sentence(struct arena *a, const struct api_method *m);

/* More about a method; about a parameter or an error; "" when there is nothing. */
const char *api_description(struct arena *a, const struct xml_node *n, bool is_markdown);
