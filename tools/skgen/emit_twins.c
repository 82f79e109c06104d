/*
 * gen/cap_twins.c: for a test, each typed call beside the raw call it stands for.
 *
 * Both functions of a pair take the raw call's arguments, in its order; the typed one puts
 * them together the way the typed call wants them. Compiled, they must be the same.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "typed.h"

static const char *parameter_name(const struct typed_piece *piece)
{
    return piece->param == NULL ? "_service" : piece->param->name;
}

static void put_parameters(const struct gen *g, const struct typed_call *call, struct text *out)
{
    text_adds(out, "(");
    for (const struct typed_piece *p = call->pieces; p != NULL; p = p->next) {
        const char *type = p->param == NULL ? call->method->interface->name : p->param->type;
        bool is_pointer = p->arg->is_out || p->arg->is_pointer;
        text_adds(out, p == call->pieces ? "" : ",");
        emit_filled(out,
                    arena_printf(g->arena, "%s%s %s%s%s", p == call->pieces ? "" : " ", type,
                                 is_pointer ? "*" : "", p->arg->is_out ? "ret_" : "",
                                 parameter_name(p)),
                    8);
    }
    text_adds(out, ")");
}

/* The raw call's own arguments, which are named as the functions here name theirs. */
static void put_arguments(const struct gen *g, const struct typed_call *call, bool has_outputs,
                          struct text *out)
{
    text_adds(out, "(");
    for (const struct typed_piece *p = call->pieces; p != NULL; p = p->next) {
        if (has_outputs || !p->arg->is_out || p->arg->is_pointer) {
            text_adds(out, p == call->pieces ? "" : ",");
            emit_filled(out,
                        arena_printf(g->arena, "%s%s%s", p == call->pieces ? "" : " ",
                                     p->arg->is_out ? "ret_" : "", parameter_name(p)),
                        8);
        }
    }
    text_adds(out, ");\n");
}

/* Results leave through an inline function, as they do from a typed call. */
static void put_raw(const struct gen *g, const struct typed_call *call, struct text *out)
{
    const struct api_method *m = call->method;
    const char *type = emit_return_type(g, m);
    bool is_error = str_equal(type, "seL4_Error");
    if (!is_error) {
        text_addf(out, "static SK_ALWAYS_INLINE sk_err inline_%s", call->name);
        put_parameters(g, call, out);
        text_addf(out, "\n{\n    %s result = %s_%s", type, m->interface->name, m->name);
        put_arguments(g, call, false, out);
        text_adds(out, "    if (result.error != seL4_NoError) {\n"
                       "        return (sk_err)result.error;\n    }\n");
        for (const struct api_param *p = m->params; p != NULL; p = p->next) {
            if (p->is_out) {
                text_addf(out, "    *ret_%s = result.%s;\n", p->name, p->name);
            }
        }
        text_adds(out, "    return SK_OK;\n}\n\n");
    }
    text_addf(out, "sk_err raw_%s", call->name);
    put_parameters(g, call, out);
    text_adds(out, "\n{\n    return ");
    if (is_error) {
        text_addf(out, "(sk_err)%s_%s", m->interface->name, m->name);
    } else {
        text_addf(out, "inline_%s", call->name);
    }
    put_arguments(g, call, !is_error, out);
    text_adds(out, "}\n\n");
}

/* The value of one argument, made of the parameters that belong to it. */
static const char *value_of(const struct gen *g, const struct typed_call *call,
                            const struct typed_arg *arg)
{
    const char *value = NULL;
    for (const struct typed_piece *p = call->pieces; p != NULL; p = p->next) {
        if (p->arg != arg) {
            continue;
        }
        if (arg->bundle == NULL) {
            return arg->kind == NULL
                       ? arena_printf(g->arena, "%s%s", arg->is_out ? "ret_" : "",
                                      parameter_name(p))
                       : arena_printf(g->arena, "(%s){%s}", arg->type, parameter_name(p));
        }
        value = value == NULL ? arena_printf(g->arena, "(%s){.%s = {%s}", arg->type, p->field,
                                             parameter_name(p))
                              : arena_printf(g->arena, "%s, .%s = %s", value, p->field,
                                             parameter_name(p));
    }
    return arena_printf(g->arena, "%s}", value);
}

static void put_typed(const struct gen *g, const struct typed_call *call, struct text *out)
{
    text_addf(out, "sk_err typed_%s", call->name);
    put_parameters(g, call, out);
    text_addf(out, "\n{\n    return %s(", call->name);
    bool is_inside = false;
    for (const struct typed_arg *arg = call->args; arg != NULL; arg = arg->next) {
        if (!arg->is_needed) {
            continue;
        }
        bool is_first_member = arg->is_member && !is_inside;
        text_adds(out, is_inside && !arg->is_member ? "}" : "");
        text_adds(out, arg == call->args ? "" : ",");
        is_inside = arg->is_member;
        emit_filled(out,
                    arena_printf(g->arena, "%s%s%s%s%s", arg == call->args ? "" : " ",
                                 is_first_member ? "(struct " : "",
                                 is_first_member ? call->args_type : "",
                                 is_first_member ? "){" : "",
                                 is_inside ? arena_printf(g->arena, ".%s = %s", arg->name,
                                                          value_of(g, call, arg))
                                           : value_of(g, call, arg)),
                    8);
    }
    text_addf(out, "%s);\n}\n\n", is_inside ? "}" : "");
}

void emit_cap_twins(const struct gen *g, const struct typed *typed, struct text *out)
{
    text_adds(out,
              "/*\n * Each typed call beside its raw call, for a test that compares their\n"
              " * instructions. Generated by skgen.\n"
              " *\n * SPDX-License-Identifier: BSD-2-Clause\n */\n"
              "#include <sel4/sel4.h>\n");
    for (const struct typed_kind *k = typed->kinds; k != NULL; k = k->next) {
        const struct typed_call *call = typed->calls;
        while (call != NULL && call->kind != k) {
            call = call->next;
        }
        if (call != NULL) {
            text_addf(out, "#include <selkie/cap/%s.h>\n", k->name);
        }
    }
    text_adds(out, "\n");
    for (const struct typed_call *call = typed->calls; call != NULL; call = call->next) {
        if (call->method->is_wanted) {
            put_raw(g, call, out);
            put_typed(g, call, out);
        }
    }
}
