/*
 * Protocols: descriptions of messages between a client and a server (idl/proto/README.md has
 * the language), and the C that sends, receives and checks them.
 *
 * rpc_read() refuses what cannot be a protocol, and gives each method its number and each of
 * its two messages a layout. rpc_compare() refuses what would break those who use what was
 * published. rpc_emit() writes NAME.h, NAME_client.h and NAME_server.h; the code in them rests
 * on <selkie/proto/rpc.h>, whose numbers are repeated here.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "emit.h"
#include "xml.h"

enum {
    RPC_WORDS = 120,      /* of a message: seL4_MsgMaxLength */
    RPC_REGISTERS = 4,    /* of these, in registers */
    RPC_PAGE_SIZE = 4096, /* what is too large for a message shares one page */
    RPC_METHODS = 900,
};

enum rpc_kind {
    RPC_INTEGER,
    RPC_ENUM,
    RPC_STRUCT,
    RPC_BYTES,
    RPC_STRING,
    RPC_CAP,
};

/* An enumeration or a structure; words is what a structure takes in a message. */
struct rpc_def {
    struct rpc_def *next;
    const char *name;
    const char *brief;
    struct rpc_field *fields; /* an enumeration's values have only names */
    size_t field_count;
    unsigned words;
    bool is_struct;
    struct place at;
};

/* A parameter of a method, a member of a structure, or a value of an enumeration. */
struct rpc_field {
    struct rpc_field *next;
    const char *name;
    const char *brief;
    enum rpc_kind kind;
    const char *type;          /* as it is written */
    const char *c_type;        /* of one: uint32_t, sk_frame, struct notes_place */
    const char *last;          /* the largest integer, or NULL where every word is one */
    const struct rpc_def *def; /* of an enumeration or a structure */
    unsigned max;              /* bytes; of a string, without the NUL */
    unsigned count;            /* of a member that is an array; else 0 */
    unsigned page_offset;      /* where the bytes are, if they are in the page */
    struct place at;
};

/* A message in one direction. */
struct rpc_message {
    struct rpc_field *fields;
    unsigned fixed_words; /* at least; a size takes one */
    unsigned most_words;
    unsigned caps;     /* 0 or 1 */
    bool is_paged;     /* bytes and strings are in the page */
    bool has_variable; /* bytes or strings that are not */
};

struct rpc_method {
    struct rpc_method *next;
    const char *name;
    const char *brief;
    unsigned number; /* from 1 on */
    struct rpc_message in;
    struct rpc_message out;
    struct place at;
};

struct rpc_error {
    struct rpc_error *next;
    const char *name;
    const char *brief;
    struct place at;
};

struct rpc {
    struct arena *arena;
    const char *name;
    const char *brief;
    unsigned version;
    struct rpc_def *defs;
    struct rpc_error *errors;
    struct rpc_method *methods;
    unsigned error_count;
    unsigned method_count;
    bool has_page;    /* some message has its bytes there */
    bool has_in_caps; /* some method takes a capability */
    struct place at;
};

/* Read a description, or refuse it. */
void rpc_read(struct rpc *rpc, struct arena *a, const struct source *source);

/* What a field is: kind, C type, definition. Refuses types that are none, or not there. */
void rpc_type(const struct rpc *rpc, const struct xml_node *n, struct rpc_field *f);

/* Refuse a name that C or the generated code cannot have. */
void rpc_check_name(const struct xml_node *n, const char *name);

/* Refuse parameters whose C names, with those that come with them, are not different. */
void rpc_check_params(const struct rpc *rpc, const struct rpc_method *m);

/* Refuse errors, methods, sizes and values whose constants have the same name in C. */
void rpc_check_constants(const struct rpc *rpc);

/* Refuse changes to what is published that its users would not notice: raise the version. */
void rpc_compare(const struct rpc *rpc, const struct rpc *published);

/* The name of header n of the three, counted from 0, without the ".h". */
enum { RPC_HEADERS = 3 };
const char *rpc_header(const struct rpc *rpc, int n);

/* Add the three headers. */
void rpc_emit(const struct rpc *rpc, struct outputs *outputs, const char *folder);

/* Parts of them. */
void rpc_emit_types(const struct rpc *rpc, struct text *out);
void rpc_emit_client(const struct rpc *rpc, struct text *out);
void rpc_emit_server(const struct rpc *rpc, struct text *out);

/* Whose parameters a list is for. */
enum rpc_side {
    RPC_CLIENT,
    RPC_HANDLER,
    RPC_ANSWER, /* of a handler that answers later */
};

/* "first, uint32_t a, uint64_t *ret_b)", broken where a line is full. */
void rpc_emit_params(const struct rpc *rpc, const struct rpc_method *m, enum rpc_side side,
                     const char *first, struct text *out);

/* The top of a header: what it is for, where it comes from. */
void rpc_emit_top(const struct rpc *rpc, const char *what, struct text *out);

/* A comment about a method: what it does, its parameters. */
void rpc_emit_about(const struct rpc *rpc, const struct rpc_method *m, struct text *out);

/*
 * The statement that puts a value, which is C, into the message of builder; page is null where
 * bytes are in the message.
 */
void rpc_emit_put(const struct rpc *rpc, const struct rpc_field *f, const char *builder,
                  const char *value, const char *page, struct text *out);

/* "sk_rpc_take(...)": the condition that a value can be taken out of the message of reader. */
void rpc_emit_take(const struct rpc *rpc, const struct rpc_field *f, const char *reader,
                   const char *to, const char *to_size, const char *page, struct text *out);

/* "sk_rpc_has(&in, LABEL, ...)": the condition that a message begins as it must. */
void rpc_emit_begins(const struct rpc_message *m, const char *reader, const char *label,
                     struct text *out);

/* "NOTES_PUT_TEXT_MAX": the most bytes of a parameter. */
const char *rpc_most(const struct rpc *rpc, const struct rpc_method *m,
                     const struct rpc_field *f, bool is_out);

/* "NOTES_COLOR" */
const char *rpc_upper(struct arena *a, const char *name);
