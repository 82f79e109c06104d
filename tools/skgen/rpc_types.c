/*
 * NAME.h: what both sides know.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "rpc.h"

#include <stdint.h>
#include <string.h>

enum { FEW_ELEMENTS = 8 };

/* FNV-1a: what the two sides of a connection compare. */
static uint64_t id_of(const char *name)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (const char *c = name; *c != '\0'; c++) {
        hash = (hash ^ (uint8_t)*c) * 0x100000001b3u;
    }
    return hash;
}

static void emit_enum(const struct rpc *rpc, const struct rpc_def *def, struct text *out)
{
    const char *start =
        rpc_upper(rpc->arena, arena_printf(rpc->arena, "%s_%s", rpc->name, def->name));
    text_addf(out, "enum %s_%s {\n", rpc->name, def->name);
    for (const struct rpc_field *v = def->fields; v != NULL; v = v->next) {
        emit_comment(out, 4, v->brief, (struct place){0});
        text_addf(out, "    %s_%s,\n", start, rpc_upper(rpc->arena, v->name));
    }
    text_adds(out, "};\n\n");
}

/*
 * The statement of emit for a member, or for each element of one that is an array: one after
 * the other if they are few, since compilers keep a message in registers as long as they know
 * how many words it has.
 */
static void emit_each(const struct rpc *rpc, const struct rpc_field *f, struct text *out,
                      void (*emit)(const struct rpc *rpc, const struct rpc_field *f,
                                   const char *index, struct text *out))
{
    if (f->count > FEW_ELEMENTS) {
        text_addf(out, "    for (unsigned n = 0; n < %u; n++) {\n        ", f->count);
        emit(rpc, f, "[n]", out);
        text_adds(out, "    }\n");
        return;
    }
    for (unsigned n = 0; n < (f->count == 0 ? 1 : f->count); n++) {
        text_adds(out, "    ");
        emit(rpc, f, f->count == 0 ? "" : arena_printf(rpc->arena, "[%u]", n), out);
    }
}

static void put_member(const struct rpc *rpc, const struct rpc_field *f, const char *index,
                       struct text *out)
{
    rpc_emit_put(rpc, f, "b",
                 arena_printf(rpc->arena, "%svalue->%s%s", f->kind == RPC_STRUCT ? "&" : "",
                              f->name, index),
                 NULL, out);
}

static void take_member(const struct rpc *rpc, const struct rpc_field *f, const char *index,
                        struct text *out)
{
    text_adds(out, "is_good = is_good && ");
    rpc_emit_take(rpc, f, "r", arena_printf(rpc->arena, "&ret_value->%s%s", f->name, index),
                  NULL, NULL, out);
    text_adds(out, ";\n");
}

static void emit_helpers(const struct rpc *rpc, const struct rpc_def *def, struct text *out)
{
    text_addf(out,
              "static SK_ALWAYS_INLINE void %s_%s_put__(sk_builder *b,\n"
              "        const struct %s_%s *value)\n{\n",
              rpc->name, def->name, rpc->name, def->name);
    for (const struct rpc_field *f = def->fields; f != NULL; f = f->next) {
        emit_each(rpc, f, out, put_member);
    }
    text_addf(out,
              "}\n\nstatic SK_ALWAYS_INLINE bool %s_%s_take__(sk_reader *r,\n"
              "        struct %s_%s *ret_value)\n{\n    bool is_good = true;\n\n",
              rpc->name, def->name, rpc->name, def->name);
    for (const struct rpc_field *f = def->fields; f != NULL; f = f->next) {
        emit_each(rpc, f, out, take_member);
    }
    text_adds(out, "    return is_good;\n}\n\n");
}

static void emit_struct(const struct rpc *rpc, const struct rpc_def *def, struct text *out)
{
    text_addf(out, "struct %s_%s {\n", rpc->name, def->name);
    for (const struct rpc_field *f = def->fields; f != NULL; f = f->next) {
        emit_comment(out, 4, f->brief, (struct place){0});
        text_addf(out, "    %s %s", f->c_type, f->name);
        if (f->count != 0) {
            text_addf(out, "[%u]", f->count);
        }
        text_adds(out, ";\n");
    }
    text_adds(out, "};\n\n");
    emit_helpers(rpc, def, out);
}

static void emit_sizes(const struct rpc *rpc, const struct rpc_method *m, bool is_out,
                       struct text *out)
{
    const struct rpc_field *f = is_out ? m->out.fields : m->in.fields;
    for (; f != NULL; f = f->next) {
        if (f->max != 0) {
            text_addf(out, "#define %s %u\n", rpc_most(rpc, m, f, is_out), f->max);
        }
    }
}

void rpc_emit_types(const struct rpc *rpc, struct text *out)
{
    struct arena *a = rpc->arena;
    const char *upper = rpc_upper(a, rpc->name);
    rpc_emit_top(rpc, "What clients and servers share", out);
    text_adds(out, "#include <selkie/proto/rpc.h>\n\n");
    text_addf(out, "#define %s_VERSION %u\n#define %s_METHODS %u\n#define %s_ERRORS  %u\n\n",
              upper, rpc->version, upper, rpc->method_count, upper, rpc->error_count);
    text_adds(out, "/* FNV-1a of the name: what a server is asked for. */\n");
    text_addf(out, "#define %s_ID 0x%llxul\n\n", upper, (unsigned long long)id_of(rpc->name));

    unsigned number = 0;
    for (const struct rpc_error *e = rpc->errors; e != NULL; e = e->next) {
        emit_comment(out, 0, e->brief, e->at);
        text_addf(out, "#define %s_ERR_%s SK_RPC_ERROR(%u)\n\n", upper, rpc_upper(a, e->name),
                  number++);
    }
    for (const struct rpc_method *m = rpc->methods; m != NULL; m = m->next) {
        text_addf(out, "#define %s_METHOD_%s SK_RPC_METHOD(%u)\n", upper, rpc_upper(a, m->name),
                  m->number);
        emit_sizes(rpc, m, false, out);
        emit_sizes(rpc, m, true, out);
    }
    text_adds(out, "\n");
    for (const struct rpc_def *def = rpc->defs; def != NULL; def = def->next) {
        emit_comment(out, 0, def->brief, def->at);
        if (def->is_struct) {
            emit_struct(rpc, def, out);
        } else {
            emit_enum(rpc, def, out);
        }
    }
}

const char *rpc_header(const struct rpc *rpc, int n)
{
    static const char *const tails[RPC_HEADERS] = {"", "_client", "_server"};
    return arena_printf(rpc->arena, "%s%s", rpc->name, tails[n]);
}

static void add(const struct rpc *rpc, struct outputs *outputs, const char *folder, int n,
                struct text *text)
{
    while (text->length >= 2 && text->data[text->length - 1] == '\n' &&
           text->data[text->length - 2] == '\n') {
        text->data[--text->length] = '\0';
    }
    out_add(rpc->arena, outputs, folder, arena_printf(rpc->arena, "%s.h", rpc_header(rpc, n)),
            text->data, text->length);
    text_fini(text);
}

void rpc_emit(const struct rpc *rpc, struct outputs *outputs, const char *folder)
{
    struct text out = {0};
    rpc_emit_types(rpc, &out);
    add(rpc, outputs, folder, 0, &out);
    rpc_emit_client(rpc, &out);
    add(rpc, outputs, folder, 1, &out);
    rpc_emit_server(rpc, &out);
    add(rpc, outputs, folder, 2, &out);
}
