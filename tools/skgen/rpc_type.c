/*
 * Names and types of protocols.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "rpc.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { LONGEST_NAME = 40, MOST_TYPES = 256 };

static const struct {
    const char *name;
    const char *c_type;
    const char *last;
} integers[] = {
    {"u8", "uint8_t", "UINT8_MAX"},    {"u16", "uint16_t", "UINT16_MAX"},
    {"u32", "uint32_t", "UINT32_MAX"}, {"u64", "uint64_t", NULL},
    {"word", "seL4_Word", NULL},       {"bool", "bool", "1"},
};

/* The kinds of idl/sel4/cap.xml, which a program with the SDK does not have. */
static const char *const kinds[] = {
    "untyped",
    "tcb",
    "endpoint",
    "notification",
    "reply",
    "cnode",
    "sched_context",
    "sched_control",
    "frame",
    "page_table",
    "page_directory",
    "pdpt",
    "vspace",
    "asid_control",
    "asid_pool",
    "irq_control",
    "irq_handler",
    "domain_set",
    "sgi_signal",
    "smc",
    "vcpu",
    "io_space",
    "io_page_table",
    "sid_control",
    "sid",
    "cb_control",
    "cb",
    "io_port_control",
    "io_port",
    "ept_pml4",
    "ept_pdpt",
    "ept_pd",
    "ept_pt",
};

static bool has(const char *const *names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(names[i], name)) {
            return true;
        }
    }
    return false;
}

static bool is_built_in(const char *name)
{
    for (size_t i = 0; i < COUNT(integers); i++) {
        if (str_equal(integers[i].name, name)) {
            return true;
        }
    }
    return str_equal(name, "bytes") || str_equal(name, "string") ||
           has(kinds, COUNT(kinds), name);
}

[[gnu::noreturn]] static void refuse_type(const struct rpc *rpc, const struct xml_node *n,
                                          const char *type)
{
    const char *names[MOST_TYPES] = {"bytes", "string"};
    size_t count = 2;
    for (size_t i = 0; i < COUNT(integers); i++) {
        names[count++] = integers[i].name;
    }
    for (size_t i = 0; i < COUNT(kinds); i++) {
        names[count++] = kinds[i];
    }
    for (const struct rpc_def *d = rpc->defs; d != NULL && count < MOST_TYPES; d = d->next) {
        names[count++] = d->name;
    }
    refuse(n->at,
           suggest(rpc->arena, type, names, count,
                   "types are u8, u16, u32, u64, word, bool, bytes, string, the kinds of "
                   "capabilities, and every <enum> and <struct> above"),
           "there is no type '%s'", type);
}

static void def_type(const struct rpc *rpc, const struct rpc_def *def, struct rpc_field *f)
{
    f->def = def;
    f->kind = def->is_struct ? RPC_STRUCT : RPC_ENUM;
    f->c_type = arena_printf(rpc->arena, "%s %s_%s", def->is_struct ? "struct" : "enum",
                             rpc->name, def->name);
    if (!def->is_struct) {
        f->last = arena_printf(rpc->arena, "%zu", def->field_count - 1);
    }
}

void rpc_type(const struct rpc *rpc, const struct xml_node *n, struct rpc_field *f)
{
    f->type = xml_need(rpc->arena, n, "type");
    for (size_t i = 0; i < COUNT(integers); i++) {
        if (str_equal(integers[i].name, f->type)) {
            f->kind = RPC_INTEGER;
            f->c_type = integers[i].c_type;
            f->last = integers[i].last;
            return;
        }
    }
    if (str_equal(f->type, "bytes") || str_equal(f->type, "string")) {
        f->kind = str_equal(f->type, "bytes") ? RPC_BYTES : RPC_STRING;
        f->c_type = f->kind == RPC_BYTES ? "uint8_t" : "char";
        return;
    }
    if (has(kinds, COUNT(kinds), f->type)) {
        f->kind = RPC_CAP;
        f->c_type = arena_printf(rpc->arena, "sk_%s", f->type);
        return;
    }
    for (const struct rpc_def *d = rpc->defs; d != NULL; d = d->next) {
        if (str_equal(d->name, f->type)) {
            def_type(rpc, d, f);
            return;
        }
    }
    refuse_type(rpc, n, f->type);
}

/* Keywords and types of C, and macros that may be there. */
static const char *const c_words[] = {
    "alignas",  "alignof",      "asm",       "auto",     "bool",    "break",   "case",
    "char",     "const",        "constexpr", "continue", "default", "do",      "double",
    "else",     "enum",         "extern",    "false",    "float",   "for",     "goto",
    "if",       "inline",       "int",       "linux",    "long",    "nullptr", "register",
    "restrict", "return",       "short",     "signed",   "sizeof",  "static",  "struct",
    "switch",   "thread_local", "true",      "typedef",  "typeof",  "union",   "unix",
    "unsigned", "void",         "volatile",  "while",
};

/* What the generated code calls its own things. */
static const char *const ours[] = {
    "client", "close", "connect", "e",      "err",     "errors", "handle", "handlers",
    "id",     "later", "max",     "method", "methods", "serve",  "server", "version",
};

static void check_spelling(const struct xml_node *n, const char *name)
{
    size_t good = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_");
    bool is_good = name[good] == '\0' && *name >= 'a' && *name <= 'z' &&
                   strlen(name) <= LONGEST_NAME && name[strlen(name) - 1] != '_' &&
                   strstr(name, "__") == NULL;
    if (!is_good) {
        refuse(n->at, "write small letters, digits and single '_', at most 40, a letter first",
               "'%s' is not a name", name);
    }
}

void rpc_check_name(const struct xml_node *n, const char *name)
{
    check_spelling(n, name);
    if (has(c_words, COUNT(c_words), name)) {
        refuse(n->at, "take another name", "'%s' is a word of C", name);
    }
    if (has(ours, COUNT(ours), name)) {
        refuse(n->at, "take another name", "'%s' is a name of the generated code", name);
    }
    if ((str_equal(n->name, "enum") || str_equal(n->name, "struct")) && is_built_in(name)) {
        refuse(n->at, "take another name", "there is a type '%s' already", name);
    }
    size_t length = strlen(name);
    if (str_equal(n->name, "method") && length > 7 && str_equal(name + length - 7, "_answer")) {
        refuse(n->at, "take another name", "'%s' is how a method that has no '_answer' answers",
               name);
    }
}

/* The C names that come with a parameter: its own, its size, its slot. */
static size_t names_of(const struct rpc *rpc, const struct rpc_field *f, bool is_out,
                       const char *ret_names[2])
{
    size_t count = 0;
    const char *start = is_out ? "ret_" : "";
    ret_names[count++] = arena_printf(rpc->arena, "%s%s", start, f->name);
    if (f->kind == RPC_BYTES || f->kind == RPC_CAP) {
        ret_names[count++] = arena_printf(rpc->arena, "%s%s_%s", start, f->name,
                                          f->kind == RPC_BYTES ? "size" : "slot");
    }
    return count;
}

static void check_pair(const struct rpc *rpc, const struct rpc_field *a, bool a_is_out,
                       const struct rpc_field *b, bool b_is_out)
{
    const char *a_names[2];
    const char *b_names[2];
    size_t a_count = names_of(rpc, a, a_is_out, a_names);
    size_t b_count = names_of(rpc, b, b_is_out, b_names);
    for (size_t i = 0; i < a_count; i++) {
        if (has(b_names, b_count, a_names[i])) {
            refuse(b->at, "take another name", "'%s' is also what '%s' in line %d becomes in C",
                   a_names[i], a->name, a->at.line);
        }
    }
}

void rpc_check_params(const struct rpc *rpc, const struct rpc_method *m)
{
    for (const struct rpc_field *a = m->in.fields; a != NULL; a = a->next) {
        for (const struct rpc_field *b = a->next; b != NULL; b = b->next) {
            check_pair(rpc, a, false, b, false);
        }
        for (const struct rpc_field *b = m->out.fields; b != NULL; b = b->next) {
            check_pair(rpc, a, false, b, true);
        }
    }
    for (const struct rpc_field *a = m->out.fields; a != NULL; a = a->next) {
        for (const struct rpc_field *b = a->next; b != NULL; b = b->next) {
            check_pair(rpc, a, true, b, true);
        }
    }
}
