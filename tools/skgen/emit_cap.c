/*
 * <selkie/cap/kinds.h>, and a header of typed calls for each kind of capability.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "typed.h"

#include <string.h>

static void write_header(const struct gen *g, const char *name, struct text *text)
{
    while (text->length >= 2 && text->data[text->length - 1] == '\n' &&
           text->data[text->length - 2] == '\n') {
        text->data[--text->length] = '\0';
    }
    out_add(g->arena, g->outputs, g->out,
            arena_printf(g->arena, "include/selkie/cap/%s.h", name), text->data, text->length);
    text_fini(text);
}

/* SK_ERR_RANGE for seL4_RangeError; a name that nobody knows stays as it is. */
static const char *error_name(const char *raw)
{
    static const char *const names[][2] = {
        {"seL4_InvalidArgument", "SK_ERR_INVALID_ARGUMENT"},
        {"seL4_InvalidCapability", "SK_ERR_INVALID_CAPABILITY"},
        {"seL4_IllegalOperation", "SK_ERR_ILLEGAL_OPERATION"},
        {"seL4_RangeError", "SK_ERR_RANGE"},
        {"seL4_AlignmentError", "SK_ERR_ALIGNMENT"},
        {"seL4_FailedLookup", "SK_ERR_FAILED_LOOKUP"},
        {"seL4_TruncatedMessage", "SK_ERR_TRUNCATED_MESSAGE"},
        {"seL4_DeleteFirst", "SK_ERR_DELETE_FIRST"},
        {"seL4_RevokeFirst", "SK_ERR_REVOKE_FIRST"},
        {"seL4_NotEnoughMemory", "SK_ERR_NO_MEMORY"},
    };
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (str_equal(raw, names[i][0])) {
            return names[i][1];
        }
    }
    return raw;
}

/* "Only without KERNEL_MCS, otherwise zero. " for an argument that not every form has. */
static const char *only_where(const struct gen *g, const struct typed_call *call,
                              const struct typed_arg *arg)
{
    const char *words = condition_words(g->arena, arg->form->node);
    if (arg->form_count == call->form_count || words == NULL) {
        return "";
    }
    bool is_not = str_starts(words, "not ");
    return arena_printf(g->arena, "Only %s %s, otherwise zero. ", is_not ? "without" : "with",
                        is_not ? words + strlen("not ") : words);
}

static const char *invoked_description(const struct api_method *m)
{
    const char *description = xml_attr(m->interface->node, "cap_description");
    return description == NULL ? "" : description;
}

/* What an argument is; of a bundle, what each of its fields is. */
static const char *describe(const struct gen *g, const struct typed_call *call,
                            const struct typed_arg *arg)
{
    const char *text = only_where(g, call, arg);
    if (arg->rule != NULL && xml_attr(arg->rule, "description") != NULL) {
        return arena_printf(g->arena, "%s%s", text, xml_attr(arg->rule, "description"));
    }
    if (arg->bundle == NULL) {
        const char *what = arg->param == NULL
                               ? invoked_description(arg->form)
                               : api_description(g->arena, arg->param->node, false);
        return arena_printf(g->arena, "%s%s", text, what);
    }
    const char *params = xml_need(g->arena, arg->bundle, "params");
    const char *fields = xml_need(g->arena, arg->bundle, "fields");
    const char *name = NULL;
    for (size_t i = 0; (name = typed_word(g->arena, params, i)) != NULL; i++) {
        const struct api_param *p = typed_input(arg->form, name);
        text = arena_printf(g->arena, "%s%s%s: %s", text, i == 0 ? "" : " ",
                            typed_word(g->arena, fields, i),
                            p == NULL ? invoked_description(arg->form)
                                      : api_description(g->arena, p->node, false));
    }
    return text;
}

static void emit_call_comment(const struct gen *g, const struct typed_call *call,
                              struct text *out)
{
    const struct api_method *m = call->method;
    const char *more = api_description(g->arena, m->node, false);
    text_adds(out, "/*\n");
    emit_wrapped(out, " * ", arena_printf(g->arena, "%s %s", call->brief, more));
    text_adds(out, " *\n");
    for (const struct typed_arg *arg = call->args; arg != NULL; arg = arg->next) {
        if (!arg->is_member) {
            emit_wrapped(out, " * ",
                         arena_printf(g->arena, "%s: %s", arg->name, describe(g, call, arg)));
        }
    }
    bool has_unneeded = false;
    for (const struct typed_arg *arg = call->args; arg != NULL; arg = arg->next) {
        has_unneeded = has_unneeded || !arg->is_needed;
    }
    text_adds(out, m->errors == NULL && !has_unneeded ? "" : " *\n");
    if (has_unneeded) {
        text_adds(out, " * SK_ERR_INVALID_ARGUMENT: A member that must be zero is not.\n");
    }
    for (const struct api_error *e = m->errors; e != NULL; e = e->next) {
        const char *what = api_description(g->arena, e->node, false);
        emit_wrapped(out, " * ", arena_printf(g->arena, "%s: %s", error_name(e->name), what));
    }
    text_adds(out, " *\n * ");
    emit_place(out, m->node->at);
    text_addf(out, ", %s_%s()\n */\n", m->interface->name, m->name);
}

static const char *declared(const struct gen *g, const struct typed_arg *arg)
{
    bool is_read = arg->is_pointer && !arg->is_out;
    return arena_printf(g->arena, "%s%s %s%s", is_read ? "const " : "", arg->type,
                        arg->is_pointer || arg->is_out ? "*" : "", arg->name);
}

static void emit_args_type(const struct gen *g, const struct typed_call *call, struct text *out)
{
    emit_comment(out, 0, arena_printf(g->arena, "The arguments of %s().", call->name),
                 call->method->node->at);
    text_addf(out, "struct %s {\n", call->args_type);
    for (const struct typed_arg *arg = call->args; arg != NULL; arg = arg->next) {
        if (arg->is_member) {
            emit_comment(out, 4, describe(g, call, arg), (struct place){0});
            text_addf(out, "    %s;\n", declared(g, arg));
        }
    }
    text_adds(out, "};\n\n");
}

static void emit_call_prototype(const struct gen *g, const struct typed_call *call,
                                struct text *out)
{
    text_addf(out, "sk_err %s(", call->name);
    const char *line = strrchr(out->data, '\n');
    size_t indent = line == NULL ? out->length : strlen(line + 1);
    bool has_args = false;
    for (const struct typed_arg *arg = call->args; arg != NULL; arg = arg->next) {
        const char *piece = declared(g, arg);
        if (arg->is_member) {
            if (has_args) {
                continue;
            }
            has_args = true;
            piece = arena_printf(g->arena, "struct %s args", call->args_type);
        }
        text_adds(out, arg == call->args ? "" : ",");
        emit_filled(out, arena_printf(g->arena, "%s%s", arg == call->args ? "" : " ", piece),
                    indent);
    }
    text_adds(out, ")");
}

void emit_typed_prototypes(const struct gen *g, const struct typed *typed,
                           const struct api_method *m, struct text *out)
{
    for (const struct typed_call *call = typed->calls; call != NULL; call = call->next) {
        if (call->method == m) {
            emit_call_prototype(g, call, out);
            text_adds(out, ";\n");
        }
    }
}

/* What is zero if all of an argument is. */
static const char *all_words(const struct gen *g, const struct typed_arg *arg)
{
    if (arg->bundle == NULL) {
        return arena_printf(g->arena, "args.%s%s", arg->name, arg->kind != NULL ? ".cptr" : "");
    }
    const char *fields = xml_need(g->arena, arg->bundle, "fields");
    const char *text = "";
    const char *name = NULL;
    for (size_t i = 0; (name = typed_word(g->arena, fields, i)) != NULL; i++) {
        text = arena_printf(g->arena, "%s%sargs.%s.%s%s", text, i == 0 ? "" : " | ", arg->name,
                            name, str_equal(name, "root") ? ".cptr" : "");
    }
    return arena_printf(g->arena, "(%s)", text);
}

/* A member that this kernel's form lacks must be zero. */
static void emit_zero_checks(const struct gen *g, const struct typed_call *call,
                             struct text *out)
{
    size_t place = 0;
    for (const struct typed_arg *arg = call->args; arg != NULL; arg = arg->next) {
        if (arg->is_member && !arg->is_needed) {
            text_addf(out,
                      "    if (%s != 0) {\n        return sk_member_refused(%zu);\n    }\n",
                      all_words(g, arg), place);
        }
        place += arg->is_member;
    }
}

static void emit_call(const struct gen *g, const struct typed_call *call, struct text *out)
{
    const struct api_method *m = call->method;
    if (call->args_type != NULL) {
        emit_args_type(g, call, out);
    }
    emit_call_comment(g, call, out);
    if (!m->is_wanted) {
        text_addf(out, "SK_UNAVAILABLE(\"%s\")\n", typed_lack(g, m));
        emit_call_prototype(g, call, out);
        text_adds(out, ";\n\n");
        return;
    }
    text_adds(out, "static SK_ALWAYS_INLINE ");
    emit_call_prototype(g, call, out);
    text_adds(out, "\n{\n");
    emit_zero_checks(g, call, out);
    const char *type = emit_return_type(g, m);
    if (str_equal(type, "seL4_Error")) {
        text_adds(out, "    return (sk_err)");
        typed_raw_call(g, call, 8, out);
        text_adds(out, ";\n}\n\n");
        return;
    }
    text_addf(out, "    %s result = ", type);
    typed_raw_call(g, call, 8, out);
    text_adds(out, ";\n    if (result.error != seL4_NoError) {\n"
                   "        return (sk_err)result.error;\n    }\n");
    for (const struct typed_piece *p = call->pieces; p != NULL; p = p->next) {
        if (p->arg->is_out && !p->arg->is_pointer) {
            text_addf(out, "    *%s = result.%s;\n", p->arg->name, p->param->name);
        }
    }
    text_adds(out, "    return SK_OK;\n}\n\n");
}

static void emit_kinds(const struct gen *g, const struct typed *typed)
{
    struct text out = {0};
    emit_top(&out, "A type for each kind of capability: one machine word, passed in registers. "
                   "A value names a capability in the thread's own CSpace; copying it copies "
                   "the name. Zero names none. A name is made where somebody knows what is at "
                   "an address: sk_tcb self = {seL4_CapInitThreadTCB}. All kinds of all "
                   "architectures are there, so that structures may have them; the invocations "
                   "of each are in the header of its name, if it has any here.");
    text_adds(&out, "#include <sel4/sel4.h>\n\n");
    for (const struct typed_kind *k = typed->kinds; k != NULL; k = k->next) {
        emit_comment(&out, 0, k->brief, k->at);
        text_addf(&out, "typedef struct sk_%s {\n    seL4_CPtr cptr;\n} sk_%s;\n\n", k->name,
                  k->name);
    }
    write_header(g, "kinds", &out);
}

static void emit_kind_header(const struct gen *g, const struct typed *typed,
                             const struct typed_kind *kind)
{
    struct text out = {0};
    for (const struct typed_call *call = typed->calls; call != NULL; call = call->next) {
        if (call->kind != kind) {
            continue;
        }
        if (out.length == 0) {
            emit_top(&out,
                     arena_printf(g->arena,
                                  "%s Its invocations with types: each compiles to the same "
                                  "instructions as the raw call that its comment names. They "
                                  "return SK_OK or an error, and write ret_* only with SK_OK.",
                                  kind->brief));
            text_adds(&out, "#include <selkie/base/attr.h>\n#include <selkie/base/err.h>\n"
                            "#include <selkie/cap/kinds.h>\n#include <selkie/cap/refuse.h>\n"
                            "#include <selkie/cap/slot.h>\n\n");
        }
        emit_call(g, call, &out);
    }
    if (out.length > 0) {
        write_header(g, kind->name, &out);
    }
}

void emit_cap_headers(const struct gen *g, const struct typed *typed)
{
    emit_kinds(g, typed);
    for (const struct typed_kind *k = typed->kinds; k != NULL; k = k->next) {
        emit_kind_header(g, typed, k);
    }
}
