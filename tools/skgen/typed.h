/*
 * The typed API: for each invocation a call whose arguments have types of their own.
 *
 * idl/sel4/cap.xml says what the invocations' description does not: the kinds of
 * capabilities, which parameters are one argument together, other names. Everything else
 * follows from rules, so that an invocation nobody has heard of gets a typed call too.
 *
 * A method with several forms, each for other kernels, has one typed call; its arguments
 * are those of all forms, as members of a structure.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "emit.h"

/* A kind of capability, a structure sk_NAME in C. */
struct typed_kind {
    struct typed_kind *next;
    const char *name; /* sched_context */
    const char *raw;  /* interfaces and types of the raw layer, with blanks between */
    const char *brief;
    struct place at;
};

/* One argument of a typed call. */
struct typed_arg {
    struct typed_arg *next;
    const char *name;
    const char *type;              /* in C, without what a pointer needs */
    const char *kind;              /* of a capability, or NULL */
    const struct xml_node *bundle; /* of parameters, or NULL */
    const struct api_method *form; /* the form it was first seen in */
    const struct api_param *param; /* there; NULL for the capability invoked */
    const struct xml_node *rule;   /* <param> of the call's rule, or NULL */
    const struct api_method *last_form;
    size_t form_count; /* forms that have it */
    bool is_pointer;   /* to a structure */
    bool is_out;
    bool is_member; /* of the structure args */
    bool is_needed; /* the form at hand has it; otherwise it must be zero */
};

/* What becomes of one parameter of the raw call; of the capability invoked, param is NULL. */
struct typed_piece {
    struct typed_piece *next;
    const struct api_param *param;
    struct typed_arg *arg;
    const char *field; /* of the bundle, or NULL */
};

struct typed_call {
    struct typed_call *next;
    const struct api_method *method; /* the wanted form, or the first one */
    const struct typed_kind *kind;   /* its header */
    const char *name;                /* sk_tcb_set_priority */
    const char *brief;
    const char *args_type; /* sk_tcb_configure_args, or NULL */
    size_t form_count;
    struct typed_arg *args;
    struct typed_piece *pieces; /* of the form at hand, in its order */
};

struct typed {
    struct typed_kind *kinds;
    struct typed_call *calls;
};

/* Work out all calls of all interfaces; none if nothing says typed in sel4.xml. */
struct typed typed_read(const struct gen *g);

/* The kind that stands for a type of the raw layer, or NULL. */
const struct typed_kind *typed_kind_of(const struct typed *typed, const char *raw);

/* The rule <ELEMENT name="NAME"> of a parent, or NULL. */
const struct xml_node *typed_rule(const struct xml_node *parent, const char *element,
                                  const char *name);

/* Fill in a call: its arguments and its pieces. rule is its <call>, or NULL. */
void typed_arguments(const struct gen *g, const struct typed *typed,
                     const struct xml_node *rule, struct typed_call *call);

/* Is this method another form of that one: the same name, for other kernels? */
bool typed_is_form(const struct api_method *a, const struct api_method *b);

/* The input of that name, or NULL. */
const struct api_param *typed_input(const struct api_method *m, const char *name);

/* Why this kernel lacks a method, in a sentence without its full stop. */
const char *typed_lack(const struct gen *g, const struct api_method *m);

/* Word number i of words, which have blanks between; NULL when there are not so many. */
const char *typed_word(struct arena *a, const char *words, size_t i);

/* The raw call of this call's form: name(arguments). */
void typed_raw_call(const struct gen *g, const struct typed_call *call, size_t indent,
                    struct text *out);

/* The calls of a method, or of another form of it, as prototypes; a line or more each. */
void emit_typed_prototypes(const struct gen *g, const struct typed *typed,
                           const struct api_method *m, struct text *out);

/* include/selkie/cap/, and gen/cap_twins.c. */
void emit_cap_headers(const struct gen *g, const struct typed *typed);
void emit_cap_twins(const struct gen *g, const struct typed *typed, struct text *out);
