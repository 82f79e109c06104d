/*
 * What only Selkie has: configuration as always-defined macros, the tables that the
 * development kernel decodes with, and the note that names a program's configuration.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "emit.h"

#include <stdlib.h>
#include <string.h>

static bool is_number(const char *s)
{
    char *end = NULL;
    strtoull(s, &end, 0);
    return *s >= '0' && *s <= '9' && *end == '\0';
}

/* SK_X_ONLY, put before a declaration, makes its use an error where X is not there. */
static void emit_only(struct text *out, const char *name, bool is_there, const char *why)
{
    text_addf(out,
              "\n/* Before a declaration: its use is an error unless the kernel has it. */\n"
              "#define SK_%s_ONLY",
              name);
    if (is_there) {
        text_adds(out, "\n");
    } else {
        text_addf(out, " __attribute__((unavailable(\"%s\")))\n", why);
    }
}

/* A name known to other configurations only is there too, as 0: if (SK_CFG_X) compiles. */
void emit_sk_config(const struct gen *g, struct text *out)
{
    const struct symbols *both[] = {&g->config->kernel, &g->config->libsel4};
    emit_top(out, "The kernel's configuration as macros that are always defined: a switch is 0 "
                  "or 1, a number is a number, anything else is a string. What no kernel "
                  "knows has no macro, so that a wrong name does not compile: in if () it "
                  "is not declared; in #if it is not defined, an error under -Wundef.");
    for (size_t s = 0; s < 2; s++) {
        text_addf(out, "/* %s */\n", both[s]->source->label);
        for (size_t i = 0; i < both[s]->count; i++) {
            const struct symbol *symbol = &both[s]->list[i];
            if (symbol->is_switch) {
                text_addf(out, "#define SK_CFG_%s %d\n", symbol->name, symbol->is_on ? 1 : 0);
            } else if (is_number(symbol->value)) {
                text_addf(out, "#define SK_CFG_%s %s\n", symbol->name, symbol->value);
            } else {
                text_addf(out, "#define SK_CFG_%s \"%s\"\n", symbol->name, symbol->value);
            }
        }
        text_adds(out, "\n");
    }
    text_adds(out, "/* Symbols that this kernel's build does not know. */\n");
    for (size_t i = 0; i < g->config->known_count; i++) {
        if (config_find(g->config, g->config->known[i]) == NULL) {
            text_addf(out, "#define SK_CFG_%s 0\n", g->config->known[i]);
        }
    }
    text_adds(out, "\n/* The short name. */\n#define SK_CFG_MCS SK_CFG_KERNEL_MCS\n");
    emit_only(out, "MCS", config_is_on(g->config, "KERNEL_MCS"),
              "this kernel has no MCS scheduling");
    emit_only(out, "CLASSIC", !config_is_on(g->config, "KERNEL_MCS"),
              "this kernel has MCS scheduling");
}

void emit_sk_invocations(const struct gen *g, struct text *out)
{
    emit_top(out, "The invocations of this kernel, in the order of their labels from 1 on: "
                  "X(label, object, message words at least, capabilities).");
    text_adds(out, "/* clang-format off */\n#define SK_INVOCATIONS(X)");
    for (int part = 0; part < API_PART_COUNT; part++) {
        const struct api_part *p = &g->idl->api.parts[part];
        for (const struct api_interface *i = p->interfaces; i != NULL; i = i->next) {
            for (const struct api_method *m = i->methods; m != NULL; m = m->next) {
                if (m->is_wanted) {
                    struct layout layout = layout_of(g, m);
                    text_addf(out, " \\\n    X(%s, %s, %u, %u)", m->id, api_object_name(i),
                              layout.fixed_words, layout.caps);
                }
            }
        }
    }
    text_adds(out, "\n/* clang-format on */\n");
}

void emit_sk_syscalls(const struct gen *g, struct text *out)
{
    emit_top(out, "The system calls of this kernel: X(name, number).");
    text_adds(out, "/* clang-format off */\n#define SK_SYSCALLS(X)");
    for (const struct api_call *call = g->idl->api.calls; call != NULL; call = call->next) {
        text_addf(out, " \\\n    X(%s, %d)", call->name, call->number);
    }
    text_adds(out, "\n/* clang-format on */\n");
}

struct objects_out {
    const struct gen *g;
    struct text *out;
};

/* "TCB" for seL4_TCBObject, "4K" for seL4_X86_4K. */
static const char *object_name(const struct gen *g, const char *enumerator)
{
    static const char *const prefixes[] = {"seL4_ARM_", "seL4_RISCV_", "seL4_X86_", "seL4_X64_",
                                           "seL4_"};
    const char *name = enumerator;
    for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
        if (str_starts(enumerator, prefixes[i])) {
            name = enumerator + strlen(prefixes[i]);
            break;
        }
    }
    size_t length = strlen(name);
    if (length > 6 && str_equal(name + length - 6, "Object")) {
        length -= 6;
    }
    return arena_copy(g->arena, name, length);
}

static void add_objects(void *user, const struct xml_node *item)
{
    struct objects_out *o = user;
    const struct gen *g = o->g;
    if (!str_equal(item->name, "enum")) {
        return;
    }
    for (const struct xml_node *e = xml_first(item); e != NULL; e = xml_next(e)) {
        const char *size = xml_attr(e, "size_bits");
        if (size == NULL || !condition_holds(g->arena, g->config, e)) {
            continue;
        }
        const char *name = xml_need(g->arena, e, "name");
        long long number = 0;
        long long bits = 0;
        if (!idl_number(g->idl, name, &number) || !idl_number(g->idl, size, &bits)) {
            refuse(e->at, "use a number, or the name of a constant that is one",
                   "the size or the number of '%s' cannot be worked out", name);
        }
        text_addf(o->out, " \\\n    X(%s, %lld, %lld)", object_name(g, name), number, bits);
    }
}

void emit_sk_objects(const struct gen *g, struct text *out)
{
    struct objects_out o = {.g = g, .out = out};
    emit_top(out, "The object types of this kernel: X(name, number, size bits), where 0 bits "
                  "means that the size is chosen when the object is made.");
    text_adds(out, "/* clang-format off */\n#define SK_OBJECTS(X)");
    for (const struct header *h = g->idl->headers; h != NULL; h = h->next) {
        idl_each_item(g->idl, h, add_objects, &o);
    }
    text_adds(out, "\n/* clang-format on */\n");
}

static int by_name(const void *a, const void *b)
{
    const struct symbol *const *x = a;
    const struct symbol *const *y = b;
    return strcmp((*x)->name, (*y)->name);
}

static const char *isa_of(const struct gen *g)
{
    const struct symbol *arch = config_find(g->config, "SEL4_ARCH");
    return arch == NULL ? "unknown" : arch->value;
}

void emit_note(const struct gen *g, struct text *out)
{
    const struct symbols *symbols = &g->config->kernel;
    const struct symbol **sorted =
        arena_take(g->arena, (symbols->count + 1) * sizeof(sorted[0]));
    for (size_t i = 0; i < symbols->count; i++) {
        sorted[i] = &symbols->list[i];
    }
    qsort(sorted, symbols->count, sizeof(sorted[0]), by_name);

    text_adds(
        out, "/*\n * The note that names the configuration a program was built for. It is not\n"
             " * loaded; selkie run reads it. Programs pull it in with -u sk_config_note.\n"
             " *\n * SPDX-License-Identifier: BSD-2-Clause\n */\n"
             "    .section .note.selkie, \"\", %note\n    .balign 4\n"
             "    .global sk_config_note\nsk_config_note:\n"
             "    .4byte name_end - name, text_end - text, 1\n"
             "name:\n    .asciz \"Selkie\"\nname_end:\n    .balign 4\ntext:\n");
    text_addf(out, "    .ascii \"@board=%s\\n\"\n", g->board);
    text_addf(out, "    .ascii \"@config=%s\\n\"\n", g->config_name);
    text_addf(out, "    .ascii \"@isa=%s\\n\"\n", isa_of(g));
    for (size_t i = 0; i < symbols->count; i++) {
        const char *value =
            sorted[i]->is_switch ? (sorted[i]->is_on ? "1" : "0") : sorted[i]->value;
        text_addf(out, "    .ascii \"%s=%s\\n\"\n", sorted[i]->name, value);
    }
    text_adds(out, "text_end:\n    .balign 4\n");
}
