/* SPDX-License-Identifier: BSD-2-Clause */
#include "typed.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void write_text(const struct gen *g, const char *path, struct text *text)
{
    out_add(g->arena, g->outputs, g->out, path, text->data == NULL ? "" : text->data,
            text->length);
    text_fini(text);
}

static void write_headers(const struct gen *g)
{
    for (const struct header *h = g->idl->headers; h != NULL; h = h->next) {
        struct text out = {0};
        emit_header(g, h, &out);
        write_text(g, arena_printf(g->arena, "include/%s", h->path), &out);

        const char *pbf = xml_attr(h->pieces->node, "pbf");
        if (pbf != NULL) {
            const char *path = arena_printf(g->arena, "include/%s", pbf);
            if (h->bits.pbf != NULL) {
                out_add(g->arena, g->outputs, g->out, path, h->bits.pbf->text,
                        h->bits.pbf->size);
            } else {
                emit_pbf(&h->bits, &out);
                write_text(g, path, &out);
            }
        }
    }
}

static void write_own(const struct gen *g)
{
    static const struct {
        const char *path;
        void (*emit)(const struct gen *g, struct text *out);
    } files[] = {
        {"include/selkie/config.h", emit_sk_config},
        {"include/selkie/gen/invocations.h", emit_sk_invocations},
        {"include/selkie/gen/syscalls.h", emit_sk_syscalls},
        {"include/selkie/gen/objects.h", emit_sk_objects},
        {"gen/config_note.S", emit_note},
    };
    for (size_t i = 0; i < COUNT(files); i++) {
        struct text out = {0};
        files[i].emit(g, &out);
        write_text(g, files[i].path, &out);
    }
}

static void write_typed(const struct gen *g, const struct typed *typed)
{
    struct text out = {0};
    if (typed->kinds != NULL) {
        emit_cap_headers(g, typed);
        emit_cap_twins(g, typed, &out);
        write_text(g, "gen/cap_twins.c", &out);
    }
}

/* What an installed kernel has beside its headers, so that ours can stand in for it. */
static void copy_inputs(const struct gen *g)
{
    const struct api *api = &g->idl->api;
    const struct {
        const char *path;
        const struct source *source;
    } files[] = {
        {"include/interfaces/object-api.xml", api->parts[API_GENERIC].source},
        {"include/interfaces/object-api-sel4-arch.xml", api->parts[API_SEL4_ARCH].source},
        {"include/interfaces/object-api-arch.xml", api->parts[API_ARCH].source},
        {"include/api/syscall.xml", api->syscall_source},
        {"include/api/syscall.xsd", api->syscall_schema},
        {"include/kernel/gen_config.json", g->config->kernel.source},
        {"include/sel4/gen_config.json", g->config->libsel4.source},
    };
    for (size_t i = 0; i < COUNT(files); i++) {
        if (files[i].source != NULL) {
            out_add(g->arena, g->outputs, g->out, files[i].path, files[i].source->text,
                    files[i].source->size);
        }
    }
}

void gen_all(const struct gen *g)
{
    struct typed typed = typed_read(g);
    write_headers(g);
    write_own(g);
    write_typed(g, &typed);
    copy_inputs(g);
    if (g->docs != NULL) {
        emit_docs(g, &typed);
    }
}
