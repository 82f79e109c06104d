/*
 * Names that are different in a protocol and the same in C: "a" of "b_c" and "a_b" of "c" are
 * both A_B_C. Functions and types cannot meet so; what is written in capitals can.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "rpc.h"

struct name {
    struct name *next;
    const char *in_c;
    const char *written;
    struct place at;
};

static void add(const struct rpc *rpc, struct name **names, const char *in_c,
                const char *written, struct place at)
{
    struct name *n = arena_take(rpc->arena, sizeof(*n));
    *n = (struct name){*names, in_c, written, at};
    for (const struct name *other = *names; other != NULL; other = other->next) {
        if (str_equal(other->in_c, in_c)) {
            const struct name *first = other->at.line <= at.line ? other : n;
            const struct name *second = first == n ? other : n;
            refuse(second->at, "take another name",
                   "'%s' is also what '%s' in line %d becomes in C", in_c, first->written,
                   first->at.line);
        }
    }
    *names = n;
}

static void add_of(const struct rpc *rpc, struct name **names, const char *of, const char *name,
                   struct place at)
{
    const char *in_c = arena_printf(rpc->arena, "%s_%s_%s", rpc->name, of, name);
    add(rpc, names, rpc_upper(rpc->arena, in_c), name, at);
}

static void add_sizes(const struct rpc *rpc, struct name **names, const struct rpc_method *m,
                      bool is_out)
{
    const struct rpc_field *f = is_out ? m->out.fields : m->in.fields;
    for (; f != NULL; f = f->next) {
        if (f->max != 0) {
            add(rpc, names, rpc_most(rpc, m, f, is_out), f->name, f->at);
        }
    }
}

void rpc_check_constants(const struct rpc *rpc)
{
    struct name *names = NULL;
    for (const struct rpc_error *e = rpc->errors; e != NULL; e = e->next) {
        add_of(rpc, &names, "err", e->name, e->at);
    }
    for (const struct rpc_method *m = rpc->methods; m != NULL; m = m->next) {
        add_of(rpc, &names, "method", m->name, m->at);
        add_sizes(rpc, &names, m, false);
        add_sizes(rpc, &names, m, true);
    }
    for (const struct rpc_def *def = rpc->defs; def != NULL; def = def->next) {
        for (const struct rpc_field *f = def->is_struct ? NULL : def->fields; f != NULL;
             f = f->next) {
            add_of(rpc, &names, def->name, f->name, f->at);
        }
    }
}
